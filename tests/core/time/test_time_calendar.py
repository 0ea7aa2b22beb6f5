"""Holidays, equated days and vacations; the comparison with a package from outside."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from time_world import CALENDAR, day

from engine.core.errors import DefinitionError
from engine.core.legal_clock.calendar import Calendar, Vacation
from engine.core.legal_clock.holidays import birthday_celebration, easter_sunday, statutory_holidays
from tests.refusals import refused

DIFFERENCES = Path(__file__).with_name("holidays_differences.csv")
# Section 4.3 of the specification: every holiday and equated day of five years.
FREE_DAYS = {
    2024: "01-01 03-29 04-01 04-27 05-05 05-09 05-10 05-20 12-25 12-26 12-27",
    2025: "01-01 04-18 04-21 04-26 05-05 05-29 05-30 06-09 12-25 12-26",
    2026: "01-01 01-02 04-03 04-06 04-27 05-05 05-14 05-15 05-25 12-25 12-26",
    2027: "01-01 03-26 03-29 04-27 05-05 05-06 05-07 05-17 12-25 12-26",
    2028: "01-01 04-14 04-17 04-27 04-28 05-05 05-25 05-26 06-05 12-25 12-26",
}


@pytest.mark.parametrize("year", FREE_DAYS)
def test_the_holidays_of_a_year_are_those_of_the_specification(year: int) -> None:
    assert [f"{found:%m-%d}" for found in sorted(CALENDAR.holidays_in(year))] == FREE_DAYS[year].split()


@pytest.mark.parametrize("year", range(1970, 2051))
def test_every_difference_with_the_package_is_listed_and_none_is_missing(year: int) -> None:
    with DIFFERENCES.open(encoding="utf-8", newline="") as lines:
        listed = {row["day"]: row for row in csv.DictReader(lines) if row["day"].startswith(str(year))}
    theirs = set(holidays.country_holidays("NL", years=year))
    ours = set(statutory_holidays(year))
    found = {found.isoformat(): "package" if found in theirs else "ours" for found in theirs ^ ours}
    assert {text: row["only_in"] for text, row in listed.items()} == found
    assert all(row["justification"] for row in listed.values())


def slow_easter(year: int) -> date:
    """The first Sunday after the church's full moon on or after 21 March, by golden number and epact."""
    golden, century = year % 19 + 1, year // 100 + 1
    solar, lunar = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    epact = (11 * golden + 20 + lunar - solar) % 30
    epact += epact == 24 or (epact == 25 and golden > 11)
    moon = 44 - epact
    full = date(year, 3, 1) + timedelta(days=(moon + 30 if moon < 21 else moon) - 1)
    return full + timedelta(days=7 - (full.weekday() + 1) % 7)


def test_easter_agrees_with_another_method_for_three_centuries() -> None:
    assert [easter_sunday(year) for year in range(1900, 2200)] == [slow_easter(year) for year in range(1900, 2200)]


@pytest.mark.parametrize(
    ("year", "celebrated"),
    [(1978, "1978-05-01"), (1989, "1989-04-29"), (2013, "2013-04-30"), (2014, "2014-04-26"), (2026, "2026-04-27")],
)
def test_the_birthday_of_the_monarch_moves_away_from_a_sunday(year: int, celebrated: str) -> None:
    assert birthday_celebration(year) == day(celebrated)
    assert CALENDAR.is_free_day(day(celebrated))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-05-01", None),
        ("2026-04-04", "zaterdag"),
        ("2026-04-05", "zondag"),
        ("2025-04-26", "Koningsdag"),
        ("2026-04-03", "Goede Vrijdag"),
        ("2026-05-15", "gelijkgestelde dag (besluit gelijkstelling 2026-2028)"),
    ],
)
def test_a_free_day_says_why(text: str, reason: str | None) -> None:
    assert CALENDAR.free_day_reason(day(text)) == reason
    assert CALENDAR.is_free_day(day(text)) is (reason is not None)
    assert CALENDAR.is_working_day(day(text)) is (reason is None)


def test_a_year_without_a_loaded_decree_is_warned_about_once_for_each_year() -> None:
    warnings = CALENDAR.warnings_for(day("2028-06-01"), day("2030-06-01"))
    assert [warning.parameters for warning in warnings] == [{"year": 2029}, {"year": 2030}]
    assert CALENDAR.warnings_for(day("2023-01-01"), day("2028-12-31")) == ()


def test_school_days_are_working_days_outside_the_vacations() -> None:
    assert not CALENDAR.is_school_day(day("2026-10-12"), "noord")
    assert CALENDAR.is_school_day(day("2026-10-19"), "noord")
    assert not CALENDAR.is_school_day(day("2026-10-24"), "noord")
    assert not CALENDAR.is_school_day(day("2027-03-26"), "noord")
    assert CALENDAR.is_in_school_week(day("2026-10-25"), "noord")
    assert not CALENDAR.is_in_school_week(day("2026-10-14"), "noord")


def test_the_vacation_of_a_school_goes_before_that_of_its_region() -> None:
    own = Vacation(
        region="noord", school="de linde", school_year="2026-2027", name="herfst",
        first_day=day("2026-10-17"), last_day=day("2026-10-25"),
    )  # fmt: skip
    calendar = replace(CALENDAR, vacations=(*CALENDAR.vacations, own))
    assert calendar.is_school_day(day("2026-10-12"), "noord", "de linde")
    assert not calendar.is_school_day(day("2026-10-19"), "noord", "de linde")
    assert not calendar.is_school_day(day("2026-12-21"), "noord", "de linde")
    assert calendar.is_school_day(day("2026-10-19"), "noord")


def test_a_school_year_without_vacations_is_warned_about() -> None:
    warnings = CALENDAR.warnings_for(day("2028-08-01"), day("2028-12-01"), region="noord")
    assert [one.parameters for one in warnings] == [{"school_year": "2028-2029", "region": "noord"}]


def test_a_vacation_that_ends_before_it_begins_is_refused() -> None:
    with refused(DefinitionError, "eindigt op 2026-10-10, voor zij begint"):
        Vacation(
            region="noord", school_year="2026-2027", name="herfst",
            first_day=day("2026-10-18"), last_day=day("2026-10-10"),
        )  # fmt: skip


def test_two_calendars_with_the_same_content_are_equal_whatever_was_asked() -> None:
    one, other = Calendar(loaded_years=frozenset({2026})), Calendar(loaded_years=frozenset({2026}))
    one.is_free_day(day("2026-05-05"))
    assert one == other
