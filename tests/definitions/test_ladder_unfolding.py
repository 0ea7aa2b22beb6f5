"""A ladder becomes states, transitions and terms: told as a table of transitions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from engine.core.content.workflow import Transition, Workflow
from engine.core.language.conditions import ALWAYS, facts_in
from engine.definitions.catalogue import Catalogue

GOOD = Path(__file__).parent / "good"


@pytest.fixture(scope="module")
def workflow() -> Workflow:
    return Catalogue(GOOD).content("dorp", "geschil", date(2026, 6, 1)).workflow


def targets(workflow: Workflow, transition_id: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for transition in workflow.transitions:
        if transition.id == transition_id:
            found[transition.origin].append(transition.target)
    return dict(found)


def first(workflow: Workflow, transition_id: str, origin: str) -> Transition:
    return next(transition for transition in workflow.transitions_from(origin) if transition.id == transition_id)


def test_each_rung_in_use_is_a_state_of_its_owner(workflow: Workflow) -> None:
    rungs = [(state.id, state.label, state.owner) for state in workflow.states if state.rung]
    assert rungs == [
        ("tuinpad", "Trede: Gesprek op het tuinpad", "boswachter"),
        ("kantoor", "Trede: Gesprek op kantoor", "gemeente"),
        ("stadhuis", "Trede: Bij de burgemeester", "burgemeester"),
    ]


ARCS = {
    "inschalen": {"gemeld": ["stadhuis", "tuinpad", "kantoor", "stadhuis"]},
    "oplossen": {"tuinpad": ["nazorg"], "kantoor": ["nazorg"], "stadhuis": ["nazorg"]},
    "niet_gelukt": {
        "tuinpad": ["kantoor", "stadhuis", "vastgelopen"],
        "kantoor": ["stadhuis", "vastgelopen"],
        "stadhuis": ["vastgelopen"],
    },
    "tijd_om": {
        "tuinpad": ["kantoor", "stadhuis", "vastgelopen"],
        "kantoor": ["stadhuis", "vastgelopen"],
        "stadhuis": ["vastgelopen"],
    },
    "afspreken": {"tuinpad": ["tuinpad"], "kantoor": ["kantoor"], "stadhuis": ["stadhuis"]},
    "terug": {"kantoor": ["tuinpad"], "stadhuis": ["kantoor"]},
    "raad_inlichten": {
        state: [state] for state in ("gemeld", "nazorg", "vastgelopen", "tuinpad", "kantoor", "stadhuis")
    },
}


@pytest.mark.parametrize("transition_id", sorted(ARCS))
def test_the_transitions_of_the_ladder(workflow: Workflow, transition_id: str) -> None:
    assert targets(workflow, transition_id) == ARCS[transition_id]


def test_a_direct_entry_asks_its_own_condition_and_a_rung_its_entry(workflow: Workflow) -> None:
    direct, low, middle, high = (
        transition for transition in workflow.transitions_from("gemeld") if transition.id == "inschalen"
    )
    assert facts_in(direct.when) == {"ernst"}
    assert low.when == ALWAYS == high.when
    assert facts_in(middle.when) == {"ernst"}
    assert [order.letter for order in middle.letters] == ["B-02"]
    assert low.requires == ("ernst",)


def test_only_people_answer_a_rung(workflow: Workflow) -> None:
    answers = {transition.id for transition in workflow.transitions if transition.answers_rung}
    assert answers == {"oplossen", "niet_gelukt"}
    overrun = first(workflow, "tijd_om", "tuinpad")
    assert (overrun.on_term, overrun.by, overrun.is_automatic) == ("tuinpad_hoogstens", (), True)


def test_the_owner_answers_with_what_the_rung_asks_and_guards(workflow: Workflow) -> None:
    low, high = first(workflow, "oplossen", "tuinpad"), first(workflow, "oplossen", "stadhuis")
    assert (low.by, low.requires, low.when) == (("boswachter",), ("oplossing",), ALWAYS)
    assert (high.by, facts_in(high.when)) == (("burgemeester",), {"oplossing"})
    assert first(workflow, "terug", "kantoor").by == ("boswachter",)
    assert first(workflow, "niet_gelukt", "kantoor").reason_required


def test_a_track_tells_its_body_and_leaves_the_case_where_it_is(workflow: Workflow) -> None:
    transition = first(workflow, "raad_inlichten", "kantoor")
    assert (transition.tells, transition.label, transition.by) == (
        ("bomenraad",),
        "Inlichten: de bomenraad",
        ("aanvrager", "boswachter"),
    )


def test_each_rung_brings_its_longest_stay_and_its_target(workflow: Workflow) -> None:
    terms = {term.id: (term.kind, str(term.period), term.starts_in, term.roll) for term in workflow.ladder_terms}
    assert terms == {
        "tuinpad_hoogstens": ("agreed", "7 days", ("tuinpad",), "none"),
        "tuinpad_streef": ("target", "48 hours", ("tuinpad",), "none"),
        "kantoor_hoogstens": ("agreed", "5 working days", ("kantoor",), "none"),
        "stadhuis_hoogstens": ("agreed", "2 weeks", ("stadhuis",), "none"),
    }
