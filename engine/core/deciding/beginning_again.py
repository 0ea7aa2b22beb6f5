"""A term that begins again when it passes: what it asks for goes on being asked until somebody does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.core.content.term_rules import TermRule
from engine.core.deciding.anchors import entry_now
from engine.core.deciding.clocks import Changed, change_clocks
from engine.core.deciding.situation import Situation, project_clock
from engine.core.legal_clock.ledger import LedgerEntry, Restarted, Started
from engine.core.legal_clock.projection import Projection
from engine.core.legal_clock.runs import current_run
from engine.core.legal_clock.terms import project


def begun_again(situation: Situation, term: TermRule, key: str) -> Changed:
    """The clocks after the one with this key has passed: it begins anew where it ended, if nothing stopped it.

    At most `repeats` times in a row. After an absence of the scheduler it goes on from the last end that lies behind:
    what it does on passing was done once, not once for each time nobody came by.
    """
    case = situation.case
    clock = case.clock(key)
    if clock is None or case.is_closed or _times(clock.ledger) >= term.repeats:
        return case.clocks, ()
    projection, start = project_clock(situation.content, clock), current_run(clock.ledger).start
    if start is None or projection.status != "running":
        return case.clocks, ()
    begins = _last_end(situation, term, start, projection)
    entry = entry_now(
        situation, Restarted, cause="began_again", basis=start.basis, day=begins.day, at=begins.at,
        period=start.period, school=start.school, region=start.region,
    )  # fmt: skip
    return change_clocks(situation, ((term, key),), lambda *_: (entry,))


def _times(ledger: Sequence[LedgerEntry]) -> int:
    """How often in a row it began again: since something else started it."""
    times = 0
    for entry in reversed(ledger):
        if isinstance(entry, Started):
            if entry.cause != "began_again":
                break
            times += 1
    return times


def _last_end(situation: Situation, term: TermRule, start: Started, projection: Projection) -> Started:
    """The start on the last end of the term that lies before now."""
    begins = _on_end(start, projection)
    while True:
        ahead = project(term, (begins,), situation.content.calendar)
        following = _on_end(begins, ahead)
        if _is_ahead(ahead.ends_at, situation.moment) or following == begins:
            return begins
        begins = following


def _on_end(start: Started, projection: Projection) -> Started:
    """As if it started for the first time where it ended."""
    in_hours = projection.in_hours
    return Started(
        recorded_at=start.recorded_at, by=start.by, period=start.period, school=start.school, region=start.region,
        day=None if in_hours else projection.last_day, at=projection.ends_at if in_hours else None,
    )  # fmt: skip


def _is_ahead(ends_at: datetime | None, moment: datetime) -> bool:
    return ends_at is None or ends_at > moment
