from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engine.core.legal_clock.calendar import Calendar, Vacation
from engine.core.legal_clock.period import Period, Unit, parse_period
from engine.core.legal_clock.rounds import SCHOOL_DAY, WORKING_DAY, Round, Rounds
from engine.core.legal_clock.schoolyear import SchoolYear


def vacation(name: str, first: str, last: str, year: str = "2026-2027", school: str = "") -> Vacation:
    days = date.fromisoformat(first), date.fromisoformat(last)
    return Vacation(region="noord", school_year=year, name=name, first_day=days[0], last_day=days[1], school=school)


CALENDAR = Calendar(
    loaded_years=frozenset({2026, 2027}),
    vacations=(
        vacation("zomer", "2026-07-04", "2026-08-16", "2025-2026"),
        vacation("herfst", "2026-10-10", "2026-10-18"),
        vacation("kerst", "2026-12-19", "2027-01-03"),
        vacation("zomer", "2027-07-10", "2027-08-22"),
        vacation("herfst", "2026-10-10", "2026-10-25", school="01AA00"),
    ),
)
YEAR = SchoolYear(2026)
FIRST, LAST = date(2026, 8, 1), date(2027, 7, 31)


def rounds(every: str = "", **more: object) -> Rounds:
    period = parse_period(every) if every else None
    return Rounds(every=period, region="noord", **more)  # type: ignore[arg-type]


def days(found: tuple[Round, ...]) -> list[str]:
    return [one.day.isoformat() for one in found]


def test_every_five_school_weeks_counts_from_the_first_week_of_school_and_passes_over_vacations() -> None:
    found = rounds("5 school weeks").of_year(YEAR, CALENDAR)
    assert days(found)[:5] == ["2026-08-17", "2026-09-21", "2026-11-02", "2026-12-07", "2027-01-25"]
    assert [one.week for one in found][:3] == [1, 6, 11]
    assert [one.slot for one in found][:2] == ["2026-2027/1", "2026-2027/2"]


def test_a_school_with_vacations_of_its_own_has_days_of_its_own() -> None:
    found = rounds("5 school weeks", school="01AA00").of_year(YEAR, CALENDAR)
    assert days(found)[:4] == ["2026-08-17", "2026-09-21", "2026-11-09", "2026-12-14"]


def test_the_first_day_of_school_in_the_week_counts_when_monday_is_free() -> None:
    # 29 March 2027 is Easter Monday; it is the Monday of school week 30.
    found = rounds("29 school weeks").of_year(YEAR, CALENDAR)
    assert (found[1].week, found[1].day) == (30, date(2027, 3, 30))


def test_the_first_time_can_be_in_a_later_week() -> None:
    found = rounds("5 school weeks", first_week=3).of_year(YEAR, CALENDAR)
    assert (found[0].week, found[0].day, found[1].week) == (3, date(2026, 8, 31), 8)


def test_days_are_named_by_what_is_written_and_not_by_where_they_are_moved() -> None:
    found = rounds(on=("12-25", "09-01"), moves=SCHOOL_DAY).of_year(YEAR, CALENDAR)
    assert [(one.slot, one.number, one.day.isoformat()) for one in found] == [
        ("2026-09-01", 1, "2026-09-01"),
        ("2026-12-25", 2, "2027-01-04"),
    ]


def test_a_free_day_goes_to_the_next_working_day_also_within_a_vacation() -> None:
    assert days(rounds(on=("12-26",), moves=WORKING_DAY).of_year(YEAR, CALENDAR)) == ["2026-12-28"]
    assert days(rounds(on=("12-26",)).of_year(YEAR, CALENDAR)) == ["2026-12-26"]


def test_every_month_the_last_day_comes_back_after_a_shorter_month() -> None:
    found = rounds("1 months", since="08-31").of_year(YEAR, CALENDAR)
    assert days(found)[:3] == ["2026-08-31", "2026-09-30", "2026-10-31"]
    assert (len(found), found[-1].day) == (12, date(2027, 7, 31))


def test_half_yearly_is_twice_in_a_school_year() -> None:
    assert days(rounds("6 months", since="09-15").of_year(YEAR, CALENDAR)) == ["2026-09-15", "2027-03-15"]


def test_weeks_that_all_fall_in_one_vacation_are_one_time() -> None:
    found = rounds("1 weeks", since="08-03", moves=SCHOOL_DAY).between(FIRST, date(2026, 8, 31), CALENDAR)
    assert days(found) == ["2026-08-17", "2026-08-24", "2026-08-31"]


def test_what_is_moved_over_the_summer_is_found_in_the_next_school_year() -> None:
    known = rounds(on=("07-20",), moves=WORKING_DAY)
    assert days(known.between(date(2027, 7, 1), date(2027, 8, 31), CALENDAR)) == ["2027-07-20"]
    schooled = rounds(on=("07-20",), moves=SCHOOL_DAY)
    assert days(schooled.between(date(2027, 8, 1), date(2027, 8, 31), CALENDAR)) == ["2027-08-23"]


def test_without_the_vacations_of_a_year_nobody_says_when_its_school_weeks_are() -> None:
    schedule = rounds("5 school weeks")
    assert schedule.of_year(SchoolYear(2027), CALENDAR) == ()
    assert [one.parameters["school_year"] for one in schedule.lacks(SchoolYear(2027), CALENDAR)] == ["2027-2028"]
    assert rounds(on=("10-01",)).lacks(SchoolYear(2027), CALENDAR) == (), "a named day needs no vacations"


def test_without_a_region_no_vacations_are_known() -> None:
    assert Rounds(every=Period(5, Unit.SCHOOL_WEEKS)).of_year(YEAR, CALENDAR) == ()


@given(st.lists(st.dates(FIRST, LAST), max_size=6), st.integers(1, 9), st.sampled_from(["school weeks", "weeks"]))
def test_however_a_year_is_cut_its_rounds_are_the_same(cuts: list[date], amount: int, unit: str) -> None:
    schedule = rounds(f"{amount} {unit}", moves=SCHOOL_DAY)
    whole = schedule.between(FIRST, LAST, CALENDAR)
    edges = [FIRST - timedelta(days=1), *sorted({*cuts, LAST})]
    parts = [
        one for before, last in pairwise(edges) for one in schedule.between(before + timedelta(days=1), last, CALENDAR)
    ]
    assert tuple(parts) == whole
    assert len({one.slot for one in whole}) == len(whole) > 0
