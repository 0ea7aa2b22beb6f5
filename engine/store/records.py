"""What the store answers with, besides the values of the core. Frozen; nothing slow to import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from engine.core.deciding.case import Actor
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.deciding.step import Deadline, EntryKind, RunningTerm
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One line of the journal as it was written. `seq` counts per organisation from 1; `at` in UTC.

    `details_text` is the JSON text that was hashed. `subject` (kind/number) is filled when the register changed; such a
    line may belong to no case, and then `case_id` is empty.
    """

    seq: int
    organisation: str
    case_id: str
    case_version: int
    at: datetime
    actor: Actor
    kind: EntryKind
    details: Mapping[str, object]
    details_text: str
    content_digest: str
    previous_hash: str
    hash: str
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow:
    """A deadline as it stands: `status` is open, fired or cancelled; `fired_at` in UTC."""

    case_id: str
    deadline: Deadline
    status: str
    fired_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenLetter:
    """What a letter says, fixed: all its fields, the local day on it, and the hash of its text."""

    fields: Mapping[str, Value]
    sent_on: date
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedLetter:
    """A letter that one worker has taken, for the `attempt`th time. `frozen` when an earlier attempt got so far.

    `identity` was given to it when it was ordered, and is given to no other letter, in whatever database.

    Show it again when marking: a claim that another worker has taken over is refused.
    """

    case_id: str
    letter: OutgoingLetter
    attempt: int
    frozen: FrozenLetter | None = None
    identity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """A letter as it stands: `status` is waiting, claimed, sent or failed; moments in UTC."""

    case_id: str
    letter: OutgoingLetter
    status: str
    ordered_at: datetime
    attempts: int
    error: str
    frozen: FrozenLetter | None
    sent_on: date | None
    sent_at: datetime | None
    html_path: str
    pdf_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A message in the inbox of the body `to`; done when somebody dealt with it.

    It is out of sight until `waits_until`, and from `lies_until` on (UTC, None: no such moment).
    `text` is only filled where an older program stored the sentence itself.
    """

    id: int
    case_id: str
    to: str
    kind: str
    text: str
    parameters: Mapping[str, object]
    term: str
    ask: tuple[str, ...]
    at: datetime
    done_at: datetime | None
    done_by: str
    waits_until: datetime | None = None
    lies_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One case in an inbox. `overdue` are the terms somebody is late with, `first` the one that asks an act first.

    Somebody must act by `act_by` (UTC); None where no clock asks anybody for anything. `is_soon`: that is within
    what the inbox looks ahead; else the case lies there for its messages only.
    """

    case_id: str
    workflow: str
    state: str
    owner: str
    subject: str
    version: int
    entered_at: datetime
    next_due_at: datetime | None
    overdue: tuple[RunningTerm, ...]
    notices: tuple[NoticeRow, ...]
    handler: str = ""
    act_by: datetime | None = None
    is_closed: bool = False
    first: RunningTerm | None = None
    is_soon: bool = True

    @property
    def is_late(self) -> bool:
        """True when somebody is late with a term of the case."""
        return bool(self.overdue)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """The first rows of an inbox, and how many cases it holds: all, the late ones, those to be done today.

    `later` are the open cases that do not stand in it: nobody needs to do anything before long. `news` are the cases of
    others about which there is only something to read; they are all there, and counted in nothing else.
    """

    rows: tuple[InboxRow, ...] = ()
    news: tuple[InboxRow, ...] = ()
    total: int = 0
    late: int = 0
    today: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case in a list: where it stands, without what is known of it."""

    case_id: str
    workflow: str
    state: str
    owner: str
    subject: str
    parent: str
    version: int
    opened_at: datetime
    entered_at: datetime
    is_closed: bool
    next_due_at: datetime | None
    handler: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """The second evaluator came to another answer. `truth` and `other` are what each found, as words."""

    rule_set: str
    case_id: str
    rule: str
    facts: Mapping[str, Value]
    truth: str
    other: str
    at: datetime
    organisation: str = ""
    id: int = 0
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What a heartbeat looks at before it does anything, asked at once.

    `published` is the digest of the publication that counts, `projected_with` the one all terms were counted with.
    `next_due_at` is the moment (UTC) of the first open deadline of all cases; `unseen` the number of lines of the
    journal behind the last one that the second evaluator has looked at. `left_behind`: a sweep could not deal with
    everything, and that still stands. `clock_moment` is where a rehearsal clock stands. `swept_at` is when the last
    sweep began, `last_line_at` when the last line of the journal was written. `law_due` is the first day (ISO) of the
    next law that the terms were not counted with. `planned_due` is the first day (ISO) on which work comes up by the
    calendar, and the publication by which that was worked out.
    """

    projected_with: str
    law_due: str
    published: str
    next_due_at: datetime | None
    has_letters: bool
    unseen: int
    left_behind: bool
    clock_moment: datetime | None
    swept_at: datetime | None
    last_line_at: datetime | None
    planned_due: str = ""
