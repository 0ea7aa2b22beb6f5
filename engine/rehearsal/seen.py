"""What is seen of a case after an act: how it stands, and what this step brought about, from the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from engine.core.deciding.draft import plain_facts
from engine.core.deciding.question import Question
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.step import Entry, EntryKind, Step
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass
from engine.store.readings import Readings
from engine.store.records import JournalEntry

Fields = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What came of a step, for one case: the situation after it, and what happened since it was last looked at.

    Letters are (letter, addressee); notices (body, kind). `said` gives the fields of each letter, as frozen when it has
    left; `received` the facts of each opened case, with its workflow. `not_opened` gives, for a case that was ordered
    and is not there, the kinds of the reasons.
    """

    situation: Situation
    letters: tuple[tuple[str, str], ...] = ()
    said: tuple[tuple[str, str, Fields], ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    reminders: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    notices: tuple[tuple[str, str], ...] = ()
    received: tuple[tuple[str, Mapping[str, object]], ...] = ()
    not_opened: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    told: Mapping[str, object] = field(default_factory=dict)

    @property
    def opened(self) -> tuple[str, ...]:
        """The workflows of the cases that were opened."""
        return tuple(workflow for workflow, _ in self.received)


def see(readings: Readings, situation: Situation, since: int, *, with_fields: bool = False) -> Seen:
    """What happened to the case after journal line `since`; `said` only `with_fields`, which costs a question more."""
    case = situation.case
    lines = [entry for entry in readings.journal(case.id) if entry.seq > since]
    return Seen(
        situation=situation,
        said=_said(readings, lines, case.id) if with_fields else (),
        received=_received(readings, case.id, since),
        told=_told(readings, case.id, case.parent, since),
        **_of_lines(lines, situation),
    )


def foresee(question: Question, step: Step) -> Seen:
    """What a step would bring about that nobody writes down: what is told and opened, as far as it is decided here."""
    change = step.subject
    situation = look(question.about(step.after, change.after if change else None))
    return Seen(
        situation=situation,
        said=tuple((one.letter, one.addressee, one.fields) for one in step.letters),
        received=tuple((one.workflow, plain_facts(one.facts)) for one in step.opens),
        told=plain_facts(step.told_parent),
        **_of_lines(step.entries, situation),
    )


def _of_lines(lines: Sequence[JournalEntry | Entry], situation: Situation) -> dict[str, Any]:
    notices, reminded = _details(lines, EntryKind.NOTICE), _details(lines, EntryKind.TERM_REMINDED)
    return {
        "letters": tuple((str(one["letter"]), str(one["addressee"])) for one in _ordered(lines)),
        "waiting": tuple((mark.letter, mark.addressee) for mark in situation.case.letters if mark.is_waiting),
        "reminders": tuple(str(one["clock"]) for one in reminded if not one.get("skipped")),
        "passed": tuple(str(one["clock"]) for one in _details(lines, EntryKind.TERM_PASSED)),
        "notices": tuple((str(one["to"]), str(one["about"])) for one in notices),
        "not_opened": _not_opened(notices),
    }


def _said(readings: Readings, lines: Sequence[JournalEntry], case_id: str) -> tuple[tuple[str, str, Fields], ...]:
    ordered = {one["key"] for one in _ordered(lines)}
    rows = [row for row in readings.letters(case_id) if row.letter.key in ordered] if ordered else []
    return tuple(
        (row.letter.letter, row.letter.addressee, row.frozen.fields if row.frozen else row.letter.fields)
        for row in rows
    )


def _ordered(lines: Iterable[JournalEntry | Entry]) -> list[Mapping[str, object]]:
    return _details(lines, EntryKind.LETTER_ORDERED)


def _received(readings: Readings, case_id: str, since: int) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """The children whose journal began after this line, with what they were given: ordered is not opened."""
    first = [(child.workflow, readings.journal(child.case_id)[0]) for child in readings.children(case_id)]
    facts = [(workflow, line.details.get("facts")) for workflow, line in first if line.seq > since]
    return tuple((workflow, given if isinstance(given, Mapping) else {}) for workflow, given in facts)


def _told(readings: Readings, case_id: str, parent: str, since: int) -> Mapping[str, object]:
    told: dict[str, object] = {}
    for entry in readings.journal(parent) if parent else ():
        facts = entry.details.get("facts")
        if entry.seq > since and entry.details.get("case") == case_id and isinstance(facts, Mapping):
            told |= facts
    return told


def _details(lines: Iterable[JournalEntry | Entry], kind: EntryKind) -> list[Mapping[str, object]]:
    return [entry.details for entry in lines if entry.kind is kind]


def _not_opened(notices: list[Mapping[str, object]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for notice in notices:
        said = notice["parameters"]
        if notice["about"] == "case_not_opened" and isinstance(said, Mapping):
            found[str(said["workflow"])] = tuple(str(one["kind"]) for one in said.get("blockers", ()))
    return found
