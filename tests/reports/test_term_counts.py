"""How often a term was met or missed, also after a line of its ledger was put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from engine.core.deciding.case import Case, Clock
from engine.core.deciding.lateness import runs_at
from engine.core.legal_clock.ledger import (
    Corrected,
    Extended,
    LedgerEntry,
    Restarted,
    Resumed,
    Started,
    Stopped,
    Suspended,
)
from engine.core.legal_clock.period import parse_period
from engine.reports.term_counts import TermCount, count_terms
from tests.core.decisions.garden import content_on, garden

MARCH, MAY = datetime(2026, 3, 31, tzinfo=UTC), datetime(2026, 5, 31, tzinfo=UTC)
FIRST = date(2026, 3, 2)
"""Six weeks from here end on 13 April; a restart later in March ends before the end of May too."""


def entry(word: str) -> LedgerEntry:
    """A line in words: "stopped 4-20" (a day of 2026), "corrected 2" (a line, from 1)."""
    kind, _, rest = word.partition(" ")
    when = date(2026, *(int(part) for part in rest.split("-"))) if "-" in rest else FIRST
    line: dict[str, LedgerEntry] = {
        "started": Started(recorded_at=MARCH, by="x", day=when),
        "restarted": Restarted(recorded_at=MARCH, by="x", day=when),
        "suspended": Suspended(recorded_at=MARCH, by="x", from_day=when),
        "resumed": Resumed(recorded_at=MARCH, by="x", on_day=when),
        "extended": Extended(recorded_at=MARCH, by="x", on_day=when, period=parse_period("2 weeks")),
        "stopped": Stopped(recorded_at=MARCH, by="x", on=when),
        "corrected": Corrected(recorded_at=MARCH, by="x", cancels=int(rest) - 1 if rest.isdigit() else 0),
    }
    return line[kind]


def case_with(told: str, **changes: object) -> Case:
    clock = Clock(term="beslissen", ledger=tuple(entry(word) for word in told.split(", ")))
    return replace(garden("2026-03-02").case, clocks=(clock,), **changes)  # type: ignore[arg-type]


def counted(case: Case, now: datetime) -> tuple[int, int, int, int]:
    """Met, missed, running, moved."""
    content = content_on(FIRST)
    found = count_terms("tuin", content, runs_at(content, case, now))
    one = next((count for count in found if count.term == "beslissen"), None)
    assert isinstance(one, TermCount)
    return one.met, one.missed, one.running, one.moved


@pytest.mark.parametrize(
    ("told", "now", "result"),
    [
        ("started", MARCH, (0, 0, 1, 0)),
        ("started", MAY, (0, 1, 0, 0)),
        ("started, suspended 3-9", MAY, (0, 0, 1, 0)),
        ("started, stopped 4-13", MAY, (1, 0, 0, 0)),
        ("started, stopped 4-14", MAY, (0, 1, 0, 0)),
        ("started, extended, stopped 4-14", MAY, (1, 0, 0, 1)),
        ("started, stopped 3-9, restarted 3-16", MARCH, (1, 0, 1, 0)),
        ("started, stopped 3-9, restarted 3-16", MAY, (1, 1, 0, 0)),
        ("started, stopped 4-14, restarted 4-15, stopped 4-16", MAY, (1, 1, 0, 0)),
        # Begun anew before it ended: that run came to nothing.
        ("started, suspended 3-3, resumed 3-9, restarted 3-16, stopped 3-20", MAY, (1, 0, 0, 0)),
        # The stop was too late after all, or was in time after all.
        ("started, stopped 3-9, corrected 2, stopped 4-14", MAY, (0, 1, 0, 0)),
        ("started, stopped 4-14, corrected 2, stopped 3-9", MAY, (1, 0, 0, 0)),
        # Another day 0: the stop stands, and is held against the other last day.
        ("started, stopped 4-13, corrected 1, started 3-3", MAY, (1, 0, 0, 0)),
        ("started 3-3, stopped 4-14, corrected 1, started 3-2", MAY, (0, 1, 0, 0)),
        # What was taken back does not count; taken back itself, it counts again.
        ("started, extended, corrected 2, stopped 4-14", MAY, (0, 1, 0, 0)),
        ("started, extended, corrected 2, corrected 3, stopped 4-14", MAY, (1, 0, 0, 1)),
        ("started, stopped 3-9, corrected 2", MARCH, (0, 0, 1, 0)),
        ("started, stopped 3-9, corrected 2", MAY, (0, 1, 0, 0)),
        ("started, stopped 3-9, corrected 2, corrected 3", MAY, (1, 0, 0, 0)),
    ],
)
def test_what_was_corrected_does_not_count(told: str, now: datetime, result: tuple[int, int, int, int]) -> None:
    assert counted(case_with(told), now) == result


def test_nobody_is_late_with_what_runs_on_in_a_closed_case() -> None:
    assert counted(case_with("started", is_closed=True), MAY) == (0, 0, 1, 0)


def test_a_clock_without_a_start_and_a_term_that_is_gone_count_for_nothing() -> None:
    content = content_on(FIRST)
    never = case_with("started, corrected 1")
    gone = replace(never, clocks=(Clock(term="onbekend", ledger=(entry("started"),)),))
    assert count_terms("tuin", content, [run for case in (never, gone) for run in runs_at(content, case, MAY)]) == ()
