"""The days of a school year on which something comes round: on named days, every so many months, weeks, school weeks.

A pure function of the schedule and the calendar: it does not matter who asks, how often, or when. A round has a name
that stays the same when the vacations move, so that what was done is not done again on its new day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from engine.core.legal_clock.calendar import ONE_DAY, Calendar
from engine.core.legal_clock.counting import add_months
from engine.core.legal_clock.period import Period, Unit
from engine.core.legal_clock.schoolyear import SchoolYear, day_in, school_year_of
from engine.core.message import Message
from engine.core.quick_class import dataclass

UNITS = (Unit.SCHOOL_WEEKS, Unit.WEEKS, Unit.MONTHS)
"""What the time between two rounds can be counted in."""
SCHOOL_DAY, WORKING_DAY = "school_day", "working_day"
"""Where a round on a free day goes: to the next day of this kind."""
_LONGEST_VACATION = 60
"""In days; who finds none in so many has the wrong vacations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One time that it comes up: on `day`, as the `number`th (from 1) of its school year.

    `slot` is its name: the day as written ("2026-11-01"), or of school weeks the year and the number ("2026-2027/3").
    `written` is the day before it was moved; of school weeks `week` says which week of the school year it is in.
    """

    slot: str
    school_year: str
    number: int
    day: date
    written: date
    week: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """A schedule: `on` days ("MM-DD"), or `every` so long from `since` ("MM-DD") or from school week `first_week`.

    `moves` is where a day in a vacation or weekend goes; empty: it stays.
    """

    on: tuple[str, ...] = ()
    every: Period | None = None
    since: str = ""
    first_week: int = 1
    moves: str = ""
    region: str = ""
    school: str = ""

    def between(self, first: date, last: date, calendar: Calendar) -> tuple[Round, ...]:
        """The rounds on the days first..last, both included, in order. Two that are moved to one day are one."""
        year, through = school_year_of(first).start_year, school_year_of(last).start_year
        # One of the year before may have been moved over the summer.
        found = [one for number in range(year - 1, through + 1) for one in self.of_year(SchoolYear(number), calendar)]
        by_day: dict[date, Round] = {}
        for one in sorted(found, key=lambda one: (one.day, one.written)):
            by_day.setdefault(one.day, one)
        return tuple(one for day, one in by_day.items() if first <= day <= last)

    def of_year(self, year: SchoolYear, calendar: Calendar) -> tuple[Round, ...]:
        """The rounds of one school year, in order; none where the vacations that decide about them are not known."""
        return () if self.lacks(year, calendar) else tuple(self._made(year, calendar))

    def lacks(self, year: SchoolYear, calendar: Calendar) -> tuple[Message, ...]:
        """The vacations that must be known for the rounds of this year, and are not."""
        if not (self.is_in_school_weeks or self.moves == SCHOOL_DAY):
            return ()
        # The summer at its begin belongs to the year before.
        first = year.shifted(-1).last_day
        found = calendar.warnings_for(first, year.last_day, region=self.region or "-", school=self.school)
        return tuple(one for one in found if one.code == "vacations_not_loaded")

    @property
    def is_in_school_weeks(self) -> bool:
        """Whether its days follow from the vacations of a school."""
        return self.every is not None and self.every.unit is Unit.SCHOOL_WEEKS

    def _made(self, year: SchoolYear, calendar: Calendar) -> Iterator[Round]:
        if self.is_in_school_weeks:
            yield from self._by_school_week(year, calendar)
            return
        for number, written in enumerate(sorted(self._written(year)), 1):
            day = self._moved(written, calendar)
            yield Round(slot=written.isoformat(), school_year=year.label, number=number, day=day, written=written)

    def _written(self, year: SchoolYear) -> Iterable[date]:
        if self.every is None:
            return {day_in(year, one) for one in self.on}
        first = day_in(year, self.since) if self.since else year.first_day
        return _repeated(first, self.every, year.last_day)

    def _by_school_week(self, year: SchoolYear, calendar: Calendar) -> Iterator[Round]:
        assert self.every is not None  # asked only then
        monday, week, number = year.first_day - timedelta(days=year.first_day.weekday()), 0, 0
        while monday <= year.last_day:
            days = [day for n in range(5) if year.holds(day := monday + timedelta(days=n))]
            taught = [day for day in days if calendar.is_school_day(day, self.region, self.school)]
            monday += timedelta(days=7)
            if not taught:
                continue
            week += 1
            if week >= self.first_week and (week - self.first_week) % self.every.amount == 0:
                number += 1
                slot = f"{year.label}/{number}"
                yield Round(
                    slot=slot, school_year=year.label, number=number, day=taught[0], written=taught[0], week=week
                )

    def _moved(self, day: date, calendar: Calendar) -> date:
        for later in range(_LONGEST_VACATION if self.moves else 0):
            found = day + later * ONE_DAY
            if calendar.is_working_day(found) and (
                self.moves == WORKING_DAY or calendar.is_school_day(found, self.region, self.school)
            ):
                return found
        return day


def _repeated(first: date, every: Period, last: date) -> Iterator[date]:
    """From the first day on, each counted from the first, so that the 31st comes back after a shorter month."""
    times, day = 0, first
    while day <= last:
        yield day
        times += 1
        steps = times * every.amount
        day = add_months(first, steps) if every.unit is Unit.MONTHS else first + timedelta(weeks=steps)
