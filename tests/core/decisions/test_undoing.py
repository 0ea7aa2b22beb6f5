"""F-14: the last act is taken back while nothing came of it outside: the whole inverse, as a new step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.cli.pages.case_pages import step_page
from engine.core.deciding.case import ENGINE, Case, LetterMark
from engine.core.deciding.lateness import clocks_at
from engine.core.deciding.step import BlockerKind, EntryKind, Refusal, Step
from engine.core.deciding.undoing import close_as_never_opened
from engine.core.language.facts import Value
from engine.words.of_errors import say_refused
from tests.core.decisions.garden import (
    BOARD,
    COMMITTEE,
    FITS,
    KEEPER,
    MEMBER,
    Garden,
    at,
    garden,
    in_use,
    kinds,
    quarrel,
)

LATER = at("2026-03-04")


def standing(case: Case) -> tuple[object, ...]:
    """All by which a case stands where it stands."""
    facts = {fact: known.value for fact, known in case.facts.items()}
    return case.state, case.entered_at, case.is_closed, facts, case.subject, case.fixed, case.records


def clocks(plot: Garden) -> dict[str, tuple[str, str]]:
    return {
        clock.key: (plot.clock(clock.key).status, plot.last_day(clock.key))
        for clock in plot.case.clocks
        if plot.clock(clock.key).status != "not_started"
    }


@pytest.mark.parametrize(
    ("act", "actor"),
    [
        (lambda plot: plot.act("vragen", KEEPER, at("2026-03-03"), reason="plan ontbreekt"), KEEPER),
        (lambda plot: plot.act("intrekken", MEMBER, at("2026-03-03")), MEMBER),
        (lambda plot: plot.act("verlengen", KEEPER, at("2026-03-03")), KEEPER),
        (lambda plot: plot.act("toewijzen", BOARD, at("2026-03-03"), FITS), BOARD),
        (lambda plot: plot.record({"uitleg": "druk"}, KEEPER, at("2026-03-03")), KEEPER),
        (lambda plot: plot.correct({"tuinder.nummer": "lid-8"}, MEMBER, at("2026-03-03")), MEMBER),
    ],
    ids=["suspends", "closes", "extends", "decides", "records", "corrects"],
)
def test_after_undoing_the_case_stands_as_before_the_act(act: object, actor: object) -> None:
    plot = garden("2026-03-02")
    before, ran = standing(plot.case), clocks(plot)
    assert isinstance(act(plot), Step)  # type: ignore[operator]
    version = plot.case.version
    step = plot.undo(actor, LATER, reason="verkeerde zaak")  # type: ignore[arg-type]
    assert isinstance(step, Step)
    assert (standing(plot.case), clocks(plot)) == (before, ran)
    assert plot.case.version == version + 1
    assert step.entries[0].kind is EntryKind.UNDONE
    assert step.entries[0].details["reason"] == "verkeerde zaak"
    assert kinds(plot.undo(actor, LATER)) == {BlockerKind.NOTHING_TO_UNDO}  # type: ignore[arg-type]


def test_an_act_can_be_done_anew_after_it_was_undone() -> None:
    plot = garden("2026-03-02", FITS)
    for _ in range(2):
        assert isinstance(plot.act("toewijzen", BOARD, at("2026-03-03")), Step)
        assert [mark.is_waiting for mark in plot.case.letters[-2:]] == [True, True]
        assert isinstance(plot.undo(BOARD, LATER), Step)
        assert not any(mark.is_waiting for mark in plot.case.letters)
    assert isinstance(plot.act("toewijzen", BOARD, at("2026-03-05")), Step)
    plot.send_all(at("2026-03-06"))
    assert plot.case.state == "in_gebruik"


def test_what_is_taken_back_is_named_by_the_act_and_not_by_what_was_said_along() -> None:
    plot = garden("2026-03-02")
    assert isinstance(plot.act("toewijzen", BOARD, at("2026-03-03"), FITS), Step)
    step = plot.undo(BOARD, LATER)
    assert isinstance(step, Step)
    assert step.entries[0].details["act"] == "toewijzen"


def test_what_was_recorded_is_taken_back_as_that() -> None:
    plot = garden("2026-03-02")
    assert isinstance(plot.record({"uitleg": "druk"}, KEEPER, at("2026-03-03")), Step)
    step = plot.undo(KEEPER, LATER)
    assert isinstance(step, Step)
    assert step.entries[0].details["act"] == "recorded"


def test_letters_that_wait_are_withdrawn_with_the_act() -> None:
    plot = garden("2026-03-02", FITS)
    ordered = plot.act("toewijzen", BOARD, at("2026-03-03"))
    step = plot.undo(BOARD, LATER)
    assert isinstance(ordered, Step)
    assert isinstance(step, Step)
    assert step.taken_back is not None
    assert set(step.taken_back.letters) == {letter.key for letter in ordered.letters}


def in_the_way(outcome: Step | Refusal) -> list[str]:
    assert isinstance(outcome, Refusal), outcome
    assert kinds(outcome) == {BlockerKind.OUTSIDE}
    return [say_refused(blocker.said) for blocker in outcome.blockers if blocker.said]


def test_a_letter_that_left_or_is_leaving_keeps_the_act_and_is_named() -> None:
    plot = garden("2026-03-02", FITS)
    assert isinstance(plot.act("toewijzen", BOARD, at("2026-03-03")), Step)
    key = plot.case.letters[-1].key
    assert in_the_way(plot.undo(BOARD, LATER, begun=(key,)))[0].startswith("Brief T-01 aan buur wordt juist verstuurd.")
    plot.send(key, at("2026-03-03", 12))
    said = in_the_way(plot.undo(BOARD, LATER))
    assert said == ["Brief T-01 aan buur is op dinsdag 3 maart 2026 verstuurd. Die kan niet worden teruggehaald."]


def test_a_term_that_passed_since_keeps_the_act_and_a_reminder_does_not() -> None:
    plot = garden("2026-03-02")
    assert isinstance(plot.record({"schuur": False}, MEMBER, at("2026-03-03")), Step)
    plot.pass_time(at("2026-03-31"))  # what was only aimed at has passed too
    assert any(entry.kind is EntryKind.TERM_REMINDED for step in plot.steps for entry in step.entries)
    again = replace(plot, case=plot.case, steps=list(plot.steps), commands=list(plot.commands))
    assert isinstance(again.undo(MEMBER, at("2026-03-31")), Step)
    plot.pass_time(at("2026-04-14", 1))
    assert in_the_way(plot.undo(MEMBER, at("2026-04-14", 9))) != []


def test_a_case_that_was_opened_and_went_on_keeps_the_act() -> None:
    plot = in_use("2026-03-02")
    assert isinstance(plot.act("ruzie_melden", MEMBER, at("2026-03-03")), Step)
    child = quarrel("2026-03-03").case
    assert in_the_way(plot.undo(MEMBER, LATER, children=(child,)))[0].startswith("In zaak RUZIE-1,")
    assert in_the_way(plot.undo(MEMBER, LATER, answered=True)) == ["Een bericht van deze handeling is al beantwoord."]
    assert isinstance(plot.undo(MEMBER, LATER), Step)


def test_a_child_in_which_nothing_was_done_is_closed_as_never_opened() -> None:
    child = garden("2026-03-03", workflow="ruzie", case_id="RUZIE-1", actor=COMMITTEE, parent="TUIN-1")
    step = close_as_never_opened(child.asked(child.case, MEMBER, LATER), "TUIN-1", "verkeerde zaak")
    assert isinstance(step, Step)
    assert step.after.is_closed
    assert step.deadlines == ()


def test_who_did_it_or_owns_the_state_it_came_from_takes_it_back_with_a_reason() -> None:
    plot = garden("2026-03-02")
    assert isinstance(plot.act("intrekken", MEMBER, at("2026-03-03")), Step)
    assert kinds(plot.undo(COMMITTEE, LATER)) == {BlockerKind.NO_MANDATE}
    assert kinds(plot.undo(MEMBER, LATER, reason=" ")) == {BlockerKind.REASON_MISSING}
    assert isinstance(plot.undo(KEEPER, LATER), Step)


def test_an_opening_by_mistake_is_undone_and_nothing_of_it_is_left_to_do() -> None:
    plot = garden("2026-03-02")
    assert kinds(plot.undo(COMMITTEE, LATER)) == {BlockerKind.NO_MANDATE}
    assert kinds(plot.undo(KEEPER, LATER, reason=" ")) == {BlockerKind.REASON_MISSING}
    step = plot.undo(KEEPER, LATER, reason="verkeerde tuin")
    assert isinstance(step, Step)
    assert (step.after.is_closed, step.deadlines, step.running) == (True, (), ())
    assert not any(mark.is_waiting for mark in step.after.letters)
    assert step.entries[0].details["reason"] == "verkeerde tuin"
    assert kinds(plot.undo(KEEPER, LATER)) == {BlockerKind.NOTHING_TO_UNDO}


def test_an_opening_of_which_a_letter_left_or_a_child_went_on_is_not_undone() -> None:
    plot = garden("2026-03-02")
    told = LetterMark(key="TUIN-1/T-01/buur/1", letter="T-01", addressee="buur", sent_on=at("2026-03-02").date())
    plot.case = replace(plot.case, letters=(told,))
    assert in_the_way(plot.undo(KEEPER, LATER)) != []
    child = garden("2026-03-03", workflow="ruzie", case_id="RUZIE-1", actor=COMMITTEE, parent="TUIN-1").case
    mother = garden("2026-03-02")
    assert in_the_way(mother.undo(KEEPER, LATER, children=(replace(child, version=2),))) != []
    assert isinstance(mother.undo(KEEPER, LATER, children=(child,)), Step)


def test_terms_that_passed_in_a_case_that_never_was_keep_nothing() -> None:
    late = garden("2026-03-02")
    late.pass_time(at("2026-04-30"))
    assert isinstance(late.undo(KEEPER, at("2026-04-30", 9)), Step)


def test_what_a_case_opened_by_itself_is_undone_with_the_act_of_that_case_only() -> None:
    child = garden("2026-03-02", workflow="ruzie", case_id="RUZIE-1", actor=ENGINE, parent="TUIN-1")
    assert kinds(child.undo(COMMITTEE, LATER)) == {BlockerKind.NOTHING_TO_UNDO}


def test_the_clock_of_a_record_that_was_taken_back_is_no_clock_of_the_case() -> None:
    plot = garden("2026-03-02", None, workflow="toezicht", entry="begin", case_id="TOE-1")
    written: dict[str, Value] = {"ronde.dag": date(2026, 3, 3), "ronde.oordeel": "goed", "ronde.keurder": "Gijs Hark"}
    task: dict[str, Value] = {"klus.wat": "Pad harken", "klus.wie": "Ootje Moes", "klus.voor": date(2026, 3, 20)}
    plot.act("ronde_afsluiten", KEEPER, at("2026-03-03"), {**written, **task})
    assert "klus_klaar/klus.1" in standing_clocks(plot)
    undone = plot.undo(KEEPER, LATER)
    assert isinstance(undone, Step)
    assert "klus_klaar/klus.1" not in standing_clocks(plot)
    assert not any("nog niet begonnen" in line for line in step_page(plot.content, undone, dry_run=False))


def standing_clocks(plot: Garden) -> set[str]:
    return {one.clock.key for one in clocks_at(plot.content, plot.case, LATER)}
