"""What a letter can only say on the day it leaves: the days of a term that begins, or moves, with its sending."""

from __future__ import annotations

from datetime import date

from engine.core.content.term_rules import TermRule
from engine.core.deciding.anchors import measure_of, prolonged, waits_for
from engine.core.deciding.case import LetterMark
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.deciding.situation import Situation
from engine.core.errors import LetterError, UsageError
from engine.core.language.facts import Value
from engine.core.legal_clock.ledger import Ledger, Started
from engine.core.legal_clock.recording import record
from engine.core.legal_clock.term_days import tell_term_days, write_term_days
from engine.core.legal_clock.terms import project
from engine.core.moment import start_of_day
from engine.core.quick_class import replace


def fill_late_fields(situation: Situation, letter: OutgoingLetter, sent_on: date) -> OutgoingLetter:
    """The letter with the fields that hang on the local day it leaves: by this very letter clocks start, or move.

    Raises LetterError when a term has no length yet, or would get no later last day by it: a date is never promised
    that the clock does not know.
    """
    found = dict(letter.fields)
    mark = next((one for one in situation.case.letters if one.key == letter.key), None)
    for field, named in letter.late_fields.items():
        term_id, _, aspect = named.partition(".")
        term = situation.content.term(term_id)
        if mark is not None and mark.act in term.prolonged_by:
            found[field] = _moved_to(situation, term, mark, sent_on)
        else:
            found[field] = _begun(situation, term, letter, sent_on, aspect)
    return replace(letter, fields=found)


def _begun(situation: Situation, term: TermRule, letter: OutgoingLetter, sent_on: date, aspect: str) -> Value:
    calendar, measure = situation.content.calendar, measure_of(situation, term)
    if measure is None:
        facts = waits_for(situation, term)
        raise LetterError("letter_lacks_length", where=letter.letter, term=term.name, facts=facts)
    started = Started(recorded_at=start_of_day(sent_on), by="engine", day=sent_on, **measure.settled)
    if aspect:
        return write_term_days(tell_term_days(term, (started,), calendar))
    last_day = project(term, (started,), calendar).last_day
    assert last_day is not None  # a clock that just started is not suspended
    return last_day


def _moved_to(situation: Situation, term: TermRule, mark: LetterMark, sent_on: date) -> Value:
    """The last day as the clock will have it once this letter left: what the sending writes into it is tried here."""
    key, calendar = f"{term.id}/{mark.record}" if term.for_each else term.id, situation.content.calendar
    ledger: Ledger = next((clock.ledger for clock in situation.case.clocks if clock.key == key), ())
    entry = prolonged(situation, term, ledger, mark.act, sent_on)
    try:
        last_day = project(term, record(term, ledger, calendar, *((entry,) if entry else ())), calendar).last_day
    except UsageError:  # the term is over, or was moved before: then the sending will move nothing either
        last_day = None
    if last_day is None or entry is None:
        raise LetterError("letter_moves_nothing", where=mark.letter, term=term.name, day=sent_on)
    return last_day
