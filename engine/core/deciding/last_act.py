"""What the last act of a person changed in a case, so that it can be taken back while nothing came of it outside."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from engine.core.deciding.case import Case, LastAct, Record
from engine.core.deciding.step import Entry, EntryKind
from engine.core.deciding.subject import SubjectChange
from engine.core.language.facts import KnownFact
from engine.core.quick_class import replace

_ACTS = (EntryKind.MOVED, EntryKind.RECORDED, EntryKind.CORRECTED, EntryKind.REOPENED)
OPENING = EntryKind.OPENED.value
_BESIDE = (
    EntryKind.NOTE,
    EntryKind.TASK,
    EntryKind.TASK_DONE,
    EntryKind.ASSIGNED,
    EntryKind.NOTICE_DONE,
    EntryKind.NOTICE_WAITS,
)
_OF_LETTERS = (EntryKind.LETTER_REMADE, EntryKind.LETTER_HELD, EntryKind.LETTER_RELEASED)
_HARMLESS = frozenset({EntryKind.TERM_REMINDED, EntryKind.NOTICE, *_BESIDE, *_OF_LETTERS})


def last_act_of(
    before: Case | None,
    after: Case,
    entries: Sequence[Entry],
    change: SubjectChange | None,
    *,
    attempted: str,
    barred: str,
) -> LastAct | None:
    """The act that this step is, with what bars taking it back; else the one before it, with what now does.

    `attempted` is what was asked: a transition, or what else a person can do.

    An opening counts too when a person did it: a case that should not be there is closed again, and keeps its number.
    """
    if before is None:
        return _opening(after, entries, barred)
    done = next(filter(is_act, entries), None)
    if done is None:
        return _barred(before, entries)
    # What was said along with an act stands before it in the journal, automatic transitions behind what was recorded.
    is_taken = any(entry.details.get("transition") == attempted for entry in entries)
    return LastAct(
        act=attempted if is_taken else done.kind.value,
        role=done.actor.role,
        at=done.at,
        state=before.state,
        entered_at=before.entered_at,
        subject=before.subject,
        facts=_changed(before.facts, after.facts),
        fixed=before.fixed,
        records=before.records,
        lines=tuple((clock.key, len(clock.ledger)) for clock in before.clocks),
        letters=len(before.letters),
        barred=barred,
        registered=tuple(_registered(after.id, change)) if change else (),
    )


def _changed(before: Mapping[str, KnownFact], after: Mapping[str, KnownFact]) -> dict[str, KnownFact | None]:
    """The facts that became another, as they were; None for those that are new."""
    other: dict[str, KnownFact | None] = {fact: known for fact, known in before.items() if after.get(fact) is not known}
    return other | dict.fromkeys(fact for fact in after if fact not in before)


def is_act(entry: Entry) -> bool:
    """Whether this line is of an act of a person, which can be taken back."""
    return entry.kind in _ACTS and entry.actor.is_person


def is_move_of_person(entries: Sequence[Entry]) -> bool:
    """Whether somebody took a transition; else these lines are of a record, a letter that left, or the clock."""
    return any(entry.kind is EntryKind.MOVED and entry.actor.is_person for entry in entries)


def _opening(opened: Case, entries: Sequence[Entry], barred: str) -> LastAct | None:
    done = next((entry for entry in entries if entry.kind is EntryKind.OPENED and entry.actor.is_person), None)
    if done is None:  # what a case opened by itself goes back with the act of that case
        return None
    return opening_of(opened, done.at, done.actor.role, opened.state, barred)


def opening_of(opened: Case, at: datetime, role: str, state: str, barred: str = "") -> LastAct:
    """The opening of a case by a person, as an act that can be taken back; `state` is the one it began in."""
    return LastAct(
        act=OPENING, role=role, at=at, state=state, entered_at=at,
        subject=opened.subject, facts={}, fixed={}, records=(), lines=(), letters=0, barred=barred,
    )  # fmt: skip


def _registered(case: str, change: SubjectChange) -> Iterator[tuple[Record | None, Record]]:
    """The records of the subject that this case wrote, or ended by writing the next, with how each was before.

    Who parents are is no act of the case: what the register learned of them stays there.
    """
    known = {record.key: record for record in change.before.records}
    for record in change.after.records:
        before = known.get(record.key)
        ended = before is not None and before.life != record.life
        if before != record and (record.case == case or ended):
            yield before, record


def _barred(before: Case, entries: Sequence[Entry]) -> LastAct | None:
    last = before.last_act
    if last is None or last.barred:
        return last
    own = {mark.key for mark in before.letters[last.letters :]}
    first = next((entry.kind.value for entry in entries if not _is_harmless(entry, own)), "")
    return replace(last, barred=first) if first else last


def _is_harmless(entry: Entry, own_letters: Collection[str]) -> bool:
    """A term that only says what is aimed at passes without any consequence.

    A letter to one more reader, beside one that the act ordered, is taken back with that one.
    """
    is_aim = entry.kind is EntryKind.TERM_PASSED and entry.details.get("term_kind") == "target"
    is_beside = entry.kind is EntryKind.LETTER_ORDERED and entry.details.get("beside") in own_letters
    return is_aim or is_beside or entry.kind in _HARMLESS
