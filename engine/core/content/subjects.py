"""Whom the cases of an organisation are about, as the content declares it: their facts, said once for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.core.language.facts import Declared, FactRule
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectKind(Declared):
    """A kind of subject, and what the register holds of each: `facts` by full id, which is kind.field.

    `key` is the field with the number, unique within an organisation. `name` and `birth_day` are the fields by which
    people recognise a subject (empty: none): they must agree before another number is believed to be somebody new.
    """

    id: str
    label: str
    key: str
    name: str = ""
    birth_day: str = ""
    facts: Mapping[str, FactRule]

    @property
    def key_fact(self) -> str:
        """The fact with the number."""
        return self.fact(self.key)

    def fact(self, field: str) -> str:
        """The full id of a field."""
        return f"{self.id}.{field}"


def with_full_ids(kind: SubjectKind) -> SubjectKind:
    """The kind as its file says it, its facts under the ids by which rules and workflows know them."""
    facts = {kind.fact(name): replace(rule, id=kind.fact(name)) for name, rule in kind.facts.items()}
    return replace(kind, facts=facts)


def kinds_over_each_other(layers: Iterable[Mapping[str, SubjectKind]]) -> dict[str, SubjectKind]:
    """The kinds of all layers, lowest first: a higher layer adds facts to a kind, or says one otherwise."""
    found: dict[str, SubjectKind] = {}
    for layer in layers:
        for name, kind in layer.items():
            lower = found.get(name)
            found[name] = replace(kind, facts={**lower.facts, **kind.facts}) if lower else kind
    return found
