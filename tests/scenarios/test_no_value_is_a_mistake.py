"""No value that a person can type ends in a mistake of the program: it is taken, or refused in words (F-10, F-89).

Over every fact of the real content, through the reading of the command line and the decision itself, in any state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.cli.arguments import read_facts
from engine.cli.pages.wording import ContentWords
from engine.core.deciding.advance import record
from engine.core.deciding.case import Actor, Case
from engine.core.deciding.opening import Opening, new_case, open_case
from engine.core.deciding.question import ask
from engine.core.deciding.situation import look
from engine.core.deciding.step import Refusal, Step
from engine.core.deciding.why import possibilities
from engine.core.errors import UsageError
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.language.signs import hidden_sign
from engine.definitions.catalogue import Catalogue
from engine.usecases.chosen_organisation import working_organisations
from engine.words.of_errors import say
from tests.real_content import REAL, all_real_content

pytestmark = pytest.mark.long

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
ODD = (
    "", " ", "\u200b", "-5", "1,5", "0", "10", "7", "9,00E+08", "#N/A", "=1+1", "abc", "1e999", "nan", "9" * 4301, "٣",
    "9999-12-31", "0001-01-01", "2199-12-31", "1900-01-01", "2029-11-30", "2026-11-26", "26-11-0026", "2026-02-30",
    "2026-11-26 09:00", "2199-12-31 23:59", "2026-10-25 02:30", "2026-11-26T09:00+14:00", "0001-01-01 00:00",
    "ja", "nee", "geen", "a,b,,c", ",", "Sam\u2028Jansen", "Sam\x1b[2J", "Sam\x00", "😀", "山田", "\udcff", "a" * 201,
    "a\n" * 50, "{{ x }}", "'; drop table cases; --", "po", "vo", "so", "vso", "sbo", "pro", "900000001", "28BU00",
)  # fmt: skip


# Only names are read here: to read the content itself takes seconds of every run that only collects.
CATALOGUE = Catalogue(REAL)
NAMES = sorted(
    f"{organisation}/{name}"
    for organisation in working_organisations(CATALOGUE)
    for name in CATALOGUE.workflows(organisation)
)


@lru_cache
def contents() -> Mapping[str, Content]:
    loaded, _ = all_real_content()
    return {f"{organisation}/{workflow}": content for (organisation, workflow, _), content in loaded.contents.items()}


def typed(content: Content, pairs: Mapping[str, str]) -> dict[str, Value]:
    """What the command line makes of it; a value that it refuses, it refuses in words."""
    facts: dict[str, Value] = {}
    for fact, text in pairs.items():
        try:
            facts |= read_facts(content, None, [f"{fact}={text}"])
        except UsageError as refusal:
            in_words(*say(refusal))
    return facts


def in_words(what: str, why: str, next_step: str) -> None:
    assert " " in what, "a code is no sentence"
    assert next_step
    assert not hidden_sign(what + why + next_step)


def case_in(content: Content, state: str) -> Case:
    new = new_case(content, Opening(case_id="PROEF-1", entry=content.workflow.entries[0].id), NOW)
    return replace(new, state=state, version=1)


def decide_and_look(content: Content, state: str, facts: Mapping[str, Value]) -> None:
    """Write the facts into a case, look at everything that follows from them, and open a case with them."""
    case = case_in(content, state)
    owner = Actor(role=content.workflow.state(state).owner)
    outcome = record(ask(content, case, owner, NOW, ()), facts)
    say_it(content, outcome)
    if isinstance(outcome, Step):
        situation = look(ask(content, outcome.after, owner, NOW, ()))
        for fact in content.rules.order:
            situation.lookup(fact)
        possibilities(situation)
    opening = Opening(case_id="PROEF-2", facts=facts)
    say_it(content, open_case(ask(content, new_case(content, opening, NOW), owner, NOW, ()), opening))


def say_it(content: Content, outcome: Step | Refusal) -> None:
    if isinstance(outcome, Refusal):
        lines = ContentWords(content).refusal(outcome)
        assert len(lines) > 1
        assert not any(hidden_sign(line) for line in lines)


def test_every_workflow_is_looked_at() -> None:
    assert sorted(contents()) == NAMES


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_fact_takes_or_refuses_every_odd_value(name: str) -> None:
    content = contents()[name]
    states = [state.id for state in content.workflow.states if not state.is_end]
    for number, fact in enumerate(content.rules.facts):
        for text in ODD:
            facts = typed(content, {fact: text})
            if facts:
                decide_and_look(content, states[number % len(states)], facts)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_many_odd_values_together_are_taken_or_refused(data: st.DataObject) -> None:
    content = contents()[data.draw(st.sampled_from(NAMES))]
    state = data.draw(st.sampled_from([one.id for one in content.workflow.states if not one.is_end]))
    text = st.one_of(st.sampled_from(ODD), st.text(), st.integers().map(str), st.dates().map(str))
    pairs = data.draw(st.dictionaries(st.sampled_from(sorted(content.rules.facts)), text, min_size=1, max_size=9))
    decide_and_look(content, state, typed(content, pairs))
