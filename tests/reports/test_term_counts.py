"""How often a term was met or missed, also after a line of its ledger was put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from engine.core.deciding.step import EntryKind
from engine.reports.term_counts import TermCount, count_terms
from tests.core.decisions.garden import content_on

NOW = datetime(2026, 4, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    kind: EntryKind
    details: Mapping[str, object]
    case_id: str = "TUIN-1"
    at: datetime = field(default=NOW)


def journal(*told: str) -> tuple[Line, ...]:
    """Words such as "started", "passed", or "corrected 2" (a line of the ledger, from 1)."""
    lines = []
    for word in told:
        kind, _, number = word.partition(" ")
        if kind == "passed":
            lines.append(Line(EntryKind.TERM_PASSED, {"clock": "beslissen"}))
        else:
            cancels = {"cancels": int(number) - 1} if number else {}
            lines.append(Line(EntryKind.CLOCK, {"clock": "beslissen", "entry": {"kind": kind, **cancels}}))
    return tuple(lines)


def counted(*told: str) -> tuple[int, int, int, int]:
    """Met, missed, running, moved."""
    found = count_terms("tuin", content_on(NOW.date()), [journal(*told)])
    one = next((count for count in found if count.term == "beslissen"), None)
    assert isinstance(one, TermCount)
    return one.met, one.missed, one.running, one.moved


@pytest.mark.parametrize(
    ("told", "result"),
    [
        ("started", (0, 0, 1, 0)),
        ("started, stopped", (1, 0, 0, 0)),
        ("started, passed", (0, 1, 0, 0)),
        ("started, passed, stopped", (0, 1, 0, 0)),
        ("started, extended, stopped", (1, 0, 0, 1)),
        ("started, stopped, restarted", (1, 0, 1, 0)),
        ("started, suspended, resumed, restarted, stopped", (1, 0, 0, 0)),
        # The stop was too late after all, or was in time after all.
        ("started, stopped, corrected 2, passed, stopped", (0, 1, 0, 0)),
        ("started, passed, stopped, corrected 2, stopped", (1, 0, 0, 0)),
        # Another day 0: the stop stands, and only a new telling makes it missed.
        ("started, stopped, corrected 1, started", (1, 0, 0, 0)),
        ("started, stopped, corrected 1, started, passed", (0, 1, 0, 0)),
        ("started, passed, stopped, corrected 1, started", (1, 0, 0, 0)),
        # An extension that was taken back does not count, nor does a stop.
        ("started, extended, corrected 2, stopped", (1, 0, 0, 0)),
        ("started, stopped, corrected 2", (0, 0, 1, 0)),
    ],
)
def test_what_was_corrected_does_not_count(told: str, result: tuple[int, int, int, int]) -> None:
    assert counted(*told.split(", ")) == result
