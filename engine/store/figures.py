"""What figures are counted from: entries of the journal, letters; of a whole organisation at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.core.deciding.step import Entry, EntryKind
from engine.store.codec import read_row
from engine.store.inbox import LISTED
from engine.store.readings import Readings
from engine.store.records import CaseRow, JournalEntry

_EXAMPLE = """
    SELECT key FROM letters WHERE organisation = :organisation AND status = 'sent'
    ORDER BY clause = 'objection' DESC, sent_at DESC, key LIMIT 1
"""


def journal_entries(
    readings: Readings, organisation: str, kinds: Sequence[EntryKind], *, workflow: str = ""
) -> Iterator[tuple[str, str, Entry]]:
    """The entries of these kinds with the workflow and the number of their case (or of one workflow); by case,
    oldest first."""
    listed = ", ".join(f"'{kind.value}'" for kind in kinds)
    of_one = "AND c.workflow = :workflow " if workflow else ""
    rows = readings.rows(
        f"""SELECT c.workflow, j.case_id, j.at, j.kind, j.details, j.actor_role, j.actor_name,
               j.actor_person
            FROM journal j JOIN cases c ON c.organisation = j.organisation AND c.id = j.case_id
            WHERE j.organisation = :organisation AND j.kind IN ({listed}) {of_one}ORDER BY j.case_id, j.seq""",
        organisation=organisation,
        **({"workflow": workflow} if workflow else {}),
    )
    return ((row["workflow"], row["case_id"], read_row(Entry, row)) for row in rows)


def letter_statuses(readings: Readings, organisation: str) -> tuple[tuple[str, str], ...]:
    """Of each letter what it is, and where it lies."""
    found = readings.rows(
        "SELECT letter, status FROM letters WHERE organisation = :organisation", organisation=organisation
    )
    return tuple((row["letter"], row["status"]) for row in found)


def example_letter(readings: Readings, organisation: str) -> str:
    """The key of a letter worth looking at: with a clause about objection, of the last that went out; or empty."""
    found = readings.rows(_EXAMPLE, organisation=organisation)
    return str(found[0]["key"]) if found else ""


def last_line(readings: Readings, organisation: str) -> int:
    """The number of the last line of the journal of an organisation; 0 while it is empty."""
    found = readings.rows("SELECT seq FROM chains WHERE organisation = :organisation", organisation=organisation)
    return int(found[0]["seq"]) if found else 0


def journal_since(
    readings: Readings, organisation: str, seq: int, kinds: Sequence[EntryKind]
) -> tuple[JournalEntry, ...]:
    """The lines about cases of these kinds that were written after line `seq`, in their order."""
    listed = ", ".join(f"'{kind.value}'" for kind in kinds)
    rows = readings.rows(
        f"""SELECT * FROM journal WHERE organisation = :organisation AND seq > :seq AND case_id IS NOT NULL
            AND kind IN ({listed}) ORDER BY seq""",
        organisation=organisation,
        seq=seq,
    )
    return tuple(read_row(JournalEntry, row) for row in rows)


def open_cases_of(
    readings: Readings, organisation: str, workflows: Sequence[str], owner: str = ""
) -> tuple[CaseRow, ...]:
    """The open cases of these workflows (with `owner`: that this body has), who is longest in its state first."""
    if not workflows:
        return ()
    named = {f"workflow{place}": name for place, name in enumerate(workflows)}
    asked: dict[str, object] = {"organisation": organisation, "closed": False, **named}
    asked |= {"owner": owner} if owner else {}
    rows = readings.rows(
        f"""SELECT {LISTED} FROM cases WHERE organisation = :organisation AND is_closed = :closed
            AND workflow IN ({", ".join(f":{name}" for name in named)}){" AND owner = :owner" if owner else ""}
            ORDER BY entered_at, id""",
        **asked,
    )
    return tuple(read_row(CaseRow, row) for row in rows)
