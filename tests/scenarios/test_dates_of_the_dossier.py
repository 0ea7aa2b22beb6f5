"""The dates of the dossier on the terms as the real content writes them; stories cannot reach so far back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import pytest

from engine.core.evaluation.prepared import Content
from engine.core.legal_clock.explain import free_ledger, free_start
from engine.core.legal_clock.ledger import Extended, LedgerEntry, Resumed, Suspended
from engine.core.legal_clock.period import Period
from engine.core.legal_clock.recording import record
from engine.core.legal_clock.terms import project
from engine.words.of_terms import explain_lines
from tests.real_content import real_catalogue

SUNDAY = 6
TOLD = datetime(2026, 1, 1, tzinfo=UTC)


OBJECTION = "beslistermijn_bezwaar"
OF_OBJECTION = (OBJECTION, "stukken_insturen", "stukken_ter_inzage")


@lru_cache
def content(term_id: str) -> Content:
    workflow = "bezwaar" if term_id in OF_OBJECTION else "tlv"
    return real_catalogue().content("almere", workflow, date(2026, 11, 23))


def last_day(term_id: str, start: str, *acts: LedgerEntry, weeks: int = 12) -> str:
    """`weeks` is what the rules say of an objection: twelve with a committee, six without."""
    found, calendar = content(term_id), content(term_id).calendar
    spec = found.term(term_id)
    begin = free_start(date.fromisoformat(start))
    if spec.length_of is not None:
        begin = replace(begin, period=Period(weeks, spec.length_of.unit))
    ledger = record(spec, (begin,), calendar, *acts)
    return str(project(spec, ledger, calendar).last_day)


def adjourned(term_id: str, day: str) -> Extended:
    prolonging = content(term_id).term(term_id).extension
    assert prolonging is not None
    return Extended(recorded_at=TOLD, by="bestuur", period=prolonging.period, on_day=date.fromisoformat(day))


@pytest.mark.parametrize(
    ("term", "start", "ends"),
    [
        ("bezwaartermijn", "2026-01-19", "2026-03-02"),
        ("beslistermijn_bezwaar", "2026-03-02", "2026-05-26"),
        ("bezwaartermijn", "2026-01-26", "2026-03-09"),
        ("bezwaartermijn", "2027-03-24", "2027-05-10"),
        ("beslistermijn", "2026-11-23", "2027-01-18"),
        ("beslistermijn", "2024-11-01", "2024-12-30"),
        ("dwangsomtermijn", "2026-12-11", "2026-12-28"),
        ("bezwaartermijn", "2026-12-14", "2027-01-25"),
    ],
)
def test_the_term_ends_on_the_day_of_the_dossier(term: str, start: str, ends: str) -> None:
    assert last_day(term, start) == ends


def test_without_a_committee_the_decision_takes_six_weeks() -> None:
    assert last_day(OBJECTION, "2026-03-09", weeks=6) == "2026-04-20"


def test_adjourning_counts_from_the_raw_end_which_is_the_safe_reading() -> None:
    # Counted from Tuesday 26 May it would have been 7 July.
    assert last_day("beslistermijn_bezwaar", "2026-03-02", adjourned("beslistermijn_bezwaar", "2026-05-20")) == (
        "2026-07-06"
    )


def test_ten_days_of_standing_still_come_on_top() -> None:
    still = (
        Suspended(recorded_at=TOLD, by="toeleiding", from_day=date.fromisoformat("2026-01-22")),
        Resumed(recorded_at=TOLD, by="toeleiding", on_day=date.fromisoformat("2026-02-02")),
    )
    assert last_day("beslistermijn", "2026-01-12") == "2026-03-09"
    assert last_day("beslistermijn", "2026-01-12", *still) == "2026-03-19"


@pytest.mark.parametrize(
    ("term", "hearing", "ends"),
    [("stukken_insturen", "2026-05-11", "2026-05-01"), ("stukken_ter_inzage", "2026-05-11", "2026-05-04")],
)
def test_what_is_counted_back_from_a_hearing_is_never_lengthened(term: str, hearing: str, ends: str) -> None:
    assert last_day(term, hearing) == ends


def test_a_decision_on_objection_stands_still_while_the_objection_is_put_right() -> None:
    term = "beslistermijn_bezwaar"
    still = (
        Suspended(recorded_at=TOLD, by="toeleiding", from_day=date(2026, 3, 12)),
        Resumed(recorded_at=TOLD, by="toeleiding", on_day=date(2026, 3, 19)),
    )
    gained = date.fromisoformat(last_day(term, "2026-03-09", *still)) - date.fromisoformat(last_day(term, "2026-03-09"))
    assert gained.days >= 6


def test_the_nine_day_jump_of_5_may_2027_is_told_whole() -> None:
    found = content("bezwaartermijn")
    spec = found.term("bezwaartermijn")
    ledger = free_ledger(spec, date(2027, 3, 24), found.calendar)
    told = " ".join(explain_lines(project(spec, ledger, found.calendar)))
    for words in ("woensdag 5 mei 2027 (Bevrijdingsdag)", "Hemelvaartsdag", "vrijdag 7 mei 2027 (gelijkgestelde dag"):
        assert words in told
    assert "De laatste dag is maandag 10 mei 2027" in told


@pytest.mark.parametrize(
    ("year", "days"),
    [
        ("2024", "01-01 03-29 04-01 04-27 05-05 05-09 05-10 05-20 12-25 12-26 12-27"),
        ("2025", "01-01 04-18 04-21 04-26 05-05 05-29 05-30 06-09 12-25 12-26"),
        ("2026", "01-01 01-02 04-03 04-06 04-27 05-05 05-14 05-15 05-25 12-25 12-26"),
        ("2027", "01-01 03-26 03-29 04-27 05-05 05-06 05-07 05-17 12-25 12-26"),
        ("2028", "01-01 04-14 04-17 04-27 04-28 05-05 05-25 05-26 06-05 12-25 12-26"),
    ],
)
def test_the_free_days_of_a_year_are_those_of_the_dossier(year: str, days: str) -> None:
    """Easter Sunday and Whit Sunday are Sundays anyway; the dossier leaves them out."""
    calendar, first = content("bezwaartermijn").calendar, date(int(year), 1, 1)
    every = (first + timedelta(days=number) for number in range(366))
    named = {one for one in every if calendar.free_day_reason(one) not in (None, "zaterdag", "zondag")}
    listed = {date.fromisoformat(f"{year}-{one}") for one in days.split()}
    assert {one for one in named ^ listed if one.weekday() != SUNDAY and one.year == first.year} == set()


@pytest.mark.parametrize("first_day", ["2026-08-17", "2027-08-23"])
def test_the_school_year_begins_after_the_summer_on_the_day_of_the_dossier(first_day: str) -> None:
    calendar, begins = content("bezwaartermijn").calendar, date.fromisoformat(first_day)
    before = (begins - timedelta(days=number) for number in range(1, 40))
    assert calendar.is_school_day(begins, "noord")
    assert [one for one in before if calendar.is_school_day(one, "noord")] == []
