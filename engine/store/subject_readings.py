"""What is asked of the register of subjects: always of one organisation, for a number means nothing outside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.core.deciding.case import Case
from engine.core.deciding.subject import Subject
from engine.store.codec import decode_case, decode_subject, read_row
from engine.store.inbox import LISTED
from engine.store.quick import in_lists
from engine.store.records import CaseRow, JournalEntry
from engine.store.snapshot import Row

if TYPE_CHECKING:
    from engine.core.content.subjects import SubjectKind

# One row always: with whom the register holds, if anybody. Most subjects have one case, and to ask for the others in
# the same question takes twice as long.
_DOSSIER = """SELECT s.kind, s.version, s.snapshot,
    EXISTS (SELECT 1 FROM cases WHERE organisation = :organisation AND subject = :number AND id <> :besides)
        AS has_others
    FROM (SELECT 1 AS one) AS always
    LEFT JOIN subjects s ON s.organisation = :organisation AND s.kind = :kind AND s.number = :number"""
_OTHERS = """SELECT * FROM cases WHERE organisation = :organisation AND subject = :number AND id <> :besides
    ORDER BY opened_at, id"""
DOSSIER_MARK = """SELECT
    (SELECT version FROM subjects WHERE organisation = :organisation AND kind = :kind AND number = :number) AS version,
    EXISTS (SELECT 1 FROM cases
            WHERE organisation = :organisation AND subject = :number AND id <> :besides) AS has_others"""
_SUBJECT = "SELECT * FROM subjects WHERE organisation = :organisation AND kind = :kind AND number = :number"

Dossier = tuple[Subject | None, tuple[Case, ...]]
"""Somebody as the register holds them (None: it does not), and cases about them."""


class SubjectReadings:
    """The questions about subjects."""

    def rows(self, sql: str, **parameters: Any) -> Sequence[Row]:
        """All rows of the answer; moments may be given as they are. For questions that are not below."""
        raise NotImplementedError

    def load_subject(self, organisation: str, kind: str, number: str) -> Subject | None:
        """A subject as the register holds it; None when it does not."""
        found = self.rows(_SUBJECT, organisation=organisation, kind=kind, number=number)
        return decode_subject(found[0]) if found else None

    def dossier(
        self, kind: SubjectKind | None, case: Case, *, with_cases: bool
    ) -> tuple[Subject | None, tuple[Case, ...]]:
        """Whom a case is about as the register holds it (None: not), and the other cases about it, oldest first."""
        organisation, number = case.organisation, case.subject
        if not with_cases:
            return (self.load_subject(organisation, kind.id, number) if kind else None), ()
        these = {"organisation": organisation, "number": number, "besides": case.id}
        found = self.rows(_DOSSIER, kind=kind.id if kind else "", **these)
        if not found:  # of another organisation
            return None, ()
        held = {"organisation": organisation, "number": number, **found[0]}
        others = self.rows(_OTHERS, **these) if held["has_others"] else ()
        return (None if held["kind"] is None else decode_subject(held)), tuple(map(decode_case, others))

    def dossier_mark(self, kind: str, case: Case) -> tuple[int, bool]:
        """How often the register changed what it says of whom a case is about; whether other cases are about it too."""
        asked = {"kind": kind, "number": case.subject, "besides": case.id}
        return read_mark(self.rows(DOSSIER_MARK, organisation=case.organisation, **asked))

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

    def open_beside(self, organisation: str, subject: str) -> tuple[str, ...]:
        """The open cases about one subject, oldest first."""
        sql = """SELECT id FROM cases WHERE organisation = :organisation AND subject = :subject AND NOT is_closed
                 ORDER BY opened_at, id"""
        return tuple(row["id"] for row in self.rows(sql, organisation=organisation, subject=subject))

    def case_rows_of_subject(self, organisation: str, subject: str) -> tuple[CaseRow, ...]:
        """All cases about one subject in a list, open and closed, oldest first."""
        sql = f"""SELECT {LISTED} FROM cases WHERE organisation = :organisation AND subject = :subject
                  ORDER BY opened_at, id"""
        return tuple(read_row(CaseRow, row) for row in self.rows(sql, organisation=organisation, subject=subject))


def read_mark(found: Sequence[Row]) -> tuple[int, bool]:
    """A mark of a dossier, from the answer."""
    return (found[0]["version"] or 0, bool(found[0]["has_others"])) if found else (0, False)


def literal_part(word: str) -> str:
    """A word as LIKE takes it, its signs meaning themselves."""
    for sign in ("!", "%", "_"):
        word = word.replace(sign, f"!{sign}")
    return word
