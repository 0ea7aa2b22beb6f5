"""A receipt works each step out again from what was published when it was taken."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.core.deciding.step import Step
from engine.core.errors import UsageError
from engine.usecases.receipt import StepReceipt, receipts
from engine.usecases.reproject_cases import reproject_changed
from tests.core.decisions.garden import BOARD, KEEPER, MEMBER
from tests.usecases.workplace import Office, ask_gardens, change, free_day, make_office

pytestmark = pytest.mark.long

RULES = "rules/tuindorp/tuin/2026-01-01.yaml"
TUIN = "workflows/tuindorp/tuin/2026-01-01.yaml"


@pytest.fixture
def used(tmp_path: Path, own_world: Path) -> tuple[Office, str]:
    """A garden that was asked for, paused, completed and given; a publication in between, and a term that warned."""
    office = make_office(tmp_path / "kantoor", "2026-03-02 09:00", own_world)
    (case_id,) = ask_gardens(office, 1)
    assert isinstance(office.act(case_id, "vragen", KEEPER, reason="plan"), Step)
    free_day(own_world, "2026-04-13")
    reproject_changed(office.runtime)
    office.pass_time("2026-03-09 10:00")
    assert isinstance(office.act(case_id, "aanvullen", MEMBER, {"plan": "prei"}), Step)
    office.pass_time("2026-04-07 10:00")
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)
    return office, case_id


def told(found: tuple[StepReceipt, ...]) -> set[tuple[str, str, bool | None]]:
    return {(point.about, point.subject, point.agrees) for one in found for point in one.points}


def test_every_step_comes_out_as_it_was_taken(used: tuple[Office, str]) -> None:
    office, case_id = used
    found = receipts(office.runtime, case_id)
    assert [one.agrees for one in found] == [True] * len(found)
    assert {
        ("transition", "vragen", True),
        ("transition", "aanvullen", True),
        ("transition", "toewijzen", True),
    } <= told(found)
    assert ("term", "beslissen", True) in told(found)
    assert ("day", "beslissen", True) in told(found)
    assert {one.publication for one in found} == {1, 2}, "each by what was published then"
    assert {RULES, TUIN} <= found[0].files.keys()
    (third,) = [one for one in found if "aanvullen" in one.did]
    assert receipts(office.runtime, case_id, third.step) == (third,)


@pytest.mark.parametrize("gone", ["changed", "emptied"])
def test_it_agrees_also_after_the_files_changed_or_went(used: tuple[Office, str], own_world: Path, gone: str) -> None:
    office, case_id = used
    before = receipts(office.runtime, case_id)
    office.close()
    if gone == "changed":
        change(
            own_world, RULES, "length: 6 weeks\n    basis: Tuinwet art. 4", "length: 3 weeks\n    basis: Tuinwet art. 4"
        )
        ask_gardens(Office(office.folder), 1)
    else:
        for name in ("rules", "workflows", "templates"):
            shutil.rmtree(own_world / name)
    later = Office(office.folder)
    (later.folder / ".trede-cache").unlink()
    assert receipts(later.runtime, case_id) == before


def write_past_the_program(office: Office, *statements: str) -> None:
    with closing(sqlite3.connect(office.folder / "trede.db")) as database, database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert database.execute(statement).rowcount > 0, statement


@pytest.mark.parametrize(
    ("statement", "did"),
    [
        ("UPDATE journal SET details = replace(details, '\"target\":\"toegewezen\"', '\"target\":\"wacht\"') "
         "WHERE details LIKE '%\"target\":\"toegewezen\"%'", "toewijzen"),
        ("UPDATE journal SET details = replace(details, 'T22:00', 'T21:00') WHERE kind = 'term_warned'", "term_warned"),
        ("UPDATE published_texts SET text = replace(text, '6 weeks', '5 weeks') WHERE path LIKE 'rules%tuin/2%'", ""),
    ],
)  # fmt: skip
def test_what_was_written_past_the_program_does_not_agree(used: tuple[Office, str], statement: str, did: str) -> None:
    """Why: a receipt that always agrees is none."""
    office, case_id = used
    write_past_the_program(office, statement)
    later = Office(office.folder)
    (later.folder / ".trede-cache").unlink()
    wrong = [one for one in receipts(later.runtime, case_id) if not one.agrees]
    assert wrong
    assert all(did in one.did or not did for one in wrong)


def test_a_step_that_is_not_there_is_told(used: tuple[Office, str]) -> None:
    office, case_id = used
    with pytest.raises(UsageError) as refused:
        receipts(office.runtime, case_id, 99)
    assert refused.value.said.code == "no_such_step"
