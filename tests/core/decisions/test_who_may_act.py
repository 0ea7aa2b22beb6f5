from __future__ import annotations

import pytest

from engine.core.deciding.step import BlockerKind, EntryKind, Refusal, Step
from tests.core.decisions.garden import BOARD, COMMITTEE, FITS, KEEPER, MEMBER, ask, at, garden, in_use, kinds


@pytest.mark.parametrize(
    ("day", "may"),
    [("2026-01-31", False), ("2026-02-01", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_a_mandate_counts_from_its_first_through_its_last_day(day: str, may: bool) -> None:
    plot = garden("2026-01-30" if day < "2026-06-01" else "2026-06-29", FITS)
    outcome = plot.act("toewijzen", KEEPER, at(day))
    assert isinstance(outcome, Step) is may
    assert kinds(outcome) == (set() if may else {BlockerKind.NO_MANDATE})


def test_an_act_under_mandate_says_in_whose_name_and_the_letter_too() -> None:
    plot = garden(facts=FITS)
    step = plot.act("toewijzen", KEEPER, at("2026-03-03"))
    assert isinstance(step, Step)
    moved = next(entry for entry in step.entries if entry.kind is EntryKind.MOVED)
    assert moved.details["on_behalf_of"] == "bestuur"
    assert {(letter.signature, letter.on_behalf_of) for letter in step.letters} == {("Beheerder", "Bestuur")}


def test_an_act_in_ones_own_name_mentions_nobody_else() -> None:
    step = garden(facts=FITS).act("toewijzen", BOARD, at("2026-03-03"))
    assert isinstance(step, Step)
    assert {(letter.signature, letter.on_behalf_of) for letter in step.letters} == {("Bestuur", "")}


def test_a_refusal_for_lack_of_mandate_names_who_may_and_nothing_of_the_dossier() -> None:
    outcome = garden().act("toewijzen", MEMBER, at("2026-03-03"))
    assert isinstance(outcome, Refusal)
    (blocker,) = outcome.blockers
    assert (blocker.kind, blocker.subject, blocker.detail) == (BlockerKind.NO_MANDATE, "toewijzen", "tuinder")
    assert blocker.supplied_by == ("bestuur", "beheerder")  # who holds a mandate is named too


def test_opening_needs_a_body_that_the_entry_names() -> None:
    outcome = ask("2026-03-02", actor=COMMITTEE)
    assert isinstance(outcome, Refusal)
    assert outcome.blockers[0].kind is BlockerKind.NO_MANDATE
    assert outcome.blockers[0].supplied_by == ("tuinder", "beheerder")


@pytest.mark.parametrize(("actor", "may"), [(KEEPER, True), (MEMBER, True), (BOARD, True), (COMMITTEE, False)])
def test_facts_are_recorded_by_who_supplies_them_or_may_take_an_act_that_asks_for_them(
    actor: object, may: bool
) -> None:
    outcome = garden().record({"oppervlakte": 90}, actor, at("2026-03-03"))  # type: ignore[arg-type]
    assert isinstance(outcome, Step) is may


def test_a_reason_that_is_required_must_be_given() -> None:
    plot = garden()
    assert kinds(plot.act("vragen", KEEPER, at("2026-03-03"))) == {BlockerKind.REASON_MISSING}
    assert isinstance(plot.act("vragen", KEEPER, at("2026-03-03"), reason="het plan ontbreekt"), Step)


@pytest.mark.parametrize(
    ("transition", "kind"),
    [
        ("omspitten", BlockerKind.UNKNOWN_TRANSITION),
        ("aanvullen", BlockerKind.NOT_FROM_HERE),
        ("inspecteren", BlockerKind.NOT_FROM_HERE),
    ],
)
def test_a_transition_that_is_not_there_is_refused_with_what_is_wrong(transition: str, kind: BlockerKind) -> None:
    assert kinds(garden().act(transition, KEEPER, at("2026-03-03"))) == {kind}


def test_nobody_takes_by_hand_what_only_goes_by_itself() -> None:
    plot = in_use(facts={"pacht_tot": at("2027-01-01").date()})
    outcome = plot.act("pacht_voorbij", KEEPER, at("2026-03-03"))
    assert isinstance(outcome, Refusal)
    assert (outcome.blockers[0].kind, outcome.blockers[0].detail) == (BlockerKind.ONLY_BY_ITSELF, "pacht")


def test_a_closed_case_takes_no_act_no_fact_and_no_report() -> None:
    plot = garden()
    assert isinstance(plot.act("intrekken", MEMBER, at("2026-03-03")), Step)
    later = at("2026-03-04")
    refusals = (
        plot.act("toewijzen", BOARD, later, FITS),
        plot.record({"plan": "bonen"}, MEMBER, later),
        plot.tell({"afloop": "goed"}, later),
    )
    assert [kinds(one) for one in refusals] == [{BlockerKind.CLOSED}] * 3
    assert plot.steps[-1].deadlines == ()
