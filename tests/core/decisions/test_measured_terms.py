"""Terms of which the case says how long and whose school days count; that act on a day; that come again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from engine.core.content.term_rules import WITHOUT_END
from engine.core.deciding.leaving_day import fill_late_fields
from engine.core.deciding.messages import settled_by
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.deciding.situation import look
from engine.core.deciding.step import EntryKind, Refusal, Step
from engine.core.errors import LetterError
from engine.core.language.facts import Value
from engine.core.legal_clock.explain import told_of
from engine.words.of_journal import say_notice
from engine.words.of_terms import explain_lines
from tests.core.decisions.garden import KEEPER, MEMBER, Garden, at, garden

WEEDED: dict[str, Value] = {"school": "01AA00"}


def inspected(facts: Mapping[str, Value] | None = None, day: str = "2026-03-02") -> Garden:
    return garden(day, facts, workflow="keuring", case_id="KEU-1")


def notices(step: Step) -> list[tuple[str, str, str]]:
    return [(one.to, one.kind, one.term) for one in step.notices]


def passings(plot: Garden, until: str) -> list[str]:
    """The days on which a word about watering was said."""
    before = len(plot.steps)
    plot.pass_time(at(until))
    return [
        step.entries[0].at.date().isoformat()
        for step in plot.steps[before:]
        if ("tuinder", "term_passed", "gieten") in notices(step)
    ]


@pytest.mark.parametrize(("weeks", "ends"), [(1, "2026-03-09"), (8, "2026-04-27")])
def test_a_term_is_as_long_as_the_case_says(weeks: int, ends: str) -> None:
    plot = inspected({"weken": weeks})
    assert plot.last_day("verbeteren") == ends
    assert f"De zaak zegt hoe lang de termijn is: {weeks} we" in " ".join(explain_lines(plot.clock("verbeteren")))


def test_a_term_of_unknown_length_waits_and_the_owner_is_told_what_for() -> None:
    plot = inspected(WEEDED)
    assert plot.last_day("verbeteren") == ""
    waits = [one for one in plot.steps[-1].notices if one.kind == "term_without_length"]
    assert [(one.to, one.term) for one in waits] == [("beheerder", "verbeteren")]
    said = say_notice(waits[0].kind, waits[0].parameters, term="verbeteren", content=plot.content)
    assert said == "'Tijd om te verbeteren' loopt nog niet: 'Aantal weken' is niet bekend."
    told = plot.record({"plantdag": date(2026, 4, 1)}, KEEPER, at("2026-03-03"))
    assert isinstance(told, Step)
    assert "term_without_length" not in [one.kind for one in told.notices], "once"


def test_it_starts_when_the_length_comes_in_and_the_message_is_over() -> None:
    plot = inspected(WEEDED)
    step = plot.record({"weken": 2}, KEEPER, at("2026-03-04"))
    assert isinstance(step, Step)
    assert plot.last_day("verbeteren") == "2026-03-18"

    class Waiting:
        id, to, term, ask = 1, "beheerder", "verbeteren", ()
        kind, parameters, at = "term_without_length", {"facts": ["weken"]}, step.entries[0].at

    assert settled_by(step, plot.content.workflow, [Waiting()]) == (1,)


def test_a_length_that_was_wrong_is_put_right_and_moves_the_end_with_a_line() -> None:
    plot = inspected({"weken": 2, **WEEDED})
    step = plot.correct({"weken": 4}, KEEPER, at("2026-03-05"))
    assert isinstance(step, Step), step
    assert plot.last_day("verbeteren") == "2026-03-30"
    assert EntryKind.CLOCK in [one.kind for one in step.entries]


def test_a_length_beyond_its_bounds_is_refused_at_the_door() -> None:
    plot = inspected(WEEDED)
    for weeks in (0, 9, 1.5, -1):
        assert isinstance(plot.record({"weken": weeks}, KEEPER, at("2026-03-04")), Refusal)


def test_reminders_of_a_measured_term_count_in_it() -> None:
    plot = inspected({"weken": 3, **WEEDED})
    done = [key for key in plot.pass_time(at("2026-03-17")) if key.startswith("verbeteren")]
    assert [key.split("|")[1:3] for key in done] == [["warning", "1"]]


@pytest.mark.parametrize(
    ("school", "ends"),
    [("01AA00", "2026-03-30"), ("02BB00", "2026-03-30"), ("03CC00", "2026-04-06")],
    ids=["region", "own vacation", "other region"],
)
def test_school_weeks_count_by_the_calendar_of_the_school(school: str, ends: str) -> None:
    plot = inspected({"school": school})
    assert plot.last_day("schooltijd") == ends


def test_two_schools_of_one_region_with_other_vacations_differ_on_the_way() -> None:
    days = {
        school: inspected({"school": school}, day="2026-03-16").last_day("schooltijd")
        for school in ("01AA00", "02BB00")
    }
    assert days == {"01AA00": "2026-04-12", "02BB00": "2026-04-13"}


def test_an_unknown_school_is_told_and_no_term_is_counted_by_another_calendar() -> None:
    plot = inspected({"weken": 2})
    assert plot.last_day("schooltijd") == ""
    assert ("beheerder", "term_without_length", "schooltijd") in notices(plot.steps[-1])
    assert "De Schoffel" not in str(told_of(plot.clock("schooltijd")))


def test_on_day_acts_on_that_day_and_not_the_day_after() -> None:
    plot = inspected({"plantdag": date(2026, 3, 10)})
    assert "planten" not in [key.partition("|")[0] for key in plot.pass_time(at("2026-03-09", 23))]
    assert plot.clock("planten").last_day == date(2026, 3, 9)
    assert "planten" in [key.partition("|")[0] for key in plot.pass_time(at("2026-03-10", 1))]


def test_a_term_that_repeats_asks_again_until_it_has_asked_enough() -> None:
    plot = inspected()
    assert passings(plot, "2026-05-01") == ["2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30"]


def test_what_stops_it_ends_the_asking() -> None:
    plot = inspected()
    assert passings(plot, "2026-03-12") == ["2026-03-09"]
    assert isinstance(plot.act("verbeterd", MEMBER, at("2026-03-12")), Step)
    assert passings(plot, "2026-05-01") == []


def test_a_term_that_always_repeats_asks_until_somebody_acts() -> None:
    plot = inspected()
    rules = plot.content.rules
    watering = replace(rules.terms["gieten"], repeats=WITHOUT_END)
    plot.content = replace(plot.content, rules=replace(rules, terms={**rules.terms, "gieten": watering}))
    assert len(passings(plot, "2027-03-02")) == 52
    assert isinstance(plot.act("verbeterd", MEMBER, at("2027-03-02")), Step)
    assert passings(plot, "2027-05-01") == []


def test_after_an_absence_it_asks_once_and_goes_on_in_its_own_rhythm() -> None:
    plot = inspected()
    key = next(one.key for one in plot.steps[-1].deadlines if one.clock == "gieten")
    step = plot.fall_due(key, at("2026-03-26"))
    assert isinstance(step, Step)
    assert notices(step) == [("tuinder", "term_passed", "gieten")]
    assert plot.last_day("gieten") == "2026-03-30"
    assert plot.clock("gieten").status == "running"


def letter_that_names_the_end() -> OutgoingLetter:
    return OutgoingLetter(
        key="KEU-1/T-01/tuinder/1", organisation="tuindorp", letter="T-01", template_version=date(2026, 1, 1),
        template_digest="", title="", level="B1", clause="", signature="", on_behalf_of="",
        addressee="tuinder", addressee_name="Ootje Moes", addressee_address="", fields={},
        late_fields={"laatste_dag": "verbeteren"},
    )  # fmt: skip


def test_a_letter_names_the_last_day_of_the_length_that_the_case_says() -> None:
    plot = inspected({"weken": 4, **WEEDED})
    seen = look(plot.asked(plot.case, KEEPER, at("2026-03-03")))
    sent = fill_late_fields(seen, letter_that_names_the_end(), date(2026, 3, 3))
    assert sent.fields == {"laatste_dag": date(2026, 3, 31)}


def test_a_letter_does_not_leave_while_it_cannot_name_the_last_day() -> None:
    plot = inspected(WEEDED)
    seen = look(plot.asked(plot.case, KEEPER, at("2026-03-03")))
    with pytest.raises(LetterError, match="letter_lacks_length"):
        fill_late_fields(seen, letter_that_names_the_end(), date(2026, 3, 3))
