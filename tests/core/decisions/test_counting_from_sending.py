"""What the law hangs on sending a letter counts from that day; between the act and the sending all runs as it did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.core.content.term_rules import Sending
from engine.core.deciding.correspondence import late_term
from engine.core.deciding.leaving_day import fill_late_fields
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.deciding.sending import awaited_by
from engine.core.deciding.situation import look
from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.errors import LetterError
from engine.core.language.conditions import Literal
from engine.core.language.orders import LetterOrder
from engine.core.legal_clock.ledger import Resumed, Suspended
from engine.core.legal_clock.period import Period, Unit
from engine.words.of_errors import say_whole
from tests.core.decisions.garden import KEEPER, MEMBER, Garden, at, garden, kinds
from tests.real_content import real_catalogue


def invited(day: str = "2026-03-09") -> Garden:
    """A garden of which the plan is lacking: the invitation to complete it was decided on, and waits."""
    plot = by_letter()
    assert isinstance(plot.act("vragen", KEEPER, at(day), reason="plan ontbreekt"), Step)
    return plot


def by_letter() -> Garden:
    """A garden in which waiting and putting off count from the letter that says so."""
    plot = garden("2026-03-02", {"uitleg": "te druk"})
    terms = dict(plot.content.rules.terms)
    waits = {"wacht": Sending(of="wacht", letter="T-02", to=("tuinder",))}
    told = {"uitstellen": Sending(of="uitstellen", letter="T-02")}
    deferral = replace(terms["beslissen"].deferral, at_most=Period(4, Unit.WEEKS))  # type: ignore[type-var]
    terms["beslissen"] = replace(terms["beslissen"], from_sending={**waits, **told}, deferral=deferral)
    terms["aanvullen"] = replace(terms["aanvullen"], from_sending=waits)
    order = (LetterOrder(letter="T-02", to=("tuinder",)),)
    transitions = tuple(
        replace(one, letters=order) if one.id in ("vragen", "uitstellen") else one
        for one in plot.content.workflow.transitions
    )
    plot.content = replace(
        plot.content,
        rules=replace(plot.content.rules, terms=terms),
        workflow=replace(plot.content.workflow, transitions=transitions),
    )
    return plot


def test_a_clock_stands_still_from_the_day_after_the_invitation_is_sent_and_not_from_the_act() -> None:
    plot = invited("2026-03-09")
    assert (plot.clock("beslissen").status, plot.clock("streven").status) == ("running", "running")
    plot.send_all(at("2026-03-12"))
    assert plot.clock("beslissen").still_since == plot.clock("streven").still_since == date(2026, 3, 13)
    assert isinstance(plot.act("aanvullen", MEMBER, at("2026-03-16"), {"plan": "ui"}), Step)
    # Three days stood still, the 13th up to and including the 15th: those before the sending count.
    assert (plot.clock("beslissen").suspended_days, plot.last_day("beslissen")) == (3, "2026-04-16")


def test_the_time_to_answer_begins_with_the_sending_and_its_letter_says_the_day_it_ends() -> None:
    plot = invited("2026-03-09")
    assert plot.clock("aanvullen").status == "not_started"
    assert [(one.term.id, one.sending.of, one.readers) for one in awaited_by(plot.content, plot.case)] == [
        ("beslissen", "wacht", ("tuinder",)),
        ("aanvullen", "wacht", ("tuinder",)),
    ]
    plot.send_all(at("2026-03-12"))
    assert (plot.clock("aanvullen").started_on, plot.last_day("aanvullen")) == (date(2026, 3, 12), "2026-03-26")
    assert list(awaited_by(plot.content, plot.case)) == []


def test_who_was_written_to_earlier_outside_counts_from_that_day() -> None:
    plot = invited("2026-03-09")
    plot.send_all(at("2026-03-16"), date(2026, 3, 11))
    assert plot.clock("beslissen").still_since == date(2026, 3, 12)
    assert plot.clock("aanvullen").started_on == date(2026, 3, 11)


def test_a_letter_that_leaves_after_the_answer_came_stops_no_clock() -> None:
    plot = invited("2026-03-09")
    before = plot.last_day("beslissen")
    assert isinstance(plot.act("aanvullen", MEMBER, at("2026-03-10"), {"plan": "ui"}), Step)
    plot.send_all(at("2026-03-12"))
    assert (plot.clock("beslissen").status, plot.last_day("beslissen")) == ("running", before)
    assert plot.clock("aanvullen").status == "not_started"


def test_a_letter_that_was_withdrawn_starts_nothing() -> None:
    plot = invited("2026-03-09")
    marks = tuple(replace(mark, is_withdrawn=True) for mark in plot.case.letters)
    plot.case = replace(plot.case, letters=marks)
    assert isinstance(plot.record({"oppervlakte": 100}, KEEPER, at("2026-03-12")), Step)
    assert (plot.clock("beslissen").status, plot.clock("aanvullen").status) == ("running", "not_started")


def test_a_deferral_counts_when_its_letter_leaves_in_time() -> None:
    plot = by_letter()
    assert isinstance(plot.act("uitstellen", KEEPER, at("2026-04-01"), {"nieuwe_dag": date(2026, 5, 1)}), Step)
    assert plot.last_day("beslissen") == "2026-04-13"
    plot.send_all(at("2026-04-13"))
    assert plot.last_day("beslissen") == "2026-05-01"


def test_a_deferral_sent_a_week_after_the_term_does_not_count_and_the_owner_hears_why() -> None:
    plot = by_letter()
    assert isinstance(plot.act("uitstellen", KEEPER, at("2026-04-10"), {"nieuwe_dag": date(2026, 5, 1)}), Step)
    step = plot.send("TUIN-1/T-02/tuinder/1", at("2026-04-20"))
    assert plot.last_day("beslissen") == "2026-04-13"
    assert [(one.to, one.kind, one.term) for one in step.notices] == [("beheerder", "letter_not_counted", "beslissen")]
    assert plot.case.letters[0].sent_on == date(2026, 4, 20)


def deferring(plot: Garden) -> OutgoingLetter:
    """The letter that tells of a deferral, with a field for the last day that it brings."""
    assert isinstance(plot.act("uitstellen", KEEPER, at("2026-04-01"), {"nieuwe_dag": date(2026, 5, 1)}), Step)
    return replace(plot.steps[-1].letters[0], late_fields={"nieuwe_laatste_dag": "beslissen"})


def test_a_letter_names_the_last_day_that_its_own_sending_brings() -> None:
    plot = by_letter()
    letter = deferring(plot)
    seen = look(plot.asked(plot.case, KEEPER, at("2026-04-13")))
    said = fill_late_fields(seen, letter, date(2026, 4, 13)).fields["nieuwe_laatste_dag"]
    assert plot.last_day("beslissen") == "2026-04-13", "nothing moved by looking"
    plot.send_all(at("2026-04-13"))
    assert said == plot.clock("beslissen").last_day == date(2026, 5, 1)


def test_no_letter_names_a_last_day_that_its_sending_does_not_bring() -> None:
    plot = by_letter()
    letter = deferring(plot)
    with pytest.raises(LetterError) as wrong:
        fill_late_fields(look(plot.asked(plot.case, KEEPER, at("2026-04-20"))), letter, date(2026, 4, 20))
    assert "verschuift die niet meer" in say_whole(wrong.value)


def test_the_letter_about_an_adjourned_objection_names_the_day_of_that_objection() -> None:
    content = real_catalogue().content("almere", "bezwaar", date(2026, 11, 23))
    letter = content.letters["L-84"]
    assert [late_term(content, letter, one) for one in letter.fields if one.name == "laatste_dag"] == [
        "beslistermijn_bezwaar"
    ]


def test_a_deferral_longer_than_the_content_calls_reasonable_is_refused_at_the_act() -> None:
    plot = by_letter()
    outcome = plot.act("uitstellen", KEEPER, at("2026-04-01"), {"nieuwe_dag": date(2026, 5, 12)})
    assert isinstance(outcome, Refusal)
    assert kinds(outcome) == {BlockerKind.TERM_RULE}
    said = outcome.blockers[0].said
    assert said is not None
    assert (said.code, said.parameters["furthest"]) == ("deferral_too_long", date(2026, 5, 11))


def test_a_second_deferral_is_refused_while_the_letter_of_the_first_still_waits() -> None:
    plot = by_letter()
    assert isinstance(plot.act("uitstellen", KEEPER, at("2026-04-01"), {"nieuwe_dag": date(2026, 5, 1)}), Step)
    outcome = plot.act("uitstellen", KEEPER, at("2026-04-02"))
    assert isinstance(outcome, Refusal)
    assert [one.said and one.said.code for one in outcome.blockers] == ["told_already"]


def test_a_standstill_cites_the_ground_it_rests_on_and_no_other() -> None:
    plot = invited("2026-03-09")
    terms = dict(plot.content.rules.terms)
    terms["beslissen"] = replace(terms["beslissen"], grounds={"wacht": Literal(value="Tuinwet art. 5 lid 2")})
    plot.content = replace(plot.content, rules=replace(plot.content.rules, terms=terms))
    plot.send_all(at("2026-03-12"))
    assert isinstance(plot.act("aanvullen", MEMBER, at("2026-03-16"), {"plan": "ui"}), Step)
    for key in ("beslissen", "streven"):
        clock = plot.case.clock(key)
        assert clock is not None
        assert {one.basis for one in clock.ledger if isinstance(one, Suspended | Resumed)} == {"Tuinwet art. 5 lid 2"}
