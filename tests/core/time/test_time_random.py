"""Ten thousand random terms against the slow restatement, and the properties of the clock."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slow_clock import is_free, slow_last_day
from time_world import BY, CALENDAR, Entries, resumed, started, suspended

from engine.core.legal_clock.ledger import Extended
from engine.core.legal_clock.period import Period, Unit
from engine.core.legal_clock.terms import Extension, Projection, TermSpec, project
from engine.core.moment import start_of_day

ONE = timedelta(days=1)
FIRST = date(2023, 1, 2)
DAY_UNITS = [unit for unit in Unit if unit is not Unit.HOURS]
MOST = {
    Unit.DAYS: 120, Unit.WORKING_DAYS: 40, Unit.SCHOOL_DAYS: 40, Unit.WEEKS: 15,
    Unit.SCHOOL_WEEKS: 6, Unit.MONTHS: 5, Unit.YEARS: 2,
}  # fmt: skip


def make_term(source: random.Random) -> tuple[TermSpec, date, Entries, list[tuple[int, str]], set[date]]:
    """A random term with at most three suspensions and one extension, and the same in plain lists."""
    unit = source.choice(DAY_UNITS)
    length = Period(source.randint(0, MOST[unit]), unit)
    start = FIRST + timedelta(days=source.randint(0, 1900))
    rules: dict[str, Any] = source.choice(
        [{"termijnenwet": True}, {"kind": "agreed"}, {"kind": "target"}, {"roll": "none"}, {"roll": "backward"}]
    )
    allowed = Period(source.randint(1, MOST[unit]), unit)
    spec = TermSpec(period=length, region="noord", extension=Extension(period=allowed), **rules)
    entries: Entries = (started(start),)
    lengths, still = [(length.amount, unit.value)], set[date]()
    if source.random() < 0.3:
        moment = start_of_day(start)
        entries += (Extended(recorded_at=moment, by=BY, period=allowed, on_day=start),)
        lengths.append((allowed.amount, unit.value))
    day = start
    for _ in range(source.choice([0, 0, 1, 2, 3])):
        day += timedelta(days=source.randint(0, 25))
        back = day + timedelta(days=source.randint(0, 20))
        entries += (suspended(day), resumed(back))
        still |= {day + number * ONE for number in range(1, (back - day).days)}
        day = back
    return spec, start, entries, lengths, still


@pytest.mark.slow
def test_ten_thousand_random_terms_end_where_the_slow_restatement_ends() -> None:
    source = random.Random(20260721)
    for number in range(10_000):
        spec, start, entries, lengths, still = make_term(source)
        expected = slow_last_day(start, lengths, still, termijnenwet=spec.termijnenwet, roll=spec.effective_roll)
        assert project(spec, entries, CALENDAR).last_day == expected, (number, spec, entries)


days = st.dates(min_value=date(2016, 1, 1), max_value=date(2040, 12, 31))
units = st.sampled_from(DAY_UNITS)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    unit = draw(units)
    return Period(draw(st.integers(min_value=0, max_value=MOST[unit])), unit)


def specs(**parts: Any) -> st.SearchStrategy[TermSpec]:
    rules = st.sampled_from([{"termijnenwet": True}, {"kind": "agreed"}, {"kind": "target"}, {"roll": "none"}])
    return st.builds(lambda period, rule: TermSpec(period=period, region="noord", **rule, **parts), periods(), rules)


def end_of(spec: TermSpec, *entries: Any) -> date:
    found = project(spec, entries, CALENDAR).last_day
    assert found is not None
    return found


@settings(max_examples=150, deadline=None)
@given(specs(), days)
def test_an_end_that_is_moved_is_never_a_free_day(spec: TermSpec, start: date) -> None:
    projection = project(spec, (started(start),), CALENDAR)
    assert projection.last_day is not None
    if projection.last_day != projection.raw_last_day or spec.effective_roll in ("forward", "backward"):
        assert not is_free(projection.last_day)


@settings(max_examples=150, deadline=None)
@given(specs(), days, st.integers(0, 60), st.integers(0, 40))
def test_suspending_never_shortens(spec: TermSpec, start: date, after: int, length: int) -> None:
    act = start + timedelta(days=after)
    pause = (suspended(act), resumed(act + timedelta(days=length)))
    assert end_of(spec, started(start), *pause) >= end_of(spec, started(start))


@settings(max_examples=150, deadline=None)
@given(specs(), days, st.integers(0, 60), st.booleans())
def test_suspending_and_resuming_at_once_changes_nothing(
    spec: TermSpec,
    start: date,
    after: int,
    next_day: bool,
) -> None:
    act = start + timedelta(days=after)
    back = act + ONE if next_day else act
    assert end_of(spec, started(start), suspended(act), resumed(back)) == end_of(spec, started(start))


@settings(max_examples=150, deadline=None)
@given(units, days, st.integers(0, 30), st.integers(1, 10), st.booleans())
def test_a_longer_length_never_ends_earlier(
    unit: Unit,
    start: date,
    amount: int,
    more: int,
    covered: bool,
) -> None:
    amount, more = amount % (MOST[unit] + 1), more
    short, long = (
        TermSpec(
            period=Period(number, unit), region="noord", roll="forward" if not covered else "", termijnenwet=covered
        )
        for number in (amount, amount + more)
    )
    # Past the limit of article 4 the law stops helping, so the raw ends are what can be compared.
    one, other = (project(spec, (started(start),), CALENDAR) for spec in (short, long))
    assert one.raw_last_day is not None
    assert other.raw_last_day is not None
    assert one.raw_last_day <= other.raw_last_day
    if not covered:
        assert one.last_day is not None
        assert other.last_day is not None
        assert one.last_day <= other.last_day


@settings(max_examples=150, deadline=None)
@given(specs(), days, st.integers(0, 40), st.integers(1, 15), st.integers(1, 15))
def test_splitting_a_suspension_changes_nothing(spec: TermSpec, start: date, after: int, one: int, two: int) -> None:
    act = start + timedelta(days=after)
    middle, back = act + timedelta(days=one), act + timedelta(days=one + two)
    whole = (suspended(act), resumed(back))
    # The act of suspending counts itself, so the second half is suspended on the day before it resumes counting.
    split = (suspended(act), resumed(middle), suspended(middle - ONE), resumed(back))
    assert end_of(spec, started(start), *split) == end_of(spec, started(start), *whole)


def add_shifts(projection: Projection) -> date:
    assert projection.started_on is not None
    return projection.started_on + sum((step.shift for step in projection.steps), timedelta(0))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_the_explanation_adds_up_to_the_result(seed: int) -> None:
    spec, _, entries, _, _ = make_term(random.Random(seed))
    projection = project(spec, entries, CALENDAR)
    assert add_shifts(projection) == projection.last_day


@settings(max_examples=100, deadline=None)
@given(specs(), days, st.integers(0, 60))
def test_a_standing_clock_has_no_last_day_or_was_too_late_to_stand(spec: TermSpec, start: date, after: int) -> None:
    act = start + timedelta(days=after)
    projection = project(spec, (started(start), suspended(act)), CALENDAR)
    running = project(spec, (started(start),), CALENDAR)
    assert projection.earliest_last_day == running.last_day
    assert running.last_day is not None
    if act < running.last_day:
        assert (projection.status, projection.last_day, projection.ends_at) == ("suspended", None, None)
    else:
        assert (projection.status, projection.last_day) == ("running", running.last_day)
