"""A block of the content is declared once: what its model says arrives in the value, without a hand between."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from pydantic import Field

from engine.core.content.ruleset import RuleSet
from engine.core.content.term_rules import TermRule
from engine.core.legal_clock.termspec import TermSpec
from engine.core.quick_class import dataclass
from engine.definitions.files.places import Document
from engine.definitions.models import calendar, ladders, letter, organisation, parts, rule_set, terms, workflow
from engine.definitions.models.parts import ASIDE, Becomes, ConditionSlot, ContentBlock, Dated
from engine.definitions.reading.building import build
from engine.definitions.reading.model_check import fit
from engine.definitions.reading.yaml_reader import read_yaml
from engine.words.saying import say

READING = Path(__file__).parents[2] / "engine" / "definitions" / "reading"


def _models() -> list[type[ContentBlock]]:
    modules = (calendar, ladders, letter, organisation, parts, rule_set, terms, workflow)
    found = {item for module in modules for item in vars(module).values() if isinstance(item, type)}
    return sorted(
        (item for item in found if issubclass(item, ContentBlock) and item.makes), key=lambda item: item.__name__
    )


# A key more, as somebody would add it: to the class that holds its meaning, and to the model. Nothing else.


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedTerm(TermRule):
    watchers: tuple[str, ...] = ()
    watched_when: object = None
    urgent: bool = False


class WatchedTermPart(terms.TermPart):
    """A term with keys of tomorrow."""

    makes = WatchedTerm
    watchers: parts.Names = Field([])
    watched_when: ConditionSlot = Field(None, alias="watch")
    urgent: bool = Field(default=False)


class WatchedFile(rule_set.RuleSetFile):
    """A rule set with such terms."""

    terms: dict[parts.Id, WatchedTermPart] = Field({})  # type: ignore[assignment]


RULES = """\
rule_set: proef
title: Proef
valid_from: 2026-01-01
terms:
  beslissen:
    label: Beslissen
    kind: agreed
    length: 8 weeks
    starts_in: open
    watchers: raad
    watch: {spoed: true}
    urgent: true
  wachten: {label: Wachten, kind: agreed, length: 1 week, starts_in: open}
"""


def _read(text: str) -> tuple[RuleSet, Document]:
    document = read_yaml(text, "proef.yaml").read_for({})
    found: RuleSet = build(fit(document, WatchedFile), document.top, organisation="dorp")
    return found, document


def test_a_key_more_touches_the_model_and_its_meaning_only() -> None:
    rules, document = _read(RULES)
    assert not document.findings
    term, other = rules.terms["beslissen"], rules.terms["wachten"]
    assert isinstance(term, WatchedTerm)
    assert isinstance(other, WatchedTerm)
    assert (term.watchers, term.urgent) == (("raad",), True)
    assert (other.watchers, other.watched_when, other.urgent) == ((), None, False)
    assert getattr(term.watched_when, "where", "") == "proef.yaml:11:13"


def test_a_mistake_behind_such_a_key_has_its_place_and_its_words() -> None:
    _, document = _read(RULES.replace("{spoed: true}", "{spoed: {is_niet: true}}"))
    (finding,) = document.findings
    assert finding.where.startswith("proef.yaml:11:")
    assert "is_niet" in say(finding).what


def test_the_checks_of_a_term_hold_for_a_kind_of_term() -> None:
    _, document = _read(RULES.replace("    length: 8 weeks\n", ""))
    assert ["length, length_of, until" in say(finding).what for finding in document.findings] == [True]


@pytest.mark.parametrize("model", _models(), ids=lambda model: model.__name__)
def test_every_key_is_a_field_of_what_the_block_makes(model: type[ContentBlock]) -> None:
    """Why: a key that arrives nowhere is a promise to the process owner that nobody keeps."""
    assert model.makes is not None
    held = {one.name for one in fields(model.makes)}
    lost = {
        name
        for name, field in model.model_fields.items()
        if name not in held and name not in Dated.model_fields and ASIDE not in field.metadata
    }
    assert not lost


def test_a_term_is_one_class_for_the_content_and_the_clock() -> None:
    """Why: a field that both would declare is copied from one to the other, and the copies come to disagree."""
    twice = set(TermRule.__annotations__) & set(TermSpec.__annotations__)
    # What the rule works out from its expressions, which the clock cannot read; no key of the content.
    derived = {one.name for one in fields(TermRule) if not one.init}
    assert twice == derived == {"counted_back", "deferrals", "longest_deferral"}
    assert not derived & set(terms.TermPart.model_fields)


def test_what_a_key_becomes_is_said_in_its_annotation() -> None:
    assert any(isinstance(mark, Becomes) for mark in rule_set.FactPart.model_fields["type"].metadata)
    assert ASIDE in workflow.TransitionPart.model_fields["origins"].metadata


def _copies(text: str) -> Iterator[str]:
    """Arguments that hand on the key of the same name of a block, as `label=part.label` or through a reader."""
    words = (word for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) for word in node.keywords)
    for word in words:
        if any(ast.unparse(inner) == f"part.{word.arg}" for inner in ast.walk(word.value)):
            yield f"{word.arg}={ast.unparse(word.value)}"


def test_no_reader_copies_a_field_by_hand() -> None:
    """Why: each copy is a second declaration of the same key, and the next key is then written in three places."""
    readers = [path for path in READING.glob("*.py") if path.name not in ("story_files.py", "script_file.py")]
    assert len(readers) > 10
    copies = {path.name: found for path in readers if (found := list(_copies(path.read_text(encoding="utf-8"))))}
    assert not copies


def test_a_copy_by_hand_is_seen() -> None:
    assert list(_copies("Rule(label=part.label, by=tuple(part.by), when=read(part.when, at), id=key)")) == [
        "label=part.label",
        "by=tuple(part.by)",
        "when=read(part.when, at)",
    ]
