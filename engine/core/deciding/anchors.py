"""What a clock hangs on as it is known in a situation: dates, length, grounds to stand still, what makes it longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, TypeVar

from engine.core.content.term_rules import SUSPENDED_WHILE, TermRule
from engine.core.deciding.case import Clock
from engine.core.deciding.situation import Situation
from engine.core.errors import UsageError
from engine.core.language.conditions import Expression, facts_in_expression
from engine.core.legal_clock.ledger import Deferred, Extended, Ledger, LedgerEntry, Started
from engine.core.legal_clock.period import Period
from engine.core.legal_clock.recording import record
from engine.core.legal_clock.runs import current_run
from engine.core.moment import local_day
from engine.core.quick_class import dataclass


def not_after(day: date, until: date | None) -> date:
    """A named last day may be over when the clock starts (a case taken over late): it then passes at once."""
    return day if until is None else min(day, until)


def anchor_of(situation: Situation, term: TermRule) -> tuple[date | None, date | None]:
    """Day 0 (a moment for hours) and the last day a rule gives; None where it is not known yet."""
    until = last_day_named(situation, term)
    source = term.before if term.before is not None else term.anchor
    if source is None:
        return (situation.moment if term.is_in_hours else local_day(situation.moment)), until
    return day_of(situation, source), until


def last_day_named(situation: Situation, term: TermRule) -> date | None:
    """The last day that a rule gives; None while it is unknown, and for a term with a length."""
    if term.on_day is None:
        return day_of(situation, term.until) if term.until is not None else None
    acts_on = day_of(situation, term.on_day)
    return None if acts_on is None else acts_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a term leaves to the case: its length, and the school whose days count, with the region of that school."""

    period: Period | None = None
    school: str = ""
    region: str = ""

    @property
    def settled(self) -> dict[str, Any]:
        """It as the start of a clock keeps it."""
        return {"period": self.period, "school": self.school, "region": self.region}


_NOTHING_LEFT = Measure()


def measure_of(situation: Situation, term: TermRule) -> Measure | None:
    """The measure of a clock that starts now; None while it is unknown, or no length at all."""
    if term.length_of is None and term.school_of is None:
        return _NOTHING_LEFT
    period, school, region = None, "", ""
    if term.length_of is not None:
        amount = situation.value_of(term.length_of.amount)
        if isinstance(amount, bool) or not isinstance(amount, int | float) or amount != int(amount) or amount < 0:
            return None
        period = Period(int(amount), term.length_of.unit)
    if term.school_of is not None:
        named = situation.value_of(term.school_of)
        if named is None:
            return None
        school = str(named)
        known = situation.content.organisation.schools.get(school)
        region = known.region if known is not None else ""
    return Measure(period, school, region)


def hangs_alike(start: Started, day_zero: date | None, until: date | None, measure: Measure | None) -> bool:
    """Whether a clock started on these dates (no day 0: any), with this measure; an unknown one moves nothing."""
    same_day = day_zero is None or (start.at or start.day) == day_zero
    same_measure = measure is None or (measure.period, measure.school) == (start.period, start.school)
    return same_day and same_measure and start.until == until


def waits_for(situation: Situation, term: TermRule) -> tuple[str, ...]:
    """The facts without which it is unknown how long the term is, or whose days count."""
    parts = (term.length_of.amount if term.length_of is not None else None, term.school_of)
    facts = sorted(frozenset().union(*(facts_in_expression(part) for part in parts if part is not None)))
    return tuple(fact for fact in facts if situation.lookup(fact) is None)


def without_length(situation: Situation, transition: str, *, came: bool) -> Iterator[tuple[TermRule, tuple[str, ...]]]:
    """The terms that would run from here on, had the facts been known that say how long; with those facts.

    Only of a case that just `came` into its state, or acted: it is told once.
    """
    content, case = situation.content, situation.case
    for name in content.terms_started_by(case.state, transition) if came or transition else ():
        term = content.term(name)
        if not term.from_sending and case.clock(name) is None and (facts := waits_for(situation, term)):
            yield term, facts


def day_of(situation: Situation, expression: Expression) -> date | None:
    """The day that the expression gives here; None when it is unknown, or no day."""
    value = situation.value_of(expression)
    return value if isinstance(value, date) else None


def stands_still(situation: Situation, term: TermRule) -> bool:
    """Whether a ground to stand still holds now; one that is unknown is none, for the law lets a term run."""
    return any(_grounds(situation, term, frozenset()))


def comes_to_stand_still(situation: Situation, term: TermRule) -> bool:
    """The same, of grounds that need no letter: what counts from a sending begins by that, and by no move."""
    return any(_grounds(situation, term, frozenset(situation.content.standstills_from_sending(term))))


def _grounds(situation: Situation, term: TermRule, aside: frozenset[str]) -> Iterator[bool]:
    content, state = situation.content, situation.case.state
    yield state not in aside and state in content.suspending_states(term)
    if SUSPENDED_WHILE not in aside:
        yield holds_ground(situation, term)


def holds_ground(situation: Situation, term: TermRule) -> bool:
    """Whether the condition surely holds under which the term, or the one that it follows, stands still."""
    followed = (situation.content.term(term.follows),) if term.follows else ()
    grounds = (one.suspended_while for one in (term, *followed))
    return any(ground is not None and situation.holds(ground) for ground in grounds)


def ground_of(situation: Situation, term: TermRule, name: str) -> str:
    """On which ground of the law the term stands still by this state, transition or SUSPENDED_WHILE.

    What the term, or the one it follows, says of that one alone; else of them all.
    """
    known = (term, *((situation.content.term(term.follows),) if term.follows else ()))
    said = (situation.value_of(one.grounds[name]) for one in known if name in one.grounds)
    return next((str(ground) for ground in said if ground is not None), "") or next(
        (one.ground for one in known if one.ground), ""
    )


E = TypeVar("E", bound=LedgerEntry)


def entry_now(situation: Situation, kind: type[E], **details: Any) -> E:
    """An entry that is written down now, by who acts."""
    return kind(recorded_at=situation.moment, by=situation.actor.role, **details)


def prolonged(
    situation: Situation, term: TermRule, ledger: Ledger, transition: str, on_day: date | None = None
) -> LedgerEntry | None:
    """The extension or deferral that this transition brings a clock of the term, told on this day (None: now)."""
    basis = ", ".join(term.basis)
    if term.extension and term.extension.by == transition:
        length = _extension_on(term, ledger, on_day or local_day(situation.moment))
        return entry_now(situation, Extended, basis=basis, period=length, on_day=on_day)
    until = day_of(situation, term.deferral.until) if term.deferral and term.deferral.by == transition else None
    return None if until is None else entry_now(situation, Deferred, basis=basis, until=until, on_day=on_day)


def _extension_on(term: TermRule, ledger: Ledger, day: date) -> Period:
    """How long an extension of this day is: shorter where a later law says so; one it forbids is refused elsewhere."""
    assert term.extension is not None
    if not term.later_prolongings:
        return term.extension.period
    from engine.core.legal_clock.later_laws import prolonging_on  # few cases meet another law on their way

    held = prolonging_on(term, current_run(ledger), day)[0].extension or term.extension
    return held.period


def prolonging(situation: Situation, term: TermRule, clock: Clock, transition: str) -> tuple[LedgerEntry, ...]:
    """What this transition brings. What counts from a sending is only looked at: a person is here to be refused."""
    entry = prolonged(situation, term, clock.ledger, transition)
    if entry is None or transition not in term.from_sending:
        return () if entry is None else (entry,)
    about = clock.addressee if term.for_each else ""
    waiting = (mark for mark in situation.case.letters if mark.act == transition and mark.is_waiting)
    if any(about in ("", mark.record) for mark in waiting):
        raise UsageError("told_already", term=term.label)
    record(term, clock.ledger, situation.content.calendar, entry)
    return ()
