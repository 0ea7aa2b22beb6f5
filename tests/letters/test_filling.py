"""A text is filled in completely, or refused with letter, field and line."""

from __future__ import annotations

from datetime import date

import pytest

from engine.core.errors import LetterError
from engine.letters.blocks import parse_blocks, text_of, walk
from engine.letters.filling import fill
from engine.letters.language import names_used
from engine.letters.protection import restore
from tests.letters.samples import organisation, read_table, template

PARTIALS = (("blok", "Een blok."), ("fout", "een\n{{ leeg }}"), ("kring", "x {% include 'kring' %}"))
VALUES = {
    "naam": "Sam",
    "dag": date(2026, 4, 7),
    "ja": True,
    "leeg": None,
    "code": "javascript:alert(1)",
    "stukken": ("a", "b"),
    "afzender": organisation().letterhead,
}
REFUSED = read_table("refused.yaml")


def texts(body: str, **values: object) -> list[str]:
    made = fill(template(body, partials=PARTIALS), VALUES | values)  # type: ignore[arg-type]
    return [text_of(block.inlines) for block in walk(parse_blocks(made)) if block.inlines]


@pytest.mark.parametrize("case", REFUSED, ids=[case["name"] for case in REFUSED])
def test_a_wrong_text_is_refused_with_its_place(case: dict[str, object]) -> None:
    with pytest.raises(LetterError) as refused:
        texts(str(case["body"]))
    for word in case["words"]:  # type: ignore[attr-defined]
        assert word in refused.value.text()


def test_a_refusal_names_the_file_of_the_letter() -> None:
    with pytest.raises(LetterError) as refused:
        texts("{{ onbekend }}")
    assert refused.value.where == "templates/letters/voorbeeld/V-01/2026-08-01.md, regel 1 van de tekst"
    assert refused.value.next_step == "Verklaar het veld in de kop van de brief onder 'fields'."


def test_a_declared_field_without_value_asks_for_the_fact() -> None:
    with pytest.raises(LetterError, match="Vraag het gegeven op"):
        fill(template("{{ soort }}", "soort"), {})


def test_an_optional_field_may_be_asked_for_but_stays_out_of_the_text() -> None:
    body = "Een.{% if toelichting %} {{ toelichting }}{% endif %} Twee."
    made = template(body, optional=("toelichting",))
    assert restore(fill(made, {})) == "Een. Twee."
    assert restore(fill(made, {"toelichting": "Want."})) == "Een. Want. Twee."


def test_a_field_is_demanded_in_a_branch_that_is_not_taken() -> None:
    with pytest.raises(LetterError, match="'bedrag'"):
        texts("{% if leeg %}{{ bedrag }}{% endif %}")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Een. {% if ja %}Twee.{% endif %}\nDrie.", ["Een. Twee. Drie."]),
        ("Een.\n{% if ja %}\nTwee.\n{% endif %}\nDrie.", ["Een. Twee. Drie."]),
        ("Een.\n{% include 'blok' %}\nTwee.", ["Een.", "Een blok.", "Twee."]),
        ("{% if ja %}{% include 'blok' %}{% endif %}\nTwee.", ["Een blok.", "Twee."]),
        ("{% for s in stukken %}\n- {{ s }}\n{% endfor %}\n\nDan.", ["a", "b", "Dan."]),
        ("{% for s in stukken %}{{ s }}{% if not loop.last %}, {% endif %}{% endfor %}", ["a, b"]),
        ("{% set wie = naam %}{{ wie }} {{ 'ja' if ja else 'nee' }}", ["Sam ja"]),
        ("{% if leeg is none and stukken | aantal > 1 %}goed{% endif %}", ["goed"]),
        ("{% if naam == 'Sam' or 'c' in stukken %}goed{% endif %}", ["goed"]),
        ("{# opmerking #}Tekst", ["Tekst"]),
        ("Op {{ dag | datum }}.", ["Op dinsdag 7 april 2026."]),
        ("Op {{ dag }}: {{ ja }}", ["Op dinsdag 7 april 2026: ja"]),
    ],
)
def test_lines_and_blocks_come_out_as_written(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_names_are_found_in_body_and_partials_with_their_line() -> None:
    made = template(
        "{{ a }}\n{% for x in b %}{{ x }}{% endfor %}\n{% include 'p' %}",
        partials=(("p", "x\n{{ c }}"), ("q", "{{ d }}")),
    )
    assert [(use.name, use.source, use.line) for use in names_used(made)] == [
        ("a", "tekst", 1),
        ("b", "tekst", 2),
        ("c", "p", 3),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "{% if ja %}" * 300 + "x" + "{% endif %}" * 300,
        "{{ " + "(" * 400 + "ja" + ")" * 400 + " }}",
        "{% for a in stukken %}" * 4 + "x" + "{% endfor %}" * 4,
    ],
)
def test_a_text_that_is_nested_too_deep_is_refused_in_words(body: str) -> None:
    """F-89: three hundred blocks in each other ended the program, and lists in lists kept it busy for ever."""
    with pytest.raises(LetterError, match="te diep genest"):
        texts(body)
