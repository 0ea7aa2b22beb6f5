from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.deciding.case import ENGINE
from engine.core.deciding.leaving_day import fill_late_fields
from engine.core.deciding.situation import look
from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.errors import DefinitionError
from engine.words.of_errors import say
from tests.core.decisions.garden import BOARD, FITS, KEEPER, MEMBER, Garden, at, garden, kinds
from tests.refusals import refused


def granted(day: str = "2026-03-24") -> Garden:
    plot = garden("2026-03-02", FITS)
    assert isinstance(plot.act("toewijzen", BOARD, at(day)), Step)
    return plot


def test_a_decision_goes_to_every_addressee_with_its_own_key_and_frozen_fields() -> None:
    plot = granted()
    letters = plot.steps[-1].letters
    assert [letter.key for letter in letters] == ["TUIN-1/T-01/tuinder/1", "TUIN-1/T-01/buur/1"]
    assert {letter.addressee_name for letter in letters} == {"Ootje Moes", "Wim Bonestaak"}
    assert letters[0].fields["plan"] == FITS["plan"]
    assert letters[0].late_fields == {"laatste_dag": "bezwaar"}
    assert "laatste_dag" not in letters[0].fields


def test_a_term_by_sending_runs_for_each_addressee_from_its_own_day() -> None:
    plot = granted("2026-03-24")
    plot.send("TUIN-1/T-01/tuinder/1", at("2026-03-25"))
    assert plot.case.state == "toegewezen"
    plot.send("TUIN-1/T-01/buur/1", at("2026-03-27"))
    assert plot.case.state == "in_gebruik"
    assert plot.last_day("bezwaar/tuinder") == "2026-05-06"
    assert plot.last_day("bezwaar/buur") == "2026-05-08"
    assert plot.open_keys()[:2] == ["bezwaar/tuinder|passed|0", "bezwaar/buur|passed|0"]


def test_an_automatic_transition_follows_in_the_same_step_and_sets_its_facts() -> None:
    plot = granted("2026-03-24")
    plot.send_all(at("2026-03-25"))
    assert plot.case.facts["bevestigd_op"].value == date(2026, 3, 25)
    assert plot.case.facts["bevestigd_op"].by == "engine"


def test_sending_a_letter_twice_is_refused_the_second_time() -> None:
    plot = granted()
    plot.send("TUIN-1/T-01/tuinder/1", at("2026-03-25"))
    from engine.core.deciding.falling_due import HandedOver, confirm_sent

    again = confirm_sent(
        plot.asked(plot.case, ENGINE, at("2026-03-26")),
        HandedOver(letter_key="TUIN-1/T-01/tuinder/1", sent_on=date(2026, 3, 26)),
    )
    assert kinds(again) == {BlockerKind.NOT_DUE}


def test_a_letter_may_leave_after_the_case_was_closed_and_then_moves_nothing() -> None:
    plot = granted()
    assert isinstance(plot.act("intrekken", MEMBER, at("2026-03-24", 12)), Step)
    plot.send_all(at("2026-03-25"))
    assert plot.case.state == "ingetrokken"
    assert all(mark.sent_on == date(2026, 3, 25) for mark in plot.case.letters)
    assert plot.steps[-1].deadlines == ()


@settings(max_examples=80, deadline=None)
@given(st.dates(date(2026, 3, 3), date(2027, 12, 1)))
def test_the_last_day_in_the_letter_is_that_of_the_clock_it_starts(sent_on: date) -> None:
    plot = granted("2026-03-02")
    seen = look(plot.asked(plot.case, MEMBER, at("2026-03-02")))
    letter = fill_late_fields(seen, plot.steps[-1].letters[0], sent_on)
    plot.send(letter.key, at(sent_on.isoformat()), sent_on)
    printed = letter.fields["laatste_dag"]
    assert printed == plot.clock("bezwaar/tuinder").last_day
    assert isinstance(printed, date)
    assert printed >= sent_on + timedelta(weeks=6)
    assert printed.weekday() < 5


def test_a_letter_that_lacks_a_field_refuses_the_act_and_says_which() -> None:
    plot = garden("2026-03-02", {fact: value for fact, value in FITS.items() if fact != "buur.naam"})
    before = plot.case
    outcome = plot.act("toewijzen", BOARD, at("2026-03-03"))
    assert isinstance(outcome, Refusal)
    assert [(b.kind, b.subject, b.detail, b.supplied_by) for b in outcome.blockers] == [
        (BlockerKind.LETTER_FIELD, "T-01", "geadresseerde", ("beheerder", "tuinder"))
    ]
    assert plot.case is before


def test_a_letter_that_lacks_a_field_never_holds_up_a_deadline() -> None:
    plot = garden("2026-03-02")
    plot.pass_time(at("2026-04-14", 1))
    step = plot.steps[-1]
    assert plot.case.facts["te_laat"].value is True
    assert step.letters == ()
    told = [notice for notice in step.notices if notice.kind == "letter_not_made"]
    assert [(notice.to, notice.parameters["field"]) for notice in told] == [("beheerder", "uitleg")]


def test_an_transition_that_a_term_takes_goes_on_without_what_nobody_can_supply_now() -> None:
    plot = garden("2026-03-02")
    assert isinstance(plot.act("vragen", KEEPER, at("2026-03-09"), reason="plan ontbreekt"), Step)
    plot.pass_time(at("2026-03-24", 1))
    assert plot.case.state == "vervallen"
    assert "laatste_uitleg" not in plot.case.facts
    assert plot.steps[-1].letters == ()
    assert {notice.kind for notice in plot.steps[-1].notices} == {"fact_not_set", "letter_not_made"}


def test_an_transition_that_a_term_takes_brings_its_facts_and_letters_when_they_are_known() -> None:
    plot = garden("2026-03-02", {"uitleg": "te druk"})
    assert isinstance(plot.act("vragen", KEEPER, at("2026-03-09"), reason="plan ontbreekt"), Step)
    plot.pass_time(at("2026-03-24", 1))
    assert plot.case.facts["laatste_uitleg"].value == "te druk"
    assert [letter.letter for letter in plot.steps[-1].letters] == ["T-02"]
    assert plot.steps[-1].notices == ()


def test_the_same_letter_again_gets_another_key() -> None:
    plot = garden("2026-03-02", {"uitleg": "te druk"})
    plot.pass_time(at("2026-04-14", 1))
    assert [mark.key for mark in plot.case.letters] == ["TUIN-1/T-02/tuinder/1", "TUIN-1/T-02/tuinder/2"]


def test_automatic_transitions_in_a_circle_are_named_and_nothing_is_decided() -> None:
    plot = garden("2026-03-02")
    transitions = tuple(
        replace(plot.content.workflow.transitions[0], id=f"rond_{origin}", origin=origin, target=target, by=(),
                automatic=True, reason_required=False)
        for origin, target in (("aangevraagd", "wacht"), ("wacht", "aangevraagd"))
    )  # fmt: skip
    round_about = replace(plot.content.workflow, transitions=(*plot.content.workflow.transitions, *transitions))
    turning = Garden(content=replace(plot.content, workflow=round_about), case=plot.case, steps=list(plot.steps))
    with refused(DefinitionError, "kring") as caught:
        turning.record({"plan": "ui"}, KEEPER, at("2026-03-03"))
    assert say(caught.value).next_step
    assert turning.case is plot.case


def test_a_child_tells_its_parent_and_the_clocks_see_it() -> None:
    plot = garden("2026-03-02")
    outcome = plot.tell({"afloop": "verzoend"}, at("2026-03-05"))
    assert isinstance(outcome, Step)
    assert (plot.case.facts["afloop"].value, plot.case.facts["afloop"].by) == ("verzoend", "RUZIE-1")


def test_what_a_child_tells_and_does_not_fit_is_left_out_and_the_owner_hears_of_it() -> None:
    plot = garden("2026-03-02")
    step = plot.tell({"afloop": "verzoend", "onzin": "x", "tuin.geschikt": True}, at("2026-03-05"))
    assert isinstance(step, Step)
    assert plot.case.facts["afloop"].value == "verzoend"
    assert "onzin" not in plot.case.facts
    assert [(notice.to, notice.kind) for notice in step.notices] == [("beheerder", "fact_not_told")] * 2
