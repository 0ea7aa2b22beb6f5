"""Lengths with a unit: what can be read, and what each mistake says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.errors import DefinitionError, UsageError
from engine.core.legal_clock.period import Period, Unit, in_dutch, parse_period
from engine.words.of_errors import say
from tests.refusals import refused

READABLE = [
    ("8 weeks", Period(8, Unit.WEEKS), "8 weeks", "8 weken"),
    ("1 week", Period(1, Unit.WEEKS), "1 week", "1 week"),
    ("48 hours", Period(48, Unit.HOURS), "48 hours", "48 uur"),
    ("5 working days", Period(5, Unit.WORKING_DAYS), "5 working days", "5 werkdagen"),
    ("1 working_day", Period(1, Unit.WORKING_DAYS), "1 working day", "1 werkdag"),
    ("3 school weeks", Period(3, Unit.SCHOOL_WEEKS), "3 school weeks", "3 schoolweken"),
    ("10 calendar days", Period(10, Unit.DAYS), "10 days", "10 dagen"),
    (" 6  WEKEN ", Period(6, Unit.WEEKS), "6 weeks", "6 weken"),
    ("90 kalenderdagen", Period(90, Unit.DAYS), "90 days", "90 dagen"),
    ("1 maand", Period(1, Unit.MONTHS), "1 month", "1 maand"),
    ("2 jaar", Period(2, Unit.YEARS), "2 years", "2 jaar"),
    ("4 lesweken", Period(4, Unit.SCHOOL_WEEKS), "4 school weeks", "4 schoolweken"),
    ("3 schooldagen", Period(3, Unit.SCHOOL_DAYS), "3 school days", "3 schooldagen"),
    ("0 days", Period(0, Unit.DAYS), "0 days", "0 dagen"),
]
BROKEN = [
    (8, "heeft geen eenheid", 'Schrijf bijvoorbeeld "8 weeks"'),
    ("8", "heeft geen eenheid", 'Schrijf bijvoorbeeld "8 weeks"'),
    ("8 weesk", 'De eenheid "weesk" in "8 weesk" is onbekend', 'Bedoelt u "week"?'),
    ("8 workng days", "is onbekend", 'Bedoelt u "working days"?'),
    ("8 parsecs", "is onbekend", "Kies een van deze eenheden"),
    ("-3 days", 'De lengte "-3 days" is negatief', "Geef een lengte van nul of meer"),
    ("1.5 weeks", "is geen heel getal", "Kies een kleinere eenheid"),
    ("weeks", "is geen lengte", 'Schrijf bijvoorbeeld "8 weeks"'),
    ("", "is geen lengte", 'Schrijf bijvoorbeeld "8 weeks"'),
    (None, "is geen lengte", 'Schrijf bijvoorbeeld "8 weeks"'),
    (True, "is geen lengte", 'Schrijf bijvoorbeeld "8 weeks"'),
    (["8 weeks"], "is geen lengte", 'Schrijf bijvoorbeeld "8 weeks"'),
    ("800 years", "is langer dan 100 jaar", "Controleer het getal en de eenheid"),
]


@pytest.mark.parametrize(("text", "period", "english", "dutch"), READABLE)
def test_a_length_is_read_and_written_in_two_languages(text: str, period: Period, english: str, dutch: str) -> None:
    assert parse_period(text) == period
    assert (str(period), in_dutch(period)) == (english, dutch)


@pytest.mark.parametrize(("text", "what", "next_step"), BROKEN)
def test_a_mistake_in_a_length_has_its_own_message_and_next_step(text: object, what: str, next_step: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_period(text)
    assert what in say(caught.value).what
    assert next_step in say(caught.value).next_step
    assert say(caught.value).why


def test_a_mistake_in_a_file_is_a_mistake_of_the_content_with_its_place() -> None:
    with refused(DefinitionError, r"^rules/x\.yaml:3:9: De lengte"):
        parse_period("-3 days", "rules/x.yaml:3:9")


@given(st.builds(Period, st.integers(0, 100), st.sampled_from(Unit)))
def test_what_is_written_is_read_back(period: Period) -> None:
    assert parse_period(str(period)) == period
    assert parse_period(in_dutch(period)) == period
