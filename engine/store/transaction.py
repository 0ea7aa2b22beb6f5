"""One transaction that writes: everything in it is stored together, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, insert, text, update

from engine.core.deciding.case import Case
from engine.core.deciding.step import RunningTerm, Step
from engine.core.dutch import write_moment
from engine.core.errors import UsageError
from engine.core.moment import to_utc
from engine.store import deadlines, letters
from engine.store.cases import insert_cases, keep_running, next_number, update_case
from engine.store.codec import read_row, row_of
from engine.store.complaints import existing_case
from engine.store.dialects import insert_or_ignore, lock_clause
from engine.store.journal import Line, lines_of, write_lines
from engine.store.readings import Readings, case_number
from engine.store.records import Alarm, ClaimedLetter, DueDeadline, FrozenLetter, JournalEntry
from engine.store.schema import alarms, meta, notices
from engine.store.snapshot import Row, moment_text

# Made once: building a statement costs more than running it.
_FINISH = (
    update(notices)
    .where(notices.c.case_id == bindparam("the_case"), notices.c.done_at.is_(None))
    .values(done_at=bindparam("the_moment"), done_by=bindparam("the_body"))
)
_parsed = lru_cache(maxsize=200)(text)


class ConnectedReadings(Readings):
    """The questions, asked inside a transaction of SQLAlchemy."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_sqlite = connection.dialect.name == "sqlite"

    def rows(self, sql: str, **parameters: Any) -> Sequence[Row]:
        """All rows of the answer; moments may be given as they are."""
        bound = {name: self._bound(value) for name, value in parameters.items()}
        if not self._is_sqlite:
            return [dict(row) for row in self._connection.execute(_parsed(sql), bound).mappings()]
        # SQLite takes the text as it is; passing it on through SQLAlchemy costs ten times the question.
        cursor = self._connection.connection.cursor()
        cursor.execute(sql, bound)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def due(self, now: datetime, limit: int, *, after: DueDeadline | None = None) -> tuple[DueDeadline, ...]:
        """The oldest open deadlines whose moment has come, on PostgreSQL claimed until the transaction ends.

        On SQLite another worker may get the same ones: whoever writes second finds the case changed, and has done
        nothing. `after` goes on behind one that was already tried, so that one that cannot be handled does not hold
        up the rest.
        """
        asked: dict[str, Any] = {"now": now, "limit": limit}
        if after is not None:
            asked |= {
                "after_due_at": after.deadline.due_at,
                "after_case_id": after.case_id,
                "after_key": after.deadline.key,
            }
        sql = (deadlines.DUE if after is None else deadlines.DUE_AFTER) + lock_clause(self._connection, "d, c")
        return self._all(DueDeadline, sql, **asked)

    def _bound(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return moment_text(value) if self._is_sqlite else to_utc(value)
        return value


class Transaction(ConnectedReadings):
    """What can be written. Nothing is there for others before the transaction ends well."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._unwritten: list[Line] = []

    # -- cases

    def append(self, step: Step, *, owner: str = "") -> None:
        """Write a step: snapshot, deadlines, letters, notices, and its lines at the end of the transaction.

        `owner` is the body that owns the state after the step; empty leaves it as it was. Raises CaseError when
        the case was changed meanwhile (says by whom and when), or when a new case has an id that is taken.
        """
        self.append_many((step,), owner_of=lambda _: owner)

    def append_many(self, steps: Sequence[Step], *, owner_of: Callable[[Step], str] = lambda _: "") -> None:
        """Write many steps in this order. New cases that follow each other are written in one go."""
        for is_new, run in groupby(steps, key=lambda step: step.before is None):
            together = tuple(run)
            if is_new:
                self._insert(together, tuple(owner_of(step) for step in together))
                continue
            for step in together:
                self._update(step, owner_of(step))

    def keep_running(self, case: Case, running: Sequence[RunningTerm]) -> None:
        """The running terms of a case, worked out anew while nothing happens to it; a later step goes first."""
        keep_running(self._connection, case, running)

    def new_case_number(self, organisation: str, prefix: str, year: int) -> str:
        """A number that was not given out before, such as `TLV-2026-0001`; without gaps.

        A number that is already in use (taken over from elsewhere) is passed over.
        """
        while True:
            number = case_number(prefix, year, next_number(self._connection, organisation, prefix, year))
            if not self.existing_cases((number,)):
                return number

    def journal(self, case_id: str) -> tuple[JournalEntry, ...]:
        """What happened in a case, oldest first, the lines of this transaction included."""
        self.flush()
        return super().journal(case_id)

    def flush(self) -> None:
        """Link and write the journal lines so far. The store calls it before the end of the transaction."""
        lines, self._unwritten = self._unwritten, []
        write_lines(self._connection, lines)

    def _insert(self, steps: Sequence[Step], owners: Sequence[str]) -> None:
        taken = self.existing_cases([step.after.id for step in steps])
        if taken:
            raise existing_case(min(taken))
        insert_cases(self._connection, steps, owners)
        self._unwritten += [line for step in steps for line in lines_of(step)]

    def _update(self, step: Step, owner: str) -> None:
        update_case(self._connection, step, owner)
        self._unwritten += lines_of(step)

    # -- deadlines

    def mark_fired(self, case_id: str, key: str, at: datetime) -> bool:
        """A deadline was dealt with, in this same transaction. False when it already was, or does not exist."""
        return deadlines.fire_deadline(self._connection, case_id, key, at)

    # -- letters

    def claim_letters(
        self, now: datetime, limit: int, *, lease: timedelta = letters.LEASE
    ) -> tuple[ClaimedLetter, ...]:
        """Take the oldest letters that wait, or whose worker did not come back before its lease was over."""
        found = self.rows(letters.OUTGOING + lock_clause(self._connection, "l"), now=now, limit=limit)
        if found:
            letters.claim(self._connection, found, now, lease)
        return tuple(read_row(ClaimedLetter, {**row, "attempt": row["attempts"] + 1}) for row in found)

    def freeze_letter(self, claimed: ClaimedLetter, frozen: FrozenLetter) -> bool:
        """Fix what the letter says, before it is handed over. False when the claim was lost."""
        return letters.freeze(self._connection, claimed, frozen)

    def mark_letter_sent(
        self, claimed: ClaimedLetter, *, sent_on: date, sent_at: datetime, html_path: str = "", pdf_path: str = ""
    ) -> bool:
        """The letter was handed over on this local day. False when the claim was lost: then write nothing else."""
        return letters.mark_sent(self._connection, claimed, sent_on, sent_at, html_path, pdf_path)

    def retry_letter(self, claimed: ClaimedLetter, error: str, not_before: datetime) -> bool:
        """It did not work out; another attempt may be made from `not_before`. False when the claim was lost."""
        return letters.mark_waiting(self._connection, claimed, error, not_before)

    def fail_letter(self, claimed: ClaimedLetter, error: str) -> bool:
        """It will not work out by itself; a person must look. False when the claim was lost."""
        return letters.mark_failed(self._connection, claimed, error)

    def put_back_letter(self, case_id: str, key: str) -> bool:
        """A person wants another attempt at a failed letter. False when it had not failed."""
        return letters.put_back(self._connection, case_id, key)

    def keep_template(self, digest: str, template: Mapping[str, object]) -> None:
        """Keep the text of a template (plain JSON) under its digest; what is kept is never replaced."""
        letters.keep_template(self._connection, digest, template)

    # -- notices and alarms

    def finish_notices(self, case_id: str, at: datetime, by: str, *, ids: Collection[int] | None = None) -> int:
        """Somebody dealt with the open messages about a case (or with these of them). How many there were."""
        done = _FINISH if ids is None else _FINISH.where(notices.c.id.in_(ids))
        return self._connection.execute(done, {"the_case": case_id, "the_moment": at, "the_body": by}).rowcount

    def record_alarm(self, alarm: Alarm) -> None:
        """Write down that the second evaluator came to another answer."""
        row = row_of(alarm)
        del row["id"]  # the database numbers them
        self._connection.execute(insert(alarms), row)

    def mark_alarms_seen(self, at: datetime) -> int:
        """Somebody looked at the alarms. How many were new."""
        unseen = update(alarms).where(alarms.c.seen_at.is_(None))
        return self._connection.execute(unseen.values(seen_at=at)).rowcount

    # -- about the database itself

    def set_meta(self, key: str, value: str) -> None:
        """Remember a value of the database itself."""
        changed = self._connection.execute(update(meta).where(meta.c.key == key).values(value=value))
        if changed.rowcount == 0:
            self._connection.execute(insert_or_ignore(self._connection, meta), {"key": key, "value": value})

    def set_clock_moment(self, moment: datetime) -> None:
        """Put the rehearsal clock forward. Raises UsageError when this is no rehearsal, or for a step back."""
        wanted, current = to_utc(moment), self.clock_moment()
        if not self.is_rehearsal:
            raise UsageError(
                "De klok kan hier niet worden gezet.",
                why="Dit is geen oefenwerkplek; termijnen lopen met de echte tijd.",
                next_step="Maak een oefenwerkplek met `trede init --rehearsal`.",
            )
        if current is not None and wanted < current:
            raise UsageError(
                f"De oefenklok kan niet terug van {write_moment(current)} naar {write_moment(wanted)}.",
                why="Wat al gebeurd is, zou dan later gebeurd zijn dan nu.",
                next_step="Kies een later tijdstip, of begin een nieuwe oefenwerkplek.",
            )
        self.set_meta("clock_moment", moment_text(wanted))
