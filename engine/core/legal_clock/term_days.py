"""A term told day by day: which days count, stand still, or are passed over, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.counting import ONE_DAY, DayCounter
from engine.core.legal_clock.course import Course, follow
from engine.core.legal_clock.ledger import LedgerEntry
from engine.core.legal_clock.period import Unit
from engine.core.legal_clock.projection import Projection
from engine.core.legal_clock.runs import Run, current_run
from engine.core.legal_clock.telling import NEEDS_WORKING_DAYS, STANDS_STILL, STOOD_STILL
from engine.core.legal_clock.terms import TermSpec, project_run, settled_by
from engine.core.quick_class import dataclass

_Told = tuple["DayTone", str]
_MARK = "|"


class DayTone(StrEnum):
    """What a day does for the term."""

    START = "start"
    COUNTS = "counts"
    STILL = "still"
    SKIPPED = "skipped"
    PASSED_OVER = "passed_over"
    LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDay:
    """One day of a term. `number` is which counted day it is (day 1 is the first), None when it does not count.

    `reason` says in Dutch why a day is free, stands still or is passed over. Day 0 or the anchor is START; the
    day on which the term ends is LAST. PASSED_OVER are the days over which the end moved.
    """

    day: date
    tone: DayTone
    number: int | None = None
    reason: str = ""


def tell_term_days(
    spec: TermSpec,
    ledger: Sequence[LedgerEntry],
    calendar: Calendar,
    *,
    as_of: datetime | None = None,
    through: date | None = None,
) -> tuple[TermDay, ...]:
    """Every day from the start to the last day, in order of the calendar; empty when the clock has not started.

    While the clock stands still the days go on as standing still up to and including `through`.
    """
    run = current_run(ledger, as_of)
    spec = settled_by(spec, run.start)
    projection = project_run(spec, run, calendar)
    if projection.started_on is None or projection.earliest_last_day is None:
        return ()
    if spec.later_laws:
        from engine.core.legal_clock.later_laws import under_later_laws  # few cases meet another law on their way

        spec, run = under_later_laws(spec, run, calendar)[0]
    if projection.still_since is not None:
        return _until_standstill(spec, run, calendar, projection, through)
    return _all_days(spec, run, calendar, projection, projection.earliest_last_day)


def write_term_days(days: Iterable[TermDay]) -> tuple[str, ...]:
    """The days as texts, which a letter can freeze; `read_term_days` gives them back."""
    return tuple(
        _MARK.join((day.day.isoformat(), day.tone.value, "" if day.number is None else str(day.number), day.reason))
        for day in days
    )


def read_term_days(texts: Iterable[str]) -> tuple[TermDay, ...]:
    """The days that `write_term_days` wrote. Raises ValueError for other texts."""
    return tuple(_read_day(*text.split(_MARK, 3)) for text in texts)


def _read_day(day: str, tone: str = "", number: str = "", reason: str = "") -> TermDay:
    return TermDay(
        day=date.fromisoformat(day), tone=DayTone(tone), number=int(number) if number else None, reason=reason
    )


def _until_standstill(
    spec: TermSpec, run: Run, calendar: Calendar, projection: Projection, through: date | None
) -> tuple[TermDay, ...]:
    first = projection.still_since or date.max
    told = _all_days(spec, run, calendar, projection, projection.earliest_last_day or first)
    # The days after the standstill are not known yet; what was told of them held for an immediate resumption.
    before = tuple(
        TermDay(day=term_day.day, tone=DayTone.COUNTS, number=term_day.number, reason=term_day.reason)
        if term_day.tone is DayTone.LAST
        else term_day
        for term_day in told
        if term_day.day < first
    )
    last = max(first, through or first)
    return (*before, *(_still_day(day) for day in _days(first, last)))


def _still_day(day: date) -> TermDay:
    return TermDay(day=day, tone=DayTone.STILL, reason=STANDS_STILL)


def _all_days(spec: TermSpec, run: Run, calendar: Calendar, projection: Projection, end: date) -> tuple[TermDay, ...]:
    start = projection.started_on or end
    if spec.counted_back:
        return _days_back(spec, calendar, start, end)
    course = _course_of(spec, run, calendar)
    raw = projection.raw_last_day or end
    days: list[TermDay] = [TermDay(day=start, tone=DayTone.START, reason=calendar.free_day_reason(start) or "")]
    number = 0
    for day in _days(start + ONE_DAY, max(raw, end)):
        tone, reason = _tell_day(course, calendar, day, raw, end)
        # Hours do not number their days; a last day past the raw end is not a counted day.
        counts = tone is DayTone.COUNTS or (tone is DayTone.LAST and day <= raw)
        number += counts
        shown = number if counts and not projection.in_hours else None
        days.append(TermDay(day=day, tone=tone, number=shown, reason=reason))
    return tuple(days)


def _course_of(spec: TermSpec, run: Run, calendar: Calendar) -> Course | None:
    start, period = run.start, spec.period
    if start is None or start.until is not None or period is None or period.unit is Unit.HOURS:
        return None
    return follow(spec, run, calendar, start.act_day, period)


def _tell_day(course: Course | None, calendar: Calendar, day: date, raw: date, end: date) -> _Told:
    reason = calendar.free_day_reason(day) or ""
    if day == end:
        return DayTone.LAST, reason
    if course is not None and course.counter.is_still(day):
        return DayTone.STILL, STOOD_STILL
    if day > min(raw, end):
        return DayTone.PASSED_OVER, reason or NEEDS_WORKING_DAYS
    unit = _unit_on(course, day)
    if course is None or unit is None or course.counter.counts(day, unit):
        return DayTone.COUNTS, reason
    return DayTone.SKIPPED, reason or _vacation_name(course.counter, day)


def _unit_on(course: Course | None, day: date) -> Unit | None:
    if course is None:
        return None
    return next((unit for begin, last, unit in course.spans if begin < day <= last), None)


def _vacation_name(counter: DayCounter, day: date) -> str:
    vacation = counter.calendar.vacation_on(day, counter.region, counter.school)
    return f"{vacation.name}vakantie" if vacation else ""


def _days_back(spec: TermSpec, calendar: Calendar, anchor: date, end: date) -> tuple[TermDay, ...]:
    counter, unit = DayCounter(calendar, spec.region, spec.school), spec.period.unit if spec.period else Unit.DAYS
    days, number = [TermDay(day=anchor, tone=DayTone.START, reason=calendar.free_day_reason(anchor) or "")], 0
    for day in reversed(tuple(_days(end, anchor - ONE_DAY))):
        counts = counter.counts(day, unit)
        number += counts
        reason = calendar.free_day_reason(day) or ("" if counts else _vacation_name(counter, day))
        tone = DayTone.LAST if day == end else DayTone.COUNTS if counts else DayTone.SKIPPED
        days.append(TermDay(day=day, tone=tone, number=number if counts else None, reason=reason))
    return tuple(reversed(days))


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
