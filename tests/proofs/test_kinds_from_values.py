"""Problems that files cannot hold, because the reader refuses them first; the proofs find them all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.core.content.workflow import State, Transition, Workflow
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import Literal, Operator, Test
from engine.proofs import points, solver, symbolic
from engine.proofs.consent import Version, prove_versions
from engine.proofs.inspection import inspect_days
from engine.proofs.world import World
from engine.words.saying import say
from tests.proofs.samples import good_contents

HEAVY = Test(fact="zwaar", operator=Operator.IS, operand=Literal(value=True))


def kinds_of(*contents: Content) -> set[str]:
    return {finding.kind for finding in inspect_days((World(contents=contents),)).findings}


def with_workflow(content: Content, **changes: object) -> Content:
    return replace(content, workflow=replace(content.workflow, **changes))  # type: ignore[arg-type]


def change_transitions(workflow: Workflow, transition_id: str, **changes: object) -> tuple[Transition, ...]:
    return tuple(
        replace(transition, **changes) if transition.id == transition_id else transition  # type: ignore[arg-type]
        for transition in workflow.transitions
    )


def test_an_open_state_without_an_owner_is_found() -> None:
    consultation, request = good_contents()
    states = tuple(
        replace(state, owner="") if state.id == "gemeld" else state for state in consultation.workflow.states
    )
    assert kinds_of(with_workflow(consultation, states=states), request) == {"no_owner"}


def test_an_end_needs_no_owner() -> None:
    consultation, _ = good_contents()
    ends: list[State] = [state for state in consultation.workflow.states if state.is_end]
    assert [end.owner for end in ends] == [""]


def test_a_transition_that_nobody_may_take_is_found() -> None:
    consultation, request = good_contents()
    transitions = change_transitions(consultation.workflow, "opgeven", by=())
    assert kinds_of(with_workflow(consultation, transitions=transitions), request) == {"nobody_may"}


def test_a_rung_that_answers_itself_is_found() -> None:
    consultation, request = good_contents()
    transitions = change_transitions(consultation.workflow, "oplossen", by=(), automatic=True)
    assert "answered_by_itself" in kinds_of(with_workflow(consultation, transitions=transitions), request)


def test_a_rung_whose_time_can_run_out_without_a_way_on_is_found() -> None:
    consultation, request = good_contents()
    transitions = change_transitions(consultation.workflow, "verlopen", when=HEAVY)
    found = kinds_of(with_workflow(consultation, transitions=transitions), request)
    assert found == {"rung_without_sure_way_on", "no_running_term"}


def test_a_term_whose_date_may_be_unknown_does_not_count_and_the_message_says_so() -> None:
    consultation, request = good_contents()
    stuck = replace(consultation.rules.terms["vastzitten"], anchor=request.rules.tables[0].rows[0].then)
    rules = replace(consultation.rules, terms={**consultation.rules.terms, "vastzitten": stuck})
    world = World(contents=(replace(consultation, rules=rules), request))
    (finding,) = inspect_days([world]).findings
    assert finding.kind == "no_running_term"
    assert 'De termijn "vastzitten" begint hier alleen als "besloten_op" bekend is' in say(finding).why


def test_too_many_combinations_are_said_to_be_unproven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points, "LIMIT", 2)
    assert kinds_of(*good_contents()) == {"standing_not_proven"}


def test_a_table_with_too_many_combinations_is_said_to_be_unproven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "LIMIT", 1)
    assert kinds_of(*good_contents()) == set(), "what cannot be tried is reasoned about"
    monkeypatch.setattr(symbolic, "_SIDES_AT_MOST", 0)
    assert kinds_of(*good_contents()) == {"table_not_proven"}


@pytest.mark.parametrize(
    ("first_through", "second_from", "kind"),
    [
        (None, date(2027, 1, 1), None),
        (date(2026, 12, 31), date(2027, 1, 1), None),
        (date(2027, 1, 1), date(2027, 1, 1), "overlapping_versions"),
        (date(2026, 12, 30), date(2027, 1, 1), "version_gap"),
        (None, date(2026, 1, 1), "versions_of_one_day"),
    ],
)
def test_versions_follow_on_each_other(first_through: date | None, second_from: date, kind: str | None) -> None:
    first = Version(kind="regelset", organisation="o", id="x", valid_from=date(2026, 1, 1), valid_through=first_through)
    second = Version(kind="regelset", organisation="o", id="x", valid_from=second_from, where="b.yaml:1:1")
    other = Version(kind="regelset", organisation="o", id="y", valid_from=second_from)
    assert [finding.kind for finding in prove_versions([second, first, other]).findings] == ([kind] if kind else [])


def test_a_gap_names_its_first_and_last_day() -> None:
    first = Version(
        kind="regelset", organisation="o", id="x", valid_from=date(2026, 1, 1), valid_through=date(2026, 6, 30)
    )
    second = Version(kind="regelset", organisation="o", id="x", valid_from=date(2026, 8, 1))
    (finding,) = prove_versions([first, second]).findings
    assert say(finding).what == 'Van 2026-07-01 t/m 2026-07-31 geldt geen versie van regelset "x" (o).'


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2026, 4, 30), None),
        (date(2026, 5, 1), "versions_end_soon"),
        (date(2026, 6, 30), "versions_end_soon"),
        (date(2026, 7, 1), "versions_over"),
    ],
)
def test_of_what_ran_out_no_version_is_in_force_and_that_is_found_two_months_before(on: date, kind: str | None) -> None:
    """F-42: the check said that there was no gap while no version was in force."""
    last = Version(
        kind="regelset", organisation="o", id="x", valid_from=date(2026, 1, 1), valid_through=date(2026, 6, 30)
    )
    later = Version(kind="regelset", organisation="o", id="x", valid_from=date(2026, 7, 1))
    assert [finding.kind for finding in prove_versions([last], on).findings] == ([kind] if kind else [])
    assert not prove_versions([last, later], on).findings
