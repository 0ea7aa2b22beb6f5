"""What the law says of the procedures, and where the content has no rule for it yet: the list is right both ways."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from engine.definitions.reading.citations import read_citation
from engine.definitions.source_book import SourceBook
from engine.definitions.source_loader import SourceLoader
from engine.usecases.show_sources import show_sources
from tests.real_content import REAL, real_catalogue

LIST = Path(__file__).parents[2] / "docs" / "wet-en-regels.yaml"
Place = tuple[str, str]
STATEMENTS: tuple[dict[str, Any], ...] = tuple(
    YAML(typ="safe", pure=True).load(LIST.read_text(encoding="utf-8"))["statements"]
)


@cache
def law() -> SourceBook:
    loader = real_catalogue().loader
    found = SourceLoader(loader.sources, loader.organisations).book("landelijk")
    assert found is not None
    return found


@cache
def ruled() -> frozenset[Place]:
    """Every place on which something rests."""
    return frozenset((one.source, one.place) for one in show_sources(REAL, "almere") if one.parts)


def places(statement: dict[str, Any]) -> list[Place]:
    cited = [read_citation(text, law()) for text in statement["rests_on"]]
    assert None not in cited, f"{statement['at']}: sources.yaml does not know its source"
    found = [(one.source, place) for one in cited if one for place in one.places or ("",)]
    assert all(place == "" or source.knows(place) for source, place in found), f"{statement['at']}: unknown place"
    return [(source.name, place) for source, place in found]


def has_rule(place: Place) -> bool:
    return any(name == place[0] and (one == place[1] or one.startswith(f"{place[1]} ")) for name, one in ruled())


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda one: one["at"])
def test_a_statement_of_the_law_has_a_rule_or_is_a_known_gap(statement: dict[str, Any]) -> None:
    found = places(statement)
    if statement.get("gap", False):
        assert not any(map(has_rule, found)), "something rests on it now: take `gap` away"
    else:
        assert any(map(has_rule, found)), "nothing rests on it: give it a rule, or list it as a gap"


def test_every_article_that_is_known_to_be_unused_is_a_gap_of_the_list() -> None:
    unused = {(law_of.name, one.name) for law_of in law().laws.values() for one in law_of.unused}
    gaps = {place for one in STATEMENTS if one.get("gap", False) for place in places(one)}
    assert unused - gaps == set()


def test_a_gap_that_is_closed_and_a_rule_that_goes_are_both_seen() -> None:
    assert not has_rule(("Awb", "2:10"))
    assert has_rule(("Awb", "4:13"))
    assert has_rule(("WPO", "18a lid 6"))  # cited further, as onder c
    assert has_rule(("WPO", "18a lid 13"))
    assert not has_rule(("WPO", "18a lid 13 bewaartermijn"))  # who may see it has rules, when it must go has none
