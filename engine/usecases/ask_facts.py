"""Which facts a case still misses that somebody can supply: for a form that is filled in and read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from engine.core.deciding.situation import Situation
from engine.core.deciding.step import BlockerKind
from engine.core.deciding.why import Possibility
from engine.core.errors import UsageError
from engine.core.language.conditions import facts_in
from engine.core.language.facts import FactRule
from engine.core.quick_class import dataclass
from engine.runtime import Runtime
from engine.usecases.explain_case import explain_case


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The facts to fill in, each with the acts that need it; `along` are acts that want more said with them.

    `perhaps` are facts that may be asked once the others are known: which of them, hangs on those.
    `supplier` empty: of whoever can say it. `transition` set: all that this act still wants, fields of records too.
    """

    situation: Situation
    supplier: str
    transition: str
    facts: Mapping[str, tuple[Possibility, ...]]
    along: tuple[Possibility, ...] = field(default=())
    perhaps: Mapping[str, tuple[Possibility, ...]] = field(default_factory=dict)

    @property
    def rules(self) -> Mapping[str, FactRule]:
        """The declarations of the facts, those that are perhaps asked last."""
        return {name: self.situation.content.rules.facts[name] for name in (*self.facts, *self.perhaps)}


def facts_to_ask(runtime: Runtime, case_id: str, supplier: str = "", transition: str = "") -> Form:
    """What a case misses. Raises CaseError when it is not there, UsageError for a body or an act that is not there."""
    found = explain_case(runtime, case_id, transition, supplier)
    situation, rules = found.situation, found.situation.content.rules.facts
    bodies = situation.content.organisation.bodies
    if supplier and supplier not in bodies:
        raise UsageError(f"Het orgaan '{supplier}' bestaat niet.", next_step=f"Er is: {', '.join(bodies)}.")
    if transition and not found.possibilities:
        raise UsageError(f"'{transition}' is een gegeven, geen handeling.", next_step="Geef met --for een overgang.")
    facts: dict[str, list[Possibility]] = {}
    along: dict[str, Possibility] = {}
    for item in found.possibilities:
        for blocker in item.blockers:
            if blocker.kind is not BlockerKind.MISSING_FACT or blocker.subject not in rules:
                continue
            by = blocker.supplied_by or (item.by if transition else ())
            if not by or (supplier and supplier not in by):
                continue  # nobody says it by itself, or somebody else does
            # A field of a record can only be said along with the act that writes the record.
            if rules[blocker.subject].record and not transition:
                along[item.transition] = item
            else:
                facts.setdefault(blocker.subject, []).append(item)
    perhaps = {
        name: (item,)
        for item in found.possibilities
        for name in _behind(situation, item)
        if not supplier or supplier in rules[name].supplied_by
        if name not in facts
    }
    return Form(
        situation=situation,
        supplier=supplier,
        transition=transition,
        facts={name: tuple(items) for name, items in facts.items()},
        along=tuple(along.values()),
        perhaps=perhaps,
    )


def _behind(situation: Situation, item: Possibility) -> tuple[str, ...]:
    """The facts that the act may be given and that what is unknown of its condition can come to rest on.

    A table says only of its first row that is unknown what is missing: of which school it must be known whether it
    belongs here is clear once it is known where the pupil is. Whoever fills in a form wants to be asked once.
    """
    if not any(one.kind is BlockerKind.MISSING_FACT for one in item.blockers):
        return ()
    rules, producers = situation.content.rules, situation.content.prepared.producers
    acts = (
        one for one in situation.content.workflow.transitions_from(situation.case.state) if one.id == item.transition
    )
    waiting, seen = [fact for act in acts for fact in facts_in(act.when)], set[str]()
    while waiting:
        fact = waiting.pop()
        if fact not in seen and situation.lookup(fact) is None:
            seen.add(fact)
            waiting += producers[fact].reads if fact in producers else ()
    asked = (fact for fact in item.asks if fact in seen and fact in rules.facts and fact not in producers)
    return tuple(fact for fact in asked if not rules.facts[fact].record)
