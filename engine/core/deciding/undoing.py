"""Taking back the last act of a case, as long as nothing came of it outside: the whole inverse, as a new step.

What an act changed is kept with the case when it is done (`last_act_of`), because the journal tells what was written
and not what stood there before. Whatever follows by itself and cannot be taken back (a term that passed, a letter that
left) is kept with it as the reason why not; a reminder, a note or a task is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.core.deciding.case import Case, Clock, LastAct, LetterMark
from engine.core.deciding.checks import find_authority, find_entitled
from engine.core.deciding.clocks import ClockChange
from engine.core.deciding.draft import Draft, Refused, decide, plain_facts
from engine.core.deciding.handling_letters import remake_waiting
from engine.core.deciding.last_act import OPENING
from engine.core.deciding.question import Question
from engine.core.deciding.step import Blocker, BlockerKind, EntryKind, Refusal, Step, TakenBack
from engine.core.errors import UsageError
from engine.core.legal_clock.ledger import Corrected
from engine.core.legal_clock.recording import record
from engine.core.message import Message
from engine.core.moment import local_day
from engine.core.quick_class import dataclass

UNDO = "undo"
OF_OTHERS = ("parent", "subject")
"""What bars an act because others read it: another case was told, or every case of the subject reads something new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known outside the case of what its last act brought about.

    `begun` are the keys of its letters that somebody has begun to send; `children` the cases it opened, as they now
    stand, with the keys of their letters that left; `answered`: a message it gave was dealt with. `opening` is how the
    case was opened, when the whole case is to be taken back and not its last act.
    """

    begun: tuple[str, ...] = ()
    children: tuple[Case, ...] = ()
    answered: bool = False
    opening: LastAct | None = None


def undo_act(question: Question, reason: str, around: Around) -> Step | Refusal:
    """Put the case back to before its last act, or close it as never opened. With a reason.

    By who did it, or owns the state it came from. Refused, with everything that stands in the way, when something left
    the house or was built on the act.
    """

    def change(draft: Draft) -> None:
        last = around.opening or draft.case.last_act
        if last is None or (draft.case.is_closed and around.opening):
            raise Refused(Blocker(kind=BlockerKind.NOTHING_TO_UNDO, said=Message("nothing_to_undo")))
        _check_actor(question, last)
        if not reason.strip():
            raise Refused(Blocker(kind=BlockerKind.REASON_MISSING, subject=UNDO))
        blockers = tuple(_in_the_way(question, last, around))
        if blockers:
            raise Refused(*blockers)
        if last.act == OPENING:
            _close_mistaken(draft, act="", reason=reason.strip())
        else:
            _take_back(draft, last, reason.strip())
            remake_waiting(draft)  # an act before it ordered them, and they may say what this one changed

    return decide(question, UNDO, change)


def close_as_never_opened(question: Question, parent: str, reason: str) -> Step | Refusal:
    """The act that opened this case was taken back, and nothing was done in it: it is over, and was never anything."""

    def change(draft: Draft) -> None:
        _close_mistaken(draft, act="", parent=parent, reason=reason)

    return decide(question, UNDO, change)


def _close_mistaken(draft: Draft, **told: str) -> None:
    """Over without ever having been anything: no letter, no clock, no message or task of it is left on any list.

    What it was told stays readable in the case, and what the register learned of its subject stays in the register;
    what the case itself gave (a declaration) was never given.
    """
    case = draft.case
    draft.put_back((None, one) for one in draft.subject.records if one.case == case.id)
    waiting = tuple(mark.key for mark in case.letters if mark.sent_on is None)
    letters = tuple(_withdraw(case.letters, set(waiting)))
    draft.case = replace(draft.case, is_closed=True, letters=letters, last_act=None)
    draft.note(EntryKind.UNDONE, **told, letters=list(waiting))
    draft.taken_back = TakenBack(letters=waiting, at=case.opened_at, whole=True)
    _cancel_lines(draft, {clock.key: 0 for clock in case.clocks})


def _check_actor(question: Question, last: LastAct) -> None:
    content, role, day = question.content, question.actor.role, local_day(question.moment)
    owner = content.workflow.state(last.state).owner
    bodies, act = tuple(filter(None, (last.role, owner))), f"{content.workflow.id}.{UNDO}"
    if find_authority(content.organisation, role, bodies, act, day) is None:
        who = find_entitled(content.organisation, bodies, act, day)
        raise Refused(Blocker(kind=BlockerKind.NO_MANDATE, subject=UNDO, detail=role, supplied_by=who))


def _in_the_way(question: Question, last: LastAct, around: Around) -> Iterator[Blocker]:
    case = question.case
    for mark in case.letters[last.letters :]:
        if mark.sent_on is not None:
            said = Message("letter_has_left", {"letter": mark.letter, "to": mark.addressee, "day": mark.sent_on})
            yield Blocker(kind=BlockerKind.OUTSIDE, subject=mark.key, said=said)
        elif mark.key in around.begun:
            said = Message("letter_is_leaving", {"letter": mark.letter, "to": mark.addressee})
            yield Blocker(kind=BlockerKind.OUTSIDE, subject=mark.key, said=said)
    for child in around.children:
        if child.version > 1 or any(mark.sent_on for mark in child.letters):
            said = Message("child_went_on", {"child": child.id})
            yield Blocker(kind=BlockerKind.OUTSIDE, subject=child.id, said=said)
    if around.answered:
        yield Blocker(kind=BlockerKind.OUTSIDE, said=Message("message_was_answered"))
    now = {record.key: record for record in question.subject.records}
    if any(now.get(after.key) != after for _, after in last.registered):
        yield Blocker(kind=BlockerKind.OUTSIDE, said=_BARRED["subject"])
    if around.opening is not None:
        yield from _rests_on(question)
    if last.act == OPENING and last.barred not in OF_OTHERS:
        return  # what followed inside a case that never was goes with it: there is nothing to put back
    left = any(mark.sent_on is not None for mark in case.letters[last.letters :])
    if last.barred and not (left and last.barred == EntryKind.LETTER_SENT.value):
        yield Blocker(kind=BlockerKind.OUTSIDE, said=_BARRED[last.barred])


def _rests_on(question: Question) -> Iterator[Blocker]:
    """What was built on a case in which more was done than opening it: a decision, or what others read of it."""
    case = question.case
    if case.fixed:
        yield Blocker(kind=BlockerKind.OUTSIDE, said=Message("decision_was_taken"))
    if any(record.case == case.id for record in question.subject.records):
        yield Blocker(kind=BlockerKind.OUTSIDE, said=Message("dossier_rests_on_case"))


def _take_back(draft: Draft, last: LastAct, reason: str) -> None:
    case = draft.case
    facts = {fact: known for fact, known in case.facts.items() if fact not in last.facts}
    facts |= {fact: known for fact, known in last.facts.items() if known is not None}
    ordered = {mark.key for mark in case.letters[last.letters :]}
    is_closed = draft.content.workflow.state(last.state).is_end
    draft.case = replace(
        case, state=last.state, entered_at=last.entered_at, is_closed=is_closed, facts=facts, subject=last.subject,
        fixed=last.fixed, records=last.records, letters=tuple(_withdraw(case.letters, ordered)), last_act=None,
    )  # fmt: skip
    draft.note(
        EntryKind.UNDONE,
        act=last.act,
        origin=case.state,
        target=last.state,
        reason=reason,
        letters=sorted(ordered),
        **_restored(case, last),
    )
    draft.put_back(last.registered)
    draft.taken_back = TakenBack(letters=tuple(sorted(ordered)), at=last.at)
    _cancel_lines(draft, dict(last.lines))


def _restored(case: Case, last: LastAct) -> dict[str, object]:
    """Which values stand again (None: unknown), and what stood there."""
    known = {fact: old.value for fact, old in last.facts.items() if old is not None}
    was = {fact: case.facts[fact].value for fact in last.facts if fact in case.facts}
    unknown: dict[str, object] = {fact: None for fact in last.facts if fact not in known}
    return {"facts": {**unknown, **plain_facts(known)}, "was": plain_facts(was)}


def _withdraw(marks: Sequence[LetterMark], keys: set[str]) -> Iterator[LetterMark]:
    return (replace(mark, is_withdrawn=True) if mark.key in keys else mark for mark in marks)


def _cancel_lines(draft: Draft, kept: dict[str, int]) -> None:
    """Cancel every line that came after the first `kept`, the last one first: each may lean on the one before."""
    clocks: list[Clock] = []
    changes: list[ClockChange] = []
    for clock in draft.case.clocks:
        numbers = range(len(clock.ledger) - 1, kept.get(clock.key, 0) - 1, -1)
        counters = tuple(
            Corrected(recorded_at=draft.moment, by=draft.actor.role, cancels=number, cause="taken_back")
            for number in numbers
        )
        term = draft.content.find_term(clock.term)
        if counters and term is not None:
            try:
                clock = replace(clock, ledger=record(term, clock.ledger, draft.content.calendar, *counters))
            except UsageError as error:
                raise Refused(Blocker(kind=BlockerKind.TERM_RULE, subject=clock.key, said=error.said)) from error
            changes += [(clock.key, counter) for counter in counters]
        clocks.append(clock)
    draft.case = replace(draft.case, clocks=tuple(clocks))
    draft.note_clocks(tuple(changes))


_BARRED = {
    EntryKind.TERM_PASSED.value: Message("term_passed_since"),
    EntryKind.MOVED.value: Message("case_moved_since"),
    EntryKind.TOLD.value: Message("child_told_since"),
    EntryKind.CASE_ORDERED.value: Message("case_moved_since"),
    EntryKind.LETTER_SENT.value: Message("letter_left_since"),
    EntryKind.LETTER_ORDERED.value: Message("letter_ordered_since"),
    EntryKind.LETTER_WITHDRAWN.value: Message("letter_withdrawn_since"),
    EntryKind.CLOCK.value: Message("clock_moved_since"),
    "parent": Message("parent_was_told"),
    "subject": Message("subject_was_changed"),
}
