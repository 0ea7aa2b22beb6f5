"""Real cases, walked at random through the decision core, never leave what the proofs said is possible."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.content.workflow import Transition
from engine.core.deciding.advance import Act, act
from engine.core.deciding.case import ENGINE, Actor, Case
from engine.core.deciding.falling_due import HandedOver, confirm_sent, fall_due
from engine.core.deciding.lateness import open_deadlines
from engine.core.deciding.opening import Opening, new_case, open_case
from engine.core.deciding.question import ask
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.step import Step
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import FactRule, FactType, Value
from engine.proofs.clock_paths import ON
from engine.proofs.dataflow import Dataflow
from tests.proofs.samples import good_contents

CONTENTS = good_contents()
FLOWS = tuple(Dataflow(content) for content in CONTENTS)
START = datetime(2026, 9, 1, 8, tzinfo=UTC)
MOVES = st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.integers(0, 20)), max_size=14)


def a_value(rule: FactRule) -> Value:
    values: dict[FactType, Value] = {FactType.YES_NO: True, FactType.DATE: date(2026, 9, 1), FactType.NUMBER: 1}
    if rule.choices:
        return rule.choices[-1].id
    return values.get(rule.type, ("iets",) if rule.type.is_list else "iets")


def values_for(content: Content, facts: tuple[str, ...]) -> dict[str, Value]:
    declared = content.rules.facts
    return {fact: a_value(declared[fact]) for fact in facts if fact not in content.rules.order}


def opened(content: Content) -> Case:
    entry = content.workflow.entries[0]
    facts = values_for(content, entry.requires)
    opening = Opening(case_id="Z-1", facts=facts)
    asked = ask(content, new_case(content, opening, START), Actor(role=entry.by[0]), START, ())
    step = open_case(asked, opening)
    assert isinstance(step, Step)
    return step.after


def by_hand(content: Content, case: Case, transition: Transition, *, with_all: bool, moment: datetime) -> Case:
    facts = values_for(content, (*transition.requires, *(transition.asks if with_all else ())))
    if with_all:
        facts |= {
            fact.id: a_value(fact) for fact in content.rules.facts.values() if transition.by[0] in fact.supplied_by
        }
    command = Act(transition=transition.id, facts=facts, reason="proef")
    step = act(ask(content, case, Actor(role=transition.by[0]), moment, ()), command)
    return step.after if isinstance(step, Step) else case


def send_all(content: Content, case: Case, moment: datetime) -> Case:
    for mark in case.letters:
        if mark.sent_on is None:
            step = confirm_sent(
                ask(content, case, ENGINE, moment, ()), HandedOver(letter_key=mark.key, sent_on=moment.date())
            )
            assert isinstance(step, Step)
            case = step.after
    return case


def look_at(content: Content, case: Case, moment: datetime) -> Situation:
    return look(ask(content, case, Actor(role="balie"), moment, ()))


def assert_foreseen(content: Content, flow: Dataflow, case: Case, moment: datetime) -> None:
    """What the flow calls known is known, and every running clock is one that can run here."""
    situation = look_at(content, case, moment)
    unknown = [fact for fact in flow.in_state(case.state).known if situation.lookup(fact) is None]
    # A term that starts by sending waits for its letter; until then its last day is not there yet.
    assert [fact for fact in unknown if not fact.startswith("term.bezwaartermijn")] == []
    for clock in case.clocks:
        if any(p.status in ("running", "suspended") for p in situation.projections(clock.term)):
            assert ON & flow.standings[clock.term][case.state], (clock.term, case.state)


@pytest.mark.long
@pytest.mark.parametrize("number", range(len(CONTENTS)))
@given(moves=MOVES)
@settings(max_examples=60, deadline=None)
def test_a_case_stays_within_what_was_proven(number: int, moves: list[tuple[int, bool, int]]) -> None:
    content, flow = CONTENTS[number], FLOWS[number]
    case, moment = opened(content), START
    for choice, with_all, days in moves:
        assert_foreseen(content, flow, case, moment)
        if case.is_closed:
            return
        deadlines = open_deadlines(content, case)
        running = [p for clock in case.clocks for p in look_at(content, case, moment).projections(clock.term)]
        assert any(projection.status == "running" for projection in running), case.state
        hand_transitions = [transition for transition in content.workflow.transitions_from(case.state) if transition.by]
        if choice < len(hand_transitions):
            moment += timedelta(days=days % 3, minutes=1)
            case = by_hand(content, case, hand_transitions[choice], with_all=with_all, moment=moment)
        elif deadlines:
            moment = max(moment, deadlines[0].due_at)
            step = fall_due(ask(content, case, ENGINE, moment, ()), deadlines[0].key)
            assert isinstance(step, Step)
            case = step.after
        case = send_all(content, case, moment)
