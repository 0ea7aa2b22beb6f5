"""The ladder: every rung ends in time, its target fits, and only a person answers it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.ladder import Ladder
from engine.core.content.workflow import State
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import ALWAYS
from engine.proofs.lengths import is_surely_longer
from engine.proofs.problems import Problem, Proven, doubtful, wrong
from engine.proofs.world import World


def prove_ladders(world: World) -> Proven:
    """Every rung has a longest stay, a target within it, and a way on when its time is up."""
    problems: list[Problem] = []
    count = 0
    for content in world.contents:
        for ladder in content.rules.ladders.values():
            problems.extend(_check_ladder(ladder))
        rungs = [state for state in content.workflow.states if state.rung]
        count += len(rungs)
        for state in rungs:
            problems.extend(_check_way_on(content, state))
        problems.extend(_check_answers(content))
    line = f"{count} treden hebben een maximum, een weg verder na afloop en een antwoord door een mens."
    return Proven(problems=tuple(dict.fromkeys(problems)), line=line)


def _check_ladder(ladder: Ladder) -> Iterator[Problem]:
    for rung in ladder.rungs:
        if rung.maximum.amount == 0:
            yield wrong(
                "rung_without_maximum",
                f'De trede "{rung.id}" heeft geen maximum.',
                rung.where,
                "Een zaak zou er onbeperkt kunnen blijven.",
                'Zet maximum, bijvoorbeeld "7 days".',
            )
        if rung.target is not None and is_surely_longer(rung.target, rung.maximum):
            yield wrong(
                "target_beyond_maximum",
                f'De streeftijd van trede "{rung.id}" is langer dan haar maximum.',
                rung.where,
                f"Streeftijd {rung.target}, maximum {rung.maximum}.",
                "Maak target korter of maximum langer.",
            )
        if rung.target_share is not None and rung.target is None:
            yield doubtful(
                "share_without_target",
                f'De trede "{rung.id}" heeft een aandeel zonder streeftijd.',
                rung.where,
                "target_share zegt niets zonder target.",
                "Zet target, of haal target_share weg.",
            )


def _check_way_on(content: Content, state: State) -> Iterator[Problem]:
    """When the time of a rung is up the case goes on, whatever the conditions of higher rungs say."""
    overruns = [transition for transition in content.workflow.transitions_from(state.id) if transition.on_term]
    if not overruns:
        yield wrong(
            "rung_without_way_on",
            f'De trede "{state.id}" heeft geen vervolg als de tijd op is.',
            state.where,
            "Geen overgang wacht op haar maximumtermijn.",
            "Zet overrun en exhausted bij de ladder.",
        )
    elif not any(transition.when == ALWAYS and transition.target != state.id for transition in overruns):
        yield wrong(
            "rung_without_way_on",
            f'De trede "{state.id}" heeft niet altijd een vervolg als de tijd op is.',
            state.where,
            "Elke overgang na het maximum heeft een voorwaarde.",
            "Zet exhausted bij de ladder op een toestand waar de zaak altijd heen kan.",
        )


def _check_answers(content: Content) -> Iterator[Problem]:
    for transition in content.workflow.transitions:
        if transition.answers_rung and transition.is_automatic:
            yield wrong(
                "answered_by_itself",
                f'De overgang "{transition.id}" beantwoordt een trede vanzelf.',
                transition.where,
                "Een trede geldt pas als beantwoord door een handeling van een mens.",
                "Laat een orgaan deze overgang nemen (by).",
            )
