"""F-12: who may say what, on every way by which a fact comes into a case; and what was said is not written over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.core.deciding.step import BlockerKind, EntryKind, Refusal, Step
from engine.words.of_errors import say_refused
from tests.core.decisions.garden import (
    BOARD,
    COMMITTEE,
    FITS,
    KEEPER,
    MEMBER,
    Garden,
    ask,
    at,
    garden,
    in_use,
    kinds,
)

LATER = at("2026-03-03")


def with_own_word(plot: Garden, fact: str) -> Garden:
    """The same garden, where this fact can only be said by who supplies it."""
    facts = {**plot.content.rules.facts, fact: replace(plot.content.rules.facts[fact], own_word=True)}
    plot.content = replace(plot.content, rules=replace(plot.content.rules, facts=facts))
    return plot


def said(outcome: Step | Refusal) -> str:
    assert isinstance(outcome, Refusal)
    return " ".join(say_refused(blocker.said) for blocker in outcome.blockers if blocker.said)


def test_a_fact_that_another_supplies_cannot_be_given_on_any_way() -> None:
    plot = garden(facts=FITS)
    for outcome in (
        plot.record({"pacht_tot": at("2027-01-01").date()}, MEMBER, LATER),
        plot.act("intrekken", MEMBER, LATER, {"pacht_tot": at("2027-01-01").date()}),
        ask("2026-03-02", {"meting_op": at("2026-03-01").date()}, actor=MEMBER),
    ):
        assert isinstance(outcome, Refusal)
        assert kinds(outcome) == {BlockerKind.NOT_SUPPLIER}
    assert plot.case.state == "aangevraagd"


def test_an_act_lets_who_may_take_it_give_what_it_asks_for() -> None:
    assert isinstance(garden().act("toewijzen", BOARD, LATER, FITS), Step)
    assert kinds(in_use().record({"plan": "ui"}, COMMITTEE, LATER)) == {BlockerKind.NOT_SUPPLIER}


def test_ones_own_word_is_given_by_nobody_else_though_an_act_asks_for_it() -> None:
    plot = with_own_word(garden(), "buur.naam")
    outcome = plot.act("toewijzen", BOARD, LATER, FITS)
    assert isinstance(outcome, Refusal)
    assert [(one.kind, one.subject, one.supplied_by) for one in outcome.blockers] == [
        (BlockerKind.NOT_SUPPLIER, "buur.naam", ("beheerder", "tuinder"))
    ]


@pytest.mark.parametrize("fact", ["bevestigd_op", "laatste_uitleg", "te_laat", "afloop"])
def test_what_only_the_program_sets_cannot_be_typed(fact: str) -> None:
    value = {"bevestigd_op": LATER.date(), "te_laat": True}.get(fact, "goed")
    for outcome in (garden().record({fact: value}, KEEPER, LATER), ask("2026-03-02", {fact: value})):
        assert isinstance(outcome, Refusal)
        assert kinds(outcome) == {BlockerKind.NOT_TYPED}


def test_a_child_may_tell_its_parent_what_nobody_can_type() -> None:
    assert isinstance(in_use().tell({"afloop": "goed"}, LATER), Step)


def test_recording_writes_only_what_is_unknown_and_says_what_is_known_by_whom() -> None:
    plot = garden(facts={"plan": "bonen"})
    outcome = plot.record({"plan": "prei"}, MEMBER, LATER)
    assert kinds(outcome) == {BlockerKind.ALREADY_KNOWN}
    assert said(outcome) == (
        "Teeltplan (plan) is al bekend: bonen; opgegeven door Beheerder (beheerder) op maandag 2 maart 2026."
        " Klopt dat niet? Verbeter het met `trede case correct TUIN-1 plan=WAARDE --reason TEKST`."
    )
    assert kinds(plot.record({"plan": "bonen"}, MEMBER, LATER)) == {BlockerKind.ALREADY_KNOWN}
    assert plot.case.facts["plan"].value == "bonen"


def test_an_act_replaces_only_what_it_asks_for_and_the_old_value_is_noted() -> None:
    plot = garden(facts={"plan": "bonen", "uitleg": "druk"})
    assert kinds(plot.act("verlengen", KEEPER, LATER, {"uitleg": "ziek"})) == {BlockerKind.ALREADY_KNOWN}
    step = plot.act("toewijzen", BOARD, LATER, FITS)
    assert isinstance(step, Step)
    recorded = next(entry for entry in step.entries if entry.kind is EntryKind.RECORDED)
    assert recorded.details["was"] == {"plan": "bonen"}


def test_what_a_decision_rests_on_is_fixed_known_or_not() -> None:
    plot = garden(facts=FITS)
    assert isinstance(plot.act("toewijzen", BOARD, LATER), Step)
    for outcome in (
        plot.record({"schuur.hoogte": 3}, MEMBER, LATER),
        plot.record({"plan": "ui"}, MEMBER, LATER),
        plot.correct({"plan": "ui"}, MEMBER, LATER),
        plot.correct({"oppervlakte": 400}, KEEPER, LATER),
    ):
        assert kinds(outcome) == {BlockerKind.FIXED}
    assert "het besluit 'Tuin toewijzen' rust erop" in said(plot.correct({"plan": "ui"}, MEMBER, LATER))
    assert isinstance(plot.correct({"uitleg": "ziek"}, KEEPER, LATER), Refusal)
    assert isinstance(plot.correct({"buur.naam": "Wim de Boer"}, KEEPER, LATER), Step)
