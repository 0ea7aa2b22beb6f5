"""What the ways of a procedure show, whoever works by it: walked once for organisations whose procedure is the same.

They differ in consent, in letters and in who is who, and no case goes another way for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine.core.content.ruleset import RuleSet
from engine.core.content.subjects import strange_kind
from engine.core.evaluation.prepared import Content
from engine.core.quick_class import dataclass
from engine.proofs.circles import prove_no_circles
from engine.proofs.dataflow import Dataflow
from engine.proofs.moves import prove_moves
from engine.proofs.proven import Proven
from engine.proofs.standing import prove_standing
from engine.proofs.term_use import prove_waiting_transitions

_NOT_WALKED: Mapping[str, Any] = {
    "organisation": "", "title": "", "consents": (), "addressees": {}, "layers": (), "is_law": True, "where": "",
    "digest": "",
}  # fmt: skip
"""What a rule set says that no way hangs on. Anything else that differs is walked anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What is known in each state of a content, and what its ways show."""

    content: Content
    flow: Dataflow
    proofs: tuple[Proven, ...]


def walk_through(content: Content) -> Walked:
    """Follow every way through one content."""
    flow = Dataflow(content)
    proofs = (
        prove_standing(content, flow),
        prove_waiting_transitions(content, flow),
        prove_no_circles(content, flow),
        prove_moves(content, flow),
    )
    return Walked(content=content, flow=flow, proofs=proofs)


def walked_alike(content: Content, walked: Iterable[Walked]) -> Walked | None:
    """The walk through a content in which every way is the same; None when none was walked."""
    return next((one for one in walked if _are_ways_the_same(content, one.content)), None)


def _are_ways_the_same(one: Content, other: Content) -> bool:
    return one.workflow == other.workflow and _ways_of(one) == _ways_of(other)


def _ways_of(content: Content) -> RuleSet:
    """The rules without what no way hangs on; what the register holds of another kind of subject is none of them."""
    rules, own = content.rules, content.subject_kind
    subjects = content.organisation.subjects
    strange = {name for name in rules.facts if strange_kind(subjects, own, name)}
    kinds = [kind for kind in subjects.values() if own is not None and kind.id != own.id]
    return replace(
        rules,
        facts={name: rule for name, rule in rules.facts.items() if name not in strange},
        records={name: kind for name, kind in rules.records.items() if not any(name in one.records for one in kinds)},
        **_NOT_WALKED,
    )
