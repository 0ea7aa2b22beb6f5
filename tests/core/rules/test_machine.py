"""Every move of a case is a move of the state machine, and the picture shows just those moves."""

from __future__ import annotations

from datetime import date

import pytest
from transitions import EventData, MachineError
from transitions import Transition as Move

from engine.core.content.workflow import Transition
from engine.core.deciding.step import Entry, EntryKind
from engine.core.evaluation.machine import CaseMachine
from engine.reports.workflow_picture import draw_workflow
from tests.core.decisions.garden import BOARD, FITS, at, content_on, garden, quarrel

CONTENT = content_on(date(2026, 3, 2))
MOVES = (EntryKind.OPENED, EntryKind.MOVED)


@pytest.fixture
def fired(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """What the machine did: (from, event, to), each time it moved a case."""
    seen: list[tuple[str, str, str]] = []
    execute = Move.execute

    def spy(move: Move, happens: EventData) -> bool:
        before = happens.model.state
        moved: bool = execute(move, happens)
        if moved:
            seen.append((before, happens.event.name, happens.model.state))
        return moved

    monkeypatch.setattr(Move, "execute", spy)
    return seen


def test_acts_entries_passed_terms_and_what_goes_by_itself_are_moves_of_the_machine(
    fired: list[tuple[str, str, str]],
) -> None:
    played = garden()
    played.act("toewijzen", BOARD, at("2026-03-03"), FITS)
    played.send_all(at("2026-03-04"))
    climbing = quarrel("2026-03-02", {"ernst": "hoog"})
    climbing.pass_time(at("2026-03-10", 1))
    entries = [entry for one in (played, climbing) for step in one.steps for entry in step.entries]
    moved = [_from_and_to(entry) for entry in entries if entry.kind in MOVES]
    assert [(before, after) for before, _, after in fired] == moved
    assert {name.split()[0] for _, name, _ in fired} >= {".ingang", "toewijzen", ".vanzelf", ".termijn"}


def _from_and_to(entry: Entry) -> tuple[object, object]:
    if entry.kind is EntryKind.OPENED:
        return ".nieuw", entry.details["state"]
    return entry.details["origin"], entry.details["target"]


def test_the_first_permitted_transition_of_a_name_is_taken() -> None:
    machine = CaseMachine(CONTENT.workflow)
    for transition in CONTENT.workflow.transitions:
        if transition.is_automatic:
            continue
        same = [
            one for one in CONTENT.workflow.transitions if (one.id, one.origin) == (transition.id, transition.origin)
        ]
        asked: list[Transition] = []

        def permits(one: Transition, wanted: Transition = transition, asked: list[Transition] = asked) -> bool:
            asked.append(one)
            return one is wanted

        taken = machine.act(transition.origin, transition.id, permits)
        assert taken is not None
        assert (taken.transition, taken.state) == (transition, transition.target)
        assert asked == same[: same.index(transition) + 1]


def test_nothing_moves_that_is_not_permitted_or_does_not_start_here() -> None:
    machine = CaseMachine(CONTENT.workflow)
    one = next(transition for transition in CONTENT.workflow.transitions if not transition.is_automatic)
    elsewhere = next(
        state.id
        for state in CONTENT.workflow.states
        if not any(other.id == one.id and other.origin == state.id for other in CONTENT.workflow.transitions)
    )
    assert machine.act(one.origin, one.id, lambda _: False) is None
    assert machine.act(elsewhere, one.id, lambda _: True) is None
    assert machine.act(one.origin, "bestaat_niet", lambda _: True) is None


def test_an_exception_in_a_guard_is_not_swallowed() -> None:
    machine = CaseMachine(CONTENT.workflow)
    one = next(transition for transition in CONTENT.workflow.transitions if not transition.is_automatic)

    def permits(_: Transition) -> bool:
        raise MachineError("kapot")

    with pytest.raises(MachineError):
        machine.act(one.origin, one.id, permits)


def test_the_picture_shows_every_state_and_every_move_once() -> None:
    lines = draw_workflow(CONTENT).splitlines()
    workflow = CONTENT.workflow
    arrows = [line for line in lines if "-->" in line]
    ends = sum(state.is_end for state in workflow.states)
    assert len([line for line in lines if " as " in line]) == len(workflow.states)
    assert len(arrows) == len(workflow.entries) + len(workflow.transitions) + ends
    for transition in workflow.transitions:
        assert any(line.strip().startswith(f"{transition.origin} --> {transition.target}: ") for line in arrows)
