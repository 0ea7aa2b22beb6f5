"""What happened on each rung of a ladder: who came, who left with a solution, and how soon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from engine.core.content.ladder import Rung
from engine.core.deciding.step import Entry, EntryKind
from engine.core.evaluation.prepared import Content
from engine.core.legal_clock.period import Period, Unit
from engine.core.quick_class import dataclass

_HOURS = {Unit.HOURS: 1, Unit.DAYS: 24, Unit.WEEKS: 168}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One stay of a case on a rung. `left_at` is None while it is there; `is_solved`: left with a solution."""

    rung: str
    entered_at: datetime
    left_at: datetime | None = None
    is_solved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RungCount:
    """One rung. `judged` are the stays that ended or that lasted beyond the aim: of those the shares are taken.

    `target_hours` and `maximum_hours` are None when the rung has no such limit in hours or days.
    """

    rung: str
    label: str
    entered: int
    solved: int
    passed_on: int
    present: int
    judged: int
    target_hours: int | None
    target_share: float | None
    within_target: int
    maximum_hours: int | None
    within_maximum: int


def count_rungs(content: Content, journals: Iterable[Sequence[Entry]], now: datetime) -> tuple[RungCount, ...]:
    """The rungs of the ladder of a workflow, low to high; none when it has no ladder."""
    ladder = content.rules.ladders.get(content.workflow.ladder)
    if ladder is None:
        return ()
    visits = [visit for journal in journals for visit in visits_of(content, journal)]
    return tuple(_count(rung, [v for v in visits if v.rung == rung.id], now) for rung in ladder.enabled_rungs())


def visits_of(content: Content, journal: Sequence[Entry]) -> Iterator[Visit]:
    """The stays of one case on rungs, in order. Coming back is a new stay, going on in place is not."""
    rung_by_state = {state.id: state.rung for state in content.workflow.states if state.rung}
    rung, since = "", None
    for entry in journal:
        target, is_answer = _moves_to(entry)
        if target is None or rung_by_state.get(target, "") == rung:
            continue
        if rung and since:
            is_solved = is_answer and target not in rung_by_state and target not in _exhausted(content)
            yield Visit(rung=rung, entered_at=since, left_at=entry.at, is_solved=is_solved)
        rung, since = rung_by_state.get(target, ""), entry.at
    if rung and since:
        yield Visit(rung=rung, entered_at=since)


def _moves_to(entry: Entry) -> tuple[str | None, bool]:
    if entry.kind is EntryKind.OPENED:
        return str(entry.details["state"]), False
    if entry.kind is EntryKind.MOVED:
        return str(entry.details["target"]), bool(entry.details.get("answers_rung"))
    return None, False


def _exhausted(content: Content) -> set[str]:
    """Where a case comes by the running out of the last rung: no solution, whoever said so."""
    rungs = {state.id for state in content.workflow.states if state.rung}
    transitions = content.workflow.transitions
    return {
        transition.target
        for transition in transitions
        if transition.on_term and transition.origin in rungs and transition.target not in rungs
    }


def _count(rung: Rung, visits: list[Visit], now: datetime) -> RungCount:
    target, maximum = _hours(rung.target), _hours(rung.maximum)
    solved = [visit for visit in visits if visit.is_solved]
    present = [visit for visit in visits if visit.left_at is None]
    overdue = [visit for visit in present if target is not None and now - visit.entered_at > timedelta(hours=target)]
    return RungCount(
        rung=rung.id,
        label=rung.label,
        entered=len(visits),
        solved=len(solved),
        passed_on=len(visits) - len(solved) - len(present),
        present=len(present),
        judged=len(visits) - len(present) + len(overdue),
        target_hours=target,
        target_share=rung.target_share,
        within_target=_within(solved, target),
        maximum_hours=maximum,
        within_maximum=_within(solved, maximum),
    )


def _within(visits: list[Visit], hours: int | None) -> int:
    limit = timedelta(hours=hours or 0)
    return sum(1 for visit in visits if visit.left_at is not None and visit.left_at - visit.entered_at <= limit)


def _hours(period: Period | None) -> int | None:
    if period is None or period.unit not in _HOURS:
        return None
    return period.amount * _HOURS[period.unit]
