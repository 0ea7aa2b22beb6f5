"""The facts that people in a script give along: fixed, computed from the case, or one of several."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.evaluation.expressions import Lookup, Surroundings, evaluate_expression
from engine.core.finding import fault
from engine.core.language.conditions import Expression
from engine.core.language.facts import Value
from engine.definitions.files.places import as_error
from engine.definitions.script import Draw, ScriptedAct
from engine.rehearsal.moments import choose


def facts_of(act: ScriptedAct, key: str, number: int, lookup: Lookup, around: Surroundings) -> Mapping[str, Value]:
    """The facts of one act. `{n}` in a text becomes `number`, four digits.

    Raises DefinitionError when a value needs something that is not known of the case.
    """
    facts: dict[str, Value] = {}
    for fact, given in act.facts.items():
        value = evaluate_expression(_drawn(given, f"{key}/{fact}"), lookup, around)
        if value is None:
            raise as_error(fault("value_not_known", act.where, fact=fact))
        facts[fact] = value.replace("{n}", f"{number:04d}") if isinstance(value, str) else value
    return facts


def _drawn(given: Expression | Draw, key: str) -> Expression:
    return given.choices[choose(key, len(given.choices))] if isinstance(given, Draw) else given
