"""Which days are free: weekends, statutory holidays, days equated by decree, school vacations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, timedelta

from engine.core.dutch import WEEKDAYS
from engine.core.errors import DefinitionError
from engine.core.legal_clock.holidays import statutory_holidays
from engine.core.message import Message
from engine.core.quick_class import dataclass

ONE_DAY = timedelta(days=1)
_COMMON_YEAR = 2001
_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacation:
    """A school vacation of a region, or of one school: `school` is then filled and goes before the region.

    `first_day` and `last_day` both belong to it. `school_year` is a label such as "2026-2027".
    """

    region: str
    school_year: str
    name: str
    first_day: date
    last_day: date
    source: str = ""
    school: str = ""

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise DefinitionError(
                "vacation_ends_before_start",
                name=self.name,
                school_year=self.school_year,
                last_day=self.last_day,
                first_day=self.first_day,
            )

    def holds(self, day: date) -> bool:
        """Whether the day belongs to this vacation."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDay:
    """A day that comes back every year, such as a count date: `month_day` is "MM-DD", and exists every year."""

    month_day: str
    label: str
    source: str = ""

    def __post_init__(self) -> None:
        match = _MONTH_DAY.fullmatch(self.month_day)
        try:
            if match is None:
                raise ValueError(self.month_day)
            date(_COMMON_YEAR, int(match[1]), int(match[2]))
        except ValueError:
            raise DefinitionError("no_day_of_every_year", day=self.month_day) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHours:
    """When people work: from `opens` up to `closes` ("08:30", local wall clock), on working days of the calendar."""

    opens: str
    closes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The days that do not count as working days.

    `equated_days` are the days equated with a holiday by royal decree (Algemene termijnenwet art. 3(3)), per
    year, each with its source. `loaded_years` are the years for which those decrees are known to be complete,
    also when they name no day; reaching outside them gives a warning, never a guess.
    """

    equated_days: Mapping[int, Mapping[date, str]] = field(default_factory=dict)
    loaded_years: frozenset[int] = frozenset()
    vacations: tuple[Vacation, ...] = ()
    year_days: tuple[YearDay, ...] = ()
    # Filled year by year on first use; makes the question "is this day free" one dictionary lookup.
    _names_by_year: dict[int, dict[date, str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _school_free: dict[tuple[str, str], frozenset[date]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    # Answers to questions that cost hundreds of steps, by question; a calendar never changes, so they stay true.
    answers: dict[object, date] = field(default_factory=dict, init=False, repr=False, compare=False)

    def holidays_in(self, year: int) -> Mapping[date, str]:
        """Every holiday and equated day of the year with its Dutch name, weekends left out."""
        names = self._names_by_year.get(year)
        if names is None:
            equated = {day: f"gelijkgestelde dag ({source})" for day, source in self.equated_days.get(year, {}).items()}
            names = self._names_by_year[year] = equated | dict(statutory_holidays(year))
        return names

    def is_free_day(self, day: date) -> bool:
        """Saturday, Sunday, or a holiday in the sense of article 3 of the Algemene termijnenwet."""
        return day.weekday() >= 5 or day in self.holidays_in(day.year)

    def free_day_reason(self, day: date) -> str | None:
        """Why the day is free, in Dutch; None for a working day. A holiday's name goes before "zaterdag"."""
        name = self.holidays_in(day.year).get(day)
        if name is None and day.weekday() >= 5:
            return WEEKDAYS[day.weekday()]
        return name

    def is_working_day(self, day: date) -> bool:
        """The opposite of a free day."""
        return not self.is_free_day(day)

    def vacation_on(self, day: date, region: str, school: str = "") -> Vacation | None:
        """The vacation that holds the day for this school, or for its region where it has none of its own."""
        return next((vacation for vacation in self._vacations_of(region, school) if vacation.holds(day)), None)

    def is_school_day(self, day: date, region: str, school: str = "") -> bool:
        """A working day outside the vacations of the region, or of the school where it differs."""
        key = (region, school)
        free = self._school_free.get(key)
        if free is None:
            free = self._school_free[key] = frozenset(_days_of(self._vacations_of(region, school)))
        return day not in free and not self.is_free_day(day)

    def is_in_school_week(self, day: date, region: str, school: str = "") -> bool:
        """Whether the week (Monday to Sunday) of the day has at least one school day."""
        monday = day - timedelta(days=day.weekday())
        return any(self.is_school_day(monday + timedelta(days=n), region, school) for n in range(5))

    def warnings_for(self, first: date, last: date, *, region: str = "", school: str = "") -> tuple[Message, ...]:
        """Warnings about the days first..last (both included) that the calendar does not fully know."""
        years = [year for year in range(first.year, last.year + 1) if year not in self.loaded_years]
        found = [Message("year_not_loaded", {"year": year}) for year in years]
        if region:
            found += self._unloaded_vacations(first, last, region, school)
        return tuple(found)

    def _vacations_of(self, region: str, school: str) -> tuple[Vacation, ...]:
        own = tuple(v for v in self.vacations if school and v.school == school)
        replaced = {(v.school_year, v.name) for v in own}
        return own + tuple(
            v for v in self.vacations if v.region == region and not v.school and (v.school_year, v.name) not in replaced
        )

    def _unloaded_vacations(self, first: date, last: date, region: str, school: str) -> list[Message]:
        known = {vacation.school_year for vacation in self._vacations_of(region, school)}
        starts = range(_school_year_start(first), _school_year_start(last) + 1)
        labels = [f"{year}-{year + 1}" for year in starts]
        missing = [label for label in labels if label not in known]
        return [Message("vacations_not_loaded", {"school_year": label, "region": region}) for label in missing]


def _school_year_start(day: date) -> int:
    return day.year if day.month >= 8 else day.year - 1


def _days_of(vacations: Iterable[Vacation]) -> Iterable[date]:
    for vacation in vacations:
        for number in range((vacation.last_day - vacation.first_day).days + 1):
            yield vacation.first_day + timedelta(days=number)
