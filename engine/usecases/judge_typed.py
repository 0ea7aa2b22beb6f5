"""Is a text that somebody typed plain enough for the parents or the child who will read it in a letter?

A doubt and never a wall: the letter says what was typed, and the measures are rules of thumb.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from engine.core.content.ordered import letter_orders
from engine.core.deciding.readers import kinds_for
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, doubt
from engine.core.language.conditions import facts_in_expression
from engine.core.language.facts import Value
from engine.letters.letter_rules import find_letter_rules
from engine.letters.plain_words import find_hard_typed

# By name, so that a test sees that every code which has words is said.
_TYPED = {"long_sentence": "typed_long_sentence", "hard_word": "typed_hard_word"}


def judge_typed(content: Content, look_root: Callable[[], Path], facts: Mapping[str, Value]) -> tuple[Finding, ...]:
    """What may be hard to read in these texts, each held against the strictest letter that shows it at home."""
    shown = _levels_at_home(content, frozenset(facts))
    if not shown:
        return ()
    measures = find_letter_rules(look_root(), content.organisation).levels
    found: list[Finding] = []
    for fact, levels in shown.items():
        known = [measures[level] for level in levels if level in measures]
        if known and isinstance(text := facts[fact], str):
            measure = min(known, key=lambda one: one.longest_sentence)
            rule = content.rules.facts.get(fact)
            label = rule.label if rule else fact
            remarks = find_hard_typed(text, measure)
            found += (doubt(_TYPED[kind], "", label=label, fact=fact, **told) for kind, told in remarks)
    return tuple(found)


def _levels_at_home(content: Content, facts: frozenset[str]) -> dict[str, set[str]]:
    """The language levels of the letters to lay readers in which these facts stand."""
    found: dict[str, set[str]] = {}
    for name in dict.fromkeys(_letters_home(content)):
        template = content.letters.get(name)
        for field in template.fields if template else ():
            for fact in facts & facts_in_expression(field.value):
                found.setdefault(fact, set()).add(template.level)  # type: ignore[union-attr]  # it has fields
    return found


def _letters_home(content: Content) -> Iterator[str]:
    kinds = content.organisation.letter_readers
    for order in letter_orders(content.workflow, content.rules):
        readers = (content.rules.addressees[name].reader for name in order.to)
        if any(kind.is_lay for reader in readers for kind in kinds_for(kinds, reader)):
            yield order.letter
