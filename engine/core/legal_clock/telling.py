"""The Dutch sentences of an explanation, one for each kind of step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from engine.core.dutch import WEEKDAYS, count_words, join_words, write_day, write_moment
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.counting import ONE_DAY
from engine.core.legal_clock.ledger import Deferred, Extended
from engine.core.legal_clock.period import Period, in_dutch
from engine.core.legal_clock.projection import StepKind, TermStep

STATUTE = "Algemene termijnenwet"


def tell_start(day: date) -> TermStep:
    """Day 0."""
    text = f"De termijn begint te lopen na {write_day(day)} (dag 0); {write_day(day + ONE_DAY)} is dag 1."
    return TermStep(kind=StepKind.START, text=text, first_day=day, last_day=day)


def tell_count(day: date, end: date, period: Period, basis: str) -> TermStep:
    """The length itself, before anything moves the end."""
    text = f"{in_dutch(period)} na {write_day(day)} is {write_day(end)}."
    return _moving(StepKind.COUNT, text, end - day, article=basis, first=day + ONE_DAY, last=end)


def tell_extension(old: date, end: date, extended: Extended) -> TermStep:
    """An extension."""
    text = f"Verlengd met {in_dutch(extended.period)}{_because(extended.reason)}: {write_day(end)}."
    return _moving(StepKind.EXTENSION, text, end - old, article=extended.basis)


def tell_deferral(old: date, end: date, deferred: Deferred) -> TermStep:
    """A last day that was replaced by a named day."""
    text = f"De laatste dag is uitgesteld tot en met {write_day(end)}{_because(deferred.reason)}."
    return _moving(StepKind.DEFERRAL, text, end - old, article=deferred.basis)


def tell_suspension(old: date, end: date, first: date, last: date, reason: str, basis: str) -> TermStep:
    """A suspension that ended; `first`..`last` stood still."""
    days = (last - first).days + 1
    if days <= 0:
        text = f"De klok stond niet stil: opgeschort en hervat zonder hele dag ertussen{_because(reason)}."
        return TermStep(kind=StepKind.SUSPENSION, text=text, article=basis)
    span = write_day(first) if days == 1 else f"{write_day(first)} tot en met {write_day(last)}"
    effect = f"het einde wordt {write_day(end)}" if end != old else "het einde verschuift daardoor niet"
    text = f"De klok stond {count_words(days, 'dag', 'dagen')} stil, {span}{_because(reason)}; {effect}."
    return _moving(StepKind.SUSPENSION, text, end - old, article=basis, first=first, last=last)


def tell_standstill(first: date, reason: str, basis: str) -> TermStep:
    """A suspension that still lasts."""
    text = f"De klok staat stil vanaf {write_day(first)}{_because(reason)}; de laatste dag volgt na hervatting."
    return TermStep(kind=StepKind.SUSPENSION, text=text, article=basis, first_day=first)


def tell_decree() -> TermStep:
    """Article 5: a term in a decree is treated as one in a law."""
    text = f"De termijn staat in een algemene maatregel van bestuur; ook daarvoor geldt de {STATUTE}."
    return TermStep(kind=StepKind.SCOPE, text=text, article=f"{STATUTE} art. 5")


def tell_outside(period: Period) -> TermStep:
    """Article 4: the act does not hold for this length."""
    text = f"De {STATUTE} geldt niet voor een termijn van {in_dutch(period)}; het einde schuift niet op."
    return TermStep(kind=StepKind.OUTSIDE, text=text, article=f"{STATUTE} art. 4")


def tell_lengthened(old: date, end: date) -> TermStep:
    """Article 2: two working days."""
    text = f"De termijn moet ten minste twee werkdagen bevatten en loopt daarom tot en met {write_day(end)}."
    article = f"{STATUTE} art. 2"
    return _moving(StepKind.LENGTHENED, text, end - old, article=article, first=old + ONE_DAY, last=end)


def tell_statutory_roll(calendar: Calendar, old: date, end: date, still: Iterable[date]) -> TermStep:
    """Article 1(1): on to the next day that is free of nothing."""
    skipped = describe_days(calendar, old, end - ONE_DAY, still)
    text = f"Het einde valt op een vrije dag en schuift over {join_words(skipped)} naar {write_day(end)}."
    article = f"{STATUTE} art. 1 lid 1 en art. 3"
    return _moving(StepKind.ROLL, text, end - old, article=article, first=old, last=end - ONE_DAY)


def tell_own_roll(calendar: Calendar, old: date, end: date) -> TermStep:
    """A term that is not set in a law and moves by agreement."""
    first, last = (old, end - ONE_DAY) if end > old else (end + ONE_DAY, old)
    skipped = join_words(describe_days(calendar, first, last, ()))
    direction = "vooruit" if end > old else "terug"
    text = f"Afspraak: een einde op een vrije dag schuift {direction} over {skipped} naar {write_day(end)}."
    return _moving(StepKind.ROLL, text, end - old, first=first, last=last)


def tell_stays(calendar: Calendar, end: date) -> TermStep:
    """An end on a free day that stays where it is."""
    reason = calendar.free_day_reason(end) or WEEKDAYS[end.weekday()]
    text = f"Het einde valt op {write_day(end)} ({reason}) en blijft daar."
    return TermStep(kind=StepKind.STAYS, text=text, first_day=end, last_day=end)


def tell_count_back(anchor: date, end: date, period: Period, basis: str) -> TermStep:
    """A length counted back from a day."""
    text = f"{in_dutch(period)} terug vanaf {write_day(anchor)} is {write_day(end)}."
    return _moving(StepKind.COUNT_BACK, text, end - anchor, article=basis, first=end, last=anchor)


def tell_no_roll_back(calendar: Calendar, end: date) -> TermStep:
    """Article 1(2): a back-counted term does not move."""
    reason = calendar.free_day_reason(end)
    seen = f" ({reason})" if reason else ""
    text = f"Er wordt teruggerekend, dus het einde blijft op {write_day(end)}{seen}."
    return TermStep(kind=StepKind.STAYS, text=text, article=f"{STATUTE} art. 1 lid 2", first_day=end, last_day=end)


def tell_fixed_day(day: date, end: date, basis: str) -> TermStep:
    """A last day that is given as a date."""
    text = f"De laatste dag is een vaste datum: {write_day(end)}."
    return _moving(StepKind.FIXED_DAY, text, end - day, article=basis, first=end, last=end)


def tell_start_at(at: datetime) -> TermStep:
    """The moment from which hours are counted."""
    return TermStep(kind=StepKind.START, text=f"De termijn begint op {write_moment(at)}.")


def tell_hours(at: datetime, end: datetime, period: Period, basis: str) -> TermStep:
    """A length in hours."""
    side = "na" if end >= at else "voor"
    text = f"{in_dutch(period)} {side} {write_moment(at)} is {write_moment(end)}."
    kind = StepKind.COUNT if end >= at else StepKind.COUNT_BACK
    return TermStep(kind=kind, text=text, article=basis, shift=end - at)


def tell_stands_still_at(at: datetime, reason: str, basis: str) -> TermStep:
    """A suspension of a term in hours that still lasts."""
    text = f"De klok staat stil vanaf {write_moment(at)}{_because(reason)}; het einde volgt na hervatting."
    return TermStep(kind=StepKind.SUSPENSION, text=text, article=basis)


def tell_hours_moved(kind: StepKind, old: datetime, end: datetime, reason: str, basis: str) -> TermStep:
    """An extension or a standstill of a term in hours."""
    what = "Verlengd" if kind is StepKind.EXTENSION else "De klok stond stil"
    text = f"{what}{_because(reason)}: het einde wordt {write_moment(end)}."
    return TermStep(kind=kind, text=text, article=basis, shift=end - old)


def describe_days(calendar: Calendar, first: date, last: date, still: Iterable[date]) -> list[str]:
    """Each day first..last in words, with why it is passed over."""
    stood_still = set(still)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [_describe_day(calendar, day, is_still=day in stood_still) for day in days]


def _describe_day(calendar: Calendar, day: date, *, is_still: bool) -> str:
    if is_still:
        return f"{write_day(day)} (klok stond stil)"
    reason = calendar.free_day_reason(day)
    return write_day(day) if reason in (None, *WEEKDAYS) else f"{write_day(day)} ({reason})"


def _because(reason: str) -> str:
    return f" ({reason})" if reason else ""


def _moving(
    kind: StepKind,
    text: str,
    shift: timedelta,
    *,
    article: str = "",
    first: date | None = None,
    last: date | None = None,
) -> TermStep:
    return TermStep(kind=kind, text=text, article=article, shift=shift, first_day=first, last_day=last)
