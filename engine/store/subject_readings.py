"""What is asked of the register of subjects: always of one organisation, for a number means nothing outside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from engine.core.deciding.case import Case
from engine.core.deciding.subject import Subject
from engine.store.codec import decode_case, decode_subject, read_row
from engine.store.inbox import LISTED
from engine.store.quick import in_lists
from engine.store.records import CaseRow, JournalEntry
from engine.store.snapshot import Row

_SUBJECT_VERSION = """SELECT version FROM subjects
    WHERE organisation = :organisation AND kind = :kind AND number = :number"""
_SUBJECT = "SELECT * FROM subjects WHERE organisation = :organisation AND kind = :kind AND number = :number"


class SubjectReadings:
    """The questions about subjects."""

    def rows(self, sql: str, **parameters: Any) -> Sequence[Row]:
        """All rows of the answer; moments may be given as they are. For questions that are not below."""
        raise NotImplementedError

    def load_subject(self, organisation: str, kind: str, number: str) -> Subject | None:
        """A subject as the register holds it; None when it does not."""
        found = self.rows(_SUBJECT, organisation=organisation, kind=kind, number=number)
        return decode_subject(found[0]) if found else None

    def holder_of(self, organisation: str, kind: str, number: str) -> str:
        """The number of the subject to whom this number belongs, of a kind of record; empty while it is free."""
        sql = """SELECT subject FROM subject_numbers
                 WHERE organisation = :organisation AND kind = :kind AND number = :number"""
        found = self.rows(sql, organisation=organisation, kind=kind, number=number)
        return str(found[0]["subject"]) if found else ""

    def each_subject(self, organisation: str, kind: str) -> Iterator[Subject]:
        """All subjects of a kind in an organisation, one after the other, by number."""
        sql = """SELECT * FROM subjects WHERE organisation = :organisation AND kind = :kind AND number > :after
                 ORDER BY number LIMIT 500"""
        after = ""
        while batch := self.rows(sql, organisation=organisation, kind=kind, after=after):
            yield from (decode_subject(row) for row in batch)
            after = batch[-1]["number"]

    def find_subjects(self, organisation: str, kind: str, words: Sequence[Sequence[str]], limit: int) -> list[Subject]:
        """The subjects of which every one of these is said, in one of its spellings; by number."""
        asked: dict[str, object] = {"organisation": organisation, "kind": kind, "limit": limit}
        conditions = []
        for spellings in words:
            names = [f"word_{len(asked) + number}" for number in range(len(spellings))]
            asked |= {name: f"%{literal_part(word)}%" for name, word in zip(names, spellings, strict=True)}
            conditions.append("(" + " OR ".join(f"sought LIKE :{name} ESCAPE '!'" for name in names) + ")")
        sql = f"""SELECT * FROM subjects WHERE organisation = :organisation AND kind = :kind
                  AND {" AND ".join(conditions)} ORDER BY number LIMIT :limit"""
        return [decode_subject(row) for row in self.rows(sql, **asked)]

    def subjects_with(self, organisation: str, kind: str, numbers: Sequence[str]) -> list[Subject]:
        """Those of these numbers that the register holds."""
        found: list[Row] = []
        for names, asked in in_lists(numbers):
            sql = f"""SELECT * FROM subjects WHERE organisation = :organisation AND kind = :kind
                      AND number IN ({names}) ORDER BY number"""
            found += self.rows(sql, organisation=organisation, kind=kind, **asked)
        return [decode_subject(row) for row in found]

    def subjects_born_on(self, organisation: str, kind: str, day: date) -> list[Subject]:
        """The subjects with this birth day, by number."""
        sql = """SELECT * FROM subjects WHERE organisation = :organisation AND kind = :kind AND birth_day = :day
                 ORDER BY number"""
        return [decode_subject(row) for row in self.rows(sql, organisation=organisation, kind=kind, day=day)]

    def subject_journal(self, organisation: str, key: str) -> tuple[JournalEntry, ...]:
        """What changed in the register of a subject (kind/number), oldest first."""
        sql = (
            "SELECT * FROM journal WHERE organisation = :organisation AND subject = :key AND subject <> '' ORDER BY seq"
        )
        found = self.rows(sql, organisation=organisation, key=key)
        return tuple(read_row(JournalEntry, row, case_id=row["case_id"] or "") for row in found)

    def cases_of_subject(self, organisation: str, subject: str, *, besides: str = "") -> tuple[Case, ...]:
        """All cases about one subject, open and closed, oldest first; without the one named in `besides`."""
        sql = """SELECT * FROM cases WHERE organisation = :organisation AND subject = :subject AND id <> :besides
                 ORDER BY opened_at, id"""
        found = self.rows(sql, organisation=organisation, subject=subject, besides=besides)
        return tuple(decode_case(row) for row in found)

    def case_rows_of_subject(self, organisation: str, subject: str) -> tuple[CaseRow, ...]:
        """All cases about one subject in a list, open and closed, oldest first."""
        sql = f"""SELECT {LISTED} FROM cases WHERE organisation = :organisation AND subject = :subject
                  ORDER BY opened_at, id"""
        return tuple(read_row(CaseRow, row) for row in self.rows(sql, organisation=organisation, subject=subject))

    def subject_version(self, organisation: str, kind: str, number: str) -> int:
        """How often the register changed what it says of a subject; 0 when it does not hold it."""
        found = self.rows(_SUBJECT_VERSION, organisation=organisation, kind=kind, number=number)
        return int(found[0]["version"]) if found else 0


def literal_part(word: str) -> str:
    """A word as LIKE takes it, its signs meaning themselves."""
    for sign in ("!", "%", "_"):
        word = word.replace(sign, f"!{sign}")
    return word
