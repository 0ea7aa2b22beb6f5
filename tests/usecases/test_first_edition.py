"""A database made by the first edition is taken over: every case opens, stands where it stood, replays, goes on."""

from __future__ import annotations

import lzma
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import Step
from engine.core.moment import local_day
from engine.line.case_line import open_line
from engine.runtime import Runtime
from engine.settings import load_settings
from engine.usecases.audit_cases import replay_all
from engine.usecases.diagnose import diagnose
from engine.usecases.init_workplace import upgrade_database
from engine.usecases.note_case import note_case
from engine.usecases.pass_time import pass_time
from engine.usecases.show_case import show_case
from engine.views.case_view import Reader
from tests.real_content import REAL, compiled_copies
from tests.usecases.workplace import at

pytestmark = pytest.mark.long

DUMP = Path(__file__).parent / "first_edition" / "trede.sql.xz"
CASES = 40


def make_workplace(folder: Path) -> Path:
    with closing(sqlite3.connect(folder / "trede.db")) as database:
        database.executescript(lzma.decompress(DUMP.read_bytes()).decode())
    settings = f'organisation = "almere"\ncontent = "{REAL}"\noutbox = "outbox"\nrehearsal = true\n'
    (folder / "trede.toml").write_text(settings, encoding="utf-8")
    (folder / ".trede-cache").symlink_to(compiled_copies())
    return folder / "trede.db"


def asked(database: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


STATES = "SELECT id, state, is_closed FROM cases ORDER BY id"
DATES = "SELECT case_id, clock, last_day FROM deadlines WHERE status = 'open' AND kind = 'passed' ORDER BY 1, 2, 3"


@pytest.fixture
def first_edition(tmp_path: Path) -> Path:
    return make_workplace(tmp_path)


@pytest.fixture
def runtime(first_edition: Path) -> Iterator[Runtime]:
    """The workplace after its upgrade."""
    opened = Runtime(load_settings(first_edition.parent, {}))
    upgrade_database(opened)
    yield opened
    opened.close()


def test_every_case_stands_where_it_stood_with_the_dates_it_had(first_edition: Path) -> None:
    states, dates = asked(first_edition, STATES), asked(first_edition, DATES)
    assert len(states) == CASES
    opened = Runtime(load_settings(first_edition.parent, {}))
    upgrade_database(opened)
    opened.close()
    assert asked(first_edition, STATES) == states
    assert asked(first_edition, DATES) == dates


def test_every_case_opens_and_replays(runtime: Runtime) -> None:
    with runtime.reading() as readings:
        cases = tuple(readings.each_case("almere"))
    for case in cases:
        assert show_case(runtime, case.id, Reader()).case.id == case.id
        assert runtime.content_of(case, local_day(runtime.now())).workflow.id == case.workflow
    assert {one.case_id: one.first for one in replay_all(runtime)} == {case.id: None for case in cases}


def test_the_doctor_finds_the_house_sound_and_the_sweep_goes_on(runtime: Runtime) -> None:
    sick = {check.name: check.text for check in diagnose(runtime, whole=True) if not check.is_sound}
    assert sick.keys() <= {"achterstand"}, sick
    report = pass_time(runtime, at("2027-05-10 09:00"))
    assert report.failed == ()
    with runtime.reading() as readings:
        assert runtime.now() == at("2027-05-10 09:00")
        assert len(tuple(readings.each_case("almere"))) >= CASES
    assert {one.first for one in replay_all(runtime)} == {None}


def test_the_dossiers_hold_what_the_cases_of_the_pupils_held(runtime: Runtime) -> None:
    with runtime.reading() as readings:
        cases = tuple(readings.each_case("almere"))
        subjects = {one.number: one for one in readings.each_subject("almere", "leerling")}
    assert {case.subject for case in cases} == subjects.keys()
    assert all("leerling.naam" in one.facts for one in subjects.values())
    given = {case.id: case for case in cases if "tlv.nummer" in case.facts and case.workflow == "tlv"}
    held = {
        record.case: (one.number, record.fields["nummer"].value, record.life)
        for one in subjects.values()
        for record in one.records
        if record.kind == "verklaring"
    }
    expected = {case.id: (case.subject, case.facts["tlv.nummer"].value, "geldig") for case in given.values()}
    assert any(case.is_closed for case in given.values()), "a case that is over leaves its declaration too"
    assert held == expected
    again = upgrade_database(runtime)
    assert (again.done, again.failed) == (0, ())


def test_every_case_replays_after_what_it_held_as_facts_became_records(runtime: Runtime) -> None:
    with runtime.reading() as readings:
        cases = tuple(readings.each_case("almere"))
    for case in cases:
        with open_line(runtime) as line:
            assert isinstance(note_case(line, case.id, "Overgenomen", Actor(role="secretariaat")), Step)
    with runtime.reading() as readings:
        assert any(case.records for case in readings.each_case("almere"))
    assert {one.case_id: one.first for one in replay_all(runtime)} == {case.id: None for case in cases}
