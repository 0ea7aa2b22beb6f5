"""The explanation as text and as plain values, day by day, and as a picture."""

from __future__ import annotations

import json
import random
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from test_time_random import make_term
from time_world import CALENDAR, at, day, resumed, started, started_at, statutory, suspended, term

from engine.core.legal_clock.explain import project_free
from engine.core.legal_clock.period import Unit
from engine.core.legal_clock.term_days import DayTone, tell_term_days
from engine.core.legal_clock.terms import Projection, TermSpec, project
from engine.letters.term_picture import draw_term
from engine.words.of_terms import describe_end, explain_lines, explain_plain

SVG = "{http://www.w3.org/2000/svg}"
OBJECTION = statutory("6 weeks", basis=("Awb 6:7",))


def test_the_text_names_every_step_with_its_article() -> None:
    assert explain_lines(project_free(OBJECTION, day("2026-03-24"), CALENDAR)) == (
        "De termijn begint te lopen na dinsdag 24 maart 2026 (dag 0); woensdag 25 maart 2026 is dag 1.",
        "6 weken na dinsdag 24 maart 2026 is dinsdag 5 mei 2026. [Awb 6:7]",
        "Het einde valt op een vrije dag en schuift over dinsdag 5 mei 2026 (Bevrijdingsdag) naar"
        " woensdag 6 mei 2026. [Algemene termijnenwet art. 1 lid 1 en art. 3]",
        "De laatste dag is woensdag 6 mei 2026, tot en met 24.00 uur.",
    )


@pytest.mark.parametrize(
    ("spec", "start", "article"),
    [
        (statutory("13 weeks"), "2026-01-02", "Algemene termijnenwet art. 4"),
        (statutory("3 days"), "2026-04-02", "Algemene termijnenwet art. 2"),
        (statutory("6 weeks"), "2026-03-24", "Algemene termijnenwet art. 1 lid 1 en art. 3"),
        (statutory("10 weeks", counted_back=True), "2027-08-01", "Algemene termijnenwet art. 1 lid 2"),
    ],
)
def test_each_article_is_a_step_of_its_own(spec: TermSpec, start: str, article: str) -> None:
    articles = [step.article for step in project_free(spec, day(start), CALENDAR).steps]
    assert articles.count(article) == 1


def test_the_plain_form_is_json_and_adds_up() -> None:
    plain = json.loads(json.dumps(explain_plain(project_free(OBJECTION, day("2027-03-24"), CALENDAR))))
    assert {"last_day", "steps", "warnings"} <= plain.keys()
    assert plain["last_day"] == "2027-05-10"
    assert sum(step["shift_days"] for step in plain["steps"]) == (day("2027-05-10") - day("2027-03-24")).days
    assert plain["warnings"] == []


def test_the_end_in_one_sentence_for_every_state() -> None:
    standing = project(OBJECTION, (started("2026-03-24"), suspended("2026-03-30")), CALENDAR)
    assert describe_end(Projection(status="not_started")) == "De klok loopt nog niet."
    assert describe_end(standing) == "De klok staat stil; de laatste dag is op zijn vroegst woensdag 6 mei 2026."
    hours = project_free(term("48 hours"), at("2026-12-24T13:00"), CALENDAR)
    assert describe_end(hours) == "De termijn eindigt op zaterdag 26 december 2026 om 14.00 uur."


def test_warnings_are_told_after_the_result() -> None:
    lines = explain_lines(project_free(OBJECTION, day("2028-12-01"), CALENDAR))
    assert lines[-1].startswith("Let op: Voor 2029")


def test_the_days_tell_what_counts_stands_still_and_is_passed_over() -> None:
    ledger = (started("2027-03-14"), suspended("2027-03-20"), resumed("2027-03-30"))
    days = tell_term_days(OBJECTION, ledger, CALENDAR)
    tones = {term_day.day.isoformat(): term_day.tone for term_day in days}
    assert tones["2027-03-14"] is DayTone.START
    assert tones["2027-03-20"] is DayTone.COUNTS
    assert [tones[f"2027-03-{number}"] for number in range(21, 30)] == [DayTone.STILL] * 9
    assert tones["2027-05-04"] is DayTone.LAST
    assert [term_day.number for term_day in days if term_day.number] == list(range(1, 43))
    moved = tell_term_days(OBJECTION, (started("2027-03-24"),), CALENDAR)
    passed = [term_day for term_day in moved if term_day.tone is DayTone.PASSED_OVER]
    assert [term_day.reason for term_day in passed][:2] == [
        "Hemelvaartsdag",
        "gelijkgestelde dag (besluit gelijkstelling 2026-2028)",
    ]
    assert moved[-1].number is None


def test_days_that_do_not_count_say_why() -> None:
    days = tell_term_days(term("3 school days", kind="agreed", region="noord"), (started("2026-10-08"),), CALENDAR)
    skipped = {term_day.day.day: term_day.reason for term_day in days if term_day.tone is DayTone.SKIPPED}
    assert skipped[12] == "herfstvakantie"
    assert skipped[17] == "zaterdag"
    assert [term_day.number for term_day in days if term_day.number] == [1, 2, 3]


def test_a_back_counted_term_is_told_from_its_end_to_the_anchor() -> None:
    days = tell_term_days(term("5 working days", counted_back=True), (started("2026-05-11"),), CALENDAR)
    assert (days[0].day, days[0].tone, days[0].number) == (day("2026-05-01"), DayTone.LAST, 5)
    assert days[-1].tone is DayTone.START


def test_a_standing_clock_is_told_up_to_the_day_asked_for() -> None:
    ledger = (started("2026-03-24"), suspended("2026-03-26"))
    days = tell_term_days(OBJECTION, ledger, CALENDAR, through=day("2026-03-31"))
    assert [term_day.tone.value for term_day in days] == ["start", "counts", "counts", *["still"] * 5]
    assert tell_term_days(OBJECTION, (), CALENDAR) == ()


def test_days_and_projection_agree_on_random_terms() -> None:
    source = random.Random(5)
    for _ in range(400):
        spec, start, entries, lengths, still = make_term(source)
        days = tell_term_days(spec, entries, CALENDAR)
        assert spec.period is not None
        last = [term_day.day for term_day in days if term_day.tone is DayTone.LAST]
        end = project(spec, entries, CALENDAR).last_day
        assert last == ([end] if end != start else [])
        assert [term_day.day for term_day in days] == [start + timedelta(days=n) for n in range(len(days))]
        if spec.period.unit in (Unit.DAYS, Unit.WORKING_DAYS) and spec.effective_roll != "backward":
            assert sum(term_day.number is not None for term_day in days) == sum(amount for amount, _ in lengths)
        assert {term_day.day for term_day in days if term_day.tone is DayTone.STILL} <= still


def test_the_picture_holds_every_day_with_its_tone_and_nothing_from_outside() -> None:
    ledger = (started("2026-03-24"), suspended("2026-04-01"), resumed("2026-04-08"))
    days = tell_term_days(OBJECTION, ledger, CALENDAR)
    text = draw_term(days, "Bezwaar <A & B>")
    root = ET.fromstring(text)
    groups = [group for group in root.iter(f"{SVG}g") if group.get("class")]
    assert [group.get("class") for group in groups] == [term_day.tone.value for term_day in days]
    titles = [group.findtext(f"{SVG}title") for group in groups]
    assert titles[9] == "donderdag 2 april 2026: klok staat stil (klok stond stil)"
    assert root.findtext(f"{SVG}title") == "Bezwaar <A & B>"
    assert "Laatste dag: maandag 11 mei 2026." in (root.findtext(f"{SVG}desc") or "")
    assert "href" not in text
    assert "script" not in text
    assert draw_term(days, "Bezwaar <A & B>") == text


def test_different_tones_look_different() -> None:
    ledger = (started("2027-03-14"), suspended("2027-03-20"), resumed("2027-03-30"))
    days = (*tell_term_days(OBJECTION, ledger, CALENDAR),)
    root = ET.fromstring(draw_term(days, "Termijn"))
    fills = {
        group.get("class"): group.find(f"{SVG}rect").get("fill")  # type: ignore[union-attr]
        for group in root.iter(f"{SVG}g")
        if group.get("class")
    }
    assert len(set(fills.values())) == len(fills) == 4


def test_a_clock_that_has_not_started_gives_a_picture_that_says_so() -> None:
    root = ET.fromstring(draw_term((), "Termijn"))
    assert any(text.text == "De klok loopt nog niet." for text in root.iter(f"{SVG}text"))


def test_hours_are_told_as_the_days_they_touch() -> None:
    days = tell_term_days(term("48 hours"), (started_at(at("2026-12-24T13:00")),), CALENDAR)
    assert [term_day.tone.value for term_day in days] == ["start", "counts", "last"]
    assert all(term_day.number is None for term_day in days)
