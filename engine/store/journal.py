"""Writing the journal: lines are gathered during a transaction and linked into the chain at its end.

At the end, because linking takes the lock on the head of the chain of an organisation. Held that briefly, and
after every other lock, it makes no two writers wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert, select, update

from engine.core.moment import to_utc
from engine.core.step import Step
from engine.store.chain import FIRST_HASH, hash_entry
from engine.store.dialects import insert_or_ignore
from engine.store.records import JournalEntry
from engine.store.schema import chains, journal
from engine.store.snapshot import to_json


def entries_of(step: Step) -> list[JournalEntry]:
    """The lines of a step, not yet numbered and linked."""
    return [
        JournalEntry(
            seq=0,
            organisation=step.after.organisation,
            case_id=step.after.id,
            case_version=step.after.version,
            at=to_utc(entry.at, f"zaak {step.after.id}"),
            actor=entry.actor,
            kind=entry.kind,
            details=entry.details,
            details_text=to_json(entry.details),
            content_digest=step.content_digest,
            previous_hash="",
            hash="",
        )
        for entry in step.entries
    ]


def write_entries(connection: Connection, entries: Iterable[JournalEntry]) -> None:
    """Number, link and write these lines, per organisation in the order given."""
    by_organisation: dict[str, list[JournalEntry]] = {}
    for entry in entries:
        by_organisation.setdefault(entry.organisation, []).append(entry)
    # Always in the same order of organisations, so that two writers cannot wait for each other.
    for organisation in sorted(by_organisation):
        _extend_chain(connection, organisation, by_organisation[organisation])


def _extend_chain(connection: Connection, organisation: str, entries: list[JournalEntry]) -> None:
    seq, previous = _lock_head(connection, organisation)
    linked = []
    for seq, entry in enumerate(entries, start=seq + 1):  # noqa: B020 - counts on from the head
        unsealed = replace(entry, seq=seq, previous_hash=previous)
        previous = hash_entry(unsealed)
        linked.append(_row(replace(unsealed, hash=previous)))
    connection.execute(insert(journal), linked)
    head = update(chains).where(chains.c.organisation == organisation)
    connection.execute(head.values(seq=seq, hash=previous))


def _lock_head(connection: Connection, organisation: str) -> tuple[int, str]:
    head = select(chains.c.seq, chains.c.hash).where(chains.c.organisation == organisation).with_for_update()
    found = connection.execute(head).one_or_none()
    if found is None:
        first = {"organisation": organisation, "seq": 0, "hash": FIRST_HASH}
        connection.execute(insert_or_ignore(connection, chains), first)
        found = connection.execute(head).one()
    return found.seq, found.hash


def _row(entry: JournalEntry) -> dict[str, Any]:
    names = ("seq", "organisation", "case_id", "case_version", "at", "content_digest", "previous_hash", "hash")
    return {name: getattr(entry, name) for name in names} | {
        "actor_role": entry.actor.role,
        "actor_name": entry.actor.name,
        "kind": entry.kind.value,
        "details": entry.details_text,
    }
