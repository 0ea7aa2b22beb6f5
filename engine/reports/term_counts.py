"""How often each term was met and missed, as the legal clock says of each run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from engine.core.content.term_rules import TermRule
from engine.core.deciding.lateness import RunStanding
from engine.core.evaluation.prepared import Content
from engine.core.legal_clock.projection import Lateness
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCount:
    """One term: runs that were stopped in time (`met`), that ran past their last moment, and that still run.

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


def count_terms(workflow: str, content: Content, runs: Iterable[RunStanding]) -> tuple[TermCount, ...]:
    """The terms of a workflow that somebody can meet, from the runs of the clocks of its cases, statutory ones first.

    Of the terms that nobody can be late with those are left out that were never met: they tell the time, and are
    not kept or broken.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for run in runs:
        counts[(run.term, _COLUMNS[run.lateness])] += 1
        counts[(run.term, "moved")] += run.is_moved
    can_be_met, can_be_late = content.terms_that_can_be_met, content.terms_that_can_be_late
    found = (_total(workflow, term, counts) for term in content.terms() if term.id in can_be_met)
    kept = [count for count in found if count.met or (count.term in can_be_late and count.missed + count.running)]
    return tuple(sorted(kept, key=lambda count: (count.kind != "statutory", count.kind, count.label)))


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


_COLUMNS = {
    Lateness.OPEN: "running",
    Lateness.LATE: "missed",
    Lateness.DONE_IN_TIME: "met",
    Lateness.DONE_LATE: "missed",
}
