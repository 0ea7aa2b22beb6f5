"""Who is told, and when a message is dealt with: by an act in its case, by what it speaks of being over, by a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Protocol

from engine.core.content.workflow import Workflow
from engine.core.deciding.case import OWNER
from engine.core.deciding.draft import Draft, Refused, decide
from engine.core.deciding.question import Question
from engine.core.deciding.step import TASK, Blocker, BlockerKind, EntryKind, Notice, Refusal, Step
from engine.core.legal_clock.period import whole_days
from engine.core.message import Message
from engine.core.moment import local_day

_OF_A_TERM = frozenset({"term_warning", "term_passed"})
_COMING = ("transition", "case_opened")
"""What tells that a case came or moved: news, also to who has it now; its terms say what must be done."""


class OpenMessage(Protocol):
    """A message that lies in an inbox; `id` is its number."""

    @property
    def id(self) -> int: ...
    @property
    def to(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def term(self) -> str: ...
    @property
    def parameters(self) -> Mapping[str, object]: ...
    @property
    def ask(self) -> tuple[str, ...]: ...
    @property
    def at(self) -> datetime: ...


def tell_bodies(
    draft: Draft, bodies: tuple[str, ...], kind: str, parameters: Mapping[str, object], *, term: str = "",
    ask: tuple[str, ...] = (), about: Mapping[str, object] = MappingProxyType({}),
) -> None:  # fmt: skip
    """Put a message in the inbox of each body; `owner` is the owner of the state the case is in: who gets it by a move
    or an opening hears it, unless that was its own doing.

    `about` says of which record it speaks, if of any. An end has no owner: it is then that of the state before.
    """
    states = (draft.case.state, draft.before.state if draft.before else "")
    known = (draft.content.workflow.state(state) for state in states if state)
    owner = next((state.owner for state in known if state.owner), "")
    if kind in _COMING and owner == draft.actor.role:
        owner = ""
    opens, said = _office_opens(draft) if bodies else None, {**parameters, **about}
    for body in filter(None, dict.fromkeys(owner if body == OWNER else body for body in bodies)):
        lies = None if ask else _news_until(draft, body, kind)
        notice = Notice(to=body, kind=kind, parameters=said, term=term, ask=ask, lies_until=lies, waits_until=opens)
        draft.notify(notice)


def _office_opens(draft: Draft) -> datetime | None:
    """When people first hear what the program says by itself while nobody works; None: at once."""
    if draft.actor.is_person:
        return None
    from engine.core.legal_clock.office import opens_later  # who acts is at work

    return opens_later(draft.content.organisation.office, draft.content.calendar, draft.moment)


def _news_until(draft: Draft, body: str, kind: str) -> datetime | None:
    """Until when a message lies there that asks nothing; None for the body at move: to it that is work, but a move."""
    length = draft.content.organisation.inbox.read_within
    if length is None or (kind not in _COMING and body == draft.content.workflow.state(draft.case.state).owner):
        return None
    return (_office_opens(draft) or draft.moment) + whole_days(length)


def may_settle(step: Step) -> bool:
    """Whether a step that is no move of a person can have settled a message: else those that wait are not read."""
    moves = any(entry.kind is EntryKind.MOVED for entry in step.entries)
    return step.before is not None and (moves or bool(step.notices) or next(_stopped_clocks(step), None) is not None)


def settled_by(step: Step, flow: Workflow, waiting: Iterable[OpenMessage]) -> tuple[int, ...]:
    """The messages that a step deals with which is no move of a person.

    What speaks of a clock is over when that clock stops; what asks to choose between acts, when none of them can be
    done from where the case now stands; everything, when the case is over, except what was told of it at that moment.
    What a clock told the body that was at move, and asks nothing, is over when another is. Of two messages about the
    same to the same body only the later one lies there. A task is done when somebody says so.
    """
    stopped, from_here = set(_stopped_clocks(step)), {one.id for one in flow.transitions_from(step.after.state)}
    # A term can run for several readers: it is over when none of its clocks runs.
    running = {one.term for one in step.deadlines} | {one.term for one in step.running}
    stopped |= {term for one in stopped if (term := one.partition("/")[0]) not in running}
    newer = {_about(notice) for notice in step.notices}
    told_at, was_at_move = step.entries[-1].at, _was_at_move(step, flow)

    def is_over(message: OpenMessage) -> bool:
        if step.after.is_closed:
            return message.at < told_at
        if message.kind in _OF_A_TERM and _clock_of(message) in stopped:
            return True
        if message.kind in _OF_A_TERM and not message.ask and message.to == was_at_move:
            return True
        if message.kind == "term_without_length" and message.term in running:
            return True
        return _about(message) in newer or bool(message.ask and from_here.isdisjoint(message.ask))

    return tuple(message.id for message in waiting if message.kind != TASK and is_over(message))


def settle_message(question: Question, message: OpenMessage, reason: str) -> Step | Refusal:
    """Somebody of the body it is for says that a message is dealt with; with a reason while it asks for an act."""

    def change(draft: Draft) -> None:
        _refuse_others(draft, message)
        asked = {one.id for one in draft.content.workflow.transitions_from(draft.case.state)}.intersection(message.ask)
        if asked and not draft.case.is_closed and not reason.strip():
            said = Message("message_asks", {"acts": tuple(one for one in message.ask if one in asked)})
            raise Refused(Blocker(kind=BlockerKind.REASON_MISSING, said=said))
        draft.note(EntryKind.NOTICE_DONE, number=message.id, **_told(message), reason=reason.strip())

    return decide(question, "message", change)


def put_off(question: Question, message: OpenMessage, until: date, reason: str) -> Step | Refusal:
    """Somebody of the body it is for wants to see a message again on a later local day."""

    def change(draft: Draft) -> None:
        _refuse_others(draft, message)
        if until <= local_day(draft.moment):
            raise Refused(Blocker(kind=BlockerKind.WHEN, said=Message("not_put_off", {"day": until})))
        day = until.isoformat()
        draft.note(EntryKind.NOTICE_WAITS, number=message.id, **_told(message), until=day, reason=reason.strip())

    return decide(question, "message", change)


def _refuse_others(draft: Draft, message: OpenMessage) -> None:
    if draft.actor.role != message.to:
        said = Message("message_for_other", {"number": message.id, "to": message.to})
        raise Refused(Blocker(kind=BlockerKind.NO_MANDATE, subject=message.to, said=said))


def _told(message: OpenMessage) -> dict[str, object]:
    return {"to": message.to, "about": message.kind, "term": message.term, "parameters": dict(message.parameters)}


def _was_at_move(step: Step, flow: Workflow) -> str:
    """The body that was at move before this step and is no more; empty when the same is, or none was."""
    before, after = (flow.state(one.state).owner if one else "" for one in (step.before, step.after))
    return before if before != after else ""


def _stopped_clocks(step: Step) -> Iterator[str]:
    for entry in step.entries:
        if entry.kind is EntryKind.CLOCK:
            written = entry.details.get("entry")
            if isinstance(written, Mapping) and written["kind"] == "stopped":
                yield str(entry.details["clock"])


def _clock_of(message: OpenMessage | Notice) -> str:
    """The clock that a message about a term speaks of; a term of a record has one for each."""
    record = message.parameters.get("record")
    return f"{message.term}/{record}" if record else message.term


def _about(message: OpenMessage | Notice) -> tuple[str, str, str]:
    """To whom a message is, and what about: a reminder and the passing of one clock are about the same."""
    if message.kind in _OF_A_TERM:
        return message.to, "term", _clock_of(message)
    return message.to, message.kind, repr(sorted(message.parameters.items()))
