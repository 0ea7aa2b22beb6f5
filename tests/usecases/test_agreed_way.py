"""What organisations agreed on is no law: a case stays on the version it was opened under (law-over-time.md)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from engine.cli.pages.history_of_rules import repinned_text
from engine.cli.pages.wording import ContentWords
from engine.core.deciding.step import EntryKind, Refusal, Step
from engine.core.finding import Level, fault
from engine.line.case_line import open_line
from engine.line.publishing import LAW_DUE
from engine.usecases.check_over_time import check_over_time
from engine.usecases.init_workplace import upgrade_database
from engine.usecases.kept_check import CheckReport
from engine.usecases.move_case import move_all, move_case
from engine.usecases.receipt import receipts
from engine.usecases.reproject_cases import reproject_changed
from tests.core.decisions.garden import BOARD
from tests.store.set_back import set_back
from tests.usecases.lawful import OWN, WAY, agree_anew, agreed, law
from tests.usecases.test_check_over_time import found
from tests.usecases.test_stricter_law import last_day
from tests.usecases.workplace import Office, ask_gardens, change, day, make_office

pytestmark = pytest.mark.long

FIRST = WAY.format("2026-01-01")
LENGTH = "    length: {} weeks\n    basis: Tuinwet art. 4"
SIX, FOUR = LENGTH.format(6), LENGTH.format(4)
ASKS_MORE = """decisions:
  toekennen: {label: De tuin wordt gegeven, letters: [T-01], source: Afspraak 8}
obligations:
  - id: plan_bekend
    label: Een tuin wordt alleen gegeven als het plan bekend is
    decides: toekennen
    must_be_known: [plan]
    source: Afspraak 2
addressees:
"""
NEW = "2026-03-16"


@pytest.fixture
def world(ruled: Path) -> Path:
    return agreed(ruled)


@pytest.fixture
def office(tmp_path: Path, world: Path) -> Office:
    return make_office(tmp_path / "kantoor", "2026-03-02 09:00", world)


def later(office: Office) -> Office:
    office.close()
    return Office(office.folder)


def terms(office: Office, case_id: str) -> dict[str, date | None]:
    """The open deadlines of a case."""
    rows = (row for row in office.deadlines(case_id) if row.status == "open")
    return {row.deadline.key: row.deadline.last_day for row in rows}


def move(office: Office, case_id: str, to: str, *, dry_run: bool = False) -> Step | Refusal:
    with open_line(office.runtime) as line:
        return move_case(line, case_id, day(to), "nieuwe afspraak", BOARD, dry_run=dry_run)


def test_a_case_opens_under_the_law_and_what_was_agreed_and_keeps_the_text_of_that_alone(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    case = office.case(case_id)
    lower, text = (case.lower_rules or "").rsplit(":", 1)
    assert (lower, len(text)) == ("land/tuin@2026-01-01 wijze/tuin@2026-01-01", 64)
    assert (case.law_version, last_day(office, case_id)) == (day("2026-01-01"), day("2026-04-13"))


EDITS = {
    "shorter": (SIX, FOUR),
    "longer": (SIX, LENGTH.format(7)),
    "shorter, and it says that it binds who runs": (SIX, f"    running_cases: true\n{FOUR}"),
    "may not grow any more": ("    extend: {by: verlengen, length: 2 weeks, times: 1}\n", ""),
    "other reminders": ("{after: 4 weeks, to", "{after: 3 weeks, to"),
    "no end on a holiday put off": (f"{SIX}\n    termijnenwet: true", SIX),
    "a target of its own": ("    length: 4 weeks\n    roll: none", "    length: 2 weeks\n    roll: none"),
    "asks more of a decision": ("addressees:\n", ASKS_MORE),
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("how", ["saved over", "a version of its own"])
def test_no_edit_of_what_was_agreed_moves_a_case_that_runs(office: Office, world: Path, edit: str, how: str) -> None:
    """F-41, for the layer between the law and the organisation."""
    (case_id,) = ask_gardens(office, 1)
    before = terms(office, case_id)
    if how == "saved over":
        change(world, FIRST, *EDITS[edit])
    else:
        agree_anew(world, NEW, EDITS[edit])
        office.put_clock(f"{NEW} 09:00")
    now = later(office)
    assert (reproject_changed(now.runtime).failed, terms(now, case_id)) == ((), before)
    content = now.runtime.content_of(now.case(case_id), day(NEW))
    assert (content.rules.later_obligations, content.rules.obligations) == ((), ())
    assert content.rules.layers == ("land/tuin@2026-01-01", "wijze/tuin@2026-01-01", "tuindorp/tuin@2026-01-01")
    assert isinstance(now.act(case_id, "toewijzen", BOARD), Step)
    assert all(one.agrees for one in receipts(now.runtime, case_id))


@pytest.mark.parametrize("how", ["saved over", "a version of its own"])
def test_a_new_case_goes_by_what_is_agreed_now(office: Office, world: Path, how: str) -> None:
    if how == "saved over":
        change(world, FIRST, SIX, FOUR)
    else:
        agree_anew(world, "2026-02-01", (SIX, FOUR))
    now = later(office)
    (case_id,) = ask_gardens(now, 1)
    assert last_day(now, case_id) == day("2026-03-30")


@pytest.mark.parametrize(("length", "becomes"), [("5", "2026-04-07"), ("4", "2026-03-30"), ("3", "2026-03-23")])
@pytest.mark.parametrize("agreed_too", [False, True])
def test_a_stricter_law_binds_a_case_that_runs_whatever_was_agreed_since(
    office: Office, world: Path, length: str, becomes: str, agreed_too: bool
) -> None:
    (case_id,) = ask_gardens(office, 1)
    law(world, NEW, f"{length} weeks")
    if agreed_too:
        agree_anew(world, "2026-03-10", (SIX, LENGTH.format(2)))
    now = later(office)
    reproject_changed(now.runtime)
    assert last_day(now, case_id) == day("2026-04-13")
    now.put_clock(f"{NEW} 09:00")
    assert (reproject_changed(now.runtime).done, last_day(now, case_id)) == (1, day(becomes))


def test_a_day_on_which_something_is_agreed_is_no_day_of_the_law(office: Office, world: Path) -> None:
    agree_anew(world, NEW, (SIX, FOUR))
    law(world, "2026-04-01", "5 weeks")
    now = later(office)
    reproject_changed(now.runtime)
    assert now.runtime.catalogue.law_days("tuindorp") == (day("2026-01-01"), day("2026-04-01"))
    with now.runtime.reading() as readings:
        assert readings.meta(LAW_DUE) == "2026-04-01"


def test_a_case_is_moved_to_what_was_agreed_since_and_each_step_is_worked_out_by_what_it_was_on(
    office: Office, world: Path
) -> None:
    first, second = ask_gardens(office, 2)
    agree_anew(world, NEW, (SIX, FOUR))
    office.put_clock(f"{NEW} 09:00")
    now = later(office)
    planned = move(now, first, NEW, dry_run=True)
    assert isinstance(planned, Step)
    (told,) = [one.details for one in planned.entries if one.kind is EntryKind.REPINNED]
    assert {"clock": "beslissen", "was": "2026-04-13", "becomes": "2026-03-30"} in told["terms"]
    assert last_day(now, first) == day("2026-04-13")
    assert isinstance(move(now, first, NEW), Step)
    assert (last_day(now, first), last_day(now, second)) == (day("2026-03-30"), day("2026-04-13"))
    assert isinstance(move(now, first, NEW), Refusal), "it is on that version"
    content = now.runtime.content_of(now.case(first), day(NEW))
    shown = repinned_text(ContentWords(content), told)
    assert "regels 2026-01-01 → 2026-01-01; wijze 2026-01-01 → 2026-03-16; 'Termijn om te beslissen'" in shown
    moved = [case for case, _ in move_all(now.runtime, day(NEW), "nieuwe afspraak", BOARD)]
    assert (moved, last_day(now, second)) == ([second], day("2026-03-30"))
    assert isinstance(now.act(first, "toewijzen", BOARD), Step)
    assert all(one.agrees for one in receipts(now.runtime, first))
    assert now.is_sound()


def test_what_runs_on_an_agreement_of_before_is_looked_at_as_it_was_and_stops_nothing(
    office: Office, world: Path
) -> None:
    (case_id,) = ask_gardens(office, 1)
    agree_anew(world, NEW, ("addressees:\n", ASKS_MORE), (SIX, FOUR))
    assert found(office, "2026-03-02") == found(office, "2026-04-01") == []
    change(world, FIRST, SIX, "    length: zes weken")
    assert found(office, "2026-04-01") == [], "the text that the case keeps is whole"
    (world / FIRST).unlink()
    assert found(office, "2026-04-01") == []
    assert office.case(case_id).state == "aangevraagd"


def test_a_law_of_another_rule_set_is_none_that_the_cases_are_looked_at_under(
    office: Office, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Why: to read a pair of rules and a law takes a second, and the day of every law would make one."""
    looked: list[date] = []
    monkeypatch.setattr("engine.usecases.check_over_time._of_pair", lambda *asked: looked.append(asked[3]) or ())
    ask_gardens(office, 1)
    other = world / "rules/land/keuring/2026-06-01.yaml"
    other.parent.mkdir()
    other.write_text("dit leest niemand", encoding="utf-8")
    assert (found(office, "2026-03-02"), looked) == ([], [])
    law(world, "2026-06-01", "37 days")
    assert (found(Office(office.folder), "2026-03-02"), looked) == ([], [day("2026-03-02"), day("2026-06-01")])


def test_a_mistake_in_an_agreement_that_was_followed_counts_while_cases_run_on_it(office: Office, world: Path) -> None:
    agree_anew(world, NEW, (SIX, FOUR))
    wrong = CheckReport(findings=(fault("not_dated", f"{FIRST}:1:1"),), proven=(), assumptions=0, counts={})
    assert [one.level for one in check_over_time(wrong, office.runtime, day("2026-04-01")).findings] == [Level.WARNING]
    ask_gardens(office, 1)
    assert [one.level for one in check_over_time(wrong, office.runtime, day("2026-04-01")).findings] == [Level.ERROR]


def test_a_case_goes_on_when_its_organisation_leaves_the_agreement(office: Office, world: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    before = terms(office, case_id)
    whole, consent = world.joinpath(FIRST).read_text("utf-8"), world.joinpath(OWN).read_text("utf-8")
    own = whole.replace("facts:\n", consent[consent.index("consent:") :] + "facts:\n", 1).replace(SIX, FOUR)
    world.joinpath(OWN).write_text(own, encoding="utf-8")
    change(world, "rules/tuindorp/organisation.yaml", "inherits: [wijze]", "inherits: [land]")
    now = later(office)
    assert (reproject_changed(now.runtime).failed, terms(now, case_id)) == ((), before)
    (fresh,) = ask_gardens(now, 1)
    assert (now.case(fresh).lower_rules, last_day(now, fresh)) == ("land/tuin@2026-01-01", day("2026-03-30"))


def test_a_case_goes_on_when_its_own_rules_become_an_agreement(tmp_path: Path, ruled: Path) -> None:
    """The text of its rules then stands with another: it is still its own, whole, and what is there now is not."""
    office = make_office(tmp_path / "kantoor", "2026-03-02 09:00", ruled)
    (case_id,) = ask_gardens(office, 1)
    before, whole = terms(office, case_id), ruled.joinpath(OWN).read_text("utf-8")
    agreed(ruled).joinpath(FIRST).write_text(whole, encoding="utf-8")
    now = later(office)
    assert (reproject_changed(now.runtime).failed, terms(now, case_id)) == ((), before)
    assert isinstance(now.act(case_id, "toewijzen", BOARD), Step)


def set_aside(office: Office) -> None:
    """What a case lay on is not kept: the database is of a program of before."""
    with closing(sqlite3.connect(office.folder / "trede.db")) as database, database:
        database.execute("UPDATE cases SET lower_rules = NULL")


def test_a_case_of_before_goes_on_and_is_pinned_before_something_else_is_published(office: Office, world: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    before = office.case(case_id)
    set_aside(office)
    assert office.case(case_id).lower_rules is None
    agree_anew(world, NEW, (SIX, FOUR))
    change(world, FIRST, SIX, FOUR)
    office.put_clock(f"{NEW} 09:00")
    now = later(office)
    assert reproject_changed(now.runtime).failed == ()
    assert now.case(case_id) == before
    assert last_day(now, case_id) == day("2026-04-13")


def test_an_upgrade_pins_the_cases_of_before(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    before = office.case(case_id)
    office.close()
    set_back(office.folder / "trede.db", "0012")
    now = Office(office.folder)
    assert upgrade_database(now.runtime).failed == ()
    assert now.case(case_id) == before


def test_words_that_are_shared_follow_what_is_said_now_as_those_of_an_organisation_do(
    office: Office, world: Path
) -> None:
    """They have no versions: a case reads lists and names as they are today, and keeps its rules."""
    (case_id,) = ask_gardens(office, 1)
    for head in ("rules/wijze/organisation.yaml", "rules/tuindorp/organisation.yaml"):
        name, path = head.split("/")[1], world / head
        path.write_text(f"{path.read_text('utf-8')}choices: {{van_{name}: {{veel: Heel veel}}}}\n", encoding="utf-8")
    now = later(office)
    reproject_changed(now.runtime)
    content = now.runtime.content_of(now.case(case_id), day("2026-03-02"))
    assert content.rules.digest == now.case(case_id).rules_digest
    assert content.organisation.choices == {"van_wijze": {"veel": "Heel veel"}, "van_tuindorp": {"veel": "Heel veel"}}
