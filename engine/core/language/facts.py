"""Facts: what is known about a case, with its type, its question and who can answer it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from engine.core.quick_class import dataclass

Value = bool | int | float | date | datetime | str | tuple[str, ...]
"""What a fact can hold. Lists are tuples of text; `None` outside this type always means: unknown."""


class FactType(StrEnum):
    """The closed list of types a fact can have."""

    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    TEXTS = "texts"
    PERSON = "person"
    PERSONS = "persons"
    DOCUMENTS = "documents"

    @property
    def is_list(self) -> bool:
        """True for types whose value is a tuple of text."""
        return self in LIST_TYPES

    @property
    def is_ordered(self) -> bool:
        """True for types that can be compared with less and more, before and after."""
        return self in {FactType.NUMBER, FactType.DATE, FactType.MOMENT}


# What every store can hold as a key (the subject of a case is a fact), and what a letter can hold as a text.
ONE_LINE, PAGES = 200, 4000
LIFE = "life"
WRITTEN_ON = "written_on"
"""The fields that every record has and nobody gives."""
OF_CASE = "case"
"""The same of a record of a subject: the number of the case that wrote it, empty when it was none."""

PERSON_TYPES = frozenset({FactType.PERSON, FactType.PERSONS})
LIST_TYPES = frozenset({FactType.CHOICES, FactType.TEXTS, FactType.PERSONS, FactType.DOCUMENTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What every block of the content can say of itself.

    `source` is document and place, or law and article; `status` is `assumption` while the organisation must still
    decide this; `where` is file:line:column.
    """

    source: tuple[str, ...] = ()
    status: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One allowed value of a choice, with the words a person reads."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Values brought together from the other cases of the same subject.

    `workflows` names the workflows to look in (empty: all), `facts` the facts whose values are united. `people` unites
    everybody who took part there, in these ways: `named` in any fact or record, `acted`, `handler`.
    """

    workflows: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


class Aspect(StrEnum):
    """What a view says of its records in a single fact.

    ALL: every record of the kind is in the view, also when there is none. LATEST and FIRST: by the order of writing.
    DISTINCT counts the different values of a field; LIST gives them, each once.
    """

    COUNT = "count"
    ANY = "any"
    ALL = "all"
    LATEST = "latest"
    FIRST = "first"
    SUM = "sum"
    DISTINCT = "distinct"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewed:
    """Which fact of which view; `field` is empty for what is said of the records themselves."""

    view: str
    aspect: Aspect
    field: str = ""

    @property
    def name(self) -> str:
        """The fact within its view: `count`, or `latest.uitkomst`."""
        return f"{self.aspect}.{self.field}" if self.field else str(self.aspect)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern(Declared):
    """How a number that is text is written, by name: a pupil number, a postcode.

    `form` is a regular expression for the whole value; `label` is what it is in words, `words` how it is written
    ("vier tot tien cijfers"), `example` one that fits.
    """

    id: str
    form: str
    label: str
    words: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLimit:
    """A first or last day for a value, itself allowed: a `day` of the calendar, or one that follows from `fact`.

    `fact` may be any fact of the case, `today` too; `plus` and `minus` are lengths ("25 years") away from it.
    """

    day: date | None = None
    fact: str = ""
    plus: str = ""
    minus: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited(Declared):
    """What a value may be. Bounds are inclusive; `unit` only stands behind a bound when a person reads it.

    Without `max_length` and `lines` a text is one line of at most ONE_LINE signs, or with more lines of PAGES signs.
    `prints`: a letter may show it, so every sign must be one that a letter can print.
    """

    at_least: int | float | None = None
    at_most: int | float | None = None
    whole: bool = False
    unit: str = ""
    not_before: DayLimit | None = None
    not_after: DayLimit | None = None
    pattern: Pattern | None = None
    max_length: int | None = None
    lines: int = 1
    prints: bool = True

    @property
    def longest(self) -> int:
        """The most signs a text may have."""
        return self.max_length or (ONE_LINE if self.lines == 1 else PAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRule(Limited):
    """The declaration of a fact.

    `supplied_by` names the bodies that can answer `question`. `choices_from` names a register of the
    organisation (`schools`, `boards`, `bodies`) whose ids are the choices. `special_category` marks data on
    health. `fingerprint`: the SHA-256 of a file, in hexadecimal; who types it may name the file. `own_word` marks
    what one can only say of oneself: an act that asks for it lets nobody else say it.
    `record` is the kind of record of which it is a field, `viewed` what a view says in it: neither is written
    in a declaration, both follow from the records and views of the rule set.
    """

    id: str
    type: FactType
    label: str
    question: str = ""
    supplied_by: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    choices_from: str = ""
    special_category: bool = False
    own_word: bool = False
    fingerprint: bool = False
    gathered: Gathering | None = None
    record: str = ""
    viewed: Viewed | None = None

    @property
    def is_of_engine(self) -> bool:
        """Whether it is a field of a record that the engine fills by itself."""
        return bool(self.record) and self.id.rpartition(".")[2] in (LIFE, WRITTEN_ON, OF_CASE)

    def label_of(self, value: str) -> str:
        """The words for one value of a choice; the value itself when no choice has that id."""
        return next((choice.label for choice in self.choices if choice.id == value), value)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFact:
    """A value with who said so, and when (UTC)."""

    value: Value
    by: str
    at: datetime


BUILT_IN_FACTS: dict[str, FactType] = {
    "today": FactType.DATE,
    "now": FactType.MOMENT,
    "case.id": FactType.TEXT,
    "case.state": FactType.TEXT,
    "case.opened_on": FactType.DATE,
    "case.state_since": FactType.DATE,
    "case.parent": FactType.TEXT,
    "actor.role": FactType.TEXT,
    "actor.name": FactType.TEXT,
    "letters.waiting": FactType.NUMBER,
    "letters.sent": FactType.TEXTS,
}
"""Facts the engine itself supplies, besides the term facts of `term_fact_type`."""

TODAY = "today"

TERM_FACTS: dict[str, FactType] = {
    "last_day": FactType.DATE,
    "passed": FactType.YES_NO,
    "running": FactType.YES_NO,
    "deferred": FactType.YES_NO,
    "started_on": FactType.DATE,
    "days": FactType.TEXTS,
}


# Asked of every fact that nobody recorded; the content knows some hundreds.
@lru_cache(maxsize=4096)
def term_fact(name: str) -> tuple[str, str] | None:
    """Split `term.<id>.<aspect>` into id and aspect; None when the name is not of that form."""
    parts = name.split(".")
    if len(parts) == 3 and parts[0] == "term" and parts[2] in TERM_FACTS:
        return parts[1], parts[2]
    return None


def type_of(fact: str, declared: Mapping[str, FactRule]) -> FactType | None:
    """The type of a declared, built-in or term fact; None for a name nobody knows."""
    if fact in declared:
        return declared[fact].type
    of_term = term_fact(fact)
    return TERM_FACTS[of_term[1]] if of_term else BUILT_IN_FACTS.get(fact)


def plain_value(value: Value) -> object:
    """The value as plain JSON for the journal; dates and moments in ISO form."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
