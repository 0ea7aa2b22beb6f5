"""The organisation: bodies, mandates, schools, sectors, parameters, and how it keeps a register of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from typing import TYPE_CHECKING

from engine.core.content.letter_readers import LetterReaderKind
from engine.core.content.records import RecordKind
from engine.core.content.subjects import SubjectKind
from engine.core.language.facts import Declared, FactRule, Pattern, Value
from engine.core.legal_clock.calendar import OfficeHours
from engine.core.legal_clock.period import Period
from engine.core.quick_class import dataclass

if TYPE_CHECKING:
    from engine.core.content.letter_readers import Addressee
    from engine.core.content.ruleset import Table
    from engine.core.content.workflow import Transition
    from engine.core.language.names import NameRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Declared):
    """A body or role that owns states, acts, or reads letters.

    `in_sentence` is its label as it stands inside a sentence, with its article. Where there are many of it (schools),
    the first fact of `named_by` that a case knows says which one of them is meant there.
    """

    id: str
    label: str
    in_sentence: str = ""
    members: str = ""
    email: str = ""
    named_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate(Declared):
    """`holder` may do `acts` (workflow.transition, or workflow.*) in the name of `giver`; days inclusive."""

    id: str
    holder: str
    giver: str
    acts: tuple[str, ...]
    valid_from: date
    valid_through: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A school board, by its number in the national register."""

    number: str
    name: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A school location, by its BRIN number."""

    number: str
    name: str
    place: str
    board: str = ""
    types: tuple[str, ...] = ()
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A sector of education with the council whose consent a version needs there."""

    id: str
    label: str
    consent_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleRegister(Declared):
    """`prefix` begins the number of everybody in it (P-0001); without one an organisation keeps no register.

    `kept_by` are the bodies that may change it, `assigned_by` those that say who has a case in hand. `titles` and
    `salutations` are no part of a name (`NameRules`); `disciplines` are what a professional may be, by id.
    """

    prefix: str = ""
    kept_by: tuple[str, ...] = ()
    assigned_by: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    salutations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    disciplines: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> NameRules:
        """How names are compared here."""
        from engine.core.language.names import NameRules  # most acts compare no names

        return NameRules(titles=self.titles, salutations=tuple(self.salutations.items()))

    def number(self, place: int) -> str:
        """The number of the person who came at this place, counted from 1."""
        return f"{self.prefix}-{place:04d}"

    def is_number(self, text: str) -> bool:
        """Whether this text is a number as it is written."""
        return text.startswith(f"{self.prefix}-") and self.as_number(text) == text

    def numbers_among(self, texts: Iterable[str]) -> Iterator[str]:
        """Those of these texts that are numbers as they are written."""
        # Every text of a case is asked this, and nearly all begin otherwise.
        begins = f"{self.prefix}-"
        return (text for text in texts if text.startswith(begins) and self.is_number(text))

    def as_number(self, text: str) -> str:
        """The number as it is written, when the text is one in any case; empty when it is something else."""
        found = re.fullmatch(rf"{re.escape(self.prefix)}-?([0-9]{{1,9}})", text.strip(), re.IGNORECASE)
        return self.number(int(found[1])) if found and self.prefix else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRule(Declared):
    """What stands in an inbox: what must be done within `ahead`; None: everything that is open.

    A message that asks nothing of its reader lies there for `read_within`; None: until somebody settles it.
    """

    ahead: Period | None = None
    read_within: Period | None = None


EVERYTHING_LIES_THERE = InboxRule()
NO_REGISTER = PeopleRegister()  # of who keeps none: a person is the text that was typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation with what it inherits merged in; `inherits` are all layers under it, lowest first.

    `parameters` are plain values content can refer to, `patterns` the forms of numbers that are text. `letterhead`
    holds the sender's lines by name (name, address, place, telephone, email, website, logo), `letter_labels` the words
    that stand around the text of every letter, greeting included, `letter_readers` the kinds of readers,
    `spoken_names` what a salutation says for how a name begins (in small letters). `needs_consent`: its versions need
    the consent of `sectors`. `region` selects the school vacations. `subjects` are the kinds it
    keeps a register of, `people` says how it keeps one of who works on cases. `shared_records` are kinds of record that
    every rule set knows, `shared_acts` acts that a workflow takes over by name, in each of its open states; they
    have no origin yet. `shared_facts`, `shared_tables` and `shared_addressees` are the vocabulary: a rule set takes
    over by name what it speaks of. `choices` are lists of answers and `handovers` lists of facts that go along to
    another case, by name. `office` are the hours in which a machine may write to people; None: always.
    `locked_partials` are texts of letters that nobody above may replace, by the digest of what was agreed;
    `closed_calendar`: nobody above may say which days are equated with a holiday. `published_by`: who may publish.
    `unserved` are sectors it knows and does not work for, `leaves_out` inherited procedures it lacks, with the reason.
    """

    id: str
    title: str
    inherits: tuple[str, ...]
    needs_consent: bool
    region: str
    bodies: Mapping[str, Body]
    mandates: tuple[Mandate, ...]
    boards: Mapping[str, Board]
    schools: Mapping[str, School]
    sectors: Mapping[str, Sector]
    parameters: Mapping[str, Value]
    patterns: Mapping[str, Pattern] = field(default_factory=dict)
    letterhead: Mapping[str, str] = field(default_factory=dict)
    letter_labels: Mapping[str, str] = field(default_factory=dict)
    letter_readers: Mapping[str, LetterReaderKind] = field(default_factory=dict)
    spoken_names: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, SubjectKind] = field(default_factory=dict)
    shared_records: Mapping[str, RecordKind] = field(default_factory=dict)
    shared_acts: Mapping[str, Transition] = field(default_factory=dict)
    shared_facts: Mapping[str, FactRule] = field(default_factory=dict)
    shared_tables: Mapping[str, Table] = field(default_factory=dict)
    shared_addressees: Mapping[str, Addressee] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    handovers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: PeopleRegister = NO_REGISTER
    inbox: InboxRule = EVERYTHING_LIES_THERE
    office: OfficeHours | None = None
    locked_partials: Mapping[str, str] = field(default_factory=dict)
    closed_calendar: bool = False
    published_by: tuple[str, ...] = ()
    unserved: Mapping[str, Sector] = field(default_factory=dict)
    leaves_out: Mapping[str, str] = field(default_factory=dict)
    where: str = ""

    def subject_with_key(self, fact: str) -> SubjectKind | None:
        """The kind of subject whose number this fact is; None when the organisation keeps no register of them."""
        return next((kind for kind in self.subjects.values() if kind.key_fact == fact), None)

    @property
    def known_sectors(self) -> Mapping[str, Sector]:
        """Those it works for, and those it only knows of."""
        return {**self.sectors, **self.unserved}

    @property
    def subject_facts(self) -> Mapping[str, FactRule]:
        """The facts of all kinds of subjects: every rule set knows them, none declares them again."""
        return {fact: rule for kind in self.subjects.values() for fact, rule in kind.all_facts.items()}

    @property
    def subject_records(self) -> Mapping[str, RecordKind]:
        """The kinds of record that subjects hold: known everywhere, declared nowhere else."""
        return {name: one for kind in self.subjects.values() for name, one in kind.records.items()}

    def register(self, name: str) -> Mapping[str, Body | Board | School]:
        """One register by its name in the content: schools, boards or bodies."""
        return self.schools if name == "schools" else self.boards if name == "boards" else self.bodies

    def name_in(self, register: str, number: str) -> str:
        """The name for people of what has this id; the id itself when the register does not hold it."""
        found = self.register(register).get(number)
        return number if found is None else found.label if isinstance(found, Body) else found.name

    def choices_of(self, rule: FactRule) -> frozenset[str] | None:
        """The ids that a fact may take; None when anything goes."""
        known = self.register(rule.choices_from) if rule.choices_from else [choice.id for choice in rule.choices]
        return frozenset(known) if rule.choices_from or rule.choices else None


def registers_over_each_other(layers: Iterable[PeopleRegister]) -> PeopleRegister:
    """The registers of all layers, lowest first: a higher layer says more, or says it otherwise."""
    found = NO_REGISTER
    for layer in layers:
        found = replace(
            layer,
            prefix=layer.prefix or found.prefix,
            kept_by=layer.kept_by or found.kept_by,
            assigned_by=layer.assigned_by or found.assigned_by,
            titles=(*found.titles, *layer.titles),
            salutations={**found.salutations, **layer.salutations},
            disciplines={**found.disciplines, **layer.disciplines},
            where=layer.where or found.where,
        )
    return found


def inboxes_over_each_other(layers: Iterable[InboxRule]) -> InboxRule:
    """What all layers say of the inbox, lowest first: what a higher layer says goes."""
    found = EVERYTHING_LIES_THERE
    for layer in layers:
        found = replace(layer, ahead=layer.ahead or found.ahead, read_within=layer.read_within or found.read_within)
    return found
