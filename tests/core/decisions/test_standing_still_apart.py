"""A clock that stands still from one transition until another, whatever the state: apart from the other clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.core.deciding.step import Step
from engine.core.language.conditions import Literal, Operator, Test
from tests.core.decisions.garden import COMMITTEE, KEEPER, Garden, at, in_use


def measured() -> Garden:
    """A garden in use whose measuring stands still from an inspection until its approval."""
    plot = in_use("2026-03-02", {"meting_op": date(2026, 3, 1)})
    term = replace(
        plot.content.term("nameten"), suspends_on=("inspecteren",), resumes_on=("goedkeuren",), ground="Tuinwet art. 6"
    )
    terms = {**plot.content.rules.terms, "nameten": term}
    plot.content = replace(plot.content, rules=replace(plot.content.rules, terms=terms))
    assert plot.last_day("nameten") == "2026-03-15"
    return plot


def test_it_stands_still_from_one_transition_until_the_other() -> None:
    plot = measured()
    assert isinstance(plot.act("inspecteren", COMMITTEE, at("2026-03-05")), Step)
    assert plot.clock("nameten").still_since == date(2026, 3, 6)
    assert plot.clock("proef").status == "running"
    assert "nameten|passed|0" not in plot.open_keys()
    assert isinstance(plot.act("goedkeuren", COMMITTEE, at("2026-03-09")), Step)
    assert (plot.clock("nameten").suspended_days, plot.last_day("nameten")) == (3, "2026-03-18")
    assert "nameten|passed|0" in plot.open_keys()


def waiting(**also: object) -> Garden:
    """A garden in use whose measuring stands still as long as the plan says carrots."""
    plot = in_use("2026-03-02", {"meting_op": date(2026, 3, 1)})
    carrots = Test(fact="plan", operator=Operator.IS, operand=Literal(value="wortels"))
    term = replace(plot.content.term("nameten"), suspended_while=carrots, ground="Tuinwet art. 6", **also)
    follower = replace(plot.content.term("proef"), follows="nameten")
    terms = {**plot.content.rules.terms, "nameten": term, "proef": follower}
    plot.content = replace(plot.content, rules=replace(plot.content.rules, terms=terms))
    return plot


def test_it_stands_still_as_long_as_a_condition_holds_and_what_follows_it_too() -> None:
    plot = waiting()
    assert isinstance(plot.act("inspecteren", COMMITTEE, at("2026-03-04")), Step)
    before = plot.last_day("proef")
    assert isinstance(plot.record({"plan": "wortels"}, KEEPER, at("2026-03-05")), Step)
    assert plot.clock("nameten").still_since == plot.clock("proef").still_since == date(2026, 3, 6)
    assert isinstance(plot.correct({"plan": "ui"}, KEEPER, at("2026-03-09")), Step)
    assert (plot.clock("nameten").suspended_days, plot.last_day("nameten")) == (3, "2026-03-18")
    assert plot.clock("proef").suspended_days == 3
    assert plot.last_day("proef") != before


def test_a_condition_of_which_nothing_is_known_stops_no_clock() -> None:
    plot = waiting()
    assert isinstance(plot.act("inspecteren", COMMITTEE, at("2026-03-05")), Step)
    assert (plot.clock("nameten").status, plot.last_day("nameten")) == ("running", "2026-03-15")


def test_other_acts_do_not_make_it_run_again() -> None:
    plot = measured()
    assert isinstance(plot.act("inspecteren", COMMITTEE, at("2026-03-05")), Step)
    assert isinstance(plot.record({"plan": "ui"}, KEEPER, at("2026-03-06")), Step)
    assert isinstance(plot.act("inspecteren", COMMITTEE, at("2026-03-07")), Step)
    assert plot.clock("nameten").status == "suspended"


def test_resuming_what_runs_and_suspending_what_has_passed_change_nothing() -> None:
    plot = measured()
    assert isinstance(plot.act("goedkeuren", COMMITTEE, at("2026-03-05")), Step)
    assert plot.last_day("nameten") == "2026-03-15"
    plot.pass_time(at("2026-03-16", 1))
    assert isinstance(plot.act("inspecteren", COMMITTEE, at("2026-03-17")), Step)
    assert (plot.clock("nameten").status, plot.last_day("nameten")) == ("running", "2026-03-15")


def test_a_moved_day_zero_keeps_the_standstill() -> None:
    plot = measured()
    assert isinstance(plot.act("inspecteren", COMMITTEE, at("2026-03-05")), Step)
    assert isinstance(plot.correct({"meting_op": date(2026, 3, 3)}, COMMITTEE, at("2026-03-06")), Step)
    assert plot.clock("nameten").still_since == date(2026, 3, 6)
    assert isinstance(plot.act("goedkeuren", COMMITTEE, at("2026-03-09")), Step)
    assert plot.last_day("nameten") == "2026-03-20"
