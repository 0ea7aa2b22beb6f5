"""The inspection: every proof over all content, in one report that is the same every time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, Level
from engine.core.quick_class import dataclass
from engine.proofs.authority import prove_mandates
from engine.proofs.clashes import prove_one_answer
from engine.proofs.consent import Version, prove_consent, prove_versions
from engine.proofs.dataflow import Dataflow
from engine.proofs.graph import prove_graph
from engine.proofs.idle_parts import prove_parts_are_used
from engine.proofs.idle_rules import prove_each_speaks
from engine.proofs.letter_fields import prove_clauses, prove_letter_fields
from engine.proofs.obligations import prove_obligations
from engine.proofs.openings import prove_openings
from engine.proofs.planned import prove_planned
from engine.proofs.proven import Proven
from engine.proofs.rungs import prove_ladders
from engine.proofs.shelf import KeptProof, NoShelf, ProofShelf
from engine.proofs.term_use import prove_terms_start
from engine.proofs.touched import untouched
from engine.proofs.walked import Walked, walk_through, walked_alike
from engine.proofs.world import Name, World, name_of
from engine.words.saying import in_order

_NOTHING_KEPT = NoShelf()
_NONE: Mapping[Any, Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was found and what was shown.

    `findings` are errors and warnings, errors first; `proven` one Dutch line for each proof without findings;
    `counts` how much was looked at, by Dutch name.
    """

    findings: tuple[Finding, ...]
    proven: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def is_sound(self) -> bool:
        """True when nothing was found that makes the content unusable."""
        return not any(one.level is Level.ERROR for one in self.findings)


def inspect_days(
    days: Iterable[World],
    *,
    versions: Sequence[Version] = (),
    on: date | None = None,
    wrong: Sequence[Finding] = (),
    elsewhere: Collection[str] = (),
    shelf: ProofShelf = _NOTHING_KEPT,
) -> Inspection:
    """Prove all that can be proven; each world holds the contents in force together on one day.

    Oldest first; lines and counts are those of the last day. `versions` are all dated files; `on` is the day for
    consents and mandates that run out, and for vacations that must be known; `wrong` is what was found before: nothing
    that follows from it is found here. `elsewhere` are the facts that something beside the rules shows; what the
    `shelf` has of a content is taken from it.
    Nothing is raised: what is wrong stands in the answer.
    """
    worlds = tuple(days) or (World(contents=()),)
    # Each content once, however many days it is in force.
    read = {name_of(content): content for world in worlds for content in world.contents}
    partly = frozenset[Name]().union(*(world.partly for world in worlds))
    contents = {key: content for key, content in read.items() if key not in partly}
    flows: dict[Name, Dataflow] = {}
    alone: dict[Name, tuple[Proven, ...]] = {}
    walked: list[Walked] = []
    for key, content in contents.items():
        kept = shelf.get(key)
        if kept is not None:
            flows[key], alone[key] = Dataflow(content, kept), kept.proofs
        else:
            walk = walked_alike(content, walked) or walk_through(content)
            walked.append(walk)
            flow = flows[key] = walk.flow.seen_by(content)
            alone[key] = (*walk.proofs, *_prove_own(content, flow))
            shelf.put(key, KeptProof(proofs=alone[key], standings=flow.standings, known=flow.known))
    rules = tuple(content.rules for content in read.values())
    by_day = [(*_prove_world(world, flows, alone, on, elsewhere), prove_consent(world, on, rules)) for world in worlds]
    by_day[-1] += (prove_versions(versions, on),) if versions else ()
    found = in_order(one for proofs in by_day for proof in proofs for one in proof.findings)
    return Inspection(
        findings=untouched(found, wrong, (read[key] for key in partly)),
        proven=tuple(proof.line for proof in by_day[-1] if proof.line and not proof.findings),
        counts=_count(worlds[-1]),
    )


Key = tuple[str, str, date]
"""Organisation, workflow, first day."""


def together(
    contents: Mapping[Key, Content], partly: Mapping[Key, Content] = _NONE, unread: Mapping[Key, str] = _NONE
) -> tuple[World, ...]:
    """The worlds that are in force on each day of change; see `World` for what is read in part, or not at all."""
    seen: Mapping[Key, Content] = {**contents, **partly}
    keys = sorted({*seen, *unread})
    worlds: list[World] = []
    for last in sorted({day for _, _, day in keys}):
        newest = {(organisation, workflow): (organisation, workflow, day)
                  for organisation, workflow, day in keys if day <= last}  # fmt: skip
        worlds.append(
            World(
                contents=in_their_order(seen[key] for key in newest.values() if key in seen),
                partly=frozenset(name_of(partly[key]) for key in newest.values() if key in partly),
                unread={name: unread[key] for name, key in newest.items() if key in unread},
            )
        )
    return tuple(worlds)


def _prove_world(
    world: World,
    flows: Mapping[Name, Dataflow],
    alone: Mapping[Name, tuple[Proven, ...]],
    on: date | None,
    elsewhere: Collection[str],
) -> tuple[Proven, ...]:
    return (
        *prove_graph(world),
        *(proof for content in world.contents for proof in alone.get(name_of(content), ())),
        prove_openings(world, flows),
        prove_planned(world, flows, on),
        prove_terms_start(world, flows),
        prove_clauses(world),
        prove_ladders(world),
        prove_one_answer(world),
        prove_each_speaks(world),
        prove_parts_are_used(world, elsewhere),
        prove_mandates(world, on),
    )


def _prove_own(content: Content, flow: Dataflow) -> tuple[Proven, ...]:
    """What is proven of a content besides its ways: its letters, and who of the organisation may do what."""
    return prove_letter_fields(content, flow), prove_obligations(content, flow)


def in_their_order(contents: Iterable[Content]) -> tuple[Content, ...]:
    """The contents as a report tells of them."""
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
