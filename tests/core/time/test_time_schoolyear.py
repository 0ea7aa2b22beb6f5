"""The school year, the end of a declaration, last safe receipt, count dates, school weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from time_world import CALENDAR, day, started, statutory, term

from engine.core.errors import DefinitionError, UsageError
from engine.core.legal_clock.calendar import Vacation
from engine.core.legal_clock.explain import project_free
from engine.core.legal_clock.period import parse_period
from engine.core.legal_clock.schoolyear import (
    SchoolYear,
    day_in,
    end_of_school_year,
    last_safe_receipt_day,
    last_school_year,
    school_year_of,
)
from engine.core.legal_clock.terms import project
from engine.words.of_errors import say
from tests.refusals import refused

# Section 5.2.2 of the specification, with the judgment each rests on.
ENDS = [
    ("2015-01-05", 1, "2016-07-31"),  # ECLI:NL:RBROT:2016:4257
    ("2018-04-25", 1, "2019-07-31"),  # ECLI:NL:RBDHA:2019:14810
    ("2017-07-18", 2, "2019-07-31"),  # ECLI:NL:RVS:2020:2822
    ("2026-11-22", 1, "2028-07-31"),
    ("2026-07-31", 1, "2027-07-31"),
    ("2026-08-01", 1, "2027-07-31"),
    ("2026-08-01", 2, "2028-07-31"),
    ("2026-08-02", 1, "2028-07-31"),
    ("2026-08-01", 0, "2027-07-31"),
    ("2027-03-01", 0, "2027-07-31"),
]


@pytest.mark.parametrize(("given_on", "years", "end"), ENDS)
def test_a_declaration_ends_on_31_july(given_on: str, years: int, end: str) -> None:
    assert end_of_school_year(day(given_on), years) == day(end)


def test_a_negative_number_of_years_is_refused() -> None:
    with refused(UsageError, "-1 is negatief") as caught:
        end_of_school_year(day("2026-08-01"), -1)
    assert "nul of meer" in say(caught.value).next_step


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)), st.integers(1, 10))
def test_a_declaration_holds_at_least_so_many_whole_school_years(given_on: date, years: int) -> None:
    end = end_of_school_year(given_on, years)
    whole = [
        SchoolYear(start)
        for start in range(given_on.year - 1, end.year + 1)
        if given_on <= SchoolYear(start).first_day and SchoolYear(start).last_day <= end
    ]
    assert len(whole) == years


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)))
def test_every_day_lies_in_exactly_one_school_year(any_day: date) -> None:
    year = school_year_of(any_day)
    assert year.holds(any_day)
    assert year.shifted(1).first_day == year.last_day + timedelta(days=1)
    assert not year.shifted(1).holds(any_day)
    assert year.label == f"{year.start_year}-{year.start_year + 1}"


def test_the_last_school_year_runs_up_to_the_end() -> None:
    assert last_school_year(day("2027-07-31")).label == "2026-2027"


@pytest.mark.parametrize(
    ("end", "receipt"), [("2026-07-31", "2026-06-05"), ("2027-07-31", "2027-06-04"), ("2028-07-31", "2028-06-05")]
)
def test_the_last_safe_day_of_receipt(end: str, receipt: str) -> None:
    length = parse_period("8 weeks")
    found = last_safe_receipt_day(day(end), length, CALENDAR)
    assert found == day(receipt)
    later = project_free(statutory("8 weeks"), found + timedelta(days=1), CALENDAR).last_day
    assert later is not None
    assert later > day(end)


def test_without_the_statute_saturday_5_june_2027_is_still_safe() -> None:
    length = parse_period("8 weeks")
    assert last_safe_receipt_day(day("2027-07-31"), length, CALENDAR, termijnenwet=False) == day("2027-06-05")


@pytest.mark.parametrize(
    ("text", "found"),
    [("02-01", "2027-02-01"), ("10-01", "2026-10-01"), ("08-01", "2026-08-01"), ("07-31", "2027-07-31")],
)
def test_a_count_date_is_found_in_its_school_year(text: str, found: str) -> None:
    assert day_in(SchoolYear(2026), text) == day(found)


@pytest.mark.parametrize("text", ["1 februari", "02-30", "13-01", "02-29", ""])
def test_a_day_that_the_school_year_does_not_have_is_refused(text: str) -> None:
    with refused(UsageError, "is geen dag in schooljaar 2026-2027") as caught:
        day_in(SchoolYear(2026), text)
    assert "02-01" in say(caught.value).next_step
    assert day_in(SchoolYear(2027), "02-29") == day("2028-02-29")


@pytest.mark.parametrize(
    ("length", "start", "end"),
    [
        ("1 school week", "2026-10-07", "2026-10-21"),
        ("3 school weeks", "2026-12-09", "2027-01-13"),
        ("4 school weeks", "2026-09-01", "2026-09-29"),
        ("3 school days", "2026-10-08", "2026-10-20"),
        ("5 school days", "2026-04-22", "2026-05-07"),
        ("1 school day", "2026-07-03", "2026-08-17"),
    ],
)
def test_school_weeks_and_days_pass_over_vacations(length: str, start: str, end: str) -> None:
    spec = term(length, kind="agreed", region="noord")
    assert project(spec, (started(start),), CALENDAR).last_day == day(end)


def test_school_days_without_loaded_vacations_warn() -> None:
    spec = term("3 school days", kind="agreed", region="zuid")
    warnings = project(spec, (started("2026-10-08"),), CALENDAR).warnings
    assert any(one.parameters.get("region") == "zuid" for one in warnings)


def test_vacations_that_leave_no_school_day_are_refused() -> None:
    endless = Vacation(
        region="noord", school_year="2026-2027", name="zomer",
        first_day=day("2026-10-01"), last_day=day("2028-10-01"),
    )  # fmt: skip
    calendar = replace(CALENDAR, vacations=(endless,))
    with refused(DefinitionError, "tot 2027-11-07 telt geen enkele dag") as caught:
        project(term("1 school day", region="noord"), (started("2026-10-02"),), calendar)
    assert "vakanties" in say(caught.value).next_step
