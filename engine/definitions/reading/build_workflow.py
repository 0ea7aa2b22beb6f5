"""A workflow file to a core workflow, its ladder unfolded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.core.content.ladder import Ladder
from engine.core.content.workflow import State, Transition, Workflow
from engine.definitions.files.places import Document, Place
from engine.definitions.files.spelling import suggest
from engine.definitions.models.workflow import LadderUsePart, Origins, TransitionPart, WorkflowFile
from engine.definitions.reading.building import build
from engine.definitions.reading.ladder_unfolding import Unfolding
from engine.definitions.reading.model_check import fit


def rule_set_of(document: Document) -> str:
    """The rule set this workflow names; empty when the file does not say."""
    value = document.value
    return str(value.get("rule_set", "")) if isinstance(value, dict) else ""


def build_workflow(document: Document, organisation: str, ladders: Mapping[str, Ladder]) -> Workflow:
    """The file as a workflow. `ladders` are those of its rule set. Raises DefinitionError with all its problems."""
    part = fit(document, WorkflowFile)
    at = document.top
    # Its transitions leave states by name, and a ladder brings states along: they wait until all states are known.
    written: Workflow = build(
        part, at, organisation=organisation, transitions=(), subject_key=part.subject.key,
        subject_name=part.subject.name, layers=(f"{organisation}/{part.id}@{part.valid_from.isoformat()}",),
    )  # fmt: skip
    unfolding = _unfolding(part.ladder, ladders, at / "ladder")
    states = (*written.states, *(unfolding.states() if unfolding else ()))
    _check_states(states, at)
    for number, entry in enumerate(written.entries):
        _known_state(entry.state, states, at / "entries" / number / "state")
    workflow = replace(
        written,
        states=states,
        transitions=(*_build_transitions(part, at, states), *_unfold(part, unfolding, states, at)),
        ladder_terms=unfolding.terms() if unfolding else (),
    )
    document.refuse_if_wrong()
    return workflow


def _unfolding(use: LadderUsePart | None, ladders: Mapping[str, Ladder], at: Place) -> Unfolding | None:
    if use is None:
        return None
    if use.use not in ladders:
        (at / "use").report(
            f'De ladder "{use.use}" staat niet in de regelset.',
            next_step=suggest(
                use.use, ladders, kind="Bekende ladders", otherwise="Voeg de ladder toe aan de regelset."
            ),
        )
        return None
    ladder = ladders[use.use]
    enabled = {rung.id for rung in ladder.enabled_rungs()}
    for one in ladder.direct:
        if one.to not in enabled:
            at.report(
                f'De rechtstreekse instap ({one.where}) wijst naar trede "{one.to}", die er niet is of uit staat.',
                next_step=suggest(one.to, enabled, kind="Treden in gebruik"),
            )
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
        (place / "entered").report("Er staat niet bij wie een zaak op de ladder mag zetten.", next_step="Vul by aan.")
    origins = _origins(part.ladder.entered.origins, states, place / "entered" / "from")
    return unfolding.transitions(origins, [state.id for state in states if not state.is_end])


def _check_states(states: Sequence[State], at: Place) -> None:
    names = [state.id for state in states]
    for number, name in enumerate(names):
        if name in names[:number]:
            (at / "states" / number).report(
                f'De toestand "{name}" bestaat twee keer.',
                why="Ook de treden van een ladder zijn toestanden.",
                next_step="Geef een van beide een andere naam.",
            )
        if name == "any":
            (at / "states" / number).report('"any" is geen naam voor een toestand.', next_step="Kies een andere naam.")


def _build_transitions(part: WorkflowFile, at: Place, states: Sequence[State]) -> Iterator[Transition]:
    for number, one in enumerate(part.transitions):
        place = at / "transitions" / number
        _check_transition(one, place, states)
        written: Transition = build(one, place, origin="")
        for origin in _origins(one.origins, states, place / "from"):
            yield replace(written, origin=origin, target=written.target or origin)


def _check_transition(part: TransitionPart, at: Place, states: Sequence[State]) -> None:
    if part.target:
        _known_state(part.target, states, at / "to")
    ways = bool(part.by) + part.automatic + bool(part.on_term)
    if ways != 1:
        at.report(
            f'De overgang "{part.id}" moet precies een van by, automatic en on_term hebben.',
            why="Een mens neemt haar, of zij gaat vanzelf.",
            next_step="Vul by aan, of haal weg wat te veel is.",
        )
    if part.automatic and part.when is None:
        at.report(f'De overgang "{part.id}" gaat vanzelf, maar zegt niet wanneer.', next_step="Vul when aan.")
    if (part.automatic or part.on_term) and (part.asks or part.reason_required):
        at.report(f'De overgang "{part.id}" gaat vanzelf en kan niets vragen.', next_step="Haal asks en reason weg.")


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
    for number, name in enumerate(origins.states):
        _known_state(name, states, at / number)
        if name in ends:
            (at / number).report(f'"{name}" is een einde; daar gaat niets meer uit weg.', next_step="Haal het weg.")
    if not origins.states:
        at.report("Hier staat geen enkele toestand.", next_step="Noem de toestanden, of schrijf any.")
    return origins.states


def _known_state(name: str, states: Sequence[State], at: Place) -> None:
    known = [state.id for state in states]
    if name not in known:
        at.report(f'De toestand "{name}" bestaat niet.', next_step=suggest(name, known, kind="Bekende toestanden"))
