"""Every run of a random ledger comes to what its lines would, had they been written down well from the start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from time_world import BY, CALENDAR, at, deferred, extended, resumed, started, stopped, suspended, term

from engine.core.errors import UsageError
from engine.core.legal_clock.ledger import Corrected, Ledger, LedgerEntry, Restarted, Started, Stopped
from engine.core.legal_clock.period import parse_period
from engine.core.legal_clock.projection import Lateness, lateness_at, passed_at
from engine.core.legal_clock.recording import record
from engine.core.legal_clock.runs import runs_of
from engine.core.legal_clock.terms import Extension, project, project_run
from tests.refusals import refused

SPEC = term("2 weeks", termijnenwet=True, extension=Extension(period=parse_period("2 weeks"), times=2), deferrals=2)
FIRST = date(2026, 3, 2)
NOW = at("2026-05-20 12:00")


def entry(kind: str, day: int, line: int) -> LedgerEntry:
    on = FIRST + timedelta(days=day)
    if kind == "corrected":
        return Corrected(recorded_at=NOW, by=BY, cancels=line)
    if kind == "restarted":
        return Restarted(recorded_at=NOW, by=BY, day=on)
    if kind == "extended":
        return replace(extended("2026-03-02", "1 weeks"), on_day=on)
    if kind == "deferred":
        return replace(deferred("2026-03-02", (on + timedelta(days=30)).isoformat()), on_day=on)
    make = {"started": started, "suspended": suspended, "resumed": resumed, "stopped": stopped}
    return make[kind](on.isoformat())


KINDS = ("started", "restarted", "suspended", "resumed", "extended", "deferred", "stopped", "corrected", "corrected")
WISHES = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(-1, 9), st.integers(0, 12)), min_size=6, max_size=16)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """What came through the door: each wish is recorded, or refused and gone. Most corrected starts move."""
    ledger: Ledger = record(SPEC, (), CALENDAR, started(FIRST))
    day = 0
    for kind, gap, line in draw(WISHES):
        day += gap
        entries = [entry(kind, day, line % len(ledger))]
        if kind == "corrected" and isinstance(ledger[line % len(ledger)], Started) and gap > 0:
            entries.append(entry("started", day - 3, 0))
        try:
            ledger = record(SPEC, ledger, CALENDAR, *entries)
        except UsageError:
            continue
    return ledger


def is_alive(ledger: Ledger, number: int) -> bool:
    """A line counts unless a line that counts itself cancels it."""
    later = range(number + 1, len(ledger))
    cancelling = (n for n in later if isinstance(ledger[n], Corrected) and ledger[n].cancels == number)  # type: ignore[attr-defined]
    return not any(is_alive(ledger, n) for n in cancelling)


def standing_place(ledger: Ledger, number: int) -> tuple[int, bool]:
    """Where a line belongs, and whether the clock begins anew with it: what it puts right decides."""
    line, before = ledger[number], ledger[number - 1] if number else None
    anew = isinstance(line, Restarted)
    if isinstance(line, Started) and isinstance(before, Corrected) and is_alive(ledger, number - 1):
        wrong = ledger[before.cancels]
        if isinstance(wrong, Started):
            place, was_anew = standing_place(ledger, before.cancels)
            return place, anew or was_anew
    return number, anew


def written_well(ledger: Ledger) -> list[Ledger]:
    """The runs, each as a ledger of its own that nobody ever had to correct."""
    lines = [n for n, line in enumerate(ledger) if not isinstance(line, Corrected) and is_alive(ledger, n)]
    lines.sort(key=lambda n: standing_place(ledger, n)[0])
    begins = [0, *(i for i, n in enumerate(lines) if standing_place(ledger, n)[1]), len(lines)]
    runs = []
    for first, last in pairwise(begins):
        run = [ledger[n] for n in lines[first:last]]
        runs.append(tuple(_started(line) for line in run))
    return runs


def _started(line: LedgerEntry) -> LedgerEntry:
    return started(line.act_day) if isinstance(line, Started) else line


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(ledgers())
def test_a_run_is_as_if_it_had_been_written_down_well(ledger: Ledger) -> None:
    runs = runs_of(ledger)
    expected = written_well(ledger)
    assert len(runs) == len(expected)
    for run, plain in zip(runs, expected, strict=True):
        assert project_run(SPEC, run, CALENDAR) == project(SPEC, plain, CALENDAR)
    assert project(SPEC, ledger, CALENDAR) == project_run(SPEC, runs[-1], CALENDAR)
    stops = [any(isinstance(line, Stopped) for line in plain) for plain in expected]
    assert [run.is_replaced for run in runs] == [*(not stop for stop in stops[:-1]), False]


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(ledgers(), st.integers(0, 120))
def test_late_is_what_ran_on_or_was_stopped_after_the_last_day(ledger: Ledger, day: int) -> None:
    moment = at("2026-03-02 12:00") + timedelta(days=day)
    for plain in written_well(ledger):
        found = project(SPEC, plain, CALENDAR)
        end = project(SPEC, [line for line in plain if not isinstance(line, Stopped)], CALENDAR).last_day
        stop = next((line.act_day for line in plain if isinstance(line, Stopped)), None)
        if stop is not None:
            expected = Lateness.DONE_LATE if end is not None and stop > end else Lateness.DONE_IN_TIME
        else:
            expected = Lateness.LATE if end is not None and moment.date() > end else Lateness.OPEN
        assert lateness_at(found, moment) is expected
        if passed_at(found, moment):
            assert expected in (Lateness.LATE, Lateness.DONE_LATE)
        if expected is Lateness.LATE:
            assert passed_at(found, moment)
            assert found.late_from is not None
            assert found.late_from <= moment


def test_a_moved_restart_still_begins_anew() -> None:
    fixed = (started("2026-03-02"), extended("2026-03-03", "1 weeks"), entry("restarted", 20, 0))
    ledger = record(SPEC, (), CALENDAR, *fixed, entry("corrected", 0, 2), entry("started", 10, 0))
    assert [run.start for run in runs_of(ledger)] == [ledger[0], ledger[4]]
    assert project(SPEC, ledger, CALENDAR) == project(SPEC, (ledger[4],), CALENDAR)


def test_a_correction_that_breaks_an_earlier_run_is_refused() -> None:
    fixed = (started("2026-03-02"), stopped("2026-03-04"), entry("corrected", 0, 1), stopped("2026-03-05"))
    ledger = record(SPEC, (), CALENDAR, *fixed, entry("restarted", 20, 0))
    with refused(UsageError, "kan niet worden gestopt"):
        record(SPEC, ledger, CALENDAR, entry("corrected", 0, 2))
