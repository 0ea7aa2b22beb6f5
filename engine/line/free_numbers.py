"""Whether the numbers that an answer takes for a subject are free: asked once it is decided, before it is planned.

The core cannot ask it: whose a number is stands in the register of all others, and one look-up for each number that is
taken costs less than to bring them all along with every question.
"""

from __future__ import annotations

from engine.core.content.subjects import SubjectKind
from engine.core.deciding.step import Blocker, Refusal, Step
from engine.core.deciding.subject import SubjectChange
from engine.core.deciding.unique_numbers import given_twice, taken_by_another
from engine.core.evaluation.prepared import Content
from engine.store.readings import Readings


def numbers_not_free(readings: Readings, kind: SubjectKind | None, change: SubjectChange | None) -> tuple[Blocker, ...]:
    """A blocker for each number that this change takes and that belongs to another, or to a record that counts."""
    if kind is None or change is None:
        return ()
    whose = change.after
    taken = ((number, readings.holder_of(whose.organisation, *number)) for number in change.taken)
    others = (taken_by_another(kind, number) for number, holder in taken if holder not in ("", whose.number))
    return (*others, *given_twice(kind, change.before, whose))


def with_free_numbers(readings: Readings, content: Content, step: Step) -> Step | Refusal:
    """The step; a refusal instead when it takes a number that belongs to another."""
    blockers = numbers_not_free(readings, content.subject_kind, step.subject)
    if not blockers:
        return step
    attempted = next((str(name) for entry in step.entries if (name := entry.details.get("transition"))), "")
    return Refusal(case_id=step.before.id if step.before else "", attempted=attempted, blockers=blockers)
