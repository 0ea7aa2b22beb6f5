"""How often each term was met and missed, counted from the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.core.content import Content
from engine.core.ruleset import TermRule
from engine.core.step import EntryKind


class Line(Protocol):
    """What a report needs of a line of the journal."""

    @property
    def case_id(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> EntryKind: ...
    @property
    def details(self) -> Mapping[str, object]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCount:
    """One term: clocks that were stopped in time (`met`), that ran past their last moment, and that still run.

    `moved` of them got another last day by a deferral or an extension.
    """

    workflow: str
    term: str
    label: str
    kind: str
    met: int
    missed: int
    running: int
    moved: int

    @property
    def share(self) -> float | None:
        """The part that was met, of those that came to an end; None when none did."""
        ended = self.met + self.missed
        return self.met / ended if ended else None


def count_terms(workflow: str, content: Content, journals: Iterable[tuple[Line, ...]]) -> tuple[TermCount, ...]:
    """The terms of a workflow that somebody can meet, over the journals of its cases, statutory ones first.

    Left out are terms whose passing itself moves a case on, and of the others than statutory ones those that
    nobody ever stopped: they tell the time, and are not kept or broken.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for journal in journals:
        _count(journal, counts)
    moving = {arc.on_term for arc in content.workflow.transitions}
    found = (_total(workflow, term, counts) for term in content.terms() if _can_be_met(term, moving))
    kept = [count for count in found if count.met + count.missed + count.running and _says_something(count)]
    return tuple(sorted(kept, key=lambda count: (count.kind != "statutory", count.kind, count.label)))


def _can_be_met(term: TermRule, moving: set[str]) -> bool:
    return term.id not in moving and (term.kind != "statutory" or bool(term.stops_in or term.stops_on))


def _says_something(count: TermCount) -> bool:
    return count.kind == "statutory" or count.met > 0


def _total(workflow: str, term: TermRule, counts: Counter[tuple[str, str]]) -> TermCount:
    return TermCount(
        workflow=workflow,
        term=term.id,
        label=term.label,
        kind=term.kind,
        met=counts[(term.id, "met")],
        missed=counts[(term.id, "missed")],
        running=counts[(term.id, "running")],
        moved=counts[(term.id, "moved")],
    )


def _count(journal: tuple[Line, ...], counts: Counter[tuple[str, str]]) -> None:
    """Follow every clock of one case: each start is a run, that ends by stopping or by passing."""
    runs: dict[str, bool] = {}
    for line in journal:
        clock = str(line.details.get("clock", ""))
        if line.kind is EntryKind.TERM_PASSED and clock in runs:
            runs[clock] = True
        elif line.kind is EntryKind.CLOCK and clock:
            _follow(clock, line.details.get("entry"), runs, counts)
    for clock, has_passed in runs.items():
        counts[(_term(clock), "missed" if has_passed else "running")] += 1


def _follow(clock: str, entry: object, runs: dict[str, bool], counts: Counter[tuple[str, str]]) -> None:
    kind = entry.get("kind") if isinstance(entry, Mapping) else None
    if kind == "started":
        runs[clock] = False
    elif kind == "stopped" and clock in runs:
        counts[(_term(clock), "missed" if runs.pop(clock) else "met")] += 1
    elif kind in ("deferred", "extended"):
        counts[(_term(clock), "moved")] += 1


def _term(clock: str) -> str:
    return clock.partition("/")[0]
