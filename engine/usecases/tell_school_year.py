"""The school year of a day, with the dates that hang on it: count dates, the end of a TLV, the last safe receipt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from engine.core.legal_clock.period import Period
from engine.core.legal_clock.schoolyear import (
    SchoolYear,
    day_in,
    end_of_school_year,
    last_safe_receipt_day,
    last_school_year,
    school_year_of,
)
from engine.core.quick_class import dataclass
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.footprint import Footprint
from engine.usecases.chosen_organisation import choose_organisation
from engine.words.of_terms import say_step


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedDay:
    """A day of the year with its meaning and its source."""

    day: date
    label: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSchoolYear:
    """The school year of `day`, and when years were asked: through which day something issued on `day` is valid.

    `last_year` is the school year in which it ends; `last_receipt_day` the last day on which a request for a next
    one can come in so that a term of the asked length ends in time.
    """

    day: date
    year: SchoolYear
    fixed_days: tuple[FixedDay, ...]
    end: date | None = None
    last_year: SchoolYear | None = None
    last_receipt_day: date | None = None
    warnings: tuple[str, ...] = ()


def tell_school_year(
    root: Path, day: date, *, years: int | None = None, length: Period | None = None, organisation: str = ""
) -> ToldSchoolYear:
    """The school year of a day by the calendar of an organisation.

    `years` whole school years give the end; with `length` also the last safe day of receipt, for a term under the
    Algemene termijnenwet. Raises UsageError for a negative number of years.
    """
    catalogue = Catalogue(root)
    calendar = catalogue.loader.organisations.calendar(choose_organisation(catalogue, organisation), Footprint())
    year = school_year_of(day)
    found = (
        FixedDay(day=day_in(year, one.month_day), label=one.label, source=one.source) for one in calendar.year_days
    )
    end = None if years is None else end_of_school_year(day, years)
    safe = last_safe_receipt_day(end, length, calendar) if end and length else None
    return ToldSchoolYear(
        day=day,
        year=year,
        fixed_days=tuple(sorted(found, key=lambda one: one.day)),
        end=end,
        last_year=last_school_year(end) if end else None,
        last_receipt_day=safe,
        warnings=tuple(say_step(one) for one in calendar.warnings_for(safe, end)) if safe and end else (),
    )
