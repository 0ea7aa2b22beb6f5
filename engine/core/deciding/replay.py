"""What the journal says of a case, line by line, to be held against the case as it stands.

The journal holds what people gave, what reported cases told, every record, every entry of a ledger and every letter;
from these the state, those facts, the records, the clocks and the letters are rebuilt. What the rules worked out in
between stands in no line: it follows from the rest, and is not compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field
from itertools import groupby
from typing import Any

from engine.core.deciding.case import ENGINE_ROLE, Case, LetterMark
from engine.core.deciding.draft import plain_facts
from engine.core.deciding.last_act import is_act
from engine.core.deciding.step import Entry, EntryKind
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import KnownFact
from engine.core.legal_clock.ledger import ledger_to_plain
from engine.core.quick_class import dataclass

WITHDRAWN = "withdrawn"


@dataclass(slots=True, kw_only=True)
class ToldRecord:
    """A record as lines tell it: its life, what it belongs to, and the fields that some line says."""

    life: str = ""
    belongs_to: int = 0
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Rebuilt:
    """A case as its lines tell it. Facts and ledgers are plain JSON.

    A letter is there with the day it left, as WITHDRAWN, or with nothing when it waits. `is_void`: the act that opened
    the case was taken back. `unreadable`: the version of the first line that tells nothing any more.
    """

    version: int = 0
    state: str = ""
    handler: str = ""
    is_void: bool = False
    unreadable: int | None = None
    facts: dict[str, object] = field(default_factory=dict)
    records: dict[str, ToldRecord] = field(default_factory=dict)
    ledgers: dict[str, list[object]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    before_last_act: dict[str, ToldRecord] = field(default_factory=dict)


Difference = tuple[str, object, object]
"""What differs (`state`, `facts.sector`, `clocks.beslissen` ...), what the journal says, what the case says."""


def rebuild(lines: Iterable[tuple[int, Entry]]) -> Rebuilt:
    """The case that these lines tell of, each with the version of the case it made; oldest first."""
    found = Rebuilt()
    for version, together in groupby(lines, key=lambda line: line[0]):
        found.version = max(found.version, version)
        step = [entry for _, entry in together]
        if any(is_act(entry) for entry in step):
            # No line tells how records stood before an act that is taken back; the lines before it do.
            found.before_last_act = dict(found.records)
        at_hand = tuple(f"{kind}." for entry in step for kind in _written_in(entry))
        for entry in step:
            try:
                _take(found, entry, at_hand)
            except (KeyError, TypeError, ValueError):  # somebody wrote in the journal
                found.unreadable = version if found.unreadable is None else found.unreadable
    return found


def _written_in(entry: Entry) -> Iterator[str]:
    """The kinds of record that a line tells of: of the case, or of its subject (`kind.number.field`)."""
    if entry.kind is EntryKind.RECORD:
        yield str(entry.details.get("record"))
    elif entry.kind is EntryKind.SUBJECT and isinstance(told := entry.details.get("facts"), Mapping):
        parts = (str(name).split(".") for name in told)
        yield from (one[0] for one in parts if len(one) == 3 and one[1].isdigit())


def _take(found: Rebuilt, entry: Entry, at_hand: tuple[str, ...]) -> None:
    told = entry.details
    found.state = str(told.get("state" if entry.kind is EntryKind.OPENED else "target") or found.state)
    facts = told.get("facts")
    if isinstance(facts, Mapping) and entry.kind is not EntryKind.SUBJECT:
        _take_facts(found, facts, at_hand)
    if entry.kind is EntryKind.RECORD:
        _take_record(found, told)
    elif entry.kind is EntryKind.ASSIGNED:
        found.handler = str(told["to"])
    elif entry.kind is EntryKind.UNDONE:
        _take_undone(found, told)
    elif entry.kind is EntryKind.CLOCK and "entry" in told:
        found.ledgers.setdefault(str(told["clock"]), []).append(told["entry"])
    elif entry.kind in (EntryKind.LETTER_ORDERED, EntryKind.LETTER_REMADE):
        found.letters[str(told["key"])] = ""
    elif entry.kind is EntryKind.LETTER_WITHDRAWN:
        found.letters[str(told["key"])] = WITHDRAWN
    elif entry.kind is EntryKind.LETTER_SENT:
        found.letters[str(told["key"])] = str(told["sent_on"])


def _take_facts(found: Rebuilt, facts: Mapping[str, object], at_hand: tuple[str, ...]) -> None:
    """What was said of a record that the same step writes is of that record, and no fact of the case."""
    for name, value in facts.items():
        if value is None:
            found.facts.pop(name, None)
        elif not name.startswith(at_hand):
            found.facts[name] = value


def _take_record(found: Rebuilt, told: Mapping[str, Any]) -> None:
    key = f"{told['record']}.{told['number']}"
    before = found.records.get(key, ToldRecord())
    fields = {**before.fields, **told["fields"]}
    found.records[key] = ToldRecord(life=told["life"], belongs_to=told["belongs_to"], fields=fields)


def _take_undone(found: Rebuilt, told: Mapping[str, Any]) -> None:
    found.letters |= dict.fromkeys(told["letters"], WITHDRAWN)
    if told["act"]:
        found.records = dict(found.before_last_act)
    else:
        found.is_void = True


def differences(found: Rebuilt, case: Case, content: Content | None) -> Iterator[Difference]:
    """Where the case is not what its journal says. Without its content less of it is known, and compared."""
    simple: list[Difference] = [("version", found.version, case.version), ("state", found.state, case.state)]
    simple.append(("handler", found.handler, case.handler))
    if content is not None and found.state == case.state:
        is_over = found.is_void or content.workflow.state(case.state).is_end
        simple.append(("is_closed", is_over, case.is_closed))
    if found.unreadable is not None:
        yield "lines", found.unreadable, None
    yield from (one for one in simple if one[1] != one[2])
    yield from _of_facts(found, case, content.subject_facts if content else frozenset())
    yield from _of_records(found, case)
    yield from _each(
        "clocks", _told_ledgers(found, case), {c.key: list(ledger_to_plain(c.ledger)) for c in case.clocks}
    )
    yield from _each("letters", found.letters, {mark.key: _as_told(mark) for mark in case.letters})


def _of_facts(found: Rebuilt, case: Case, elsewhere: Collection[str]) -> Iterator[Difference]:
    """Facts that differ; those kept in the register of subjects are looked for there."""
    facts = {**_once_facts(found, case), **case.facts}
    held = plain_facts({name: fact.value for name, fact in facts.items()})
    given = {name for name, fact in facts.items() if fact.by != ENGINE_ROLE}
    for name in sorted({*found.facts, *given} - set(elsewhere)):
        # What the rules wrote over a given fact stands in no line.
        is_computed = name in facts and name not in given
        if not is_computed and found.facts.get(name) != held.get(name):
            yield f"facts.{name}", found.facts.get(name), held.get(name)


def _once_facts(found: Rebuilt, case: Case) -> dict[str, KnownFact]:
    """Fields that no line tells of a record: the case of the first edition held them as facts (`taken_over`)."""
    return {
        f"{record.kind}.{name}": known
        for record in case.records
        for name, known in record.fields.items()
        if name not in found.records.get(record.key, ToldRecord()).fields
    }


def _of_records(found: Rebuilt, case: Case) -> Iterator[Difference]:
    held = {record.key: record for record in case.records}
    for key, told in found.records.items():
        record = held.get(key)
        if record is None:
            yield f"records.{key}", told.fields, None
            continue
        fields = plain_facts({name: known.value for name, known in record.fields.items()})
        says = (told.life, told.belongs_to, told.fields)
        stands = (record.life, record.belongs_to, {name: fields.get(name) for name in told.fields})
        if says != stands:
            yield f"records.{key}", says, stands


def _told_ledgers(found: Rebuilt, case: Case) -> dict[str, list[object]]:
    """The ledgers by the names they have now: a clock of the first edition may be that of a record since."""
    told, held = dict(found.ledgers), {clock.key for clock in case.clocks}
    records = {record.key for record in case.records}
    for clock in case.clocks:
        if clock.addressee in records and clock.term in told and clock.term not in held:
            told[clock.key] = [*told.pop(clock.term), *told.get(clock.key, [])]
    return told


def _as_told(mark: LetterMark) -> str:
    if mark.is_withdrawn:
        return WITHDRAWN
    return mark.sent_on.isoformat() if mark.sent_on else ""


def _each(what: str, told: Mapping[str, object], held: Mapping[str, object]) -> Iterator[Difference]:
    for key in sorted({*told, *held}):
        if told.get(key) != held.get(key):
            yield f"{what}.{key}", told.get(key), held.get(key)
