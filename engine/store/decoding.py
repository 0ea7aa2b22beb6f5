"""From rows to records. A row is a mapping; its moments are text (SQLite) or moments (PostgreSQL)."""

from __future__ import annotations

import json
from datetime import datetime

from engine.core.deciding.case import Actor
from engine.core.deciding.step import Deadline, DeadlineKind, EntryKind, OutgoingLetter
from engine.store.records import (
    Alarm,
    CaseRow,
    ClaimedLetter,
    DeadlineRow,
    DueDeadline,
    FrozenLetter,
    InboxRow,
    JournalEntry,
    LetterRow,
    NoticeRow,
)
from engine.store.snapshot import Row, as_day, as_moment, maybe_day, maybe_moment, running_from_json, values_from_json


def decode_entry(row: Row) -> JournalEntry:
    """A row of `journal`."""
    return JournalEntry(
        seq=row["seq"],
        organisation=row["organisation"],
        case_id=row["case_id"],
        case_version=row["case_version"],
        at=as_moment(row["at"]),
        actor=Actor(role=row["actor_role"], name=row["actor_name"]),
        kind=EntryKind(row["kind"]),
        details=json.loads(row["details"]),
        details_text=row["details"],
        content_digest=row["content_digest"],
        previous_hash=row["previous_hash"],
        hash=row["hash"],
    )


def decode_deadline(row: Row) -> Deadline:
    """The deadline in a row of `deadlines`."""
    return Deadline(
        key=row["key"],
        clock=row["clock"],
        term=row["term"],
        kind=DeadlineKind(row["kind"]),
        number=row["number"],
        due_at=as_moment(row["due_at"]),
        last_day=maybe_day(row["last_day"]),
    )


def decode_due(row: Row) -> DueDeadline:
    """A row of `deadlines` that is due."""
    return DueDeadline(case_id=row["case_id"], deadline=decode_deadline(row))


def decode_deadline_row(row: Row) -> DeadlineRow:
    """A row of `deadlines`, with what became of it."""
    return DeadlineRow(
        case_id=row["case_id"],
        deadline=decode_deadline(row),
        status=row["status"],
        fired_at=maybe_moment(row["fired_at"]),
    )


def decode_letter(row: Row) -> OutgoingLetter:
    """The order in a row of `letters`: its fields as they were ordered, not as they were frozen."""
    names = ("key", "letter", "organisation", "template_digest", "title", "addressee", "addressee_name")
    more = ("addressee_address", "level", "clause", "signature", "on_behalf_of")
    return OutgoingLetter(
        **{name: row[name] for name in names + more},
        template_version=as_day(row["template_version"]),
        fields=values_from_json(row["fields"]),
        late_fields=json.loads(row["late_fields"]),
    )


def decode_frozen(row: Row) -> FrozenLetter | None:
    """What was fixed of the letter in this row of `letters`; None while nothing was."""
    if row["frozen_hash"] is None:
        return None
    return FrozenLetter(
        fields=values_from_json(row["frozen_fields"]),
        sent_on=as_day(row["frozen_on"]),
        hash=row["frozen_hash"],
    )


def decode_claim(row: Row, attempt: int) -> ClaimedLetter:
    """A row of `letters` that was taken for this attempt."""
    return ClaimedLetter(case_id=row["case_id"], letter=decode_letter(row), attempt=attempt, frozen=decode_frozen(row))


def decode_letter_row(row: Row) -> LetterRow:
    """A row of `letters`."""
    return LetterRow(
        case_id=row["case_id"],
        letter=decode_letter(row),
        status=row["status"],
        ordered_at=as_moment(row["ordered_at"]),
        attempts=row["attempts"],
        error=row["error"],
        frozen=decode_frozen(row),
        sent_on=maybe_day(row["sent_on"]),
        sent_at=maybe_moment(row["sent_at"]),
        html_path=row["html_path"],
        pdf_path=row["pdf_path"],
    )


def decode_notice(row: Row) -> NoticeRow:
    """A row of `notices`."""
    return NoticeRow(
        id=row["id"],
        case_id=row["case_id"],
        to=row["to_body"],
        kind=row["kind"],
        text=row["text"],
        parameters=json.loads(row["parameters"]),
        term=row["term"],
        ask=tuple(json.loads(row["ask"])),
        at=as_moment(row["at"]),
        done_at=maybe_moment(row["done_at"]),
        done_by=row["done_by"],
    )


def decode_alarm(row: Row) -> Alarm:
    """A row of `alarms`."""
    return Alarm(
        id=row["id"],
        organisation=row["organisation"],
        rule_set=row["rule_set"],
        case_id=row["case_id"],
        rule=row["rule"],
        facts=values_from_json(row["facts"]),
        truth=row["truth"],
        other=row["other"],
        at=as_moment(row["at"]),
        seen_at=maybe_moment(row["seen_at"]),
    )


def decode_case_row(row: Row) -> CaseRow:
    """A row of `cases`, without its snapshot."""
    return CaseRow(
        case_id=row["id"],
        workflow=row["workflow"],
        state=row["state"],
        owner=row["owner"],
        subject=row["subject"],
        parent=row["parent"] or "",
        version=row["version"],
        opened_at=as_moment(row["opened_at"]),
        entered_at=as_moment(row["entered_at"]),
        is_closed=bool(row["is_closed"]),
        next_due_at=maybe_moment(row["next_due_at"]),
    )


def decode_inbox_row(row: Row, now: datetime) -> InboxRow:
    """A row of `cases` as it lies in an inbox at this moment, its messages not yet with it."""
    return InboxRow(
        case_id=row["id"],
        workflow=row["workflow"],
        state=row["state"],
        owner=row["owner"],
        subject=row["subject"],
        version=row["version"],
        entered_at=as_moment(row["entered_at"]),
        next_due_at=maybe_moment(row["next_due_at"]),
        overdue=tuple(term for term in running_from_json(row["running_terms"]) if term.due_at <= now),
        notices=(),
    )
