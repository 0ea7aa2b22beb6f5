"""What is surely known about a case at some point, whichever way it came there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from engine.core.language.facts import Value
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Facts that surely have a value (`known`), and facts that, when known, have one of a few values (`values`)."""

    known: frozenset[str] = frozenset()
    values: Mapping[str, frozenset[Value]] = field(default_factory=dict)

    def knowing(self, facts: Iterable[str]) -> Knowledge:
        """The same with these facts known as well."""
        return Knowledge(known=self.known | frozenset(facts), values=self.values)

    def without(self, facts: frozenset[str]) -> Knowledge:
        """The same with nothing said of these facts."""
        return Knowledge(known=self.known - facts, values={k: v for k, v in self.values.items() if k not in facts})

    def without_values(self, facts: Iterable[str]) -> Knowledge:
        """The same without what was said about the values of these facts."""
        dropped = frozenset(facts)
        return Knowledge(known=self.known, values={k: v for k, v in self.values.items() if k not in dropped})

    def about(self, facts: frozenset[str]) -> Knowledge:
        """Only the part about these facts."""
        return Knowledge(known=self.known & facts, values={k: v for k, v in self.values.items() if k in facts})

    @property
    def is_impossible(self) -> bool:
        """True when some fact would need a value that it cannot have."""
        return any(not allowed for allowed in self.values.values())

    def key(self) -> tuple[object, ...]:
        """The same knowledge as something that can be looked up."""
        return (self.known, frozenset(self.values.items()))


NOTHING = Knowledge()


def both(one: Knowledge, other: Knowledge) -> Knowledge:
    """What holds when both hold."""
    values = dict(one.values)
    for fact, allowed in other.values.items():
        values[fact] = values[fact] & allowed if fact in values else allowed
    return Knowledge(known=one.known | other.known, values=values)


def either(alternatives: Iterable[Knowledge]) -> Knowledge:
    """What holds whichever of the alternatives holds; nothing when there are none."""
    options = tuple(alternatives)
    if not options:
        return NOTHING
    known = frozenset.intersection(*(option.known for option in options))
    shared = set(options[0].values).intersection(*(option.values for option in options))
    values = {fact: frozenset().union(*(option.values[fact] for option in options)) for fact in shared}
    return Knowledge(known=known, values=values)
