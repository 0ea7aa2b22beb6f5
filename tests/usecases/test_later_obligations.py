"""A later law that asks more of a decision binds who decides in a case that runs (docs/decisions/law-over-time.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.finding import Level
from engine.line.case_line import open_line
from engine.usecases.check_over_time import check_over_time
from engine.usecases.kept_check import CheckReport
from engine.usecases.move_case import move_case
from engine.usecases.reproject_cases import reproject_changed
from tests.core.decisions.garden import BOARD, KEEPER
from tests.usecases.lawful import OWN, law
from tests.usecases.workplace import Office, ask_gardens, change, day, make_office

pytestmark = pytest.mark.long

SINCE = "2026-03-16"
FLOW = "workflows/tuindorp/tuin/2026-01-01.yaml"
ASKS = """decisions:
  toekennen: {{label: De tuin wordt gegeven, letters: [T-01], source: Tuinwet art. 8}}
obligations:
  - id: zorgvuldig
    label: Een tuin wordt zorgvuldig gegeven
    decides: [toekennen]
    source: Tuinwet art. 2
    {asked}
"""
MEASURED = "must_be_known: [meting_op]"
NEW_FACT = (
    "gehoord: {type: yes_no, label: Is de buurt gehoord?, question: Is de buurt gehoord?, supplied_by: [beheerder]}"
)


@pytest.fixture
def office(tmp_path: Path, ruled: Path) -> Office:
    return make_office(tmp_path / "kantoor", "2026-03-02 09:00", ruled)


def asks(world: Path, asked: str, *, since: str = SINCE, facts: str = "") -> None:
    """From this day on the law asks this of who gives a garden."""
    law(world, since, "8 weeks")
    path = world / f"rules/land/tuin/{since}.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("facts:\n", f"facts:\n  {facts}\n" if facts else "facts:\n") + ASKS.format(asked=asked), "utf-8"
    )


def begun(office: Office, on: str = SINCE) -> Office:
    reproject_changed(office.runtime)
    office.put_clock(f"{on} 08:00")
    reproject_changed(office.runtime)
    return office


def refused(outcome: Step | Refusal) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    (said,) = [one.said for one in outcome.blockers if one.kind is BlockerKind.LAW]
    assert said is not None
    told = said.parameters
    assert (said.code, told["since"], told["cited"]) == ("law_asks", day(SINCE), "Tuinwet art. 2")
    return outcome


def found(office: Office, on: str) -> list[tuple[str, Level]]:
    report = check_over_time(CheckReport(findings=(), proven=(), assumptions=0, counts={}), office.runtime, day(on))
    return [(one.kind, one.level) for one in report.findings]


def later(world: Path, path: str, old: str, new: str) -> None:
    """A version of a file that begins with the law, and says one thing otherwise."""
    text = world.joinpath(path).read_text("utf-8").replace("valid_from: 2026-01-01", f"valid_from: {SINCE}")
    world.joinpath(path.replace("2026-01-01", SINCE)).write_text(text.replace(old, new) if old else text, "utf-8")


def change_all(world: Path, path: str) -> None:
    """The state in which a garden is asked for has another name here."""
    text = world.joinpath(path).read_text("utf-8")
    world.joinpath(path).write_text(text.replace("aangevraagd", "gevraagd"), "utf-8")


@pytest.mark.parametrize(
    "asked",
    [
        MEASURED,
        "must_be_true: [te_laat]",
        "must_have_heard: [buur]\n    asked_with: [T-02]",
        "sends_to: [buur]\n    clause: appeal",
        "not_by: [bestuur]",
    ],
)
def test_who_decides_under_the_law_does_what_it_asks(office: Office, ruled: Path, asked: str) -> None:
    (case_id,) = ask_gardens(office, 1)
    asks(ruled, asked)
    begun(office)
    refused(office.act(case_id, "toewijzen", BOARD))
    assert isinstance(office.act(case_id, "verlengen", KEEPER), Step), "what decides nothing goes on"


def test_what_it_asks_may_be_met_in_the_case_itself(office: Office, ruled: Path) -> None:
    """Who is refused reads what is missing, and whom it is asked of."""
    (case_id,) = ask_gardens(office, 1)
    asks(ruled, MEASURED)
    begun(office)
    blockers = refused(office.act(case_id, "toewijzen", BOARD)).blockers
    assert [(one.subject, one.supplied_by) for one in blockers if one.kind is BlockerKind.MISSING_FACT] == [
        ("meting_op", ("commissie", "beheerder"))
    ]
    assert isinstance(office.record(case_id, {"meting_op": day("2026-03-10")}, KEEPER), Step)
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)


@pytest.mark.parametrize(
    ("asked", "on"),
    [
        (MEASURED, "2026-03-15"),
        (f"{MEASURED}\n    running_cases: false", SINCE),
        (f"{MEASURED}\n    unless: {{klein: true}}", SINCE),
        ("must_be_known: [plan]", SINCE),
        ("sends_to: [buur]", SINCE),
    ],
)
def test_before_its_day_and_where_it_does_not_bind_nobody_is_refused(
    office: Office, ruled: Path, asked: str, on: str
) -> None:
    (case_id,) = ask_gardens(office, 1)
    asks(ruled, asked)
    begun(office, on)
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)


def test_what_a_law_let_go_binds_nobody_any_more(office: Office, ruled: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    asks(ruled, MEASURED)
    law(ruled, "2026-03-17", "8 weeks")
    begun(office, "2026-03-17")
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)


def test_where_its_rules_cannot_do_it_the_case_is_moved_to_rules_that_can(office: Office, ruled: Path) -> None:
    """The law speaks of what the rules of the case do not know; it does not stand still: it is moved, and decided."""
    (case_id,) = ask_gardens(office, 1)
    asks(ruled, "must_be_true: [gehoord]", facts=NEW_FACT)
    later(ruled, FLOW, "requires: [plan, oppervlakte]", "requires: [plan, oppervlakte, gehoord]")
    begun(office)
    assert [one.kind for one in refused(office.act(case_id, "toewijzen", BOARD)).blockers] == [BlockerKind.LAW]
    assert found(office, SINCE) == [("law_asks_more", Level.WARNING)]
    with open_line(office.runtime) as line:
        assert isinstance(move_case(line, case_id, day(SINCE), "de nieuwe wet", BOARD), Step)
    assert isinstance(office.record(case_id, {"gehoord": True}, KEEPER), Step)
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)


def test_a_law_that_leaves_no_rules_to_move_to_is_an_error(office: Office, ruled: Path) -> None:
    """So nobody publishes it: the case could not be decided, and not be moved either."""
    ask_gardens(office, 1)
    asks(ruled, "must_be_true: [gehoord]", facts=NEW_FACT)
    change_all(ruled, f"rules/land/tuin/{SINCE}.yaml")
    for path in (FLOW, OWN):
        later(ruled, path, "", "")
        change_all(ruled, path.replace("2026-01-01", SINCE))
    assert found(office, "2026-03-02") == [("cases_stand_still", Level.ERROR)]


def test_what_was_asked_before_is_not_asked_anew(tmp_path: Path, ruled: Path) -> None:
    """An obligation that the rules of the case were proven to meet is no matter of a later law that repeats it."""
    asks(ruled, "must_be_known: [meting_op]", since="2026-01-01")
    office = make_office(tmp_path / "kantoor", "2026-03-02 09:00", ruled)
    (case_id,) = ask_gardens(office, 1)
    asks(ruled, "must_be_known: [meting_op]")
    begun(office)
    content = office.runtime.content_of(office.case(case_id), day(SINCE))
    assert content.rules.later_obligations == ()
    change(ruled, f"rules/land/tuin/{SINCE}.yaml", "[meting_op]", "[meting_op, buur.naam]")
    again = Office(office.folder)
    reproject_changed(again.runtime)
    (asked,) = again.runtime.content_of(again.case(case_id), day(SINCE)).rules.later_obligations
    assert asked.obligation.must_be_known == ("buur.naam",)


def test_what_excuses_by_something_that_the_case_does_not_know_excuses_nobody(office: Office, ruled: Path) -> None:
    (case_id,) = ask_gardens(office, 1)
    asks(ruled, f"{MEASURED}\n    unless: {{gehoord: true}}", facts=NEW_FACT)
    begun(office)
    refused(office.act(case_id, "toewijzen", BOARD))
