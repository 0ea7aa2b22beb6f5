"""Everything that is asked of the store, as plain SQL that both databases understand.

A consultant waits for what is imported here, so this module and what it imports must stay cheap.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from engine.core.deciding.case import Case
from engine.core.errors import CaseError
from engine.store.codec import decode_case
from engine.store.complaints import unknown_case
from engine.store.inbox import LISTED, Looking, read_inbox, read_late
from engine.store.quick import Answers, in_lists
from engine.store.records import (
    CaseRow,
    DeadlineRow,
    Inbox,
    InboxRow,
    JournalEntry,
    LetterRow,
    NoticeRow,
)
from engine.store.snapshot import Row, as_moment
from engine.store.waiting_readings import CLOCK, WaitingReadings

DEADLINES = "SELECT key, status, last_day FROM deadlines WHERE organisation = :organisation AND case_id = :case_id"
_NEAREST = """
    SELECT id FROM (SELECT id FROM cases
                    WHERE organisation = :organisation AND id >= :id ORDER BY id LIMIT 5) AS after_it
    UNION SELECT id FROM (SELECT id FROM cases
                          WHERE organisation = :organisation AND id < :id ORDER BY id DESC LIMIT 5) AS before_it
    UNION SELECT id FROM (SELECT id FROM cases
                          WHERE organisation = :organisation AND id LIKE :tail ORDER BY id LIMIT 5) AS same_tail
"""

PUBLISHED = "published"
"""The remembered value with the digest of the publication that counts: every command asks for it."""


class Readings(WaitingReadings):
    """The questions of one organisation: what is of another is not there.

    A case that does not exist is a CaseError with the nearest numbers that do.
    """

    def __init__(self, link: Answers, organisation: str) -> None:
        self._link, self.organisation = link, organisation

    def rows(self, sql: str, **parameters: Any) -> Sequence[Row]:
        """All rows of the answer; moments may be given as they are. For questions that are not below.

        `:organisation` is that of these readings in every question; who asks for another finds nothing.
        """
        if parameters.setdefault("organisation", self.organisation) != self.organisation:
            return ()
        return self._link.rows(sql, parameters)

    # -- one case

    def load_case(self, case_id: str) -> Case:
        """The case as it stands."""
        return decode_case(self._row_of(case_id))

    def _row_of(self, case_id: str) -> Row:
        found = self.rows("SELECT * FROM cases WHERE organisation = :organisation AND id = :id", id=case_id)
        if not found:
            raise self._no_such_case(case_id)
        return found[0]

    def journal(self, case_id: str) -> tuple[JournalEntry, ...]:
        """What happened in a case, oldest first."""
        sql = "SELECT * FROM journal WHERE organisation = :organisation AND case_id = :id ORDER BY seq"
        return self._all(JournalEntry, sql, id=case_id)

    def deadlines(self, case_id: str) -> tuple[DeadlineRow, ...]:
        """The deadlines of a case, with what became of them, in order of moment."""
        sql = "SELECT * FROM deadlines WHERE organisation = :organisation AND case_id = :id ORDER BY due_at, key"
        return self._all(DeadlineRow, sql, id=case_id)

    def deadline_rows(self, case_id: str) -> dict[str, Row]:
        """Key, status and last day of its deadlines, by key: what every act asks, and then writes against."""
        return status_of_deadlines(self.rows(DEADLINES, case_id=case_id))

    def letters(self, case_id: str = "", *, status: str = "") -> tuple[LetterRow, ...]:
        """The letters of a case, or of all cases; of one status, or of all. In the order they were ordered."""
        sql = """SELECT * FROM letters WHERE organisation = :organisation
                 AND (:id = '' OR case_id = :id) AND (:status = '' OR status = :status)
                 ORDER BY ordered_at, case_id, key"""
        return self._all(LetterRow, sql, id=case_id, status=status)

    def notices(self, case_id: str, *, waiting: bool = False) -> tuple[NoticeRow, ...]:
        """The messages about a case, oldest first; all of them, or those that are not dealt with."""
        open_ones = " AND done_at IS NULL" if waiting else ""
        sql = f"SELECT * FROM notices WHERE organisation = :organisation AND case_id = :id{open_ones} ORDER BY at, id"
        return self._all(NoticeRow, sql, id=case_id)

    def children(self, case_id: str) -> tuple[CaseRow, ...]:
        """The cases that were opened from this one."""
        sql = f"""SELECT {LISTED} FROM cases WHERE organisation = :organisation AND parent = :id
                  ORDER BY opened_at, id"""
        return self._all(CaseRow, sql, id=case_id)

    def has_open_child(self, parent: str, workflow: str) -> bool:
        """True when a case of this workflow, opened from `parent`, is still open."""
        sql = """SELECT 1 AS one FROM cases WHERE organisation = :organisation AND parent = :id AND workflow = :workflow
                 AND is_closed = :closed LIMIT 1"""
        return bool(self.rows(sql, id=parent, workflow=workflow, closed=False))

    # -- several cases

    def open_case_ids(self, organisation: str, after: str, limit: int) -> tuple[str, ...]:
        """The numbers of open cases behind `after`, by id."""
        sql = """SELECT id FROM cases WHERE organisation = :organisation AND is_closed = :closed AND id > :after
                 ORDER BY id LIMIT :limit"""
        found = self.rows(sql, organisation=organisation, closed=False, after=after, limit=limit)
        return tuple(row["id"] for row in found)

    def changes_since(self, organisation: str, seq: int, kind: str) -> tuple[tuple[int, str], ...]:
        """The lines of the journal of one kind behind `seq`, as number and case."""
        sql = "SELECT seq, case_id FROM journal WHERE organisation = :body AND kind = :kind AND seq > :seq ORDER BY seq"
        found = self.rows(sql, body=organisation, seq=seq, kind=kind)
        return tuple((int(row["seq"]), row["case_id"]) for row in found)

    def cases_changed_since(self, organisation: str, seq: int, limit: int) -> tuple[tuple[int, str], ...]:
        """The next cases with lines in the journal behind `seq`, each once: its last line and its number.

        A line of a register belongs to no case, and has an empty number.
        """
        # The organisation in the inner question too: only then is it answered by the index, line for line.
        sql = """SELECT seq, case_id FROM journal l WHERE organisation = :organisation AND seq > :seq AND NOT EXISTS
                 (SELECT 1 FROM journal n WHERE n.organisation = l.organisation AND n.case_id = l.case_id
                  AND n.seq > l.seq) ORDER BY seq LIMIT :limit"""
        found = self.rows(sql, organisation=organisation, seq=seq, limit=limit)
        return tuple((int(row["seq"]), row["case_id"] or "") for row in found)

    def cases_in_hand(self, organisation: str, handlers: Sequence[str] | None) -> tuple[CaseRow, ...]:
        """The open cases that one of these numbers has in hand, or (None) all open cases; by number."""
        found: list[CaseRow] = []
        asked = {"organisation": organisation, "closed": False}
        for names, numbers in in_lists(handlers) if handlers is not None else ((("", {}),)):
            hands = f" AND handler IN ({names})" if names else ""
            sql = f"""SELECT {LISTED} FROM cases WHERE organisation = :organisation AND is_closed = :closed{hands}
                      ORDER BY id"""
            found += self._all(CaseRow, sql, **asked, **numbers)
        return tuple(found)

    def each_case(self, organisation: str, *, workflow: str = "") -> Iterator[Case]:
        """All cases of an organisation, of one workflow or of all, one after the other, by id."""
        sql = """SELECT * FROM cases WHERE organisation = :organisation
                 AND (:workflow = '' OR workflow = :workflow) AND id > :after ORDER BY id LIMIT 500"""
        after = ""
        while batch := self.rows(sql, organisation=organisation, workflow=workflow, after=after):
            yield from (decode_case(row) for row in batch)
            after = batch[-1]["id"]

    def inbox(self, organisation: str, now: datetime, looking: Looking | None = None) -> Inbox:
        """The open cases with work before long, and the cases there is a message about.

        Late ones first, the longest late at the top; then by the moment somebody must act.
        """
        return read_inbox(self, organisation, now, looking or Looking())

    def workflow_in_use(self, organisation: str) -> str:
        """The workflow of a case of the organisation, open ones first; empty where there is none."""
        sql = "SELECT workflow FROM cases WHERE organisation = :organisation ORDER BY is_closed LIMIT 1"
        return next((row["workflow"] for row in self.rows(sql, organisation=organisation)), "")

    def late_cases(self, organisation: str, now: datetime) -> tuple[InboxRow, ...]:
        """Every open case somebody is late with, the longest late first; without its messages."""
        return read_late(self, organisation, now)

    def counts(self, organisation: str) -> dict[tuple[str, str, bool], int]:
        """Number of cases by workflow, state and closed or not."""
        sql = """SELECT workflow, state, is_closed, count(*) AS number FROM cases
                 WHERE organisation = :organisation GROUP BY workflow, state, is_closed ORDER BY 1, 2, 3"""
        found = self.rows(sql, organisation=organisation)
        return {(row["workflow"], row["state"], bool(row["is_closed"])): row["number"] for row in found}

    def last_line(self, organisation: str) -> int:
        """The number of the last line in the journal of an organisation; 0 when there is none."""
        found = self.rows("SELECT seq FROM chains WHERE organisation = :organisation", organisation=organisation)
        return int(found[0]["seq"]) if found else 0

    def existing_cases(self, ids: Sequence[str]) -> frozenset[str]:
        """Which of these ids belong to a case."""
        ours = "SELECT id FROM cases WHERE organisation = :organisation AND id IN"
        lists = ((f"{ours} ({names})", asked) for names, asked in in_lists(ids))
        return frozenset(row["id"] for sql, asked in lists for row in self.rows(sql, **asked))

    def template_text(self, digest: str) -> dict[str, Any]:
        """What was kept of a template under its digest; empty when nothing was."""
        found = self.rows("SELECT text FROM template_texts WHERE digest = :digest", digest=digest)
        return dict(json.loads(found[0]["text"])) if found else {}

    # -- about the database itself

    def meta(self, key: str) -> str:
        """A remembered value of this organisation's part of the database; empty when there is none."""
        found = self.rows("SELECT value FROM meta WHERE organisation = :organisation AND key = :key", key=key)
        return str(found[0]["value"]) if found else ""

    def metas(self, prefix: str) -> dict[str, str]:
        """The remembered values whose key begins so."""
        sql = """SELECT key, value FROM meta
                 WHERE organisation = :organisation AND substr(key, 1, :length) = :prefix ORDER BY key"""
        found = self.rows(sql, prefix=prefix, length=len(prefix))
        return {row["key"]: row["value"] for row in found}

    def published(self) -> str:
        """The digest of the publication that counts; empty when there never was one."""
        return self.meta(PUBLISHED)

    @property
    def is_rehearsal(self) -> bool:
        """True when the database was made for rehearsal, where the clock can be set."""
        return self.meta("is_rehearsal") == "yes"

    def clock_moment(self) -> datetime | None:
        """Where the rehearsal clock stands (UTC); None when it was never set or this is no rehearsal."""
        found = self.rows(CLOCK)
        return as_moment(found[0]["value"]) if found else None

    def _no_such_case(self, case_id: str) -> CaseError:
        tail = "%" + case_id.replace("%", "").replace("_", "")[-4:]
        found = self.rows(_NEAREST, id=case_id, tail=tail)
        return unknown_case(case_id, [row["id"] for row in found])


def status_of_deadlines(rows: Sequence[Row]) -> dict[str, Row]:
    """The answer to DEADLINES, by key."""
    return {row["key"]: row for row in rows}
