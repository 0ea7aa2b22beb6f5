"""What happens by itself: a deadline falls due, a letter has left.

Pure, like `advance`; asking for the same thing twice is refused the second time, so a sweep may be repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from engine.core.deciding.at_hand import case_about, put_down, record_of_clock
from engine.core.deciding.case import OWNER, Clock, LetterMark
from engine.core.deciding.clocks import Changed
from engine.core.deciding.draft import Draft, Refused, decide
from engine.core.deciding.lateness import open_deadlines
from engine.core.deciding.messages import tell_bodies
from engine.core.deciding.moves import apply_passing, holds_now, settle, take_transition, write_letters_or_tell
from engine.core.deciding.question import Question
from engine.core.deciding.record_keeping import about_record
from engine.core.deciding.sending import count_from_sending, start_by_sending, terms_counting_from
from engine.core.deciding.situation import Situation
from engine.core.deciding.step import Blocker, BlockerKind, Deadline, DeadlineKind, EntryKind, Refusal, Step
from engine.core.errors import UsageError
from engine.core.language.conditions import Not
from engine.core.quick_class import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """The letter with this key left on a local day."""

    letter_key: str
    sent_on: date


def fall_due(question: Question, deadline_key: str) -> Step | Refusal:
    """Deal with one deadline: a reminder goes out, or a passed term takes effect.

    Refused with NOT_DUE when it is not open any more or lies after the moment asked about, so that firing twice is
    harmless.
    """

    def change(draft: Draft) -> None:
        together = open_deadlines(draft.content, draft.case)
        deadline = next((d for d in together if d.key == deadline_key), None)
        if deadline is None or deadline.due_at > draft.moment:
            raise Refused(Blocker(kind=BlockerKind.NOT_DUE, subject=deadline_key))
        _mark_fired(draft, deadline)
        record = record_of_clock(draft.case, deadline.clock)
        if record is not None:
            draft.case = case_about(draft.content, draft.case, record)
        if deadline.kind is DeadlineKind.REMINDER:
            skipped = _why_silent(draft.look(), deadline, [d for d in together if d.due_at <= draft.moment])
            _remind(draft, deadline, skipped)
        else:
            _let_pass(draft, deadline)
        draft.case = put_down(draft.content, draft.case)
        settle(draft)

    return decide(question, deadline_key, change)


def confirm_sent(question: Question, command: HandedOver) -> Step | Refusal:
    """Note that a letter was handed over on a local day, and start the terms that begin by sending it.

    Works on a closed case too: a letter may leave after the case ended.
    """
    key = command.letter_key
    return decide(question, key, lambda draft: let_leave(draft, key, command.sent_on))


def let_leave(draft: Draft, letter_key: str, sent_on: date, **told: str) -> None:
    """A letter left on this local day: its terms start, and the case goes on. Refused when it does not wait."""
    case = draft.case
    mark = next((mark for mark in case.letters if mark.key == letter_key and mark.is_waiting), None)
    if mark is None:
        raise Refused(Blocker(kind=BlockerKind.NOT_DUE, subject=letter_key))
    marks = tuple(replace(m, sent_on=sent_on) if m.key == letter_key else m for m in case.letters)
    draft.case = replace(case, letters=marks)
    draft.note(
        EntryKind.LETTER_SENT,
        key=letter_key,
        letter=mark.letter,
        addressee=mark.addressee,
        sent_on=sent_on.isoformat(),
        **told,
    )
    _change_clocks(draft, start_by_sending(draft.look(), replace(mark, sent_on=sent_on)))
    count_what_waited(draft, mark)
    if not case.is_closed:
        settle(draft)


def count_what_waited(draft: Draft, mark: LetterMark) -> None:
    """Let count what hung on this letter: it left, or the last one that waited was withdrawn.

    A letter that came too late for a term moves nothing in it, and the owner is told why: nobody is there to refuse.
    """
    for term in terms_counting_from(draft.look(), mark.letter):
        try:
            _change_clocks(draft, count_from_sending(draft.look(), term, mark))
        except UsageError as error:
            late = {"letter": mark.letter, "because": error.said.to_plain()}
            tell_bodies(draft, (OWNER,), "letter_not_counted", late, term=term.id)


def _change_clocks(draft: Draft, changed: Changed) -> None:
    clocks, changes = changed
    if changes:
        draft.case = replace(draft.case, clocks=clocks)
        draft.note_clocks(changes)


def _mark_fired(draft: Draft, deadline: Deadline) -> None:
    def mark(clock: Clock) -> Clock:
        return replace(clock, fired=(*clock.fired, deadline.key)) if clock.key == deadline.clock else clock

    draft.case = replace(draft.case, clocks=tuple(mark(clock) for clock in draft.case.clocks))


def _why_silent(situation: Situation, deadline: Deadline, due: Sequence[Deadline]) -> str:
    """Why a reminder is not sent, as a code; empty when it is.

    `later`: nobody swept for a while, and what falls due with it says more (the end itself, or a later word to the same
    readers). `over`: it speaks of what is over.
    """
    reminders = situation.content.term(deadline.term).reminders
    reminder = reminders[deadline.number - 1]
    for one in due:
        if one.clock != deadline.clock or one.key == deadline.key:
            continue
        if one.kind is DeadlineKind.PASSED:
            return "later"
        if one.due_at > deadline.due_at and set(reminder.to) <= set(reminders[one.number - 1].to):
            return "later"
    leading_on = {one.id for one in situation.content.workflow.transitions_from(situation.case.state)}
    if situation.holds(Not(part=reminder.when)) or (reminder.ask and leading_on.isdisjoint(reminder.ask)):
        return "over"
    return ""


def _remind(draft: Draft, deadline: Deadline, skipped: str) -> None:
    term = draft.content.term(deadline.term)
    reminder = term.reminders[deadline.number - 1]
    draft.note(
        EntryKind.TERM_REMINDED,
        clock=deadline.clock,
        number=deadline.number,
        due_at=deadline.due_at.isoformat(),
        last_day=_iso(deadline.last_day),
        **({"skipped": skipped} if skipped else {}),
    )
    if skipped:
        return
    # The word that notices of older programs bear: a list of both kinds must find them together.
    about = about_record(draft, deadline.clock)
    tell_bodies(
        draft, reminder.to, "term_warning", {"number": deadline.number}, term=term.id, ask=reminder.ask, about=about
    )
    write_letters_or_tell(draft, reminder.letters, term.id)


def _let_pass(draft: Draft, deadline: Deadline) -> None:
    term = draft.content.term(deadline.term)
    draft.note(
        EntryKind.TERM_PASSED,
        clock=deadline.clock,
        due_at=deadline.due_at.isoformat(),
        last_day=_iso(deadline.last_day),
        term_kind=term.kind,
    )
    apply_passing(draft, term.id, term.passing, about_record(draft, deadline.clock))
    situation = draft.look()
    machine, state = draft.content.machine, draft.case.state
    taken = machine.pass_term(state, term.id, partial(holds_now, situation))
    if taken is not None:
        take_transition(draft, taken)
    if term.repeats:
        from engine.core.deciding.beginning_again import begun_again  # hardly any term does

        _change_clocks(draft, begun_again(draft.look(), term, deadline.clock))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
