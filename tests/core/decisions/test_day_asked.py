"""F-30, A9: an act that asks on which day it happened counts from that day, and what passed meanwhile is set back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import pytest

from engine.core.content.workflow import HappenedOn
from engine.core.deciding.advance import Act
from engine.core.deciding.case import Actor
from engine.core.deciding.happening import When, act_as_of
from engine.core.deciding.step import BlockerKind, Entry, EntryKind, Refusal, Step
from engine.core.language.facts import Value
from engine.core.legal_clock.ledger import ledger_to_plain
from tests.core.decisions.garden import BOARD, KEEPER, MEMBER, Garden, at, garden

DAY = "nieuwe_dag"
OPENED, ASKED = "2026-03-02", at("2026-03-04")
MONDAY, THURSDAY = date(2026, 3, 9), at("2026-03-12", 15)


def waiting(*, silent: bool = True) -> Garden:
    """A case that was asked on 4 March to be completed within ten working days: until and including 18 March.

    `silent`: when the time is up it goes on without a letter, and does not end.
    """
    plot = garden(OPENED, {"uitleg": "Het kostte ons meer tijd"})
    acts = tuple(
        replace(
            one,
            by=("tuinder", "beheerder"),
            requires=(),
            asks=(DAY,),
            happened_on=HappenedOn(fact=DAY, now_for=("tuinder",)),
        )
        if one.id == "aanvullen"
        else replace(one, letters=(), target="in_gebruik")
        if one.id == "niet_aangevuld" and silent
        else one
        for one in plot.content.workflow.transitions
    )
    plot.content = replace(plot.content, workflow=replace(plot.content.workflow, transitions=acts))
    assert isinstance(plot.act("vragen", KEEPER, ASKED, reason="het plan ontbreekt"), Step)
    return plot


def lines(plot: Garden) -> list[Entry]:
    """The journal so far."""
    return [entry for step in plot.steps for entry in step.entries]


def complete(
    plot: Garden,
    moment: datetime,
    facts: Mapping[str, Value] | None = None,
    *,
    actor: Actor = KEEPER,
    when: When | None = None,
) -> Step | Refusal:
    """What was asked for came in, and is typed at this moment."""
    command = Act(transition="aanvullen", facts=facts or {})
    return plot._do(lambda case: act_as_of(plot.asked(case, actor, moment), command, when, lambda: lines(plot)))


def kinds(outcome: Step | Refusal) -> list[BlockerKind]:
    """Why not."""
    assert isinstance(outcome, Refusal), outcome
    return [blocker.kind for blocker in outcome.blockers]


def test_the_term_runs_again_from_the_day_on_which_it_came_in_and_not_from_typing() -> None:
    # 42 days from 2 March end on 13 April. The clock stands still from 5 up to and including 8 March: four days more.
    plot = waiting()
    step = complete(plot, THURSDAY, {DAY: MONDAY})
    assert isinstance(step, Step)
    assert plot.last_day("beslissen") == "2026-04-17"
    assert plot.clock("aanvullen").status == "stopped"
    assert {entry.details["happened_at"] for entry in step.entries} == {at("2026-03-09", 12).isoformat()}
    assert {entry.at for entry in step.entries} == {THURSDAY}


def test_who_writes_down_what_another_sent_is_asked_for_the_day() -> None:
    outcome = complete(waiting(), THURSDAY)
    assert kinds(outcome) == [BlockerKind.MISSING_FACT]
    assert isinstance(outcome, Refusal)
    assert outcome.blockers[0].subject == DAY


def test_a_day_of_an_earlier_time_is_not_taken_for_that_of_this_one() -> None:
    plot = waiting()
    assert isinstance(complete(plot, THURSDAY, {DAY: MONDAY}), Step)
    assert isinstance(plot.act("vragen", KEEPER, at("2026-03-16"), reason="nog iets"), Step)
    assert kinds(complete(plot, at("2026-03-19"))) == [BlockerKind.MISSING_FACT]


def test_who_sends_it_in_by_the_act_itself_does_so_now() -> None:
    plot = waiting()
    step = complete(plot, THURSDAY, actor=MEMBER)
    assert isinstance(step, Step)
    assert step.after.facts[DAY].value == date(2026, 3, 12)
    assert plot.last_day("beslissen") == "2026-04-20"  # seven days, from 5 up to and including 11 March
    assert not any("happened_at" in entry.details for entry in step.entries)


@pytest.mark.parametrize("when", [MONDAY, at("2026-03-09", 10)])
def test_the_day_can_be_said_as_the_moment_of_the_act(when: When) -> None:
    plot = waiting()
    step = complete(plot, THURSDAY, when=when)
    assert isinstance(step, Step)
    assert step.after.facts[DAY].value == MONDAY
    assert plot.last_day("beslissen") == "2026-04-17"


def test_two_different_days_are_refused() -> None:
    plot = waiting()
    assert kinds(complete(plot, THURSDAY, {DAY: MONDAY}, when=date(2026, 3, 10))) == [BlockerKind.WHEN]
    assert isinstance(complete(plot, THURSDAY, {DAY: MONDAY}, when=MONDAY), Step)


@pytest.mark.parametrize("day", [date(2026, 3, 13), date(2026, 3, 3)])
def test_it_lies_not_in_the_future_and_not_before_the_step_it_answers(day: date) -> None:
    assert kinds(complete(waiting(), THURSDAY, {DAY: day})) == [BlockerKind.WHEN]


def test_on_the_day_of_the_step_it_answers_it_came_in_after_it() -> None:
    # The hour is unknown: asked at nine, and in the same day; noon of that day lies after it here, and before it here.
    early, late = waiting(), garden(OPENED)
    late.content = early.content
    assert isinstance(late.act("vragen", KEEPER, at("2026-03-04", 16), reason="het plan ontbreekt"), Step)
    for plot in (early, late):
        assert isinstance(complete(plot, THURSDAY, {DAY: date(2026, 3, 4)}), Step)
        assert plot.last_day("beslissen") == "2026-04-13"


def test_today_is_now_although_noon_has_not_come() -> None:
    step = complete(waiting(), at("2026-03-12", 9), when=date(2026, 3, 12))
    assert isinstance(step, Step)


def test_what_came_in_time_and_was_typed_after_the_term_sets_back_what_the_passing_did() -> None:
    # The last day to complete is 18 March; it came on the 17th, the time is up on the 19th, it is typed on the 20th.
    plot = waiting()
    plot.pass_time(at("2026-03-19", 12))
    assert plot.case.state == "in_gebruik"
    step = complete(plot, at("2026-03-20"), {DAY: date(2026, 3, 17)})
    assert isinstance(step, Step)
    assert step.after.state == "aangevraagd"
    # Twelve days stood still, from 5 up to and including 16 March: 13 April and twelve days is a Saturday.
    assert plot.last_day("beslissen") == "2026-04-28"
    assert plot.clock("aanvullen").status == "stopped"
    back = [entry for entry in step.entries if entry.kind is EntryKind.SET_BACK]
    assert [(entry.details["origin"], entry.details["target"]) for entry in back] == [("in_gebruik", "wacht")]
    assert back[0].details["terms"] == ["aanvullen"]


def test_what_came_after_the_term_leaves_its_passing_alone() -> None:
    plot = waiting()
    plot.pass_time(at("2026-03-19", 12))
    outcome = complete(plot, at("2026-03-20"), {DAY: date(2026, 3, 19)})
    assert kinds(outcome) == [BlockerKind.NOT_FROM_HERE]


def test_a_letter_that_the_passing_ordered_is_not_unsaid() -> None:
    plot = waiting(silent=False)
    plot.pass_time(at("2026-03-19", 12))
    assert plot.case.is_closed
    assert kinds(complete(plot, at("2026-03-20"), {DAY: date(2026, 3, 17)})) == [BlockerKind.WHEN]


def test_a_corrected_day_moves_the_clocks_that_hang_on_it() -> None:
    # It was the 10th and not the 9th: one day more stood still.
    plot = waiting()
    complete(plot, THURSDAY, {DAY: MONDAY})
    refused = plot.correct({DAY: date(2026, 3, 10)}, KEEPER, at("2026-03-13"))
    assert kinds(refused) == [BlockerKind.ANCHOR]
    step = plot.correct({DAY: date(2026, 3, 10)}, BOARD, at("2026-03-13"))
    assert isinstance(step, Step)
    assert plot.last_day("beslissen") == "2026-04-20"
    clocks = [str(entry.details["clock"]) for entry in step.entries if entry.kind is EntryKind.CLOCK]
    assert {"beslissen", "aanvullen"} <= set(clocks)


def test_a_corrected_day_beyond_the_term_it_ended_is_refused() -> None:
    plot = waiting()
    complete(plot, at("2026-03-20"), {DAY: date(2026, 3, 17)})
    assert kinds(plot.correct({DAY: date(2026, 3, 19)}, BOARD, at("2026-03-20", 12))) == [BlockerKind.TERM_RULE]


def test_what_was_set_back_for_can_itself_be_undone() -> None:
    plot = waiting()
    plot.pass_time(at("2026-03-19", 12))
    complete(plot, at("2026-03-20"), {DAY: date(2026, 3, 17)})
    undone = plot.undo(KEEPER, at("2026-03-20", 12))
    assert isinstance(undone, Step)
    assert plot.case.state == "wacht"
    assert "aanvullen|passed|0" in plot.open_keys()
    plot.pass_time(at("2026-03-20", 13))
    assert plot.case.state == "in_gebruik"


def test_a_line_of_a_clock_says_when_it_was_written_down_and_not_when_it_happened() -> None:
    plot = waiting()
    known = {clock.key: len(clock.ledger) for clock in plot.case.clocks}
    step = complete(plot, THURSDAY, {DAY: MONDAY})
    assert isinstance(step, Step)
    fresh = [line for clock in step.after.clocks for line in clock.ledger[known.get(clock.key, 0) :]]
    assert {line.recorded_at for line in fresh} == {THURSDAY}
    assert {line.act_day for line in fresh} == {MONDAY}
    told = [entry.details["entry"] for entry in step.entries if entry.kind is EntryKind.CLOCK]
    assert sorted(map(str, told)) == sorted(map(str, ledger_to_plain(fresh)))
