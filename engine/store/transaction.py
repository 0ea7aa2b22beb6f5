"""One transaction that writes: everything in it is stored together, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, null, text, update
from sqlalchemy.dialects.sqlite import Insert

from engine.core.deciding.case import Case
from engine.core.deciding.keeping_people import Kept
from engine.core.deciding.step import Entry, RunningTerm, Step, TakenBack
from engine.core.deciding.subject import SubjectChange
from engine.core.dutch import write_moment
from engine.core.errors import UsageError
from engine.core.moment import to_utc
from engine.store.cases import Listed, insert_cases, keep_running, take_numbers, update_case
from engine.store.codec import row_of
from engine.store.columns import Statement
from engine.store.complaints import existing_case, foreign_step, leaving_letter
from engine.store.deadlines import fire_deadline
from engine.store.dialects import insert_into
from engine.store.journal import Line, line_of_subject, lines_of, write_lines
from engine.store.link import Link
from engine.store.numbering import Series, free_numbers
from engine.store.people import keep_person
from engine.store.planned_writing import PlannedWriting
from engine.store.records import Alarm, JournalEntry
from engine.store.snapshot import Row, moment_text
from engine.store.subjects import keep_subject
from engine.store.tables import alarms, cases, meta, notices


def _set_meta(dialect: str) -> Insert:
    names = ("organisation", "key", "value")
    made = insert_into(dialect, meta).values({name: bindparam(name) for name in names})
    return made.on_conflict_do_update(index_elements=names[:2], set_={"value": made.excluded.value})


OWED = "owed."
"""Behind it the number of a case that owes a letter."""
_SET_META = Statement(_set_meta)

# What people gave each other to do is no message: it is done only when it is named.
_OF_THE_CASE = (
    notices.c.organisation == bindparam("the_organisation"),
    notices.c.case_id == bindparam("the_case"),
)
_MESSAGES = update(notices).where(*_OF_THE_CASE, notices.c.done_at.is_(None), text("kind <> 'task'"))
_DONE: Mapping[str, Any] = {"done_at": bindparam("done_at"), "done_by": bindparam("done_by")}
_SETTLE = Statement(_MESSAGES.values(_DONE))
_SETTLE_SINCE = Statement(_MESSAGES.where(notices.c.at >= bindparam("since")).values(_DONE))
_SETTLE_ALL_SINCE = Statement(
    update(notices).where(*_OF_THE_CASE, notices.c.done_at.is_(None), notices.c.at >= bindparam("since")).values(_DONE)
)
_LIE_AGAIN = Statement(
    update(notices)
    .where(*_OF_THE_CASE, notices.c.done_at == bindparam("since"), notices.c.at < bindparam("since"))
    .values(done_at=null(), done_by=text("''"))
)


class Transaction(PlannedWriting):
    """What can be written. Nothing is there for others before the transaction ends well."""

    is_as_asked = False
    """Whether nobody can have written since this work asked its first question: so what it decided on still holds."""

    def __init__(self, link: Link, organisation: str, listed: Mapping[str, Listed] = MappingProxyType({})) -> None:
        super().__init__(link, organisation)
        self._listed = listed
        self._unwritten: list[Line] = []

    def append(self, step: Step, *, owner: str = "", there: Mapping[str, Row] | None = None) -> None:
        """Write a step: snapshot, deadlines, letters, notices, and its lines at the end of the transaction.

        `owner` is the body that owns the state after the step; empty leaves it as it was. `there` are the deadlines of
        the case by key, from who read them at the version that the step goes on from. Raises CaseError when the case
        was changed meanwhile (says by whom and when), or when a new case has an id that is taken.
        """
        if there is None or step.before is None:
            self.append_many((step,), owner_of=lambda _: owner)
        else:
            self._refuse_foreign(step)
            self._update(step, owner, there)

    def append_many(self, steps: Sequence[Step], *, owner_of: Callable[[Step], str] = lambda _: "") -> None:
        """Write many steps in this order. New cases that follow each other are written in one go."""
        for step in steps:
            self._refuse_foreign(step)
        for is_new, run in groupby(steps, key=lambda step: step.before is None):
            together = tuple(run)
            if is_new:
                self._insert(together, tuple(owner_of(step) for step in together))
                continue
            for step in together:
                self._update(step, owner_of(step))

    def keep_running(self, case: Case, running: Sequence[RunningTerm]) -> None:
        """The running terms of a case, worked out anew while nothing happens to it; a later step goes first."""
        keep_running(self._link, case, running)

    def new_case_numbers(self, series: Series, many: int) -> tuple[str, ...]:
        """So many numbers that were not given out before, such as `TLV-2026-0001`; in order and without gaps.

        A number that is already in use (taken over from elsewhere) is passed over.
        """
        given: tuple[str, ...] = ()
        while short := many - len(given):
            last = take_numbers(self._link, series, short)
            given += free_numbers(self, series, range(last - short + 1, last + 1))
        return given

    def journal(self, case_id: str) -> tuple[JournalEntry, ...]:
        """What happened in a case, oldest first, the lines of this transaction included."""
        self.flush()
        return super().journal(case_id)

    def flush(self) -> None:
        """Link and write the journal lines so far. The store calls it before the end of the transaction."""
        lines, self._unwritten = self._unwritten, []
        write_lines(self._link, lines)

    def _insert(self, steps: Sequence[Step], owners: Sequence[str]) -> None:
        taken = self.existing_cases([step.after.id for step in steps])
        if taken:
            raise existing_case(min(taken))
        insert_cases(self._link, steps, owners)
        self._unwritten += [line for step in steps for line in lines_of(step)]
        for step in steps:
            self._keep_subject(step)

    def _refuse_foreign(self, step: Step) -> None:
        if step.after.organisation != self.organisation:
            raise foreign_step(step.after.id, step.after.organisation, self.organisation)

    def _update(self, step: Step, owner: str, there: Mapping[str, Row] | None = None) -> None:
        update_case(self._link, step, owner, there, self._listed.get(step.after.id))
        if step.before is not None and step.before.owed != step.after.owed:
            # Remembered apart, so that who orders what is owed need not look through every case.
            self.set_meta(f"{OWED}{step.after.id}", "yes" if step.after.owed else "")
        self._unwritten += lines_of(step)
        self._keep_subject(step)

    def _keep_subject(self, step: Step) -> None:
        if step.subject is not None:
            keep_subject(self._link, step.subject, step.entries[-1].at)

    def amend_subject(self, change: SubjectChange, entry: Entry, content_digest: str) -> None:
        """Write a change in the register that belongs to no case, with its line in the journal."""
        self.is_as_asked = False
        keep_subject(self._link, change, entry.at)
        self._unwritten.append(line_of_subject(change.after.organisation, entry, content_digest))

    def keep_people(self, organisation: str, kept: Kept) -> None:
        """Write what became of people, with the lines of the journal.

        Raises OvertakenError when another changed one of them meanwhile.
        """
        self.is_as_asked = False
        for changed in kept.changes:
            keep_person(self._link, changed, kept.entries[0].at)
        self._unwritten += [line_of_subject(organisation, entry, "") for entry in kept.entries]

    def publish(self, publication: Row, texts: Sequence[Row], entry: Entry) -> None:
        """Write what is published: a row, the texts that are new, and a line in the journal that holds its digest."""
        from engine.store.tables_beside import publications, published_texts  # hardly ever

        self._link.add(published_texts, [dict(row) for row in texts])
        self._link.add(publications, [dict(publication)])
        self._unwritten.append(line_of_subject(self.organisation, entry, str(publication["digest"])))

    def pin(self, these: Row, pins: Row) -> int:
        """Pin the cases that have these columns and are not wholly pinned; how many there were."""
        return self._link.change(cases, (dict(pins), {"organisation": self.organisation, **these, "lower_rules": None}))

    # -- deadlines

    def mark_fired(self, case_id: str, key: str, at: datetime) -> bool:
        """A deadline was dealt with, in this same transaction. False when it already was, or does not exist."""
        return fire_deadline(self._link, self._key_of(case_id), key, at)

    # -- notices and alarms

    def finish_notices(self, case_id: str, at: datetime, by: str, *, ids: Collection[int]) -> int:
        """Somebody dealt with these of the open messages about a case. How many there were."""
        done, still_open = {"done_at": at, "done_by": by}, self._key_of(case_id) | {"done_at": None}
        return self._link.change(notices, *((done, still_open | {"id": one}) for one in ids))

    def finish_messages(self, case_id: str, at: datetime, by: str) -> None:
        """Somebody dealt with all open messages about a case; not with what people gave each other to do."""
        self._link.send(_SETTLE, self._the(case_id) | {"done_at": at, "done_by": by})

    def put_off_notice(self, case_id: str, number: int, until: datetime) -> None:
        """A message is out of sight until this moment (UTC), and then lies there until it is settled."""
        self._link.change(notices, ({"waits_until": until, "lies_until": None}, self._key_of(case_id) | {"id": number}))

    def take_back(self, case_id: str, taken_back: TakenBack, at: datetime, by: str) -> None:
        """An act was taken back: its letters do not leave, its messages are settled, those it settled lie there again.

        Raises OvertakenError when one of its letters is leaving, or left.
        """
        if not self.withdraw_letters(case_id, taken_back.letters):
            raise leaving_letter(case_id)
        since = self._the(case_id) | {"since": taken_back.at}
        self._link.run(_SETTLE_ALL_SINCE if taken_back.whole else _SETTLE_SINCE, since | {"done_at": at, "done_by": by})
        self._link.run(_LIE_AGAIN, since)

    def record_alarm(self, alarm: Alarm) -> None:
        """Write down that the second evaluator came to another answer."""
        row = row_of(alarm)
        del row["id"]  # the database numbers them
        self._link.add(alarms, [row])

    def mark_alarms_seen(self, at: datetime) -> int:
        """Somebody looked at the alarms. How many were new."""
        return self._link.change(alarms, ({"seen_at": at}, {"organisation": self.organisation, "seen_at": None}))

    def _the(self, case_id: str) -> dict[str, Any]:
        return {"the_organisation": self.organisation, "the_case": case_id}

    def set_meta(self, key: str, value: str) -> None:
        """Remember a value of this organisation's part of the database."""
        self._link.send(_SET_META, {"organisation": self.organisation, "key": key, "value": value})

    def settle_meta(self, key: str, value: str) -> str:
        """Remember a value unless there is one; the value that is remembered."""
        self._link.add_new(meta, [{"organisation": self.organisation, "key": key, "value": value}])
        return self.meta(key)

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
