"""A workflow file to a core workflow, its ladder unfolded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.core.content.ladder import Ladder
from engine.core.content.workflow import State, Transition, Workflow
from engine.definitions.files.places import Document, Place
from engine.definitions.models.acts import Origins, TransitionPart
from engine.definitions.models.workflow import LadderUsePart, WorkflowFile
from engine.definitions.reading.building import build
from engine.definitions.reading.ladder_unfolding import Unfolding
from engine.definitions.reading.model_check import fit

NO_ACTS: Mapping[str, Transition] = {}


def rule_set_of(document: Document) -> str:
    """The rule set this workflow names; empty when the file does not say."""
    value = document.value
    return str(value.get("rule_set", "")) if isinstance(value, dict) else ""


def build_workflow(
    document: Document, organisation: str, ladders: Mapping[str, Ladder], acts: Mapping[str, Transition] = NO_ACTS
) -> Workflow:
    """The file as a workflow. Raises DefinitionError with all its problems.

    `ladders` are those of its rule set, `acts` those that its organisation shares among workflows.
    """
    part = fit(document, WorkflowFile)
    at = document.top
    # Its transitions leave states by name, and a ladder brings states along: they wait until all states are known.
    written: Workflow = build(
        part, at, organisation=organisation, transitions=(), subject_key=part.subject.key,
        subject_name=part.subject.name, again_needs_reason=part.subject.again == "reason",
        layers=(f"{organisation}/{part.id}@{part.valid_from.isoformat()}",),
    )  # fmt: skip
    unfolding = _unfolding(part.ladder, ladders, at / "ladder")
    states = (*written.states, *(unfolding.states() if unfolding else ()))
    _check_states(states, at)
    for number, entry in enumerate(written.entries):
        _known_state(entry.state, states, at / "entries" / number / "state")
    workflow = replace(
        written,
        states=states,
        transitions=(
            *_build_transitions(part, at, states),
            *_shared(part, acts, states, at / "shares"),
            *_unfold(part, unfolding, states, at),
        ),
        ladder_terms=unfolding.terms() if unfolding else (),
    )
    document.refuse_if_wrong()
    return workflow


def _unfolding(use: LadderUsePart | None, ladders: Mapping[str, Ladder], at: Place) -> Unfolding | None:
    if use is None:
        return None
    if use.use not in ladders:
        (at / "use").report("unknown_ladder", ladder=use.use, known=ladders)
        return None
    ladder = ladders[use.use]
    enabled = {rung.id for rung in ladder.enabled_rungs()}
    for one in ladder.direct:
        if one.to not in enabled:
            at.report("direct_to_no_rung", direct=one.where, rung=one.to, known=enabled)
    return Unfolding(ladder=ladder, use=use, at=at)


def _unfold(
    part: WorkflowFile, unfolding: Unfolding | None, states: Sequence[State], at: Place
) -> tuple[Transition, ...]:
    if unfolding is None or part.ladder is None:
        return ()
    place = at / "ladder"
    _known_state(part.ladder.solved.target, states, place / "solved" / "to")
    _known_state(part.ladder.exhausted, states, place / "exhausted")
    if not part.ladder.entered.by:
        (place / "entered").report("ladder_by_nobody")
    if part.ladder.entered.origins.moves is not None:
        (place / "entered" / "from").report("ladder_knows_where_to")
    origins = _origins(part.ladder.entered.origins, states, place / "entered" / "from")
    return unfolding.transitions(origins, [state.id for state in states if not state.is_end])


def _check_states(states: Sequence[State], at: Place) -> None:
    names = [state.id for state in states]
    for number, name in enumerate(names):
        if name in names[:number]:
            (at / "states" / number).report("double_state", state=name)
        if name == "any":
            (at / "states" / number).report("state_named_any")
    for number, state in enumerate(states):
        if state.reopens is not None:
            _check_reopening(state, states, at / "states" / number / "reopens")


def _check_reopening(state: State, states: Sequence[State], at: Place) -> None:
    assert state.reopens is not None
    _known_state(state.reopens.to, states, at / "to")
    if not state.is_end or any(one.id == state.reopens.to and one.is_end for one in states):
        at.report("reopens_no_end", state=state.id, to=state.reopens.to)


def _build_transitions(part: WorkflowFile, at: Place, states: Sequence[State]) -> Iterator[Transition]:
    for number, one in enumerate(part.transitions):
        place = at / "transitions" / number
        _check_transition(one, place, states)
        written: Transition = build(one, place, origin="")
        if written.happened_on is not None and written.happened_on.fact not in written.asks:
            written = replace(written, asks=(*written.asks, written.happened_on.fact))
        targets = one.origins.moves or {}
        for origin in _origins(one.origins, states, place / "from"):
            yield replace(written, origin=origin, target=targets.get(origin, written.target or origin))


def _shared(
    part: WorkflowFile, acts: Mapping[str, Transition], states: Sequence[State], at: Place
) -> Iterator[Transition]:
    """The acts that the workflow takes over: in each open state, and the case stays where it is."""
    for number, name in enumerate(part.shares):
        if name not in acts:
            (at / number).report("unknown_shared_act", act=name, known=tuple(acts))
        elif any(one.id == name for one in part.transitions):
            (at / number).report("shared_act_again", act=name)
        else:
            yield from (replace(acts[name], origin=one.id, target=one.id) for one in states if not one.is_end)


def _check_transition(part: TransitionPart, at: Place, states: Sequence[State]) -> None:
    if part.target:
        _known_state(part.target, states, at / "to")
    for origin, target in (part.origins.moves or {}).items():
        _known_state(target, states, at / "from" / origin)
    if part.target and part.origins.moves is not None:
        (at / "to").report("moves_and_to", to=part.target)


def _origins(origins: Origins, states: Sequence[State], at: Place) -> list[str]:
    """The states a transition leaves, ends never included."""
    open_states = [state.id for state in states if not state.is_end]
    if origins.any_but is not None:
        for number, name in enumerate(origins.any_but):
            _known_state(name, states, at / "any_but" / number)
        return [name for name in open_states if name not in origins.any_but]
    if origins.states == ["any"]:
        return open_states
    ends = {state.id for state in states if state.is_end}
    named: dict[str | int, str] = dict(enumerate(origins.states))
    if origins.moves is not None:
        named = {name: name for name in origins.moves}
    for key, name in named.items():
        _known_state(name, states, at / key)
        if name in ends:
            (at / key).report("from_an_end", state=name)
    if not named:
        at.report("from_nowhere")
    return list(named.values())


def _known_state(name: str, states: Sequence[State], at: Place) -> None:
    known = [state.id for state in states]
    if name not in known:
        at.report("unknown_state", state=name, known=tuple(known))
