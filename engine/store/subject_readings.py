"""What is asked of the register of subjects: always of one organisation, for a number means nothing outside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from engine.core.deciding.subject import Subject
from engine.store.codec import decode_subject
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

    def each_subject(self, organisation: str, kind: str) -> Iterator[Subject]:
        """All subjects of a kind in an organisation, one after the other, by number."""
        sql = """SELECT * FROM subjects WHERE organisation = :organisation AND kind = :kind AND number > :after
                 ORDER BY number LIMIT 500"""
        after = ""
        while batch := self.rows(sql, organisation=organisation, kind=kind, after=after):
            yield from (decode_subject(row) for row in batch)
            after = batch[-1]["number"]

    def subject_version(self, organisation: str, kind: str, number: str) -> int:
        """How often the register changed what it says of a subject; 0 when it does not hold it."""
        found = self.rows(_SUBJECT_VERSION, organisation=organisation, kind=kind, number=number)
        return int(found[0]["version"]) if found else 0
