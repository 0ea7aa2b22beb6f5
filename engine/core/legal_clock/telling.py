"""The steps of an explanation, one function for each kind; their words stand in `engine.words.of_terms`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from engine.core.dutch import WEEKDAYS
from engine.core.legal_clock.calendar import Calendar, OfficeHours
from engine.core.legal_clock.counting import ONE_DAY
from engine.core.legal_clock.ledger import Deferred, Extended
from engine.core.legal_clock.period import Period
from engine.core.legal_clock.projection import StepKind, TermStep
from engine.core.message import Message

STATUTE = "Algemene termijnenwet"
STOOD_STILL = "stood_still"
STANDS_STILL = "stands_still"
NEEDS_WORKING_DAYS = "needs_working_days"
"""Why a day does not count, where no calendar gives a name for it. Awt 3: a last part holds two working days."""


def tell_start(day: date) -> TermStep:
    """Day 0."""
    said = Message("start", {"day": day, "first": day + ONE_DAY})
    return TermStep(kind=StepKind.START, said=said, first_day=day, last_day=day)


def tell_length(period: Period, school: str) -> TermStep:
    """What the case said of the length, or of the school whose days count."""
    return TermStep(kind=StepKind.START, said=Message("settled", {"period": period, "school": school}))


def tell_count(day: date, end: date, period: Period, basis: str) -> TermStep:
    """The length itself, before anything moves the end."""
    said = Message("counted", {"period": period, "day": day, "end": end})
    return _moving(StepKind.COUNT, said, end - day, article=basis, first=day + ONE_DAY, last=end)


def tell_extension(old: date, end: date, extended: Extended) -> TermStep:
    """An extension."""
    said = Message("extended", {"period": extended.period, "reason": extended.reason, "end": end})
    return _moving(StepKind.EXTENSION, said, end - old, article=extended.basis)


def tell_deferral(old: date, end: date, deferred: Deferred) -> TermStep:
    """A last day that was replaced by a named day."""
    said = Message("deferred", {"end": end, "reason": deferred.reason})
    return _moving(StepKind.DEFERRAL, said, end - old, article=deferred.basis)


def tell_suspension(old: date, end: date, first: date, last: date, reason: str, basis: str) -> TermStep:
    """A suspension that ended; `first`..`last` stood still."""
    days = (last - first).days + 1
    if days <= 0:
        said = Message("did_not_stand_still", {"reason": reason})
        return TermStep(kind=StepKind.SUSPENSION, said=said, article=basis)
    until, becomes = None if days == 1 else last, end if end != old else None
    said = Message("stood_still", {"days": days, "first": first, "last": until, "reason": reason, "end": becomes})
    return _moving(StepKind.SUSPENSION, said, end - old, article=basis, first=first, last=last)


def tell_standstill(first: date, reason: str, basis: str) -> TermStep:
    """A suspension that still lasts."""
    said = Message("stands_still", {"first": first, "reason": reason})
    return TermStep(kind=StepKind.SUSPENSION, said=said, article=basis, first_day=first)


def tell_law(since: date, period: Period, basis: str) -> TermStep:
    """A later law gave the length that was counted."""
    return TermStep(kind=StepKind.LAW, said=Message("later_law", {"since": since, "period": period}), article=basis)


def tell_not_before_law(end: date, since: date) -> TermStep:
    """The new length was over before the law came: its first day is the last day."""
    said = Message("not_before_law", {"since": since})
    return _moving(StepKind.LAW, said, since - end)


def tell_decree() -> TermStep:
    """Article 5: a term in a decree is treated as one in a law."""
    return TermStep(kind=StepKind.SCOPE, said=Message("in_decree"), article=f"{STATUTE} art. 5")


def tell_outside(period: Period) -> TermStep:
    """Article 4: the act does not hold for this length."""
    said = Message("outside_statute", {"period": period})
    return TermStep(kind=StepKind.OUTSIDE, said=said, article=f"{STATUTE} art. 4")


def tell_lengthened(old: date, end: date) -> TermStep:
    """Article 2: two working days."""
    said, article = Message("lengthened", {"end": end}), f"{STATUTE} art. 2"
    return _moving(StepKind.LENGTHENED, said, end - old, article=article, first=old + ONE_DAY, last=end)


def tell_statutory_roll(calendar: Calendar, old: date, end: date, still: Iterable[date]) -> TermStep:
    """Article 1(1): on to the next day that is free of nothing."""
    said = Message("moved_by_statute", {"skipped": _passed_over(calendar, old, end - ONE_DAY, still), "end": end})
    article = f"{STATUTE} art. 1 lid 1 en art. 3"
    return _moving(StepKind.ROLL, said, end - old, article=article, first=old, last=end - ONE_DAY)


def tell_own_roll(calendar: Calendar, old: date, end: date) -> TermStep:
    """A term that is not set in a law and moves by agreement."""
    first, last = (old, end - ONE_DAY) if end > old else (end + ONE_DAY, old)
    skipped = _passed_over(calendar, first, last, ())
    said = Message("moved_on" if end > old else "moved_back", {"skipped": skipped, "end": end})
    return _moving(StepKind.ROLL, said, end - old, first=first, last=last)


def tell_stays(calendar: Calendar, end: date) -> TermStep:
    """An end on a free day that stays where it is."""
    said = Message("stays", {"end": end, "reason": calendar.free_day_reason(end) or WEEKDAYS[end.weekday()]})
    return TermStep(kind=StepKind.STAYS, said=said, first_day=end, last_day=end)


def tell_count_back(anchor: date, end: date, period: Period, basis: str) -> TermStep:
    """A length counted back from a day."""
    said = Message("counted_back", {"period": period, "anchor": anchor, "end": end})
    return _moving(StepKind.COUNT_BACK, said, end - anchor, article=basis, first=end, last=anchor)


def tell_no_roll_back(calendar: Calendar, end: date) -> TermStep:
    """Article 1(2): a back-counted term does not move."""
    said = Message("stays_counted_back", {"end": end, "reason": calendar.free_day_reason(end) or ""})
    return TermStep(kind=StepKind.STAYS, said=said, article=f"{STATUTE} art. 1 lid 2", first_day=end, last_day=end)


def tell_fixed_day(day: date, end: date, basis: str) -> TermStep:
    """A last day that is given as a date."""
    said = Message("fixed_day", {"end": end})
    return _moving(StepKind.FIXED_DAY, said, end - day, article=basis, first=end, last=end)


def tell_start_at(at: datetime) -> TermStep:
    """The moment from which hours are counted."""
    return TermStep(kind=StepKind.START, said=Message("starts_at", {"at": at}))


def tell_hours(at: datetime, end: datetime, period: Period, basis: str) -> TermStep:
    """A length in hours."""
    said = Message("hours_after" if end >= at else "hours_before", {"period": period, "at": at, "end": end})
    kind = StepKind.COUNT if end >= at else StepKind.COUNT_BACK
    return TermStep(kind=kind, said=said, article=basis, shift=end - at)


def tell_office(office: OfficeHours) -> TermStep:
    """Which hours count, for a term that does not run around the clock."""
    return TermStep(kind=StepKind.SCOPE, said=Message("in_office", {"opens": office.opens, "closes": office.closes}))


def tell_stands_still_at(at: datetime, reason: str, basis: str) -> TermStep:
    """A suspension of a term in hours that still lasts."""
    said = Message("stands_still_at", {"at": at, "reason": reason})
    return TermStep(kind=StepKind.SUSPENSION, said=said, article=basis)


def tell_hours_moved(kind: StepKind, old: datetime, end: datetime, reason: str, basis: str) -> TermStep:
    """An extension or a standstill of a term in hours."""
    said = Message(
        "hours_extended" if kind is StepKind.EXTENSION else "hours_stood_still", {"reason": reason, "end": end}
    )
    return TermStep(kind=kind, said=said, article=basis, shift=end - old)


def _passed_over(calendar: Calendar, first: date, last: date, still: Iterable[date]) -> list[tuple[date, str]]:
    """Each day first..last with why it is passed over; no reason where the name of the day says it."""
    stood_still = set(still)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [(day, STOOD_STILL if day in stood_still else _named_reason(calendar, day)) for day in days]


def _named_reason(calendar: Calendar, day: date) -> str:
    reason = calendar.free_day_reason(day)
    return "" if reason is None or reason in WEEKDAYS else reason


def _moving(
    kind: StepKind,
    said: Message,
    shift: timedelta,
    *,
    article: str = "",
    first: date | None = None,
    last: date | None = None,
) -> TermStep:
    return TermStep(kind=kind, said=said, article=article, shift=shift, first_day=first, last_day=last)
