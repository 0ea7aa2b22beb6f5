"""Records: what comes more than once in a case, and the views by which conditions speak of them.

A record is written by an act. Inside that act its bare fields (`overleg.datum`) mean the record at hand; anywhere
else only a view speaks of records, by single facts (`geldige_adviezen.count`). So the language of conditions knows no
"for every" and no "there is", and each evaluator goes on seeing single facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace

from engine.core.language.conditions import ALWAYS, Condition, Expression
from engine.core.language.facts import LIFE, OF_CASE, WRITTEN_ON, Aspect, Choice, Declared, FactRule, FactType, Viewed
from engine.core.language.limits import all_over
from engine.core.legal_clock.period import Period
from engine.core.quick_class import dataclass

NUMBER = "number"
# What a view may ask of a case of another workflow, besides what that one shows.
PARENT, STATE, OPEN, OPENED_ON, SINCE = "parent", "state", "open", "opened_on", "since"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind(Declared):
    """The declaration of a kind of record.

    `fields` are fact rules by the name of the field; the id of each is `<kind>.<field>`. `needs` are the fields
    without which a record is never written. A record of a kind that `belongs_to` another bears the number of that
    one. `life` are the lives in which a record is open, the first of them when it is new; `ends` those after which
    nothing more happens to it. `written_by` are the bodies that may supply a field that names nobody itself.

    Of a kind with `replaced_as` one record counts at a time: a new one gives the one before that end, and outside the
    acts that write it the bare fields mean the one that counts. `replaced_with` gives, by field of the one that
    ends, the field by which the act says it; that is written there and not in the new one. `taken_over` gives, by
    field, the life of what a case of the first edition held: where that field is known the record has that life.

    `unique` is the field whose value belongs to one subject of an organisation for good, whatever became of the record:
    the number of a declaration. Only for a kind that a subject holds.

    `told_apart_by` is the field by which an act may say which of several open records it means, instead of the number.

    `binds` is the field that names the rule sets which an open record is about: who publishes one of them is told.

    `cases_of` makes them no records but the cases of that workflow about the same subject, as they stand: nobody writes
    one, and each field is what `reads` names of that case.

    `subject` is the kind of subject that holds these records, empty for a record of a case. They outlive the case that
    wrote them, and every case about the subject reads them.
    """

    id: str
    label: str
    fields: Mapping[str, FactRule]
    needs: tuple[str, ...] = ()
    belongs_to: str = ""
    life: tuple[Choice, ...] = ()
    ends: tuple[Choice, ...] = ()
    written_by: tuple[str, ...] = ()
    replaced_as: str = ""
    replaced_with: Mapping[str, str] = field(default_factory=dict)
    taken_over: Mapping[str, str] = field(default_factory=dict)
    unique: str = ""
    told_apart_by: str = ""
    binds: str = ""
    cases_of: str = ""
    reads: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""

    def __post_init__(self) -> None:
        named = {name: self._placed(name, rule) for name, rule in self.fields.items()}
        object.__setattr__(self, "fields", named)

    def _placed(self, name: str, rule: FactRule) -> FactRule:
        supplied_by = rule.supplied_by or self.written_by
        return replace(rule, id=self.fact_of(name), record=self.id, supplied_by=supplied_by)

    def fact_of(self, name: str) -> str:
        """The fact by which an act speaks of a field of the record at hand."""
        return f"{self.id}.{name}"

    @property
    def first_life(self) -> str:
        """The life of a new record; empty for a kind that has none."""
        return self.life[0].id if self.life else ""

    def is_open(self, life: str) -> bool:
        """Whether something can still happen to a record with this life."""
        return life in [choice.id for choice in self.life]

    @property
    def is_single(self) -> bool:
        """Whether one record of this kind counts at a time."""
        return bool(self.replaced_as)

    def life_label(self, life: str) -> str:
        """The words for a life; the life itself when the kind does not know it."""
        return next((choice.label for choice in (*self.life, *self.ends) if choice.id == life), life)

    def own_facts(self) -> Mapping[str, FactRule]:
        """What every record of this kind has besides its fields: its number, day and life, whose it is, whence it came.

        Only the numbers can be given along with an act: they say which record is meant when several are open.
        """
        number = FactType.NUMBER
        found = {NUMBER: (number, f"{self.label}: nummer"), WRITTEN_ON: (FactType.DATE, f"{self.label}: opgeschreven")}
        if self.cases_of:
            found = {NUMBER: (number, f"{self.label}: nummer"), **_of_cases(self.label)}
        if self.subject:
            found[OF_CASE] = (FactType.TEXT, f"{self.label}: zaak")
        if self.belongs_to:
            found[self.belongs_to] = (number, f"{self.label}: nummer van {self.belongs_to}")
        facts = {name: self._own(name, kind, label) for name, (kind, label) in found.items()}
        if self.life:
            facts[LIFE] = replace(
                self._own(LIFE, FactType.CHOICE, f"{self.label}: stand"), choices=(*self.life, *self.ends)
            )
        return facts

    def _own(self, name: str, kind: FactType, label: str) -> FactRule:
        return FactRule(id=self.fact_of(name), type=kind, label=label, record=self.id, where=self.where)

    def amendable(self) -> Mapping[str, FactRule]:
        """What of such a record can be put right in the register, by name: its fields, and its life if it has one."""
        own = {name: rule for name, rule in self.own_facts().items() if name == LIFE}
        kept = {name: rule for name, rule in self.fields.items() if name not in self.replaced_with.values()}
        return {**kept, **{name: replace(rule, supplied_by=self.written_by) for name, rule in own.items()}}

    def facts(self) -> Mapping[str, FactRule]:
        """Everything an act can say of the record at hand, by fact id."""
        return {rule.id: rule for rule in (*self.fields.values(), *self.own_facts().values())}


def _of_cases(label: str) -> dict[str, tuple[FactType, str]]:
    """What is known of every case without reading what stands in it."""
    return {
        OF_CASE: (FactType.TEXT, f"{label}: zaaknummer"),
        PARENT: (FactType.TEXT, f"{label}: bovenliggende zaak"),
        STATE: (FactType.TEXT, f"{label}: toestand"),
        OPEN: (FactType.YES_NO, f"{label}: lopend"),
        OPENED_ON: (FactType.DATE, f"{label}: geopend"),
        SINCE: (FactType.DATE, f"{label}: sinds"),
    }


def laid_on(below: RecordKind, kind: RecordKind) -> RecordKind:
    """A kind as a higher layer says it: it adds fields and needs to what is below, and never takes one away."""
    return replace(
        kind,
        fields=all_over(below.fields, kind.fields),
        needs=tuple(dict.fromkeys((*below.needs, *kind.needs))),
        belongs_to=kind.belongs_to or below.belongs_to,
        life=kind.life or below.life,
        ends=kind.ends or below.ends,
        replaced_as=kind.replaced_as or below.replaced_as,
        replaced_with={**below.replaced_with, **kind.replaced_with},
        unique=kind.unique or below.unique,
        told_apart_by=kind.told_apart_by or below.told_apart_by,
        binds=kind.binds or below.binds,
        taken_over={**below.taken_over, **kind.taken_over},
        source=(*below.source, *kind.source),
    )


def all_laid_on(*layers: Mapping[str, RecordKind]) -> dict[str, RecordKind]:
    """The kinds of these layers by name, lowest first."""
    found: dict[str, RecordKind] = {}
    for layer in layers:
        found |= {name: laid_on(found[name], kind) if name in found else kind for name, kind in layer.items()}
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Full:
    """A stretch of time that is full: `added` up over its records comes to `at_least` so much.

    `added` and `by` are fields: a number that is never below zero, and the day on which it counts. A stretch is as long
    as `within` says, and ends with its last day; school days and weeks are those of `school`, where that is known.
    """

    added: str
    at_least: int | float
    within: Period
    by: str
    school: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Declared):
    """The records of one kind for which `when` holds; in it the bare fields mean the record looked at.

    `alike` are fields in which a record must not differ from what the act at hand says of its own record: only inside
    such an act does the view mean anything. With `full` only the records of the first stretch of time that is full
    count (none while none is), and "first" and "latest" go by their day.
    """

    id: str
    label: str
    of: str
    when: Condition = ALWAYS
    alike: tuple[str, ...] = ()
    full: Full | None = None

    def facts(self, kind: RecordKind) -> Iterator[FactRule]:
        """The single facts that this view gives: how many, whether any, whether all; and of each field."""
        yield self._fact(Aspect.COUNT, FactType.NUMBER)
        yield self._fact(Aspect.ANY, FactType.YES_NO)
        yield self._fact(Aspect.ALL, FactType.YES_NO)
        for name, rule in {**kind.fields, **kind.own_facts()}.items():
            for aspect in (Aspect.LATEST, Aspect.FIRST):
                yield self._fact(aspect, rule.type, name, rule)
            yield self._fact(Aspect.DISTINCT, FactType.NUMBER, name)
            if rule.type is FactType.NUMBER:
                yield self._fact(Aspect.SUM, FactType.NUMBER, name)
            elif not rule.type.is_list and not rule.type.is_ordered and rule.type is not FactType.YES_NO:
                yield self._fact(Aspect.LIST, _LISTED.get(rule.type, FactType.TEXTS), name, rule)

    def _fact(self, aspect: Aspect, kind: FactType, name: str = "", of: FactRule | None = None) -> FactRule:
        viewed = Viewed(view=self.id, aspect=aspect, field=name)
        made = FactRule(id=f"{self.id}.{viewed.name}", type=kind, label=self.label, viewed=viewed, where=self.where)
        return replace(made, choices=of.choices, choices_from=of.choices_from) if of else made


_LISTED = {FactType.CHOICE: FactType.CHOICES, FactType.PERSON: FactType.PERSONS}


def facts_of_records(kinds: Mapping[str, RecordKind], views: Mapping[str, View]) -> Mapping[str, FactRule]:
    """The facts that come with these declarations; a view of a kind that does not exist gives none."""
    facts = {fact: rule for kind in kinds.values() for fact, rule in kind.facts().items()}
    known = (view for view in views.values() if view.of in kinds)
    return facts | {rule.id: rule for view in known for rule in view.facts(kinds[view.of])}
