"""The worked vectors: date in, date out, with the legal source of each."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from time_world import CALENDAR, day, statutory, term

from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.explain import project_free
from engine.core.legal_clock.terms import Projection, TermSpec
from engine.core.message import Message
from engine.core.moment import LOCAL_ZONE
from engine.words.of_terms import explain_lines

VECTORS = Path(__file__).with_name("vectors.csv")
FORMS: dict[str, dict[str, Any]] = {
    "statutory": {"kind": "statutory", "termijnenwet": True},
    "agreed": {"kind": "agreed"},
    "target": {"kind": "target"},
    "back": {"kind": "statutory", "termijnenwet": True, "counted_back": True},
}


def read_vectors() -> list[dict[str, str]]:
    with VECTORS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def project_vector(row: dict[str, str]) -> Projection:
    spec = term(row["length"], **FORMS[row["form"]])
    if "T" in row["start"]:
        return project_free(spec, datetime.fromisoformat(row["start"]).replace(tzinfo=LOCAL_ZONE), CALENDAR)
    return project_free(spec, day(row["start"]), CALENDAR)


@pytest.mark.parametrize("row", read_vectors(), ids=lambda row: row["number"])
def test_a_vector_ends_on_its_day(row: dict[str, str]) -> None:
    projection = project_vector(row)
    assert projection.raw_last_day == day(row["raw_last_day"])
    if "T" in row["last_day"]:
        assert projection.ends_at == datetime.fromisoformat(row["last_day"]).replace(tzinfo=LOCAL_ZONE)
    else:
        assert projection.last_day == day(row["last_day"])
        assert projection.ends_at is not None
        end = projection.ends_at.astimezone(LOCAL_ZONE)
        assert (end.date(), end.hour) == (day(row["last_day"]) + timedelta(days=1), 0)
    assert projection.warnings == ()


def test_all_vectors_of_the_specification_are_there() -> None:
    numbers = [row["number"] for row in read_vectors()]
    assert {str(number) for number in range(1, 42)} <= set(numbers)
    assert len(numbers) == len(set(numbers))


def test_the_long_jump_of_5_may_2027_names_every_day_it_passes_over() -> None:
    lines = explain_lines(project_free(statutory("6 weeks"), day("2027-03-24"), CALENDAR))
    roll = next(line for line in lines if "art. 1 lid 1" in line)
    for words in ("5 mei 2027 (Bevrijdingsdag)", "6 mei 2027 (Hemelvaartsdag)", "7 mei 2027 (gelijkgestelde dag"):
        assert words in roll
    assert "zaterdag 8 mei 2027 en zondag 9 mei 2027 naar maandag 10 mei 2027" in roll
    assert lines[-1] == "De laatste dag is maandag 10 mei 2027, tot en met 24.00 uur."


def test_without_the_decree_the_end_differs_and_a_warning_says_so() -> None:
    bare = Calendar()
    projection = project_free(statutory("6 weeks"), day("2026-04-02"), bare)
    assert projection.last_day == day("2026-05-15")
    assert Message("year_not_loaded", {"year": 2026}) in projection.warnings


def test_a_term_into_2029_warns_and_one_inside_2028_does_not() -> None:
    warned = project_free(statutory("6 weeks"), day("2028-12-01"), CALENDAR)
    silent = project_free(statutory("6 weeks"), day("2028-10-02"), CALENDAR)
    assert warned.warnings == (Message("year_not_loaded", {"year": 2029}),)
    assert silent.warnings == ()


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-05-31", 1, "2026-06-30"),
        ("2026-10-31", 4, "2027-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-02-28", 1, "2026-03-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
    ],
)
def test_a_month_ends_on_the_same_number_or_the_last_day(start: str, months: int, end: str) -> None:
    projection = project_free(TermSpec(period=term(f"{months} months").period), day(start), CALENDAR)
    assert projection.last_day == date.fromisoformat(end)
