"""What stands in the way of an act: mandate, missing facts, conditions; each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from engine.core.content.workflow import Transition
from engine.core.deciding.mandates import Authority, find_authority
from engine.core.deciding.situation import Situation
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import FactRule, FactType, Value
from engine.core.moment import local_day

_PYTHON_TYPES: Mapping[FactType, tuple[type, ...]] = {
    FactType.YES_NO: (bool,),
    FactType.NUMBER: (int, float),
    FactType.DATE: (date,),
    FactType.MOMENT: (datetime,),
    FactType.CHOICE: (str,),
    FactType.TEXT: (str,),
    FactType.PERSON: (str,),
}


def check_facts(content: Content, facts: Mapping[str, Value]) -> tuple[Blocker, ...]:
    """Blockers for facts that do not exist, are concluded by rules, or have a value of the wrong type."""
    blockers: list[Blocker] = []
    for fact, value in facts.items():
        rule = content.rules.facts.get(fact)
        if rule is None:
            blockers.append(Blocker(kind=BlockerKind.UNKNOWN_FACT, subject=fact))
        elif fact in content.prepared.producers or rule.gathered:
            blockers.append(Blocker(kind=BlockerKind.DERIVED_FACT, subject=fact, where=rule.where))
        elif wrong := _wrong_value(content, rule, value):
            blockers.append(Blocker(kind=BlockerKind.WRONG_VALUE, subject=fact, detail=wrong, where=rule.where))
    return tuple(blockers)


def _wrong_value(content: Content, rule: FactRule, value: Value) -> str:
    """The value that does not fit, as text; empty when all is well."""
    if rule.type.is_list:
        items = value if isinstance(value, tuple) else ()
        if not isinstance(value, tuple):
            return str(value)
    else:
        items = (value,) if isinstance(value, str) else ()
        if not isinstance(value, _PYTHON_TYPES[rule.type]):
            return str(value)
        if isinstance(value, bool) is not (rule.type is FactType.YES_NO):
            return str(value)
        if isinstance(value, datetime) is not (rule.type is FactType.MOMENT):
            return str(value)
    allowed = content.organisation.choices_of(rule)
    return next((str(item) for item in items if allowed is not None and item not in allowed), "")


def authority_for(situation: Situation, transition: Transition) -> Authority | None:
    """The authority of the actor for this transition, today; None when there is none."""
    return find_authority(
        situation.content.organisation,
        situation.actor.role,
        transition.by,
        f"{situation.content.workflow.id}.{transition.id}",
        local_day(situation.moment),
    )


def missing_requirements(situation: Situation, requires: tuple[str, ...]) -> tuple[Blocker, ...]:
    """A blocker for every base fact a person must still supply, with the bodies that can."""
    unknown = tuple(fact for fact in requires if situation.lookup(fact) is None)
    return tuple(missing_fact(situation, fact) for fact in situation.missing_facts(unknown))


def missing_fact(situation: Situation, fact: str) -> Blocker:
    """The blocker for one unknown fact: its question, and who can supply it."""
    rule = situation.content.rules.facts.get(fact)
    return Blocker(
        kind=BlockerKind.MISSING_FACT,
        subject=fact,
        detail=(rule.question or rule.label) if rule else "",
        supplied_by=rule.supplied_by if rule else (),
        where=rule.where if rule else "",
    )


def condition_blockers(situation: Situation, transition: Transition) -> tuple[Blocker, ...]:
    """Why the transition's condition does not hold: the reason, and the facts to ask for when it is unknown."""
    if situation.holds(transition.when):
        return ()
    reason = situation.explain(transition.when)
    missing = situation.missing_facts(reason.missing_facts())
    asked = tuple(missing_fact(situation, fact) for fact in missing)
    return (Blocker(kind=BlockerKind.CONDITION, subject=transition.id, reason=reason, where=transition.where), *asked)


def transition_blockers(situation: Situation, transition: Transition) -> tuple[Blocker, ...]:
    """Everything but the mandate and the stated reason that keeps this transition from being taken now."""
    found = (*missing_requirements(situation, transition.requires), *condition_blockers(situation, transition))
    return tuple({(blocker.kind, blocker.subject): blocker for blocker in found}.values())
