"""What the rules refuse in a row of a register, with the columns it is about; also when cells of the row are wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.core.deciding.opening import Opening, guard_refusal
from engine.core.deciding.question import Question
from engine.core.deciding.step import Blocker, BlockerKind, Refusal, Step
from engine.core.evaluation.prepared import Content
from engine.core.evaluation.reasons import Reason
from engine.core.language.facts import Value
from engine.exchange.columns import Fitted
from engine.line.free_numbers import numbers_not_free
from engine.store.readings import Readings
from engine.usecases.register_rows import BadCell


def refused_cells(
    question: Question, opening: Opening, fitted: Fitted, line: int, decided: Refusal | None = None
) -> Iterator[BadCell]:
    """The refusals of a row that was `decided` on, or could not be because cells of it are wrong."""
    by_guard = guard_refusal(question, opening)
    by_others = None if by_guard and decided and any(one.reason for one in decided.blockers) else decided
    for refusal in filter(None, (by_others, by_guard)):
        for blockers in _together(refusal.blockers):
            columns = fitted.names_of({fact for blocker in blockers for fact in _facts_in(blocker)})
            here = replace(refusal, blockers=blockers)
            yield BadCell(line=line, column=columns, text="geweigerd", refusal=here)


def taken_cell(
    readings: Readings, content: Content, step: Step, facts: Mapping[str, Value], fitted: Fitted, line: int
) -> BadCell | None:
    """The cell with a number that belongs to another subject; None when all numbers of the row are free."""
    blockers = numbers_not_free(readings, content.subject_kind, step.subject)
    if not blockers or step.subject is None:
        return None
    numbers = {number for _, number in step.subject.taken}
    column = next((fitted.by_fact.get(fact, "") for fact, value in facts.items() if value in numbers), "")
    refusal = Refusal(case_id="", attempted="", blockers=blockers)
    return BadCell(line=line, column=column, text="geweigerd", refusal=refusal)


def _together(blockers: Sequence[Blocker]) -> Iterator[tuple[Blocker, ...]]:
    """Each value that cannot be has a cell of its own; what else is in the way is one answer about the row."""
    yield from ((blocker,) for blocker in blockers if blocker.kind is BlockerKind.WRONG_VALUE)
    others = tuple(blocker for blocker in blockers if blocker.kind is not BlockerKind.WRONG_VALUE)
    if others:
        yield others


def _facts_in(blocker: Blocker) -> Iterator[str]:
    """The facts that are in the way: the one it names, and those its condition looked at."""
    yield blocker.subject
    yield from _facts_of(blocker.reason)


def _facts_of(reason: Reason | None) -> Iterator[str]:
    if reason is None or reason.truth is True:
        return
    yield reason.fact
    for part in reason.parts:
        yield from _facts_of(part)
