"""Which facts a case still misses that somebody can supply: for a form that is filled in and read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from engine.core.deciding.situation import Situation
from engine.core.deciding.step import BlockerKind
from engine.core.deciding.why import Possibility
from engine.core.errors import UsageError
from engine.core.language.facts import FactRule
from engine.core.quick_class import dataclass
from engine.runtime import Runtime
from engine.usecases.explain_case import explain_case


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The facts to fill in, each with the acts that need it; `along` are acts that want more said with them.

    `supplier` empty: of whoever can say it. `transition` set: all that this act still wants, fields of records too.
    """

    situation: Situation
    supplier: str
    transition: str
    facts: Mapping[str, tuple[Possibility, ...]]
    along: tuple[Possibility, ...] = field(default=())

    @property
    def rules(self) -> Mapping[str, FactRule]:
        """The declarations of the facts."""
        return {name: self.situation.content.rules.facts[name] for name in self.facts}


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
    return Form(
        situation=situation,
        supplier=supplier,
        transition=transition,
        facts={name: tuple(items) for name, items in facts.items()},
        along=tuple(along.values()),
    )
