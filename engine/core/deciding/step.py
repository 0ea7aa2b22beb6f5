"""What a decision yields: a step to be written, or a refusal with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum

from engine.core.deciding.case import Actor, Case
from engine.core.deciding.outgoing import LetterChange, OutgoingLetter
from engine.core.deciding.subject import SubjectChange
from engine.core.evaluation.reasons import Reason
from engine.core.language.facts import Value
from engine.core.message import Message
from engine.core.quick_class import dataclass


class EntryKind(StrEnum):
    """Kinds of journal entries."""

    OPENED = "opened"
    MOVED = "moved"
    RECORDED = "recorded"
    CORRECTED = "corrected"
    REOPENED = "reopened"
    NOTE = "note"
    TASK = "task"
    TASK_DONE = "task_done"
    UNDONE = "undone"
    SET_BACK = "set_back"
    CLOCK = "clock"
    TERM_REMINDED = "term_warned"  # the word of older journals is kept, so that they stay readable
    TERM_PASSED = "term_passed"
    LETTER_ORDERED = "letter_ordered"
    LETTER_SENT = "letter_sent"
    LETTER_REMADE = "letter_remade"
    LETTER_WITHDRAWN = "letter_withdrawn"
    LETTER_HELD = "letter_held"
    LETTER_RELEASED = "letter_released"
    CASE_ORDERED = "case_ordered"
    TOLD = "told"
    SUBJECT = "subject"
    PERSON = "person"
    ASSIGNED = "assigned"
    NOTICE = "notice"
    NOTICE_DONE = "notice_done"
    NOTICE_WAITS = "notice_waits"
    RECORD = "record"
    PUBLISHED = "published"
    PLANNED = "planned"
    DRAWN = "drawn"
    REPINNED = "repinned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the journal. `details` is plain JSON (text, numbers, yes/no, lists, mappings)."""

    kind: EntryKind
    at: datetime
    actor: Actor
    details: Mapping[str, object]


class DeadlineKind(StrEnum):
    """What falls due: a reminder, or the term itself."""

    REMINDER = "warning"  # stored in rows that wait already; only the name in the code is new
    PASSED = "passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A moment (UTC) at which something must be looked at.

    `key` is unique within the case and names clock, kind, number and due moment, so a moved deadline is a
    new one. `last_day` is the last day of the term, inclusive; None for a term in hours.
    """

    key: str
    clock: str
    term: str
    kind: DeadlineKind
    number: int
    due_at: datetime
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTerm:
    """A term that runs and before whose end, `due_at` (UTC), somebody must act, unless its clock stops or moves.

    `can_be_late`: from then on somebody is late with it; else its passing is what happens when nobody acts.
    `last_day` is the last day that is in time, inclusive; None for a term in hours. `latest_start` is the last day on
    which the next act can be done so that what comes after it still fits; None where that is not known. Somebody must
    act by `act_by` (UTC): the end of that day, else `due_at`.
    """

    clock: str
    term: str
    due_at: datetime
    last_day: date | None
    act_by: datetime
    latest_start: date | None = None
    can_be_late: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseToOpen:
    """A case that this step opens: workflow, entry and the facts it starts with. `several`: beside one that is open."""

    workflow: str
    entry: str
    facts: Mapping[str, Value]
    several: bool = False


TASK = "task"
"""The kind of a notice that a person gave somebody to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message for the inbox of a body, by its kind and what it speaks of: ids, never a sentence.

    The journal keeps it for ever, so its words are made when somebody reads it (`engine.words.of_notices`). `ask`
    names the transitions to choose from. A task of a person lies there from the local day `on`; else it is None: now.
    What is mere news lies there until `lies_until` (UTC). What a machine says at night waits for the office, out of
    sight until `waits_until`.
    """

    to: str
    kind: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    term: str = ""
    ask: tuple[str, ...] = ()
    on: date | None = None
    lies_until: datetime | None = None
    waits_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What goes with an act that was taken back: letters that wait, and the messages that it wrote or settled `at`.

    With the `whole` case its tasks go too: nobody has anything to do in a case that never was.
    """

    letters: tuple[str, ...]
    at: datetime
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Everything one decision writes, in one transaction. `before` is None for a new case.

    `deadlines` are all deadlines that are open after the step; the store makes its rows equal to them.
    `running` are the terms of which somebody can be late after it: what the inbox calls late comes from there.
    `told_parent` are facts for the parent case. `subject` is what changes in the register; None when nothing does.
    """

    before: Case | None
    after: Case
    entries: tuple[Entry, ...]
    deadlines: tuple[Deadline, ...] = ()
    running: tuple[RunningTerm, ...] = ()
    letters: tuple[OutgoingLetter, ...] = ()
    letter_changes: tuple[LetterChange, ...] = ()
    opens: tuple[CaseToOpen, ...] = ()
    told_parent: Mapping[str, Value] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    taken_back: TakenBack | None = None
    content_digest: str = ""
    subject: SubjectChange | None = None


class BlockerKind(StrEnum):
    """Why something cannot be done."""

    UNKNOWN_TRANSITION = "unknown_transition"
    NOT_FROM_HERE = "not_from_here"
    CLOSED = "closed"
    NO_MANDATE = "no_mandate"
    CONDITION = "condition"
    MISSING_FACT = "missing_fact"
    WRONG_VALUE = "wrong_value"
    UNKNOWN_FACT = "unknown_fact"
    DERIVED_FACT = "derived_fact"
    REASON_MISSING = "reason_missing"
    NO_LETTER = "no_letter"
    LETTER_FIELD = "letter_field"
    LETTER_PRINT = "letter_print"
    LETTER_STATE = "letter_state"
    ONLY_BY_ITSELF = "only_by_itself"
    NO_CONSENT = "no_consent"
    OTHER_SECTOR = "other_sector"
    TERM_RULE = "term_rule"
    OUT_OF_REACH = "out_of_reach"
    NOT_DUE = "not_due"
    ALREADY_OPEN = "already_open"
    SUBJECT_RULE = "subject_rule"
    NOT_AT_HAND = "not_at_hand"
    WHICH_RECORD = "which_record"
    NOTHING_WRITTEN = "nothing_written"
    NOT_SUPPLIER = "not_supplier"
    NOT_TYPED = "not_typed"
    ALREADY_KNOWN = "already_known"
    NOT_KNOWN = "not_known"
    SAME_VALUE = "same_value"
    FIXED = "fixed"
    ANCHOR = "anchor"
    NOT_CLOSED = "not_closed"
    ENDS_FOR_GOOD = "ends_for_good"
    WHEN = "when"
    NOTHING_TO_UNDO = "nothing_to_undo"
    OUTSIDE = "outside"
    LAW = "law"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """One reason why not. `subject` is the fact, transition, role or letter it is about; `said` what a term refuses."""

    kind: BlockerKind
    subject: str = ""
    detail: str = ""
    reason: Reason | None = None
    supplied_by: tuple[str, ...] = ()
    where: str = ""
    said: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A normal answer: it cannot be done now, for these reasons. Nothing was changed."""

    case_id: str
    attempted: str
    blockers: tuple[Blocker, ...]
