"""How often each term was met and missed, counted from the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from engine.core.content.ruleset import TermRule
from engine.core.deciding.step import EntryKind
from engine.core.evaluation.prepared import Content


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
    moving = {transition.on_term for transition in content.workflow.transitions}
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
    stories: dict[str, _Story] = {}
    for line in journal:
        clock = str(line.details.get("clock", ""))
        entry = line.details.get("entry")
        if line.kind is EntryKind.TERM_PASSED:
            stories.setdefault(clock, _Story()).happened.append("passed")
        elif line.kind is EntryKind.CLOCK and isinstance(entry, Mapping):
            stories.setdefault(clock, _Story()).add(entry)
    for clock, story in stories.items():
        _follow(_term(clock), story.happened, counts)


@dataclass(slots=True)
class _Story:
    """What happened to one clock, in order, with what was corrected taken out.

    `places` says where in `happened` each line of the ledger stands.
    """

    happened: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    free_place: int | None = None

    def add(self, entry: Mapping[str, object]) -> None:
        """One more line of the ledger; a start right after the correction of a start takes its place."""
        kind, place = str(entry["kind"]), len(self.happened)
        if kind == "corrected":
            self._take_out(int(str(entry["cancels"])))
        elif kind == "started" and self.free_place is not None:
            place, self.free_place = self.free_place, None
            self.happened[place] = kind
        if place == len(self.happened):
            self.happened.append(kind)
        self.places.append(place)

    def _take_out(self, number: int) -> None:
        place = self.places[number]
        self.free_place = place if self.happened[place] == "started" else None
        # Whether a corrected term has passed is told again after the correction.
        self.happened = ["" if kind == "passed" or n == place else kind for n, kind in enumerate(self.happened)]


def _follow(term: str, happened: list[str], counts: Counter[tuple[str, str]]) -> None:
    runs: list[str] = []
    for kind in happened:
        if kind == "started" or (kind == "restarted" and not (runs and runs[-1] in ("running", "passed"))):
            runs.append("running")
        elif kind == "stopped" and runs and runs[-1] in ("running", "passed"):
            runs[-1] = "met" if runs[-1] == "running" else "missed"
        elif kind == "passed" and runs:
            runs[-1] = "passed" if runs[-1] == "running" else "missed"
        elif kind in ("deferred", "extended"):
            counts[(term, "moved")] += 1
    counts.update((term, "missed" if run == "passed" else run) for run in runs)


def _term(clock: str) -> str:
    return clock.partition("/")[0]
