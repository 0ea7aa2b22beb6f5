"""Gathered facts: what the other cases of the same subject say, brought together for a decision on one of them."""

from __future__ import annotations

from engine.core.deciding.case import Case
from engine.core.deciding.draft import Gathered
from engine.core.evaluation.prepared import Content


def gather(content: Content, others: tuple[Case, ...]) -> Gathered:
    """The gathered facts that the content declares, united over the subject's other cases.

    A gathered fact is never unknown: when there is no other case the list is empty.
    """
    found: dict[str, tuple[str, ...]] = {}
    for fact, rule in content.rules.facts.items():
        if rule.gathered is None:
            continue
        values: list[str] = []
        for case in others:
            if not rule.gathered.workflows or case.workflow in rule.gathered.workflows:
                values.extend(_values_of(case, rule.gathered.facts))
        found[fact] = tuple(dict.fromkeys(values))
    return found


def _values_of(case: Case, facts: tuple[str, ...]) -> list[str]:
    values: list[str] = []
    for fact in facts:
        known = case.facts.get(fact)
        if known is not None:
            values.extend(known.value if isinstance(known.value, tuple) else (str(known.value),))
    return values
