"""What is seen of a case after an act: how it stands, and what this step brought about, from the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from engine.core.deciding.situation import Situation
from engine.core.deciding.step import EntryKind
from engine.core.quick_class import dataclass
from engine.store.readings import Readings
from engine.store.records import JournalEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What came of a step, for one case: the situation after it, and what happened since it was last looked at.

    Letters are (letter, addressee); notices (body, kind). `not_opened` gives, for a case that was ordered and is not
    there, the kinds of the reasons.
    """

    situation: Situation
    letters: tuple[tuple[str, str], ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    reminders: tuple[str, ...] = ()
    notices: tuple[tuple[str, str], ...] = ()
    opened: tuple[str, ...] = ()
    not_opened: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    told: Mapping[str, object] = field(default_factory=dict)


def see(readings: Readings, situation: Situation, since: int) -> Seen:
    """What happened to the case after journal line `since`."""
    case = situation.case
    lines = [entry for entry in readings.journal(case.id) if entry.seq > since]
    notices = _details(lines, EntryKind.NOTICE)
    return Seen(
        situation=situation,
        letters=tuple((str(one["letter"]), str(one["addressee"])) for one in _details(lines, EntryKind.LETTER_ORDERED)),
        waiting=tuple((mark.letter, mark.addressee) for mark in case.letters if mark.is_waiting),
        reminders=tuple(
            str(one["clock"]) for one in _details(lines, EntryKind.TERM_REMINDED) if not one.get("skipped")
        ),
        notices=tuple((str(one["to"]), str(one["about"])) for one in notices),
        opened=_opened(readings, case.id, since),
        not_opened=_not_opened(notices),
        told=_told(readings, case.id, case.parent, since),
    )


def _opened(readings: Readings, case_id: str, since: int) -> tuple[str, ...]:
    """The workflows of the children whose journal began after this line: ordered is not opened."""
    children = readings.children(case_id)
    return tuple(child.workflow for child in children if readings.journal(child.case_id)[0].seq > since)


def _told(readings: Readings, case_id: str, parent: str, since: int) -> Mapping[str, object]:
    told: dict[str, object] = {}
    for entry in readings.journal(parent) if parent else ():
        facts = entry.details.get("facts")
        if entry.seq > since and entry.details.get("case") == case_id and isinstance(facts, Mapping):
            told |= facts
    return told


def _details(lines: list[JournalEntry], kind: EntryKind) -> list[Mapping[str, object]]:
    return [entry.details for entry in lines if entry.kind is kind]


def _not_opened(notices: list[Mapping[str, object]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for notice in notices:
        said = notice["parameters"]
        if notice["about"] == "case_not_opened" and isinstance(said, Mapping):
            found[str(said["workflow"])] = tuple(str(one["kind"]) for one in said.get("blockers", ()))
    return found
