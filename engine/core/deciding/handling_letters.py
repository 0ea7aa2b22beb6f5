"""Letters that wait and can be mended: made anew, withdrawn, held, released, or sent outside the system.

Every one is an act with a line in the journal. A letter that left is never touched: what it says was said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from engine.core.deciding.case import OWNER
from engine.core.deciding.checks import entitled_in, find_authority, find_entitled
from engine.core.deciding.draft import Draft, Refused, decide, plain_facts
from engine.core.deciding.falling_due import count_what_waited, let_leave
from engine.core.deciding.later_readers import write_to_later_readers
from engine.core.deciding.messages import tell_bodies
from engine.core.deciding.outgoing import LetterChange, OutgoingLetter
from engine.core.deciding.question import Question, WaitingLetter
from engine.core.deciding.remaking import has_lost_reader, remake
from engine.core.deciding.step import Blocker, BlockerKind, EntryKind, Refusal, Step
from engine.core.message import Message
from engine.core.moment import local_day
from engine.core.quick_class import dataclass


class LetterDeed(StrEnum):
    """What somebody does with a letter that waits."""

    REDO = "redo"
    WITHDRAW = "withdraw"
    HOLD = "hold"
    RELEASE = "release"
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAct:
    """A deed on the letter with this key, for a `reason`; `on` is the local day on which it was sent outside."""

    deed: LetterDeed
    key: str
    reason: str = ""
    on: date | None = None


# From which status each deed may be done, and what the letter is then.
_BECOMES: Mapping[LetterDeed, Mapping[str, str]] = {
    LetterDeed.REDO: {"waiting": "waiting", "failed": "waiting", "held": "held", "withdrawn": "waiting"},
    LetterDeed.WITHDRAW: {"waiting": "withdrawn", "failed": "withdrawn", "held": "withdrawn"},
    LetterDeed.HOLD: {"waiting": "held", "failed": "held"},
    LetterDeed.RELEASE: {"held": "waiting"},
    LetterDeed.SENT: {"waiting": "sent", "failed": "sent", "held": "sent"},
}
_NEEDS_REASON = (LetterDeed.WITHDRAW, LetterDeed.HOLD, LetterDeed.SENT)
_NOTED: Mapping[LetterDeed, EntryKind] = {
    LetterDeed.WITHDRAW: EntryKind.LETTER_WITHDRAWN,
    LetterDeed.HOLD: EntryKind.LETTER_HELD,
    LetterDeed.RELEASE: EntryKind.LETTER_RELEASED,
}


def handle_letter(question: Question, command: LetterAct) -> Step | Refusal:
    """Do something with a letter of the case that has not left. By who may act in the state, or signs the letter.

    Refused with what the letter is by now; for a day of sending after today or before the letter was ordered; and
    for a letter that still cannot be made, with the field.
    """

    def change(draft: Draft) -> None:
        found = _find(question, command)
        _check_actor(question, found.letter)
        if command.deed in _NEEDS_REASON and not command.reason.strip():
            raise Refused(Blocker(kind=BlockerKind.REASON_MISSING, subject=command.key))
        status = _BECOMES[command.deed].get(found.status)
        if status is None:
            raise Refused(_cannot(command, found.status))
        _do(draft, found, command, status)

    return decide(question, f"letter_{command.deed}", change)


def remake_waiting(draft: Draft) -> None:
    """Make the letters that wait anew from what is known now; what they said stays in the journal.

    One that cannot be made so stays what it is: it fails in sight of everybody when it should leave. Who reads it by
    now, and did not when it was ordered, gets one too. What was for who does not read it any more is held: it may tell
    a parent without custody what is not for him, and only people know whether he may still have it.
    """
    left = {mark.key for mark in draft.case.letters if mark.is_waiting}
    for found in draft.question.waiting:
        if found.letter.key in left and has_lost_reader(draft.look(), found.letter):
            _hold_back(draft, found)
        elif found.letter.key in left:
            made = remake(draft.look(), found.letter)
            if isinstance(made, OutgoingLetter):
                _remake(draft, found, made, "waiting" if found.status == "failed" else found.status)
    if draft.question.waiting:
        write_to_later_readers(draft)


def _hold_back(draft: Draft, found: WaitingLetter) -> None:
    if found.status == "held":
        return
    letter = found.letter
    draft.letter_changes.append(LetterChange(key=letter.key, was=found.status, status="held"))
    told = {"key": letter.key, "letter": letter.letter, "addressee": letter.addressee}
    draft.note(EntryKind.LETTER_HELD, **told, cause="reader_gone")
    named = {"letter": letter.letter, "name": letter.addressee_name}
    tell_bodies(draft, (OWNER,), "letter_without_reader", named)


def _do(draft: Draft, found: WaitingLetter, command: LetterAct, status: str) -> None:
    letter, told = (
        found.letter,
        {"key": command.key, "letter": found.letter.letter, "addressee": found.letter.addressee},
    )
    if command.deed is LetterDeed.SENT:
        from engine.core.deciding.leaving_day import fill_late_fields  # an act that sends nothing needs no such day

        on = _day_of_sending(draft, found, command)
        gone = fill_late_fields(draft.look(), letter, on)
        changed = LetterChange(key=command.key, was=found.status, status=status, letter=gone, sent_on=on)
        draft.letter_changes.append(changed)
        let_leave(draft, command.key, on, reason=command.reason.strip())
    elif command.deed is LetterDeed.REDO:
        made = remake(draft.look(), letter)
        if not isinstance(made, OutgoingLetter):
            raise Refused(*made)
        _mark(draft, command.key, is_withdrawn=False)
        _remake(draft, found, made, status, always=True)
    else:
        _mark(draft, command.key, is_withdrawn=command.deed is LetterDeed.WITHDRAW)
        draft.letter_changes.append(LetterChange(key=command.key, was=found.status, status=status))
        draft.note(_NOTED[command.deed], **told, reason=command.reason.strip())
        if command.deed is LetterDeed.WITHDRAW:
            # What waited for the last of several letters waits for nobody any more.
            count_what_waited(draft, next(mark for mark in draft.case.letters if mark.key == command.key))


def _remake(draft: Draft, found: WaitingLetter, made: OutgoingLetter, status: str, *, always: bool = False) -> None:
    if made == found.letter and not always:
        return
    old, new = ({**one.fields, "geadresseerde": one.addressee_name} for one in (found.letter, made))
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    draft.letter_changes.append(LetterChange(key=made.key, was=found.status, status=status, letter=made))
    draft.note(
        EntryKind.LETTER_REMADE,
        key=made.key,
        letter=made.letter,
        addressee=made.addressee,
        said=plain_facts({name: old[name] for name in changed if name in old}),
        says=plain_facts({name: new[name] for name in changed if name in new}),
    )


def _cannot(command: LetterAct, status: str) -> Blocker:
    about = {"letter": command.key, "status": status}
    said = {
        LetterDeed.REDO: Message("letter_cannot_be_redone", about),
        LetterDeed.WITHDRAW: Message("letter_cannot_be_withdrawn", about),
        LetterDeed.HOLD: Message("letter_cannot_be_held", about),
        LetterDeed.RELEASE: Message("letter_cannot_be_released", about),
        LetterDeed.SENT: Message("letter_cannot_be_sent", about),
    }
    return Blocker(kind=BlockerKind.LETTER_STATE, subject=command.key, said=said[command.deed])


def _find(question: Question, command: LetterAct) -> WaitingLetter:
    found = next((one for one in question.waiting if one.letter.key == command.key), None)
    if found is not None:
        return found
    mark = next((mark for mark in question.case.letters if mark.key == command.key), None)
    if mark is not None and mark.sent_on is not None:
        said = Message("letter_has_left", {"letter": mark.letter, "to": mark.addressee, "day": mark.sent_on})
    elif mark is not None:
        said = Message("letter_is_leaving", {"letter": mark.letter, "to": mark.addressee})
    else:
        said = Message("no_such_letter", {"letter": command.key, "case": question.case.id})
    raise Refused(Blocker(kind=BlockerKind.LETTER_STATE, subject=command.key, said=said))


def _check_actor(question: Question, letter: OutgoingLetter) -> None:
    content, case, day = question.content, question.case, local_day(question.moment)
    template = content.letters.get(letter.letter)
    bodies = (
        *entitled_in(content, case.state),
        *content.workflow.mending.closed,
        *((template.signature,) if template else ()),
    )
    act = f"{content.workflow.id}.letters"
    if find_authority(content.organisation, question.actor.role, tuple(filter(None, bodies)), act, day) is None:
        who = find_entitled(content.organisation, tuple(filter(None, bodies)), act, day)
        raise Refused(
            Blocker(kind=BlockerKind.NO_MANDATE, subject="letters", detail=question.actor.role, supplied_by=who)
        )


def _day_of_sending(draft: Draft, found: WaitingLetter, command: LetterAct) -> date:
    today, ordered = local_day(draft.moment), local_day(found.ordered_at)
    on = command.on or today
    if ordered <= on <= today:
        return on
    said = Message("letter_sent_before_order", {"day": on, "ordered": ordered, "letter": command.key})
    if on > today:
        said = Message("letter_sent_in_future", {"day": on})
    raise Refused(Blocker(kind=BlockerKind.LETTER_STATE, subject=command.key, said=said))


def _mark(draft: Draft, key: str, *, is_withdrawn: bool) -> None:
    marks = tuple(replace(mark, is_withdrawn=is_withdrawn) if mark.key == key else mark for mark in draft.case.letters)
    draft.case = replace(draft.case, letters=marks)
