"""The inbox as plain SQL: by index and limit, from what the core wrote into the row of a case; no snapshot is read.

A body finds in it the open cases it owns in which something must be done before long, and any case it has a message
about. The first come from an index in the order in which they are shown; the second are few, and are asked for apart,
because one question for both would make either database gather and sort every open case. What is mere news, about a
case of another, stands by itself: there may be a hundred of it on one day, and nothing of it is work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from engine.core.moment import end_of_day, local_day, to_utc
from engine.core.quick_class import dataclass
from engine.store.codec import read_row, running_from_json
from engine.store.quick import RowSource, in_lists
from engine.store.records import Inbox, InboxRow, LetterRow, NoticeRow
from engine.store.snapshot import Row

EVERYTHING = 1_000_000_000
LISTED = """id AS case_id, workflow, state, owner, subject, coalesce(parent, '') AS parent, version,
    opened_at, entered_at, is_closed, next_due_at, handler"""
"""The columns of a case in a list."""
_COLUMNS = """id AS case_id, workflow, state, owner, subject, version, entered_at, next_due_at, act_by, is_closed,
    running_terms, handler, act_by IS NOT NULL AND act_by <= :ahead AS is_soon"""
_ALWAYS = datetime(9000, 1, 1, tzinfo=UTC)
_IS_LATE = "late_from <= :now"
_COUNTS = """SELECT count(*) AS total, count(CASE WHEN late_from <= :now THEN 1 END) AS late,
    count(CASE WHEN act_by <= :tomorrow THEN 1 END) AS today, count(CASE WHEN act_by <= :ahead THEN 1 END) AS soon
    FROM cases WHERE {where}"""
_BESIDE = """SELECT count(*) AS total, count(CASE WHEN late_from <= :now THEN 1 END) AS late,
    count(CASE WHEN {open} THEN 1 END) AS open FROM cases WHERE {where}"""
_LIES_THERE = """done_at IS NULL AND at <= :now AND (waits_until IS NULL OR waits_until <= :now)
    AND (lies_until IS NULL OR lies_until > :now)"""
# What goes by itself is news, but not for the body that is at move: to it that is why the case came to it.
_IS_WORK = " AND (n.lies_until IS NULL OR (n.to_body = k.owner AND k.is_closed = :closed))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """Whose inbox, and how far ahead: `ahead` (UTC, inclusive) None shows every open case of theirs.

    Without `owner` it is that of all bodies; with `handlers` only cases that one of these numbers has in hand.
    """

    owner: str = ""
    handlers: Sequence[str] | None = None
    limit: int = EVERYTHING
    ahead: datetime | None = None


def read_inbox(source: RowSource, organisation: str, now: datetime, looking: Looking) -> Inbox:
    """The first rows of an inbox: late ones, then by the moment somebody must act; and how much it holds."""
    if looking.handlers is not None and not looking.handlers:
        return Inbox()
    asked: dict[str, object] = {"organisation": organisation, "now": to_utc(now), "closed": False}
    asked |= {"tomorrow": end_of_day(local_day(now)), "ahead": looking.ahead or _ALWAYS}
    asked |= {"owner": looking.owner} if looking.owner else {}
    asked |= dict(zip(_names_of_hands(looking), looking.handlers or (), strict=True))
    owned, told, news = _open_ones(looking), _told_about(looking), _news_about(looking)
    rows = [row for where in (_before_long(owned, looking), told) for row in _first_rows(source, where, asked, looking)]
    rows.sort(key=_urgency)
    (counted,) = source.rows(_COUNTS.format(where=owned), **asked)
    (beside,) = source.rows(_BESIDE.format(where=told, open=owned), **asked)
    here = counted["total"] if looking.ahead is None else counted["soon"]
    return Inbox(
        rows=_with_notices(source, rows[: looking.limit], asked),
        news=_with_notices(source, _rows(source, f"{news} ORDER BY id", asked), asked),
        total=here + beside["total"],
        late=counted["late"] + beside["late"],
        today=counted["today"] - counted["late"],
        later=counted["total"] - here - beside["open"],
    )


def read_late(source: RowSource, organisation: str, now: datetime) -> tuple[InboxRow, ...]:
    """Every open case somebody is late with, the longest late first; without its messages."""
    asked: dict[str, object] = {"organisation": organisation, "now": to_utc(now), "ahead": _ALWAYS}
    return _rows(source, f"organisation = :organisation AND {_IS_LATE} ORDER BY late_from, id", asked)


def stuck_letters(source: RowSource, organisation: str, before: datetime, owner: str) -> tuple[LetterRow, ...]:
    """Letters that failed, are held, or wait since before this moment; of the cases of one owner, or (empty) of all."""
    # Each half names the statuses as its index does: only then is the index used, and not every letter ever sent read.
    halves = (
        "l.status IN ('failed', 'held')",
        "l.status IN ('waiting', 'claimed') AND l.status = 'waiting' AND l.ordered_at < :before",
    )
    asked = " UNION ALL ".join(
        f"""SELECT l.* FROM letters l JOIN cases c ON c.organisation = l.organisation AND c.id = l.case_id
            WHERE l.organisation = :organisation AND (:owner = '' OR c.owner = :owner) AND {half}"""
        for half in halves
    )
    asked += " ORDER BY ordered_at, case_id, key"
    return tuple(
        read_row(LetterRow, row) for row in source.rows(asked, organisation=organisation, before=before, owner=owner)
    )


def cases_that_owe(source: RowSource, organisation: str, owner: str) -> tuple[str, ...]:
    """The cases of one owner, or (empty) of all, that owe a letter which could not be ordered."""
    asked = """SELECT c.id FROM cases c JOIN meta m ON m.organisation = c.organisation AND m.key = 'owed.' || c.id
               WHERE c.organisation = :organisation AND m.value <> '' AND (:owner = '' OR c.owner = :owner)
               ORDER BY c.id"""
    return tuple(row["id"] for row in source.rows(asked, organisation=organisation, owner=owner))


def _names_of_hands(looking: Looking) -> tuple[str, ...]:
    return tuple(f"hand{place}" for place in range(len(looking.handlers or ())))


def _open_ones(looking: Looking) -> str:
    """The condition for the open cases of the body, or in these hands."""
    hands = ", ".join(f":{name}" for name in _names_of_hands(looking))
    owned = " AND owner = :owner" if looking.owner else ""
    return f"organisation = :organisation AND is_closed = :closed{owned}" + (f" AND handler IN ({hands})" * bool(hands))


def _before_long(owned: str, looking: Looking) -> str:
    return owned if looking.ahead is None else f"{owned} AND act_by <= :ahead"


def _told_about(looking: Looking) -> str:
    """The condition for the other cases there is a message about that is work: also a task for a later day."""
    return f"id IN ({_messages(looking, _IS_WORK)}) AND {_beside(looking)}"


def _news_about(looking: Looking) -> str:
    """The condition for the cases there is only news about."""
    return f"id IN ({_messages(looking)}) AND id NOT IN ({_messages(looking, _IS_WORK)}) AND {_beside(looking)}"


def _messages(looking: Looking, which: str = "") -> str:
    """The cases of the messages that lie there: all of them, or those for which this holds."""
    to = " AND n.to_body = :owner" if looking.owner else ""
    return f"""SELECT n.case_id FROM notices n
        JOIN cases k ON k.organisation = n.organisation AND k.id = n.case_id
        WHERE n.organisation = :organisation AND {_LIES_THERE}{to}{which}"""


def _beside(looking: Looking) -> str:
    """The condition for a case that does not stand in the inbox as one of the body's own."""
    hands = ", ".join(f":{name}" for name in _names_of_hands(looking))
    mine = f" AND handler IN ({hands})" if hands else ""
    # What has no moment yet is not before long: a comparison with nothing would drop its messages too.
    soon = "" if looking.ahead is None else " AND act_by IS NOT NULL AND act_by <= :ahead"
    return f"organisation = :organisation{mine} AND NOT ({_open_ones(looking)}{soon})"


def _first_rows(source: RowSource, where: str, asked: dict[str, object], looking: Looking) -> list[InboxRow]:
    limit = looking.limit
    late = _rows(source, f"{where} AND {_IS_LATE} ORDER BY late_from, id LIMIT :limit", asked | {"limit": limit})
    if len(late) >= limit:
        return list(late)
    # NULLS LAST is how both databases find the cases without a moment behind the others, along the index.
    others = f"{where} AND (late_from IS NULL OR late_from > :now) ORDER BY act_by NULLS LAST, id LIMIT :limit"
    return [*late, *_rows(source, others, asked | {"limit": limit - len(late)})]


def _rows(source: RowSource, rest: str, asked: dict[str, object]) -> tuple[InboxRow, ...]:
    now = asked["now"]
    assert isinstance(now, datetime)
    found = source.rows(f"SELECT {_COLUMNS} FROM cases WHERE {rest}", **asked)
    return tuple(_row(row, now) for row in found)


def _row(row: Row, now: datetime) -> InboxRow:
    running = () if row["is_closed"] else running_from_json(row["running_terms"])
    first = min(running, key=lambda term: (term.act_by, term.clock), default=None)
    overdue = tuple(term for term in running if term.can_be_late and term.due_at <= now)
    return read_row(InboxRow, row, overdue=overdue, first=first, notices=())


def _with_notices(source: RowSource, rows: Sequence[InboxRow], asked: dict[str, object]) -> tuple[InboxRow, ...]:
    notices: dict[str, list[NoticeRow]] = defaultdict(list)
    for notice in _open_notices(source, [row.case_id for row in rows], asked):
        notices[notice.case_id].append(notice)
    return tuple(replace(row, notices=tuple(notices[row.case_id])) if row.case_id in notices else row for row in rows)


def _open_notices(source: RowSource, ids: Sequence[str], inbox: dict[str, object]) -> Iterable[NoticeRow]:
    given = {"owner": str(inbox.get("owner", "")), "now": inbox["now"]}
    for names, asked in in_lists(ids):
        sql = f"""SELECT * FROM notices WHERE organisation = :organisation AND case_id IN ({names})
                  AND {_LIES_THERE} AND (:owner = '' OR to_body = :owner) ORDER BY at, id"""
        yield from (read_row(NoticeRow, row) for row in source.rows(sql, **given, **asked))


def _urgency(row: InboxRow) -> tuple[bool, bool, float, str]:
    first = min((late.due_at for late in row.overdue), default=row.act_by)
    return not row.is_late, not row.is_soon, first.timestamp() if first else float("inf"), row.case_id
