"""Values are written in Dutch, the same on every machine."""

from __future__ import annotations

import locale
from datetime import date, datetime

import pytest

from engine.core.language.facts import Value
from engine.letters.protection import restore
from engine.letters.wording import FILTERS, write_value
from tests.letters.samples import read_table

CASES = read_table("wording.yaml")


def as_value(written: object) -> object:
    if isinstance(written, str) and written.startswith("moment "):
        return datetime.fromisoformat(written.removeprefix("moment "))
    return tuple(written) if isinstance(written, list) else written


@pytest.mark.parametrize(("name", "written", "expected"), CASES, ids=[f"{row[0]}-{row[1]}" for row in CASES])
def test_a_filter_writes_a_value_as_people_do(name: str, written: object, expected: object) -> None:
    assert FILTERS[name](as_value(written)) == (
        expected.replace("€ ", "€\u00a0") if isinstance(expected, str) else expected
    )


def test_every_filter_stands_in_the_table() -> None:
    assert {row[0] for row in CASES} | {"opsomming", "kalender"} == set(FILTERS)


def test_a_list_becomes_markdown_with_the_items_as_data() -> None:
    assert restore(str(FILTERS["opsomming"](("een", "- twee")))) == "\n\n- een\n- - twee\n\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "ja"),
        (False, "nee"),
        (0, "0"),
        (1.5, "1,5"),
        (date(2026, 4, 7), "dinsdag 7 april 2026"),
        (("a", "b"), "a en b"),
        ("tekst", "tekst"),
    ],
)
def test_a_value_without_a_filter_has_words(value: Value, expected: str) -> None:
    assert write_value(value) == expected


def test_the_locale_of_the_process_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = write_value(date(2026, 4, 7))
    monkeypatch.setenv("LC_ALL", "C")
    locale.setlocale(locale.LC_ALL, "C")
    assert write_value(date(2026, 4, 7)) == before == "dinsdag 7 april 2026"
