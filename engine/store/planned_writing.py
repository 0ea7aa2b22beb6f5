"""Writing what became of work by the calendar; the key of a row keeps two workers from doing it twice."""

from __future__ import annotations

from datetime import date

from engine.core.deciding.step import Entry
from engine.store.journal import Line, line_of_subject
from engine.store.letters import LetterWriting
from engine.store.snapshot import Row


class PlannedWriting(LetterWriting):
    """The part of a transaction that is about work by the calendar."""

    organisation: str
    is_as_asked: bool
    _unwritten: list[Line]

    def keep_planned(self, table: str, row: Row, entry: Entry | None) -> bool:
        """Write a row with its line in the journal; False, and nothing is written, when its key is there already."""
        from engine.store.schema import SCHEMA  # the sweep alone, of whoever plans

        self.is_as_asked = False
        if not self._link.add_new(SCHEMA.tables[table], [dict(row)]):
            return False
        if entry is not None:
            self._unwritten.append(line_of_subject(self.organisation, entry, ""))
        return True

    def keep_planned_through(self, work: str, through: date) -> None:
        """Remember through which day this work was dealt with."""
        from engine.store.tables_beside import planned_works

        this = {"organisation": self.organisation, "work": work}
        if not self._link.add_new(planned_works, [this | {"through": through}]):
            self._link.change(planned_works, ({"through": through}, this))
