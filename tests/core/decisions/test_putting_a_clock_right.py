"""A line of a ledger is put right by a counter-entry: the deadlines follow, and what was known before stays."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.correcting import Correction, correct_clock
from engine.core.deciding.step import BlockerKind, EntryKind, Refusal, Step
from engine.core.language.facts import Value
from engine.core.legal_clock.ledger import Corrected, Resumed, Started, Stopped, Suspended
from engine.core.legal_clock.ledger_lines import LedgerLine, tell_ledger
from engine.core.legal_clock.projection import was_in_time
from engine.core.legal_clock.terms import project
from engine.words.of_errors import say_refused
from tests.core.decisions.garden import BOARD, COMMITTEE, FITS, KEEPER, MEMBER, Garden, at, garden, in_use, kinds

PLAN: dict[str, Value] = {"plan": "prei"}


def correct(
    plot: Garden,
    number: int,
    day: str = "",
    *,
    clock: str = "beslissen",
    on: str = "2026-03-20",
    actor: Actor = KEEPER,
    reason: str = "vergissing",
    moment: datetime | None = None,
) -> Step | Refusal:
    command = Correction(
        clock=clock, number=number, reason=reason, day=date.fromisoformat(day) if day else None, at=moment
    )
    return plot._do(lambda case: correct_clock(plot.asked(case or plot.case, actor, at(on)), command))


def lines(plot: Garden, clock: str = "beslissen") -> tuple[LedgerLine, ...]:
    found = plot.case.clock(clock)
    assert found is not None
    return tell_ledger(found.ledger)


def resumed() -> Garden:
    """Asked on 9 March, completed on 16 March: stood still 10 up to and including 15 March."""
    plot = garden("2026-03-02")
    assert isinstance(plot.act("vragen", KEEPER, at("2026-03-09"), reason="plan ontbreekt"), Step)
    assert isinstance(plot.act("aanvullen", MEMBER, at("2026-03-16"), PLAN), Step)
    assert plot.last_day("beslissen") == "2026-04-20"
    return plot


def words(outcome: Step | Refusal) -> str:
    assert isinstance(outcome, Refusal)
    assert [blocker.kind for blocker in outcome.blockers] == [BlockerKind.TERM_RULE]
    said = outcome.blockers[0].said
    assert said is not None
    return say_refused(said)


@pytest.mark.parametrize(
    ("number", "day", "still", "last_day"),
    [(2, "2026-03-11", 4, "2026-04-17"), (3, "2026-03-18", 8, "2026-04-21"), (1, "2026-03-03", 6, "2026-04-20")],
    ids=["the suspension began later", "the resumption was later", "the start was later"],
)
def test_a_line_moves_to_the_right_day_and_the_deadlines_follow(
    number: int, day: str, still: int, last_day: str
) -> None:
    plot = resumed()
    before = {deadline.key for deadline in plot.steps[-1].deadlines if deadline.clock == "beslissen"}
    step = correct(plot, number, day)
    assert isinstance(step, Step)
    assert (plot.clock("beslissen").suspended_days, plot.last_day("beslissen")) == (still, last_day)
    after = {deadline.key for deadline in step.deadlines if deadline.clock == "beslissen"}
    assert not [key for key in before & after if last_day != "2026-04-20"]


def test_nothing_is_edited_or_wiped_out() -> None:
    plot = resumed()
    clock = plot.case.clock("beslissen")
    assert clock is not None
    before = clock.ledger
    assert isinstance(correct(plot, 2, "2026-03-11"), Step)
    found = lines(plot)
    assert tuple(line.entry for line in found)[:3] == before
    assert [line.counts for line in found] == [True, False, True, True, True]
    assert (found[1].cancelled_by, found[3].cancels) == (4, 2)
    moved = found[4].entry
    assert isinstance(moved, Suspended)
    assert (moved.from_day, moved.basis, moved.reason, moved.by) == (
        date(2026, 3, 11), "Tuinwet art. 5", "vergissing", "beheerder",
    )  # fmt: skip


def test_what_was_the_last_day_is_still_known_as_of_before_the_correction() -> None:
    plot = resumed()
    assert isinstance(correct(plot, 2, "2026-03-11", on="2026-03-20"), Step)
    clock = plot.case.clock("beslissen")
    assert clock is not None
    spec, calendar = plot.content.term("beslissen"), plot.content.calendar
    assert project(spec, clock.ledger, calendar, as_of=at("2026-03-19")).last_day == date(2026, 4, 20)
    assert project(spec, clock.ledger, calendar, as_of=at("2026-03-21")).last_day == date(2026, 4, 17)


def test_the_journal_tells_both_lines_with_the_reason() -> None:
    plot = resumed()
    step = correct(plot, 3, "2026-03-18", reason="  de post kwam later ")
    assert isinstance(step, Step)
    told = [entry.details["entry"] for entry in step.entries if entry.kind is EntryKind.CLOCK]
    assert [(line["kind"], line["reason"]) for line in told if isinstance(line, dict)] == [
        ("corrected", "de post kwam later"),
        ("resumed", "de post kwam later"),
    ]


def test_taking_out_a_suspension_takes_out_its_resumption_too() -> None:
    plot = resumed()
    assert isinstance(correct(plot, 2), Step)
    assert [type(line.entry) for line in lines(plot)] == [Started, Suspended, Resumed, Corrected, Corrected]
    assert [line.counts for line in lines(plot)] == [True, False, False, True, True]
    assert (plot.clock("beslissen").suspended_days, plot.last_day("beslissen")) == (0, "2026-04-13")


def test_where_the_state_asks_for_it_the_clock_stands_still_again_from_today() -> None:
    plot = garden("2026-03-02")
    assert isinstance(plot.act("vragen", KEEPER, at("2026-03-09"), reason="plan ontbreekt"), Step)
    assert isinstance(correct(plot, 2, on="2026-03-12", actor=MEMBER), Step)
    assert plot.clock("beslissen").still_since == date(2026, 3, 13)


def test_a_line_that_was_taken_out_comes_back_when_the_correction_is_taken_back() -> None:
    plot = garden("2026-03-02")
    assert isinstance(plot.act("verlengen", KEEPER, at("2026-03-03")), Step)
    extended = plot.last_day("beslissen")
    assert isinstance(correct(plot, 2), Step)
    assert plot.last_day("beslissen") == "2026-04-13"
    assert isinstance(correct(plot, 3), Step)
    assert plot.last_day("beslissen") == extended


def test_a_stop_on_the_wrong_day_can_turn_out_too_late_and_then_stays_on_record() -> None:
    plot = garden("2026-03-02", FITS)
    assert isinstance(plot.act("toewijzen", BOARD, at("2026-04-13")), Step)
    assert was_in_time(plot.clock("beslissen"))
    step = correct(plot, 2, "2026-04-15", on="2026-04-20", actor=BOARD)
    assert isinstance(step, Step)
    assert not was_in_time(plot.clock("beslissen"))
    assert [entry.kind for entry in step.entries] == [EntryKind.CLOCK, EntryKind.TERM_PASSED, EntryKind.CLOCK]
    assert isinstance(lines(plot)[-1].entry, Stopped)


def test_a_start_that_should_not_have_been_leaves_a_clock_that_can_start_again() -> None:
    plot = in_use("2026-03-02")
    assert isinstance(plot.act("inspecteren", COMMITTEE, at("2026-03-03")), Step)
    assert isinstance(correct(plot, 1, clock="proef"), Step)
    assert plot.clock("proef").status == "not_started"
    assert isinstance(plot.act("inspecteren", COMMITTEE, at("2026-03-24")), Step)
    assert plot.last_day("proef") == "2026-04-07"


def test_a_start_by_sending_moves_to_the_day_the_letter_really_left() -> None:
    plot = garden("2026-03-02", FITS)
    assert isinstance(plot.act("toewijzen", BOARD, at("2026-03-10")), Step)
    plot.send_all(at("2026-03-11"))
    assert plot.last_day("bezwaar/tuinder") == "2026-04-22"
    assert isinstance(correct(plot, 1, "2026-03-12", clock="bezwaar/tuinder"), Step)
    assert (plot.last_day("bezwaar/tuinder"), plot.last_day("bezwaar/buur")) == ("2026-04-23", "2026-04-22")


@pytest.mark.parametrize(
    ("number", "day", "said"),
    [
        (9, "", "Regel 9 bestaat niet. Het klokboek heeft de regels 1 tot en met 3."),
        (2, "2026-03-09", "Regel 2 staat al op maandag 9 maart 2026."),
        (2, "2026-03-21", "zaterdag 21 maart 2026 ligt in de toekomst."),
        (2, "2026-03-01", "De klok kan niet worden opgeschort. De klok loopt niet"),
        (2, "2026-03-18", "De klok kan niet worden hervat. De klok staat niet stil."),
        (3, "2026-03-08", "De klok kan niet worden hervat."),
        (1, "", "het begin kan niet vervallen. Geef de dag waarop de klok echt begon."),
        (1, "2026-03-17", "De klok kan niet worden opgeschort."),
    ],
)  # fmt: skip
def test_what_the_law_of_the_ledger_forbids_is_refused_and_changes_nothing(number: int, day: str, said: str) -> None:
    plot = resumed()
    before = plot.case
    assert said in words(correct(plot, number, day))
    assert plot.case is before


def test_a_line_that_no_longer_counts_cannot_be_corrected_again() -> None:
    plot = resumed()
    assert isinstance(correct(plot, 2, "2026-03-11"), Step)
    assert "Regel 2 telt al niet meer: regel 4 nam hem terug." in words(correct(plot, 2, "2026-03-12"))


def test_a_line_from_before_a_new_beginning_cannot_be_corrected() -> None:
    plot = in_use("2026-03-02")
    for day in ("2026-03-03", "2026-03-10"):
        assert isinstance(plot.act("inspecteren", COMMITTEE, at(day)), Step)
    assert "de klok is daarna opnieuw begonnen" in words(correct(plot, 1, "2026-03-04", clock="proef"))
    assert isinstance(correct(plot, 2, "2026-03-09", clock="proef"), Step)
    assert plot.last_day("proef") == "2026-03-23"


def test_an_extension_a_deferral_and_a_correction_have_no_day_to_move_to() -> None:
    plot = garden("2026-03-02")
    assert isinstance(plot.act("verlengen", KEEPER, at("2026-03-03")), Step)
    assert "Regel 2 (verlenging) kan niet naar een andere dag." in words(correct(plot, 2, "2026-03-04"))
    assert isinstance(correct(plot, 2), Step)
    assert "Regel 3 (correctie) kan niet naar een andere dag." in words(correct(plot, 3, "2026-03-04"))


def test_a_start_on_a_date_of_the_case_is_put_right_in_that_date() -> None:
    plot = in_use("2026-03-02", {"meting_op": date(2026, 3, 1)})
    said = words(correct(plot, 1, "2026-03-04", clock="nameten"))
    assert "Verbeter de datum zelf (meting_op)" in said


def test_only_the_owner_and_who_may_act_here_may_correct() -> None:
    plot = resumed()
    refused = correct(plot, 2, "2026-03-11", actor=COMMITTEE)
    assert isinstance(refused, Refusal)
    assert refused.blockers[0].kind is BlockerKind.NO_MANDATE
    assert {"beheerder", "bestuur", "tuinder"} <= set(refused.blockers[0].supplied_by)
    assert isinstance(correct(plot, 2, "2026-03-11", actor=BOARD), Step)


def test_a_reason_is_needed() -> None:
    assert kinds(correct(resumed(), 2, "2026-03-11", reason=" ")) == {BlockerKind.REASON_MISSING}


def test_a_closed_case_and_an_unknown_clock_are_refused() -> None:
    plot = resumed()
    assert "Deze zaak heeft geen termijn 'proef'." in words(correct(plot, 1, clock="proef"))
    assert isinstance(plot.act("intrekken", MEMBER, at("2026-03-17")), Step)
    assert kinds(correct(plot, 2, "2026-03-11")) == {BlockerKind.CLOSED}
