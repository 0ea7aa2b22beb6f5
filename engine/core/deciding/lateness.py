"""What the clocks of a case come to: how each stands, now and in its earlier runs, who is late, what falls due when.

The one home of the meaning "late" for a case. The page and the figures ask here; the inbox reads what a step carried
from here (`running_terms`) into its row, so that no list of cases has to read a ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import attrgetter

from engine.core.content.term_rules import Reminder, TermRule
from engine.core.deciding.at_hand import record_of_clock
from engine.core.deciding.case import Case, Clock
from engine.core.deciding.latest_start import LatestStart, latest_start
from engine.core.deciding.situation import project_clock
from engine.core.deciding.step import Deadline, DeadlineKind, RunningTerm
from engine.core.evaluation.prepared import Content
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.ledger import Ledger
from engine.core.legal_clock.period import Period
from engine.core.legal_clock.projection import Lateness, Projection, lateness_at
from engine.core.legal_clock.runs import current_run, runs_of
from engine.core.legal_clock.terms import TermSpec, moment_before, moments_after, project_run, settled_by
from engine.core.moment import end_of_day
from engine.core.quick_class import dataclass

RunningClock = tuple[Clock, Projection]
_Moment = tuple[DeadlineKind, int, datetime, str]
"""What falls due, its number, when, and how its key ends."""
_BY_MOMENT = attrgetter("due_at", "key")
_PASSED = (Lateness.LATE, Lateness.DONE_LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStanding:
    """One clock of a case. `has_passed`: its term passed without what it waited for.

    `is_late`: somebody is late with it, or was when it was done. `start`: when the next act must be done for it.
    """

    clock: Clock
    projection: Projection
    has_passed: bool
    is_late: bool
    start: LatestStart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStanding:
    """One run of a clock. `is_moved`: its last day was extended or deferred."""

    term: str
    lateness: Lateness
    is_moved: bool


def clocks_at(content: Content, case: Case, moment: datetime) -> Iterator[ClockStanding]:
    """How each clock stands at this moment; as if it never started where the content no longer has its term.

    Not that of a record that was taken back: its lines stay in the case, but there is nothing it could run for.
    """
    can_be_late = content.terms_that_can_be_late
    for clock in case.clocks:
        term = content.find_term(clock.term)
        if term is not None and term.for_each and record_of_clock(case, clock.key) is None:
            continue
        projection = project_clock(content, clock)
        yield ClockStanding(
            clock=clock,
            projection=projection,
            has_passed=lateness_at(projection, moment) in _PASSED,
            is_late=_lateness(case, projection, moment) in _PASSED and clock.term in can_be_late,
            start=_start_of(content, case.state, clock, projection),
        )


def runs_at(content: Content, case: Case, moment: datetime) -> Iterator[RunStanding]:
    """How each run of each clock stands at this moment; a run that was replaced before it ended tells nothing."""
    for clock in case.clocks:
        term = content.find_term(clock.term)
        if term is None:
            continue
        for run in runs_of(clock.ledger):
            if run.start is not None and not run.is_replaced:
                projection = project_run(term, run, content.calendar)
                yield RunStanding(
                    term=term.id,
                    lateness=_lateness(case, projection, moment),
                    is_moved=bool(projection.extended_times or projection.deferred_times),
                )


def running_clocks(content: Content, case: Case) -> tuple[RunningClock, ...]:
    """The clocks that run, with what they come to: only these can fall due or become late; none in a closed case."""
    if case.is_closed:
        return ()
    projected = ((clock, project_clock(content, clock)) for clock in case.clocks)
    return tuple((clock, projection) for clock, projection in projected if projection.late_from is not None)


def running_terms(content: Content, state: str, running: Iterable[RunningClock]) -> tuple[RunningTerm, ...]:
    """Of clocks that run, of a case in this state, the terms before whose end somebody must act; first first."""
    to_act_on = content.terms_to_act_on
    found = (
        _running(content, clock, projection, _start_of(content, state, clock, projection))
        for clock, projection in running
        if clock.term in to_act_on and projection.late_from is not None
    )
    return tuple(sorted(found, key=lambda one: (one.due_at, one.clock)))


def _running(content: Content, clock: Clock, projection: Projection, start: LatestStart | None) -> RunningTerm:
    due_at = projection.late_from
    assert due_at is not None  # the clock runs
    return RunningTerm(
        clock=clock.key,
        term=clock.term,
        due_at=due_at,
        last_day=None if projection.in_hours else projection.last_day,
        latest_start=start.day if start else None,
        act_by=min(due_at, end_of_day(start.day)) if start else due_at,
        can_be_late=clock.term in content.terms_that_can_be_late,
    )


def _start_of(content: Content, state: str, clock: Clock, projection: Projection) -> LatestStart | None:
    if clock.term not in content.terms_that_can_be_late:
        return None
    return latest_start(content, content.term(clock.term), projection, state)


def _lateness(case: Case, projection: Projection, moment: datetime) -> Lateness:
    found = lateness_at(projection, moment)
    # A letter can leave after the end of its case and start a clock there: nobody is left to be late with it.
    return Lateness.OPEN if case.is_closed and found is Lateness.LATE else found


def open_deadlines(content: Content, case: Case) -> tuple[Deadline, ...]:
    """Everything that will fall due as the clocks stand now, oldest first; nothing for a closed case."""
    return deadlines_of(content, running_clocks(content, case))


def open_deadline_keys(content: Content, case: Case) -> set[str]:
    """The keys of everything that will fall due as the clocks stand now; nothing for a closed case."""
    return {deadline.key for clock, _ in running_clocks(content, case) for deadline in _deadlines_of(content, clock)}


def deadlines_of(content: Content, running: Iterable[RunningClock]) -> tuple[Deadline, ...]:
    """Everything that will fall due of these clocks that run, oldest first."""
    found = [deadline for clock, _ in running for deadline in _deadlines_of(content, clock)]
    return tuple(sorted(found, key=_BY_MOMENT))


def _deadlines_of(content: Content, clock: Clock) -> Sequence[Deadline]:
    """What falls due of a clock that runs and was not dealt with."""
    found = content.once(_deadlines, content.term(clock.term), clock.ledger, clock.key)
    return [one for one in found if one.key not in clock.fired] if clock.fired else found


def _deadlines(content: Content, term: TermRule, ledger: Ledger, of_clock: str) -> tuple[Deadline, ...]:
    projection = content.project(term, ledger)
    last_day = None if projection.in_hours else projection.last_day
    return tuple(
        Deadline(
            key=f"{of_clock}|{ends}",
            clock=of_clock,
            term=term.id,
            kind=kind,
            number=number,
            due_at=due_at,
            last_day=last_day,
        )
        for kind, number, due_at, ends in _moments(content, term, ledger)
    )


def _moments(content: Content, term: TermRule, ledger: Ledger) -> tuple[_Moment, ...]:
    """What falls due of a clock that runs: its passing, then its reminders by number."""
    projection, calendar = content.project(term, ledger), content.calendar
    assert projection.late_from is not None  # the clock runs
    # All at once: counting goes through the whole course of the term, whatever the number of reminders.
    amounts = [_amount(one) for one in term.reminders if one.before_end is None]
    forward = iter(moments_after(term, ledger, calendar, amounts))
    placed = settled_by(term, current_run(ledger).start)
    found = [_moment(DeadlineKind.PASSED, 0, projection.late_from)]
    for number, one in enumerate(term.reminders, 1):
        back = one.before_end
        due_at = next(forward) if back is None else _moment_before(placed, projection, back, calendar)
        if due_at is not None:
            found.append(_moment(DeadlineKind.REMINDER, number, due_at))
    return tuple(found)


def _moment_before(placed: TermSpec, projection: Projection, back: Period, calendar: Calendar) -> datetime | None:
    return moment_before(projection, back, calendar, region=placed.region, school=placed.school)


def _moment(kind: DeadlineKind, number: int, due_at: datetime) -> _Moment:
    return kind, number, due_at, f"{kind.value}|{number}|{due_at:%Y-%m-%dT%H:%M:%SZ}"


def _amount(reminder: Reminder) -> Period | float:
    amount = reminder.after if reminder.after is not None else reminder.share
    assert amount is not None  # the reader refuses a reminder without a moment
    return amount
