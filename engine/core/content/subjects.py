"""Whom the cases of an organisation are about, as the content declares it: their facts, said once for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from engine.core.content.records import RecordKind, all_laid_on
from engine.core.language.facts import Declared, FactRule, Value
from engine.core.language.limits import all_over
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectList(Declared):
    """The records `of` one kind whose fields have the values of `where`: who, of all that are known, is meant.

    `facts` are the fields by which a procedure speaks of all of them at once, by full id (list.field): of one record
    its field, of several the values of the fields `told_together` in one sentence, and of the others that of the
    first record.
    """

    id: str
    of: str
    where_fields: Mapping[str, Value] = field(default_factory=dict)
    facts: Mapping[str, FactRule]
    told_together: tuple[str, ...] = ()

    def fact(self, name: str) -> str:
        """The full id of a field of all of them."""
        return f"{self.id}.{name}"

    def field_of(self, fact: str) -> str:
        """The field behind a full id."""
        return fact.removeprefix(f"{self.id}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectKind(Declared):
    """A kind of subject, and what the register holds of each: `facts` by full id, which is kind.field.

    `records` are what it holds more than one of, `lists` those of them that a procedure speaks of.
    `key` is the field with the number, unique within an organisation. `name` and `birth_day` are the fields by which
    people recognise a subject (empty: none): they must agree before another number is believed to be somebody new.
    `only` holds the fields, with the number, of the one there is: then nobody is asked which is meant.
    """

    id: str
    label: str
    key: str
    name: str = ""
    birth_day: str = ""
    only: Mapping[str, Value] = field(default_factory=dict)
    facts: Mapping[str, FactRule]
    records: Mapping[str, RecordKind] = field(default_factory=dict)
    lists: Mapping[str, SubjectList] = field(default_factory=dict)

    @property
    def key_fact(self) -> str:
        """The fact with the number."""
        return self.fact(self.key)

    @property
    def identifying(self) -> tuple[str, ...]:
        """The facts by which people recognise a subject, besides its number."""
        return tuple(self.fact(name) for name in (self.name, self.birth_day) if name)

    @property
    def known_of_only(self) -> Mapping[str, Value]:
        """What is known of the one there is, by full id; nothing of a kind of which there are more."""
        return {self.fact(name): value for name, value in self.only.items()}

    def fact(self, name: str) -> str:
        """The full id of a field."""
        return f"{self.id}.{name}"

    def holds(self, fact: str) -> bool:
        """Whether the register holds this fact (by full id) of such a subject, also in a list or a record."""
        return (
            fact in self.facts
            or fact.rpartition(".")[0] in self.records
            or any(fact in one.facts for one in self.lists.values())
        )

    @property
    def all_facts(self) -> Mapping[str, FactRule]:
        """Every fact that a procedure can know of a subject: its own, and those of its lists."""
        return {**self.facts, **{fact: rule for one in self.lists.values() for fact, rule in one.facts.items()}}


def strange_kind(kinds: Mapping[str, SubjectKind], own: SubjectKind | None, fact: str) -> SubjectKind | None:
    """Which of these kinds a fact is of, in a case that is about another (`own`); None when it is not of another."""
    if own is None or own.holds(fact):
        return None
    return next((kind for kind in kinds.values() if kind.holds(fact)), None)


def with_full_ids(kind: SubjectKind) -> SubjectKind:
    """The kind as its file says it, its facts under the ids by which rules and workflows know them."""
    facts = _with_ids(kind.facts, kind.id)
    lists = {name: replace(one, facts=_with_ids(one.facts, one.id)) for name, one in kind.lists.items()}
    records = {name: replace(one, subject=kind.id) for name, one in kind.records.items()}
    return replace(kind, facts=facts, lists=lists, records=records)


def _with_ids(facts: Mapping[str, FactRule], prefix: str) -> dict[str, FactRule]:
    return {f"{prefix}.{name}": replace(rule, id=f"{prefix}.{name}") for name, rule in facts.items()}


def kinds_over_each_other(layers: Iterable[Mapping[str, SubjectKind]]) -> dict[str, SubjectKind]:
    """The kinds of all layers, lowest first: a higher layer adds facts to a kind, or says one otherwise."""
    found: dict[str, SubjectKind] = {}
    for layer in layers:
        for name, kind in layer.items():
            lower = found.get(name)
            found[name] = _over(lower, kind) if lower else kind
    return found


def _over(lower: SubjectKind, upper: SubjectKind) -> SubjectKind:
    return replace(
        upper,
        only={**lower.only, **upper.only},
        facts=all_over(lower.facts, upper.facts),
        records=all_laid_on(lower.records, upper.records),
        lists={**lower.lists, **upper.lists},
    )
