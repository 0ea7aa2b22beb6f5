"""Who has a case in hand: given to somebody, handed over to another, given back."""

from __future__ import annotations

from dataclasses import replace

from engine.core.deciding.checks import find_authority, find_entitled
from engine.core.deciding.draft import Draft, decide, refuse_any, refuse_closed
from engine.core.deciding.keeping_people import is_here
from engine.core.deciding.people import Person
from engine.core.deciding.question import Question
from engine.core.deciding.step import Blocker, BlockerKind, EntryKind, Refusal, Step
from engine.core.message import Message
from engine.core.moment import local_day

ASSIGN = "assign"


def assign_case(question: Question, to: Person, reason: str) -> Step | Refusal:
    """Put a case in the hands of somebody. Taking it from another asks a reason; giving it to nobody is not possible.

    Who may: who owns the state, whom the register names, or by mandate (`WORKFLOW.assign`).
    """

    def change(draft: Draft) -> None:
        refuse_closed(question.case)
        refuse_any(_not_allowed(question))
        refuse_any(_wrong(question, to, reason))
        draft.note(EntryKind.ASSIGNED, was=question.case.handler, to=to.number, reason=reason)
        draft.case = replace(draft.case, handler=to.number)

    return decide(question, ASSIGN, change)


def _not_allowed(question: Question) -> tuple[Blocker, ...]:
    content, day, role = question.content, local_day(question.moment), question.actor.role
    owner = content.workflow.state(question.case.state).owner
    may = tuple(filter(None, (owner, *content.organisation.people.assigned_by)))
    act = f"{content.workflow.id}.{ASSIGN}"
    if not may or find_authority(content.organisation, role, may, act, day):
        return ()
    who = find_entitled(content.organisation, may, act, day)
    return (Blocker(kind=BlockerKind.NO_MANDATE, subject=ASSIGN, detail=role, supplied_by=who),)


def _wrong(question: Question, to: Person, reason: str) -> tuple[Blocker, ...]:
    case = question.case
    if case.handler and question.people.numbers(case.handler) == to.number:
        return (_blocker(case.id, Message("case_is_in_these_hands", {"case": case.id, "name": to.shown})),)
    if not is_here(to, local_day(question.moment)):
        told = {"case": case.id, "name": to.shown, "number": to.number, "until": to.period.until}
        return (_blocker(case.id, Message("person_is_not_here", told)),)
    if case.handler and not reason.strip():
        return (Blocker(kind=BlockerKind.REASON_MISSING, subject=ASSIGN),)
    return ()


def _blocker(of: str, said: Message) -> Blocker:
    return Blocker(kind=BlockerKind.PERSON, subject=of, said=said)
