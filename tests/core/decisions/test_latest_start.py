from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.deciding.case import Clock
from engine.core.deciding.lateness import running_terms
from engine.core.deciding.latest_start import Leg, latest_start, ways_to_the_end
from engine.core.deciding.step import Step
from engine.core.evaluation.prepared import Content
from engine.core.legal_clock.counting import DayCounter, roll_forward
from engine.core.legal_clock.ledger import Started
from engine.core.legal_clock.projection import Projection
from engine.core.legal_clock.terms import project
from engine.core.moment import start_of_day
from tests.core.decisions.garden import BOARD, FITS, KEEPER, at, garden
from tests.real_content import real_catalogue

REAL = Path(__file__).parents[3]
LAST_DAY = date(2026, 11, 2)  # a Monday


@lru_cache
def tlv() -> Content:
    return real_catalogue().content("almere", "tlv", date(2026, 9, 7))


def started(day: date) -> Started:
    return Started(recorded_at=start_of_day(day), by="test", day=day)


def running_until(last_day: date) -> Projection:
    return Projection(status="running", last_day=last_day)


@pytest.mark.parametrize(
    ("state", "act", "day"),
    [
        ("toegekend", "bekendmaken", "2026-11-02"),
        # Two working days to make it known: of Friday 30 October and Monday 2 November.
        ("besluitrijp", "toekennen", "2026-10-29"),
        ("advies_compleet", "besluitrijp_maken", "2026-10-29"),
        # Three weeks for the experts before that.
        ("volledig", "deskundigen_toewijzen", "2026-10-08"),
        ("ingediend", "volledig_verklaren", "2026-10-08"),
    ],
)
def test_the_steps_that_remain_are_counted_back_from_the_last_day(state: str, act: str, day: str) -> None:
    found = latest_start(tlv(), tlv().term("beslistermijn"), running_until(LAST_DAY), state)
    assert found is not None
    assert (found.way[0].transition, found.day.isoformat()) == (act, day)


def test_a_state_in_which_the_law_lets_a_clock_stand_still_is_no_step_towards_the_end() -> None:
    for term in ("beslistermijn", "dwangsomtermijn"):
        for way in ways_to_the_end(tlv(), tlv().term(term)).values():
            assert not {leg.state for leg in way} & {"onvolledig", "aangehouden"}


def test_of_the_terms_of_one_state_the_longest_counts() -> None:
    short, long = tlv().term("bekendmaaktermijn"), tlv().term("adviestermijn")
    assert (
        Leg(transition="t", state="s", terms=(short, long)).days == Leg(transition="t", state="s", terms=(long,)).days
    )


def test_that_the_case_ends_some_other_way_is_not_what_the_term_waits_for() -> None:
    ends = {state.id for state in tlv().workflow.states if state.is_end}
    term = tlv().term("beslistermijn")
    assert {way[-1].state for way in ways_to_the_end(tlv(), term).values()} <= set(term.stops_in)
    assert not ends & set(ways_to_the_end(tlv(), term))


def test_what_cannot_be_counted_back_is_not_told() -> None:
    term, state = tlv().term("beslistermijn"), "volledig"
    assert latest_start(tlv(), term, Projection(status="suspended"), state) is None
    assert latest_start(tlv(), replace(term, kind="agreed"), running_until(LAST_DAY), state) is None
    hours = replace(running_until(LAST_DAY), in_hours=True)
    assert latest_start(tlv(), term, hours, state) is None


# Deferred: who only collects need not read the content.
STATES = st.deferred(lambda: st.sampled_from(sorted({state.id for state in tlv().workflow.states})))


@given(st.dates(date(2026, 9, 1), date(2027, 6, 30)), STATES)
def test_who_starts_on_that_day_is_in_time_and_who_starts_a_day_later_is_not(last_day: date, state: str) -> None:
    """Each step takes its term to the last day of it; the next working day would be one too many."""
    found = latest_start(tlv(), tlv().term("beslistermijn"), running_until(last_day), state)
    if found is None:
        return

    def end_of(day: date) -> date:
        for leg in found.way:
            ends = [project(term, (started(day),), tlv().calendar).last_day or date.max for term in leg.terms]
            day = max(ends, default=day)
        return day

    calendar = tlv().calendar
    following = roll_forward(DayCounter(calendar), found.day + timedelta(days=1))
    assert calendar.is_working_day(found.day)
    assert end_of(found.day) <= last_day < end_of(following)


def test_a_step_carries_the_latest_start_of_each_statutory_term_that_runs() -> None:
    plot = garden("2026-03-02", facts=FITS)
    told = {one.term: one.latest_start for one in plot.steps[-1].running}
    assert told["beslissen"] == date(2026, 4, 13), "nothing has to fit in between"
    assert isinstance(plot.act("vragen", KEEPER, at("2026-03-09"), reason="plan"), Step)
    assert "beslissen" not in {one.term for one in plot.steps[-1].running}, "it stands still: no day is known"
    assert isinstance(plot.act("aanvullen", BOARD, at("2026-03-10")), Step) is False


def test_somebody_must_act_by_the_end_of_the_latest_start_or_of_the_term_where_nothing_lies_between() -> None:
    late_from = start_of_day(LAST_DAY + timedelta(days=1))
    running = [(Clock(term="beslistermijn", ledger=()), replace(running_until(LAST_DAY), ends_at=late_from))]
    for state, day in (("volledig", date(2026, 10, 8)), ("toegekend", date(2026, 11, 2))):
        (found,) = running_terms(tlv(), state, running)
        assert (found.latest_start, found.act_by) == (day, min(late_from, start_of_day(day + timedelta(days=1))))
        assert found.due_at == late_from
