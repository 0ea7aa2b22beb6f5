"""Who works on cases, as the register holds them, and who is meant by what stands in a case.

A value of the type `person` is a number of this register. Two spellings of one name are then one person, and a rule
that compares persons compares people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date

from engine.core.deciding.case import Case
from engine.core.deciding.subject import Subject
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import PERSON_TYPES, FactType, KnownFact, Value
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRange:
    """Days from `since` through `until`, both inclusive; None: without a beginning, without an end."""

    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether a day is one of them."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def meets(self, other: DayRange) -> bool:
        """Whether both have a day in common."""
        first = max((one for one in (self.since, other.since) if one), default=date.min)
        return self.covers(first) and other.covers(first)

    @property
    def is_backwards(self) -> bool:
        """Whether it ends before it begins."""
        return self.since is not None and self.until is not None and self.until < self.since


ALWAYS = DayRange()


@dataclass(frozen=True, slots=True, kw_only=True)
class During:
    """A body somebody belongs to, or the number of who stands in, during a period."""

    of: str
    period: DayRange = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the register of an organisation, unique by organisation and number.

    `period` is how long the person works here. `bodies` and `stand_ins` are dated. Who was `merged_into` another means
    that other from then on; the name is kept, for who still types it. `version` grows by one with every change.
    """

    organisation: str
    number: str
    name: str
    title: str = ""
    discipline: str = ""
    email: str = ""
    period: DayRange = ALWAYS
    bodies: tuple[During, ...] = ()
    stand_ins: tuple[During, ...] = ()
    merged_into: str = ""
    version: int = 0

    @property
    def shown(self) -> str:
        """The name as people read it, title in front."""
        return f"{self.title} {self.name}".strip()

    def bodies_on(self, day: date) -> tuple[str, ...]:
        """The bodies this person belongs to on a local day; none when not working here then."""
        found = (one.of for one in self.bodies if one.period.covers(day)) if self.period.covers(day) else ()
        return tuple(dict.fromkeys(found))


def plain_person(person: Person) -> dict[str, object]:
    """What is known of somebody besides the number, as plain JSON; days in ISO form."""
    return {
        "name": person.name,
        "title": person.title,
        "discipline": person.discipline,
        "email": person.email,
        "period": _plain_period(person.period),
        "bodies": [[one.of, *_plain_period(one.period)] for one in person.bodies],
        "stand_ins": [[one.of, *_plain_period(one.period)] for one in person.stand_ins],
        "merged_into": person.merged_into,
    }


def _plain_period(period: DayRange) -> list[str]:
    return [day.isoformat() if day else "" for day in (period.since, period.until)]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who is meant by what stands in some cases: `meant` gives, for each such value, the person."""

    meant: Mapping[str, Person] = field(default_factory=dict)

    @property
    def names(self) -> Mapping[str, str]:
        """The name to show for each value."""
        return {value: person.shown for value, person in self.meant.items()}

    def numbers(self, value: Value) -> Value:
        """A value with the numbers of who is meant: a number that was merged is the number it became."""
        if isinstance(value, tuple):
            return self.each_number(value)
        return self._number(value) if isinstance(value, str) else value

    def each_number(self, values: Iterable[str]) -> tuple[str, ...]:
        """The same for a list, each person once."""
        return tuple(dict.fromkeys(self._number(value) for value in values))

    def shown(self, value: Value) -> Value:
        """A value with names in place of numbers."""
        if isinstance(value, tuple):
            return tuple(self._shown(item) for item in value)
        return self._shown(value) if isinstance(value, str) else value

    def shown_in(self, kind: FactType, value: Value) -> Value:
        """A value of a fact of this type: with names when it holds people, else as it is."""
        return self.shown(value) if kind in PERSON_TYPES else value

    def _number(self, value: str) -> str:
        found = self.meant.get(value)
        return found.number if found else value

    def _shown(self, value: str) -> str:
        found = self.meant.get(value)
        return found.shown if found else value


NOBODY_KNOWN = People()


def values_of_people(content: Content, cases: Iterable[Case], subject: Subject) -> frozenset[str]:
    """Everything in these cases and of the subject that may mean somebody in the register.

    A number is one wherever it stands: what another procedure calls its facts is not known here. A name that was
    written before there was a register is one only in a fact that holds a person.
    """
    found, others, holds_people = set[str](), set[str](), content.person_facts
    facts = (*_fields(cases), *subject.facts.items(), *(item for one in subject.records for item in one.fields.items()))
    for fact, known in facts:
        value, there = known.value, found if fact in holds_people else others
        if isinstance(value, str):
            there.add(value)
        elif isinstance(value, tuple):
            there.update(value)
    for case in cases:
        found.update(case.acted, (case.handler,) if case.handler else ())
    return frozenset(found.union(content.organisation.people.numbers_among(others)))


def _fields(cases: Iterable[Case]) -> Iterator[tuple[str, KnownFact]]:
    for case in cases:
        yield from case.facts.items()
        for record in case.records:
            yield from ((f"{record.kind}.{name}", known) for name, known in record.fields.items())


def involved_in(case: Case, parts: Iterable[str], people: People) -> Iterator[str]:
    """The numbers of who took part in a case in one of these ways: `named` anywhere in it, `acted`, `handler`."""
    if "named" in parts:
        yield from (people.meant[item].number for item in named_in(case) if item in people.meant)
    others = (*(case.acted if "acted" in parts else ()), *((case.handler,) if "handler" in parts else ()))
    yield from (str(people.numbers(one)) for one in others if one)


def named_in(case: Case) -> Iterator[str]:
    """Every text that a case says, which may name somebody."""
    for _, known in _fields((case,)):
        items = known.value if isinstance(known.value, tuple) else (known.value,)
        yield from (item for item in items if isinstance(item, str))
