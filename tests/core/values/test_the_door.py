"""What a person types becomes a value that means something, or is refused in words that say what is allowed (F-10)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.errors import UsageError
from engine.core.language.facts import Choice, DayLimit, FactRule, FactType, Pattern, Value
from engine.core.language.limits import FIRST_DAY, LAST_DAY
from engine.core.language.signs import clean, hidden_sign, is_blank, unprintable_sign
from engine.core.language.values import admit, read_day, read_value, write_value
from engine.words.of_errors import say

NUMBER = Pattern(id="lidnummer", form="[0-9]{4,9}", label="lidnummer", words="vier tot negen cijfers", example="1001")


def rule(kind: str, **limits: Any) -> FactRule:
    return FactRule(id="het.gegeven", type=FactType(kind), label="Het gegeven", **limits)


def on_the_wall(text: str) -> datetime:
    """A moment as YAML gives it: without a time zone."""
    return datetime.fromisoformat(text)


def refused(asked: FactRule, text: object) -> UsageError:
    with pytest.raises(UsageError) as caught:
        admit(asked, text)
    assert caught.value.where == "het.gegeven"
    said = say(caught.value)
    assert said.what != caught.value.what, "it has words"
    assert said.next_step, "it says what to do"
    return caught.value


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Sam  ", "Sam"),
        ("\u00a0Sam\u200b", "Sam"),
        ("Sam\u200b Jansen", "Sam Jansen"),
        ("Sam\u00a0Jansen", "Sam Jansen"),
        ("Sam\tJansen", "Sam Jansen"),
        ("Zoe\u0308", "Zoë"),
        ("\ufeffSam", "Sam"),
        ("soft\u00adware", "software"),
    ],
)
def test_what_looks_the_same_is_kept_the_same(typed: str, kept: str) -> None:
    assert read_value(rule("text"), typed) == kept


@pytest.mark.parametrize("kind", [one.value for one in FactType])
@pytest.mark.parametrize("typed", ["", "   ", "\u00a0", "\u200b\t", "\n\n"])
def test_a_blank_is_no_value_of_any_type(kind: str, typed: str) -> None:
    assert is_blank(typed)
    assert refused(rule(kind), typed).what == "value_is_blank"


def test_a_list_that_is_empty_is_said_so() -> None:
    assert "schrijf dan geen" in say(refused(rule("persons"), " ")).next_step
    assert read_value(rule("persons"), "geen") == ()
    assert write_value(()) == "geen"
    named = rule("choices", choices=(Choice(id="geen", label="Geen van deze"),))
    assert read_value(named, "geen") == ("geen",), "a choice of that name goes first"


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_line_break_of_any_program_is_one_and_only_where_lines_fit(break_: str) -> None:
    assert read_value(rule("text", lines=2), f"Dam 1 {break_}Almere") == "Dam 1\nAlmere"
    assert refused(rule("text"), f"Dam 1{break_}Almere").what == "too_many_lines"
    assert refused(rule("text", lines=2), f"a{break_}b{break_}c").what == "too_many_lines"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\u202e", "\u200f", "\udcff", "\ue000"])
def test_a_sign_that_steers_a_machine_is_refused(sign: str) -> None:
    found = refused(rule("text", lines=9), f"Sam{sign}Jansen")
    assert found.what == "sign_is_hidden"
    assert sign not in say(found).what, "a message shows its code, not the sign itself"
    assert f"U+{ord(sign):04X}" in say(found).what


@pytest.mark.parametrize("text", ["Sam 😀", "山田", "राम", "김"])
def test_a_sign_that_no_letter_can_print_is_refused_when_it_comes_in(text: str) -> None:
    assert refused(rule("text"), text).what == "sign_not_printed"
    assert read_value(rule("text", prints=False), text) == text


@pytest.mark.parametrize(
    "name",
    ["Zoë Čapek", "Łukasz Ñandú", "İpek Yıldız", "Ștefan d'Àrcy", "’t Lam – 50 €", "Đặng", "Иван", "Ελένη", "محمد"],
)
def test_names_as_they_are_written_here_print(name: str) -> None:
    assert read_value(rule("person"), name) == name


@pytest.mark.parametrize(
    ("limits", "given", "code"),
    [
        ({"at_least": 40}, "39", "number_too_low"),
        ({"at_most": 160}, "161", "number_too_high"),
        ({"at_least": 0, "at_most": 1}, "1,01", "number_too_high"),
        ({"whole": True}, "1,5", "number_not_whole"),
        ({"whole": True}, "1.5", "number_not_whole"),
        ({}, "9,00E+08", "no_number"),
        ({}, "#N/A", "no_number"),
        ({}, "٣", "no_number"),
        ({}, "9" * 4301, "no_number"),
        ({}, "0," + "1" * 4301, "no_number"),
        ({}, "9" * 15, "number_out_of_reach"),
        ({}, 10**400, "number_out_of_reach"),
        ({}, float("nan"), "number_out_of_reach"),
        ({}, float("-inf"), "number_out_of_reach"),
    ],
)
def test_a_number_beyond_what_it_can_be_is_refused(limits: dict[str, Any], given: object, code: str) -> None:
    assert refused(rule("number", **limits), given).what == code


@pytest.mark.parametrize(
    ("limits", "text", "value"),
    [
        ({"at_least": 55, "at_most": 80}, "55", 55),
        ({"at_least": 55, "at_most": 80}, "80", 80),
        ({}, "0,5", 0.5),
        ({}, "0.5", 0.5),
        ({}, "-3", -3),
        ({"whole": True}, "2,0", 2),
        ({}, "2,0", 2.0),
    ],
)
def test_bounds_belong_to_what_is_allowed(limits: dict[str, Any], text: str, value: float) -> None:
    found = read_value(rule("number", **limits), text)
    assert (found, type(found)) == (value, type(value))


def test_a_refused_number_says_the_range_with_its_unit() -> None:
    told = say(refused(rule("number", at_least=1, at_most=10, unit="schooljaren"), "0"))
    assert told.next_step == "Het getal is van 1 tot en met 10 schooljaren."
    assert say(refused(rule("number", at_least=0.5), "0,2")).next_step == "Het getal is ten minste 0,5."


@pytest.mark.parametrize(
    "text",
    ["0001-01-01", "9999-12-31", "31-12-9999", "1899-12-31", "2200-01-01", "26-11-0026", "2026-02-30", "2026-W48-1",
     "20261123", "morgen", "#N/A", "2026-11-23 10:00", "٢٠٢٦-١١-٢٣"],
)  # fmt: skip
def test_a_day_that_no_calendar_here_has_is_refused(text: str) -> None:
    assert refused(rule("date"), text).what in {"not_a_day", "day_out_of_reach"}
    with pytest.raises(UsageError):
        read_day(text)


@pytest.mark.parametrize(
    "given",
    ["0001-01-01 00:00", "9999-12-31 23:59", on_the_wall("9999-12-31"), on_the_wall("0001-01-01")],
)
def test_a_moment_near_the_ends_of_the_calendar_is_refused_too(given: object) -> None:
    refused(rule("moment"), given)


def test_a_first_and_a_last_day_of_the_calendar_are_allowed_themselves() -> None:
    asked = rule("date", not_before=DayLimit(day=date(2017, 1, 1)), not_after=DayLimit(day=date(2030, 7, 31)))
    assert read_value(asked, "2017-01-01") == date(2017, 1, 1)
    assert read_value(asked, "31-7-2030") == date(2030, 7, 31)
    early, late = refused(asked, "2016-12-31"), refused(asked, "2030-08-01")
    assert (early.what, late.what) == ("day_too_early", "day_too_late")
    assert "2017-01-01" in say(early).next_step


@pytest.mark.parametrize("text", ["abc", "9,00E+08", "12", "1234567890", "10 01"])
def test_a_number_that_is_text_keeps_its_form_and_the_message_gives_an_example(text: str) -> None:
    found = refused(rule("text", pattern=NUMBER), text)
    assert found.what == "pattern_not_met"
    assert "bijvoorbeeld 1001" in say(found).next_step
    assert read_value(rule("text", pattern=NUMBER), " 1001 ") == "1001"


@pytest.mark.parametrize("text", ["#N/A", "#n/a", " #VERW! ", "#DIV/0!", "#WAARDE!"])
@pytest.mark.parametrize("kind", ["text", "person", "persons"])
def test_what_a_spreadsheet_shows_for_a_failure_is_no_text(kind: str, text: str) -> None:
    assert refused(rule(kind), text).what == "value_of_a_sheet"
    assert read_value(rule("text"), "nr. #N/A") == "nr. #N/A"


def test_a_text_is_no_longer_than_what_every_database_takes() -> None:
    assert read_value(rule("text"), "a" * 200) == "a" * 200
    assert refused(rule("text"), "a" * 201).what == "text_too_long"
    assert refused(rule("text", max_length=30), "a" * 31).what == "text_too_long"
    assert read_value(rule("text", lines=40), "a" * 4000) == "a" * 4000
    assert refused(rule("text", lines=40), "a" * 4001).what == "text_too_long"
    assert refused(rule("persons"), ",".join(["a" * 201])).what == "text_too_long"
    assert refused(rule("persons"), ",".join(["Jan"] * 101)).what == "too_many_items"


def test_a_value_of_a_file_goes_through_the_same_door() -> None:
    assert admit(rule("moment"), on_the_wall("2026-11-23 14:00")) == datetime(2026, 11, 23, 13, tzinfo=UTC)
    assert admit(rule("persons"), [" A. de\u00a0Boer ", "B"]) == ("A. de Boer", "B")
    assert refused(rule("persons"), ["A", " "]).what == "value_is_blank"
    assert refused(rule("text"), None).what == "not_a_value"
    assert refused(rule("text"), {"a": 1}).what == "not_a_value"


RULES = st.sampled_from(
    [rule(one.value) for one in FactType]
    + [rule("number", at_least=0, at_most=7, whole=True), rule("text", pattern=NUMBER), rule("text", lines=9)]
    + [rule("date", not_before=DayLimit(day=date(2000, 1, 1))), rule("choice", choices=(Choice(id="a", label="A"),))]
)
TYPED = st.one_of(
    st.text(), st.integers().map(str), st.floats().map(str), st.dates().map(str), st.datetimes().map(str),
    st.sampled_from(["=1+1", "ja", "geen", "#N/A", "9,00E+08", "\u2028", "2026-11-23T10:00+99:99", "a,b,,c", "1e999"]),
)  # fmt: skip
GIVEN = st.one_of(
    TYPED, st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.lists(TYPED, max_size=3), st.none()
)


def taken(asked: FactRule, raw: object) -> Value | UsageError:
    try:
        return admit(asked, raw)
    except UsageError as refusal:
        return refusal


@given(asked=RULES, raw=GIVEN)
def test_whatever_is_given_is_a_value_within_the_limits_or_refused_in_words(asked: FactRule, raw: object) -> None:
    value = taken(asked, raw)
    if isinstance(value, UsageError):
        told = say(value)
        assert told.what != value.what
        assert told.next_step
        assert not any(hidden_sign(part) for part in told)
        return
    for text in value if isinstance(value, tuple) else [value] if isinstance(value, str) else []:
        assert clean(text) == text
        assert not hidden_sign(text)
        assert not unprintable_sign(text)
        assert 0 < len(text) <= asked.longest
    if isinstance(value, date) and not isinstance(value, datetime):
        assert FIRST_DAY <= value <= LAST_DAY


@given(st.text())
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
