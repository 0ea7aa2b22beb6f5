"""The route card: the whole way in the words of the card, before there is a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.core.errors import LetterError
from engine.definitions.card import WAY_PARTS
from engine.definitions.card_loader import CardLoader
from engine.definitions.catalogue import Catalogue
from engine.letters.blocks import text_of, walk
from engine.pages.markup import write_markup
from engine.pages.way_text import WaySheet, compose_way, has_way_card
from engine.usecases.check_rules import check_rules
from tests.cli.conftest import make_world
from tests.usecases.workplace import change

DAY = date(2026, 9, 7)
CARD = "templates/cards/volkstuin/tuin/2026-01-01.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_world(tmp_path / "inhoud")


def route_of(root: Path) -> WaySheet:
    catalogue = Catalogue(root)
    cards = CardLoader(catalogue.loader.sources, catalogue.loader.organisations)
    words = cards.words("volkstuin")
    content = catalogue.content("volkstuin", "tuin", DAY)
    return compose_way(cards.card("volkstuin", "tuin", DAY), words.readers["lid"], words.fields, content)


def test_the_steps_are_the_usual_way_and_the_rest_stands_beside_them(root: Path) -> None:
    sheet = route_of(root)
    assert [step.name for step in sheet.steps] == ["De commissie kijkt", "U krijgt de tuin", "De tuin is van u"]
    beside = {step.name: [name for name, _ in step.beside] for step in sheet.steps}
    assert beside["De commissie kijkt"] == ["Wacht op de borg"]
    assert beside["U krijgt de tuin"] == ["Geen tuin"]


def test_what_only_a_case_knows_is_left_out_and_a_parameter_is_filled_in(root: Path) -> None:
    told = write_markup("way.html", sheet=route_of(root), style="")
    assert "U krijgt de tuin." in told
    assert "vierkante meter" not in told
    assert "Vraag de commissie om hulp." in told, "nobody has the case in hand yet"
    assert "{{" not in told


def test_the_length_of_a_term_is_that_of_the_rules(root: Path) -> None:
    said = [text_of(block.inlines) for block in walk(route_of(root).lengths)]
    change(root, "rules/volkstuin/tuin/2026-01-01.yaml", "length: 8 weeks", "length: 5 weeks")
    now = [text_of(block.inlines) for block in walk(route_of(root).lengths)]
    assert ("Wij beslissen binnen 8 weken." in said, "Wij beslissen binnen 5 weken." in now) == (True, True), said


def test_a_text_that_needs_a_case_says_where_it_stands(root: Path) -> None:
    change(root, CARD, "{% if maat %} Zij is {{ maat }} vierkante meter.{% endif %}", " {{ maat }}")
    with pytest.raises(LetterError) as wrong:
        route_of(root)
    assert wrong.value.where.startswith(CARD)


def test_the_day_of_a_term_is_no_field_of_a_route_and_its_length_none_of_a_card(root: Path) -> None:
    """Why: a route card has no day yet, and on the card of a case the length would stand empty."""
    change(root, CARD, "binnen {{ duur }}", "op {{ dag | datum }}")
    change(root, CARD, "Wij beslissen uiterlijk op **{{ dag | datum }}**.", "Wij beslissen binnen {{ duur }}.")
    findings = [one for one in check_rules(root, on=DAY).findings if one.kind == "card_field_unknown"]
    assert sorted(one.parameters["field"] for one in findings) == ["dag", "duur"]


def test_a_reader_without_words_for_it_has_no_route_card(root: Path) -> None:
    reader = route_of(root).reader
    assert has_way_card(reader)
    silent = {part: words for part, words in reader.headings.items() if part not in WAY_PARTS}
    assert not has_way_card(replace(reader, headings=silent))
