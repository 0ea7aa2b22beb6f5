"""The inbox as plain SQL: by index and limit, from what the core wrote into the row of a case; no snapshot is read.

A body finds in it the open cases it owns, and any case it has a message about. The first come from an index in the
order in which they are shown; the second are few, and are asked for apart, because one question for both would make
either database gather and sort every open case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.core.deciding.step import RunningTerm
from engine.core.moment import end_of_day, local_day, start_of_day, to_utc
from engine.store.codec import read_row, running_from_json
from engine.store.records import Inbox, InboxRow, NoticeRow
from engine.store.snapshot import Row, RowSource

EVERYTHING = 1_000_000_000
_AT_ONCE = 500
LISTED = """id AS case_id, workflow, state, owner, subject, coalesce(parent, '') AS parent, version,
    opened_at, entered_at, is_closed, next_due_at, handler"""
"""The columns of a case in a list."""
_COLUMNS = "id AS case_id, workflow, state, owner, subject, version, entered_at, next_due_at, running_terms, handler"
_IS_LATE = "late_from <= :now"
_COUNTS = """SELECT count(*) AS total, count(CASE WHEN late_from <= :now THEN 1 END) AS late,
    count(CASE WHEN next_due_at >= :today AND next_due_at < :tomorrow THEN 1 END) AS today
    FROM cases WHERE {where}"""


def read_inbox(
    source: RowSource, organisation: str, now: datetime, owner: str, limit: int, handlers: Sequence[str] | None = None
) -> Inbox:
    """The first rows of the inbox of a body (or, without `owner`, of all), late ones first; and how much it holds.

    With `handlers` only the cases that one of these numbers has in hand.
    """
    if handlers is not None and not handlers:
        return Inbox(rows=(), total=0, late=0, today=0)
    asked: dict[str, object] = {"organisation": organisation, "now": to_utc(now), "closed": False}
    if owner:
        asked["owner"] = owner
    today = local_day(now)
    day = {"today": start_of_day(today), "tomorrow": end_of_day(today)}
    rows: list[InboxRow] = []
    total = late = on_today = 0
    in_hand = {f"hand{place}": number for place, number in enumerate(handlers or ())}
    asked |= in_hand
    for where in _sources(owner, tuple(in_hand)):
        rows += _first_rows(source, where, asked, limit)
        (found,) = source.rows(_COUNTS.format(where=where), **asked, **day)
        total, late, on_today = total + found["total"], late + found["late"], on_today + found["today"]
    rows.sort(key=_urgency)
    return Inbox(rows=_with_notices(source, rows[:limit], asked), total=total, late=late, today=on_today)


def read_late(source: RowSource, organisation: str, now: datetime) -> tuple[InboxRow, ...]:
    """Every open case somebody is late with, the longest late first; without its messages."""
    asked = {"organisation": organisation, "now": to_utc(now)}
    return _rows(source, f"organisation = :organisation AND {_IS_LATE} ORDER BY late_from, id", asked)


def _sources(owner: str, in_hand: tuple[str, ...]) -> tuple[str, ...]:
    """Conditions for the open cases of the body, and for the others it has a message about.

    Who looks at his own cases sees those that are in his hands, with every message about them.
    """
    if in_hand:
        hands = f"handler IN ({', '.join(f':{name}' for name in in_hand)})"
        owned = " AND owner = :owner" if owner else ""
        return (f"organisation = :organisation AND {hands} AND is_closed = :closed{owned}",)
    of_body = " AND owner = :owner" if owner else ""
    told = " AND to_body = :owner" if owner else ""
    mine = f"is_closed = :closed{of_body}"
    # A task may lie there for a later day.
    messages = (
        f"SELECT case_id FROM notices WHERE organisation = :organisation AND done_at IS NULL AND at <= :now{told}"
    )
    return (
        f"organisation = :organisation AND {mine}",
        f"organisation = :organisation AND id IN ({messages}) AND NOT ({mine})",
    )


def _first_rows(source: RowSource, where: str, asked: dict[str, object], limit: int) -> list[InboxRow]:
    late = _rows(source, f"{where} AND {_IS_LATE} ORDER BY late_from, id LIMIT :limit", asked | {"limit": limit})
    if len(late) >= limit:
        return list(late)
    # NULLS LAST is how both databases find the cases without a next moment behind the others, along the index.
    others = f"{where} AND (late_from IS NULL OR late_from > :now) ORDER BY next_due_at NULLS LAST, id LIMIT :limit"
    return [*late, *_rows(source, others, asked | {"limit": limit - len(late)})]


def _rows(source: RowSource, rest: str, asked: dict[str, object]) -> tuple[InboxRow, ...]:
    now = asked["now"]
    assert isinstance(now, datetime)
    found = source.rows(f"SELECT {_COLUMNS} FROM cases WHERE {rest}", **asked)
    return tuple(read_row(InboxRow, row, overdue=_overdue(row, now), notices=()) for row in found)


def _overdue(row: Row, now: datetime) -> tuple[RunningTerm, ...]:
    return tuple(term for term in running_from_json(row["running_terms"]) if term.due_at <= now)


def _with_notices(source: RowSource, rows: Sequence[InboxRow], asked: dict[str, object]) -> tuple[InboxRow, ...]:
    notices: dict[str, list[NoticeRow]] = defaultdict(list)
    for notice in _open_notices(source, [row.case_id for row in rows], asked):
        notices[notice.case_id].append(notice)
    return tuple(replace(row, notices=tuple(notices[row.case_id])) if row.case_id in notices else row for row in rows)


def _open_notices(source: RowSource, ids: Sequence[str], inbox: dict[str, object]) -> Iterable[NoticeRow]:
    given = {"owner": str(inbox.get("owner", "")), "now": inbox["now"]}
    for names, asked in in_lists(ids):
        sql = f"""SELECT * FROM notices WHERE organisation = :organisation AND case_id IN ({names})
                  AND done_at IS NULL AND at <= :now AND (:owner = '' OR to_body = :owner) ORDER BY at, id"""
        yield from (read_row(NoticeRow, row) for row in source.rows(sql, **given, **asked))


def in_lists(ids: Sequence[str] | Sequence[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The names of parameters for `IN (...)` with their values, by so many as a database takes at once."""
    for start in range(0, len(ids), _AT_ONCE):
        asked = {f"id{number}": one for number, one in enumerate(ids[start : start + _AT_ONCE])}
        yield ", ".join(f":{name}" for name in asked), asked


def _urgency(row: InboxRow) -> tuple[bool, float, str]:
    first = min((late.due_at for late in row.overdue), default=row.next_due_at)
    return not row.is_late, first.timestamp() if first else float("inf"), row.case_id
