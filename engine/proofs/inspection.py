"""The inspection: every proof over all content, in one report that is the same every time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.core.content import Content
from engine.proofs.assumptions import find_assumptions
from engine.proofs.authority import prove_mandates
from engine.proofs.circles import prove_no_circles
from engine.proofs.clashes import prove_one_answer
from engine.proofs.consent import Version, prove_consent, prove_versions
from engine.proofs.dataflow import Dataflow
from engine.proofs.graph import prove_graph
from engine.proofs.letter_fields import FindsNames, prove_letter_fields, prove_templates
from engine.proofs.moves import prove_moves
from engine.proofs.openings import prove_openings
from engine.proofs.problems import Level, Problem, Proven, in_order
from engine.proofs.references import prove_references
from engine.proofs.rungs import prove_ladders
from engine.proofs.standing import prove_standing
from engine.proofs.term_use import prove_terms_start, prove_waiting_arcs
from engine.proofs.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was found and what was shown.

    `problems` are errors and warnings, errors first; `proven` one Dutch line for each proof without problems;
    `counts` how much was looked at, by Dutch name.
    """

    problems: tuple[Problem, ...]
    assumptions: tuple[Problem, ...]
    proven: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def is_sound(self) -> bool:
        """True when nothing was found that makes the content unusable."""
        return not any(problem.level is Level.ERROR for problem in self.problems)


def inspect(
    contents: Iterable[Content],
    *,
    versions: Sequence[Version] = (),
    find_names: FindsNames | None = None,
    on: date | None = None,
) -> Inspection:
    """Prove everything that can be proven of these contents, all workflows of an organisation together.

    `versions` are all dated files; `find_names` gives the names the text of a letter uses; `on` is the day for
    consents and mandates that run out. Nothing is raised: what is wrong stands in the answer.
    """
    world = World(contents=_in_order(contents))
    flows = {id(content): Dataflow(content) for content in world.contents}
    proofs = (
        prove_references(world),
        prove_openings(world, flows),
        *prove_graph(world),
        *(proof for content in world.contents for proof in _prove_workflow(content, flows[id(content)])),
        prove_terms_start(world, flows),
        prove_templates(world, find_names),
        prove_ladders(world),
        prove_one_answer(world),
        prove_mandates(world, on),
        prove_consent(world, on),
        *((prove_versions(versions),) if versions else ()),
    )
    return Inspection(
        problems=in_order(problem for proof in proofs for problem in proof.problems),
        assumptions=in_order(find_assumptions(world.contents)),
        proven=tuple(proof.line for proof in proofs if proof.line and not proof.problems),
        counts=_count(world),
    )


def _prove_workflow(content: Content, flow: Dataflow) -> tuple[Proven, ...]:
    return (
        prove_standing(content, flow),
        prove_waiting_arcs(content, flow),
        prove_no_circles(content, flow),
        prove_moves(content, flow),
        prove_letter_fields(content, flow),
    )


def _in_order(contents: Iterable[Content]) -> tuple[Content, ...]:
    return tuple(sorted(contents, key=lambda c: (c.organisation.id, c.workflow.id, c.workflow.valid_from)))


def _count(world: World) -> Mapping[str, int]:
    rule_sets = world.rule_sets()
    return {
        "organisaties": len({content.organisation.id for content in world.contents}),
        "workflows": len(world.contents),
        "toestanden": sum(len(content.workflow.states) for content in world.contents),
        "overgangen": sum(len(content.workflow.transitions) for content in world.contents),
        "regelsets": len(rule_sets),
        "gegevens": sum(len(content.rules.facts) for content in rule_sets),
        "regels": sum(len(content.rules.rules) for content in rule_sets),
        "tabellen": sum(len(content.rules.tables) for content in rule_sets),
        "termijnen": sum(len(content.terms()) for content in world.contents),
        "brieven": len({letter for content in world.contents for letter in content.letters}),
    }
