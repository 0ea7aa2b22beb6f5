"""`case move`: a case goes on by another version, seen beforehand, with a reason (issue 9, point 2)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import BlockerKind, EntryKind, Refusal, Step
from engine.core.errors import UsageError
from engine.line.case_line import open_line
from engine.usecases.move_case import move_all, move_case
from engine.usecases.receipt import receipts
from engine.usecases.reproject_cases import reproject_changed
from tests.core.decisions.garden import BOARD, KEEPER, MEMBER
from tests.usecases.test_stricter_law import last_day, moves
from tests.usecases.workplace import Office, ask_gardens, change, day, make_office

pytestmark = pytest.mark.long

RULES, TUIN = "rules/tuindorp/tuin/{}.yaml", "workflows/tuindorp/tuin/{}.yaml"
NEW = day("2026-03-09")


def another(world: Path, path: str, *changes: tuple[str, str]) -> None:
    """A version of 9 March 2026, that differs in this."""
    text = world.joinpath(path.format("2026-01-01")).read_text("utf-8")
    world.joinpath(path.format("2026-03-09")).write_text(
        text.replace("valid_from: 2026-01-01", "valid_from: 2026-03-09"), encoding="utf-8"
    )
    for old, new in changes:
        change(world, path.format("2026-03-09"), old, new)


@pytest.fixture
def office(tmp_path: Path, own_world: Path) -> Office:
    made = make_office(tmp_path / "kantoor", "2026-03-02 09:00", own_world)
    ask_gardens(made, 1)
    weeks = "    length: {} weeks\n    basis: Tuinwet art. 4"
    another(own_world, RULES, (weeks.format(6), weeks.format(5)))
    reproject_changed(made.runtime)
    made.put_clock("2026-03-10 09:00")
    return made


CASE = "TUIN-2026-0001"


def move(
    office: Office, actor: Actor = BOARD, *, to: date = NEW, reason: str = "nieuwe regels", dry_run: bool = False
) -> Step | Refusal:
    with open_line(office.runtime) as line:
        return move_case(line, CASE, to, reason, actor, dry_run=dry_run)


def kinds(outcome: Step | Refusal) -> list[BlockerKind]:
    assert isinstance(outcome, Refusal)
    return [one.kind for one in outcome.blockers]


def test_a_dry_run_shows_state_terms_before_and_after_and_letters_and_changes_nothing(office: Office) -> None:
    planned = move(office, dry_run=True)
    assert isinstance(planned, Step)
    (told,) = [one.details for one in planned.entries if one.kind is EntryKind.REPINNED]
    assert {"clock": "beslissen", "was": "2026-04-13", "becomes": "2026-04-07"} in told["terms"]
    assert told["letters"] == []
    assert planned.after.state == office.case(CASE).state
    assert office.case(CASE).rules_version == day("2026-01-01")
    assert last_day(office, CASE) == day("2026-04-13")


def test_the_case_goes_on_by_the_other_rules_with_a_line_for_each_date_that_moved(office: Office) -> None:
    assert isinstance(move(office), Step)
    case = office.case(CASE)
    assert (case.rules_version, case.workflow_version, case.law_version) == (NEW, day("2026-01-01"), NEW)
    assert last_day(office, CASE) == day("2026-04-07")
    assert moves(office, CASE) == [("2026-04-13", "2026-04-07")]
    (line,) = [one for one in office.journal(CASE) if one.kind is EntryKind.REPINNED]
    assert (line.details["reason"], line.actor.role) == ("nieuwe regels", "bestuur")
    assert reproject_changed(office.runtime).done == 0
    assert isinstance(office.act(CASE, "toewijzen", BOARD), Step)
    assert all(one.agrees for one in receipts(office.runtime, CASE)), "each step by what the case was on then"
    assert office.is_sound()


def test_a_state_that_is_not_there_is_refused_in_words(office: Office, own_world: Path) -> None:
    text = own_world.joinpath(TUIN.format("2026-01-01")).read_text("utf-8")
    fresh = text.replace("valid_from: 2026-01-01", "valid_from: 2026-03-10").replace("aangevraagd", "gevraagd")
    own_world.joinpath(TUIN.format("2026-03-10")).write_text(fresh, encoding="utf-8")
    rules = own_world.joinpath(RULES.format("2026-03-09")).read_text("utf-8")
    own_world.joinpath(RULES.format("2026-03-10")).write_text(
        rules.replace("2026-03-09", "2026-03-10").replace("aangevraagd", "gevraagd"), encoding="utf-8"
    )
    reproject_changed(office.runtime)
    refused = move(office, to=day("2026-03-10"))
    assert isinstance(refused, Refusal)
    assert [one.said and one.said.code for one in refused.blockers] == ["state_not_in_version"]
    assert office.case(CASE).rules_version == day("2026-01-01")


def test_who_may_not_put_dates_of_the_law_right_or_gives_no_reason_moves_nothing(office: Office) -> None:
    """Why: with a school or a parent at move, they alone could move a case, and nobody of the organisation."""
    assert kinds(move(office, MEMBER)) == kinds(move(office, KEEPER)) == [BlockerKind.NO_MANDATE]
    assert kinds(move(office, reason=" ")) == [BlockerKind.REASON_MISSING]
    with pytest.raises(UsageError, match="geen versie die op 2026-02-02 inging"):
        move(office, to=day("2026-02-02"))
    assert isinstance(move(office), Step)
    again = move(office)
    assert isinstance(again, Refusal)
    assert [one.said and one.said.code for one in again.blockers] == ["on_that_version"]


def test_all_moves_each_case_that_can_and_says_why_another_cannot(office: Office) -> None:
    (other,) = ask_gardens(office, 1)  # it began by the rules of March
    found = dict(move_all(office.runtime, NEW, "nieuwe regels", BOARD))
    assert list(found) == [CASE]
    assert isinstance(found[CASE], Step)
    assert office.case(other).version == 1
