"""A corrected ledger comes to the same as one that was right from the start; taken back, to what it was."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from time_world import CALENDAR, day, started, statutory

from engine.core.legal_clock.ledger import Corrected, Ledger, Resumed, Suspended
from engine.core.legal_clock.ledger_lines import tell_ledger
from engine.core.legal_clock.projection import Projection
from engine.core.legal_clock.terms import project
from engine.core.moment import start_of_day

SPEC = statutory("8 weeks")
STARTS = st.dates(date(2023, 1, 1), date(2028, 6, 1))
GAPS = st.integers(0, 40)


def still(first: date, last: date) -> tuple[Suspended, Resumed]:
    return (
        Suspended(recorded_at=start_of_day(first), by="x", from_day=first),
        Resumed(recorded_at=start_of_day(last), by="x", on_day=last),
    )


def corrected(ledger: Ledger, number: int) -> Corrected:
    return Corrected(recorded_at=start_of_day(date(2030, 1, 1)), by="x", cancels=number)


def end(*ledger: object) -> tuple[object, ...]:
    found: Projection = project(SPEC, ledger, CALENDAR)  # type: ignore[arg-type]
    return found.last_day, found.raw_last_day, found.suspended_days, found.status


@settings(max_examples=150, deadline=None)
@given(STARTS, GAPS, GAPS, GAPS)
def test_a_moved_suspension_is_as_if_it_had_been_written_down_well(
    start: date, before: int, wrong: int, right: int
) -> None:
    begin = started(start.isoformat())
    first = start + timedelta(days=before)
    wrong_pair = still(first, first + timedelta(days=wrong))
    right_pair = still(first, first + timedelta(days=right))
    ledger: Ledger = (begin, *wrong_pair)
    assert end(*ledger, corrected(ledger, 2), right_pair[1]) == end(begin, *right_pair)


@settings(max_examples=150, deadline=None)
@given(STARTS, STARTS, GAPS, GAPS)
def test_a_moved_start_keeps_what_came_after_it(start: date, other: date, before: int, length: int) -> None:
    first = max(start, other) + timedelta(days=before)
    pair = still(first, first + timedelta(days=length))
    ledger: Ledger = (started(start.isoformat()), *pair)
    assert end(*ledger, corrected(ledger, 0), started(other.isoformat())) == end(started(other.isoformat()), *pair)


@settings(max_examples=100, deadline=None)
@given(STARTS, GAPS, GAPS)
def test_a_correction_that_is_taken_back_leaves_no_trace_in_the_end(start: date, before: int, length: int) -> None:
    first = start + timedelta(days=before)
    ledger: Ledger = (started(start.isoformat()), *still(first, first + timedelta(days=length)))
    taken_out = (*ledger, corrected(ledger, 2), corrected(ledger, 1))
    assert end(*taken_out) == end(ledger[0])
    back = (*taken_out, corrected(taken_out, 4), corrected(taken_out, 3))
    assert end(*back) == end(*ledger)


def test_the_lines_are_numbered_from_one_and_say_what_took_them_back() -> None:
    ledger: Ledger = (started("2026-03-02"), *still(day("2026-03-09"), day("2026-03-16")))
    lines = tell_ledger((*ledger, corrected(ledger, 2), corrected(ledger, 3)))
    assert [(line.number, line.counts, line.cancels, line.cancelled_by) for line in lines] == [
        (1, True, None, None), (2, True, None, None), (3, True, None, None), (4, False, 3, 5), (5, True, 4, None),
    ]  # fmt: skip
