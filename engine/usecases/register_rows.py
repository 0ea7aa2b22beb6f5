"""A row of a register: what it says, what is wrong in it, and which case it is already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.core.content.workflow import EntryPoint
from engine.core.deciding.case import Case
from engine.core.deciding.checks import check_facts
from engine.core.deciding.meant import with_numbers
from engine.core.deciding.people import Person
from engine.core.deciding.step import Refusal
from engine.core.deciding.subject import known_of_only
from engine.core.deciding.subject_lists import known_of
from engine.core.errors import UsageError
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.language.signs import is_blank
from engine.core.language.values import read_value
from engine.core.quick_class import dataclass
from engine.exchange.columns import Fitted, spelled
from engine.exchange.tables import TableRow
from engine.store.readings import Readings
from engine.words.of_errors import say

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCell:
    """Something wrong in the file: line (the header is 1), column, and why; `refusal` when the rules said no."""

    line: int
    column: str
    text: str
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A case that a row is already, with all that is known of it and of its subject."""

    case_id: str
    subject: str
    facts: Mapping[str, Value]
    is_closed: bool


class KnownRows:
    """The cases of a workflow by what a row is known by: those of the store, and those of the rows before."""

    def __init__(self, readings: Readings, content: Content, entry: EntryPoint) -> None:
        self._key_fact, self._given = content.workflow.subject_key, known_of_only(content)
        self._columns = tuple(dict.fromkeys((*(column.fact for column in entry.columns), *self._given)))
        self._known_by = entry.known_by
        self._by_key: dict[Key, Registered] = {}
        self._holders: dict[Key, str] = {}
        self._loose: dict[str, list[Registered]] = {}
        for one in _cases_there(readings, content):
            self._note(one)

    def key_of(self, facts: Mapping[str, Value]) -> Key:
        """What a row with these facts is known by."""
        facts, names = {**self._given, **facts}, self._known_by or self._columns
        return tuple(f"{name}={facts.get(name)!r}" for name in names if name in facts)

    def find(self, key: Key) -> Registered | None:
        """The case that such a row is already. Without `known_by`: that says all of this."""
        if self._known_by:
            return self._by_key.get(key)
        subject = next((part for part in key if part.startswith(f"{self._key_fact}=")), "")
        said = set(key)
        every = self._loose.get(subject, ())
        together = {part for one in every for part in _parts(one.facts)}
        return every[0] if every and said <= together else None

    def other_subject(self, facts: Mapping[str, Value]) -> tuple[str, str] | None:
        """The fact and the number of somebody else whose it is already; None when the row is free."""
        own = str(facts.get(self._key_fact, self._given.get(self._key_fact, "")))
        rest = tuple(name for name in self._known_by if name != self._key_fact and name in facts)
        holder = self._holders.get(tuple(f"{name}={facts[name]!r}" for name in rest)) if rest else None
        return (rest[0], holder) if holder and holder != own else None

    def add(self, case_id: str, subject: str, facts: Mapping[str, Value]) -> None:
        """A row that will be a case."""
        self._note(Registered(case_id=case_id, subject=subject, facts=facts, is_closed=False))

    def _note(self, one: Registered) -> None:
        if not self._known_by:
            self._loose.setdefault(f"{self._key_fact}={one.subject!r}", []).append(one)
            return
        self._by_key[self.key_of(one.facts)] = one
        rest = tuple(f"{n}={one.facts[n]!r}" for n in self._known_by if n != self._key_fact and n in one.facts)
        if rest:
            self._holders[rest] = one.subject


def _parts(facts: Mapping[str, Value]) -> Iterator[str]:
    return (f"{name}={value!r}" for name, value in facts.items())


def _cases_there(readings: Readings, content: Content) -> Iterator[Registered]:
    kind, organisation = content.subject_kind, content.organisation.id
    registered = readings.each_subject(organisation, kind.id) if kind else ()
    subjects = {one.number: known_of(kind, one) for one in registered}
    for case in readings.each_case(organisation, workflow=content.workflow.id):
        known = {**case.facts, **subjects.get(case.subject, {})}
        yield _registered(case, {fact: one.value for fact, one in known.items()})


def _registered(case: Case, facts: Mapping[str, Value]) -> Registered:
    return Registered(case_id=case.id, subject=case.subject, facts=facts, is_closed=case.is_closed)


def entry_with_columns(content: Content, entry_id: str) -> EntryPoint:
    """The entry with this id (empty: the first) that names columns. Raises UsageError when there is none."""
    entries = tuple(entry for entry in content.workflow.entries if entry.columns)
    found = next((entry for entry in entries if entry.id == entry_id or not entry_id), None)
    if found is None:
        known = ", ".join(entry.id for entry in entries) or "geen"
        raise UsageError(
            f"De procedure '{content.workflow.id}' heeft geen ingang '{entry_id}' om een register over te nemen.",
            next_step=f"Ingangen met kolommen: {known}.",
        )
    return found


def read_cells(
    content: Content, entry: EntryPoint, fitted: Fitted, row: TableRow, people: Sequence[Person] = ()
) -> tuple[dict[str, Value], list[BadCell]]:
    """What a row says, by fact, and everything wrong in it. A name of one of these `people` becomes the number."""
    facts: dict[str, Value] = {}
    wrong: list[BadCell] = []
    for fact in (column.fact for column in entry.columns):
        column = fitted.by_fact.get(fact, "")
        text = spelled(entry, fact, row.cells.get(column, ""))
        if is_blank(text):
            if fact in entry.requires:
                wrong.append(BadCell(line=row.line, column=column, text="is leeg, maar verplicht"))
            continue
        try:
            facts[fact] = read_value(content.rules.facts[fact], text)
        except UsageError as error:
            said = say(error)
            wrong.append(BadCell(line=row.line, column=column, text=f"{said.what} {said.next_step}"))
    # What the rules will refuse of a value is said in the same round, in its own column.
    facts, unclear = with_numbers(content, facts, people)
    for blocker in (*check_facts(content, facts), *unclear):
        refusal = Refusal(case_id="", attempted=entry.id, blockers=(blocker,))
        column = fitted.by_fact.get(blocker.subject, "")
        wrong.append(BadCell(line=row.line, column=column, text="geweigerd", refusal=refusal))
    return facts, wrong
