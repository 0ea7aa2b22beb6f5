"""What a letter that left does to the clocks of its case.

The law hangs many terms on the sending and not on the act: an invitation stops the clock from the day after it was sent
(Awb 4:15(1)a), a deferral counts when it was told in time (Awb 4:14), a reader has his whole term from the day on which
it was made known to him (Awb 3:41, 6:8). Between the act and the sending everything runs as it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from engine.core.content.term_rules import SUSPENDED_WHILE, Sending, TermRule
from engine.core.deciding.anchors import (
    anchor_of,
    entry_now,
    ground_of,
    holds_ground,
    measure_of,
    not_after,
    prolonged,
)
from engine.core.deciding.at_hand import case_about, is_at_hand, record_of_clock
from engine.core.deciding.case import Case, Clock, LetterMark, Record
from engine.core.deciding.clocks import Changed, Move, change_clocks, is_done
from engine.core.deciding.situation import Situation, look, project_clock
from engine.core.evaluation.prepared import Content
from engine.core.legal_clock.ledger import LedgerEntry, Restarted, Started, Suspended
from engine.core.legal_clock.runs import current_run
from engine.core.quick_class import dataclass

_ON = ("running", "suspended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """What a term waits for: a letter to these readers that still has to leave."""

    term: TermRule
    sending: Sending
    readers: tuple[str, ...]


def start_by_sending(situation: Situation, sent: LetterMark) -> Changed:
    """Start the clocks that begin with the sending of this letter to its addressee; day 0 is the day of sending."""

    def start(term: TermRule, clock: Clock | None, _: str) -> tuple[LedgerEntry, ...]:
        begun = _begin(situation, term, sent, clock is not None, sent.sent_on)
        return (begun,) if begun else ()

    terms = (term for term in situation.content.terms() if sent.letter in term.sending_of)
    return change_clocks(situation, ((term, f"{term.id}/{sent.addressee}") for term in terms), start)


def terms_counting_from(situation: Situation, letter: str) -> tuple[TermRule, ...]:
    """The terms on which something counts from the sending of this letter; none in a case that is over."""
    if situation.case.is_closed:
        return ()
    content = situation.content
    return tuple(term for term in content.terms() if any(one.letter == letter for one in _sendings(content, term)))


def count_from_sending(situation: Situation, term: TermRule, letter: LetterMark) -> Changed:
    """Do to the clock of a term what waited for this letter, once it waits for no reader any more.

    Where each record has its own clock, only to that of the record that the letter is about.

    Counted from the day of the last sending: who was written to last must have the whole term. Raises UsageError when
    the law of the ledger forbids it, such as a deferral that was sent after the last day.
    """
    content, case = situation.content, situation.case

    def entries(term: TermRule, clock: Clock | None, key: str) -> tuple[LedgerEntry, ...]:
        record = record_of_clock(case, key) if term.for_each else None
        about = look(situation.question.about(case_about(content, case, record))) if record else situation
        for sending in _sendings(content, term):
            marks = _marks_of(content, case, sending, record)
            if sending.letter != letter.letter or not marks or any(mark.is_waiting for mark in marks):
                continue
            last = max(marks, key=lambda mark: mark.sent_on or date.min)
            entry = _effect(about, term, clock, sending, last)
            if entry is not None:
                return (entry,)
        return ()

    if term.for_each and not letter.record:  # ordered by an older program: its clock counted from the act
        return case.clocks, ()
    return change_clocks(situation, [(term, f"{term.id}/{letter.record}" if term.for_each else term.id)], entries)


def counting_from(content: Content, case: Case, act: str) -> tuple[str, str]:
    """What the mark of a letter remembers of the act that ordered it, where something counts from the sending.

    That is the act, and of clocks of records the key of the record that the act has at hand; each else empty.
    """
    if act not in content.counted_from_sending:
        return "", ""
    kinds = {term.for_each for term in content.terms() if act in term.from_sending} - {""}
    about = (record for kind in kinds for record in case.records_of(kind))
    at_hand = (one.key for one in about if is_at_hand(content.rules.records[one.kind], case, one))
    return act, next(at_hand, "")


def awaited_by(content: Content, case: Case) -> Iterator[Awaited]:
    """What the terms of an open case wait for: letters that were ordered and have not left."""
    if case.is_closed:
        return
    for term in content.terms():
        for sending in term.from_sending.values():
            readers = tuple(mark.addressee for mark in _marks_of(content, case, sending) if mark.is_waiting)
            # A letter of a state that was left says nothing any more; what a transition ordered stays ordered.
            if readers and (sending.of == case.state or not content.workflow.has_state(sending.of)):
                yield Awaited(term=term, sending=sending, readers=readers)


def _sendings(content: Content, term: TermRule) -> Iterable[Sending]:
    return {**content.standstills_from_sending(term), **term.from_sending}.values()


def _marks_of(content: Content, case: Case, sending: Sending, record: Record | None = None) -> list[LetterMark]:
    """The letters that it hangs on (about this record). A withdrawn one never leaves, so nothing hangs on it."""
    of_letter = [mark for mark in case.letters if mark.letter == sending.letter and not mark.is_withdrawn]
    of_letter = [mark for mark in of_letter if record is None or mark.record == record.key]
    if not (sending.of == SUSPENDED_WHILE or content.workflow.has_state(sending.of)):
        # Another act may order the same letter and mean something else by it.
        of_letter = [mark for mark in of_letter if mark.act == sending.of]
    # With several parents the key of a reader bears the number of one of them.
    return [mark for mark in of_letter if not sending.to or mark.addressee.partition(".")[0] in sending.to]


def _effect(
    situation: Situation, term: TermRule, clock: Clock | None, sending: Sending, sent: LetterMark
) -> LedgerEntry | None:
    stands, name = "not_started" if clock is None else project_clock(situation.content, clock).status, sending.of
    state = situation.case.state
    starts = name == state in term.starts_in and stands not in _ON
    if (starts or name in term.starts_on) and not is_done(situation, term, Move(transition="", origin=state)):
        return _begin(situation, term, sent, clock is not None, sent.sent_on)
    if clock is None or stands not in _ON:
        return None
    if stands == "running" and _asks_standstill(situation, term, name):
        return _standstill(situation, term, clock, sent, ground_of(situation, term, name))
    return prolonged(situation, term, clock.ledger, name, sent.sent_on)


def _begin(situation: Situation, term: TermRule, sent: LetterMark, again: bool, day: date | None) -> Started | None:
    kind, measure = Restarted if again else Started, measure_of(situation, term)
    if measure is None:
        return None
    until = anchor_of(situation, term)[1]
    at = situation.moment if term.is_in_hours else None
    day, basis = day and not_after(day, until), ", ".join(term.basis)
    return entry_now(
        situation, kind, day=day, at=at, until=until, reason=sent.letter, cause="letter_sent", basis=basis,
        **measure.settled,
    )  # fmt: skip


def _asks_standstill(situation: Situation, term: TermRule, name: str) -> bool:
    if name == SUSPENDED_WHILE:
        return holds_ground(situation, term)
    in_state = name == situation.case.state and name in situation.content.suspending_states(term)
    return in_state or name in term.suspends_on


def _standstill(situation: Situation, term: TermRule, clock: Clock, sent: LetterMark, basis: str) -> Suspended | None:
    last_day, start = project_clock(situation.content, clock).last_day, current_run(clock.ledger).start
    if last_day is None or sent.sent_on is None or sent.sent_on >= last_day:
        return None  # it would begin on a day on which the term is over
    at = situation.moment if term.is_in_hours else None
    told = {"reason": sent.letter, "cause": "letter_sent", "basis": basis}
    # A term whose day 0 is still to come (an objection counts from the end of the period) begins standing still.
    day = max(sent.sent_on, start.act_day) if start else sent.sent_on
    return entry_now(situation, Suspended, from_day=day, at=at, **told)
