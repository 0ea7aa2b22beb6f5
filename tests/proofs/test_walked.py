"""What is walked once for two organisations is what each would have shown alone; and what differs is walked anew."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import Any

import pytest

from engine.core.content.ruleset import RuleSet
from engine.core.evaluation.prepared import Content
from engine.definitions.catalogue import Catalogue
from engine.proofs.letter_fields import prove_letter_fields
from engine.proofs.obligations import prove_obligations
from engine.proofs.walked import walk_through, walked_alike
from tests.cli.terminal import ROOT
from tests.proofs.samples import ON, good_contents

# Who made it, by whose leave, who may be written to: no case goes another way for it.
NO_WAY_HANGS_ON = {"organisation", "title", "consents", "addressees", "layers", "is_law", "where", "digest"}
OTHERWISE: dict[type, Any] = {str: "anders", tuple: ("anders",), dict: {"anders": None}, type(None): ON, type(ON): None}


def otherwise(value: object) -> Any:
    """Something else than this value, of a form that can stand in its place."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, dict) and value:
        return dict(list(value.items())[1:])
    if isinstance(value, tuple) and value:
        return value[1:]
    return next(other for kind, other in OTHERWISE.items() if isinstance(value, kind) and other != value)


@pytest.mark.parametrize("name", [one.name for one in dataclasses.fields(RuleSet) if one.init])
def test_whatever_else_a_rule_set_says_otherwise_is_walked_anew(name: str) -> None:
    content = good_contents()[0]
    walked = [walk_through(content)]
    other = replace(content, rules=replace(content.rules, **{name: otherwise(getattr(content.rules, name))}))
    assert (walked_alike(other, walked) is not None) is (name in NO_WAY_HANGS_ON)


def test_another_workflow_is_walked_anew() -> None:
    content = good_contents()[0]
    shorter = replace(content.workflow, transitions=content.workflow.transitions[1:])
    assert walked_alike(replace(content, workflow=shorter), [walk_through(content)]) is None


@pytest.mark.long
@pytest.mark.parametrize("name", ["klacht", "geschil", "aanmelding", "verzuim", "terugkeer"])
def test_what_is_known_of_another_organisation_is_what_it_would_know_itself(name: str) -> None:
    almere, haarlemmermeer = (contents_of(one, name) for one in ("almere", "haarlemmermeer"))
    first, alone = walk_through(almere), walk_through(haarlemmermeer)
    shared = walked_alike(haarlemmermeer, [first])
    if name == "verzuim":  # each has its own definition of a pupil who is at home
        assert shared is None
        return
    assert shared is not None
    seen = shared.flow.seen_by(haarlemmermeer)
    assert (shared.proofs, seen.known, seen.standings) == (alone.proofs, alone.flow.known, alone.flow.standings)
    for prove in (prove_letter_fields, prove_obligations):
        assert prove(haarlemmermeer, seen) == prove(haarlemmermeer, alone.flow)


def contents_of(organisation: str, workflow: str) -> Content:
    return Catalogue(ROOT).content(organisation, workflow, ON)
