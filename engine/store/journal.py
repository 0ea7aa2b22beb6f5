"""The journal: lines are gathered during a transaction, and linked into the hash chain of an organisation at its end.

Each line carries the hash of the line before it. Who changes, removes, inserts or swaps a line breaks the chain from
there on; who removes the last lines leaves a chain that is shorter than its own count. Somebody who may write
everything can make a new chain: against that helps only a copy of the last hash kept elsewhere.

At the end, because linking takes the lock on the head of the chain. Held that briefly, and after every other lock,
it makes no two writers wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam, select

from engine.core.deciding.step import Entry, EntryKind, Step
from engine.core.moment import to_utc
from engine.store.columns import Statement
from engine.store.link import Link
from engine.store.quick import RowSource
from engine.store.snapshot import Row, as_moment, moment_text, to_json
from engine.store.tables import chains, journal

Line = dict[str, Any]
"""A row of the journal that is not numbered and linked yet."""

_OF_A_REGISTER = (EntryKind.SUBJECT, EntryKind.PERSON)
FIRST_HASH = "0" * 64
"""What the first line of an organisation names as the hash before it."""

_BEFORE_AT = itemgetter("organisation", "seq", "case_id", "case_version")
_AFTER_AT = itemgetter("actor_role", "actor_name", "kind", "details", "content_digest", "previous_hash")
_BATCH = 1000
_PAGE = "SELECT * FROM journal WHERE organisation = :organisation AND seq > :after ORDER BY seq LIMIT :batch"
_HEAD = "SELECT seq, hash FROM chains WHERE organisation = :organisation"
_LOCK_HEAD = Statement(
    select(chains.c.seq, chains.c.hash).where(chains.c.organisation == bindparam("organisation")).with_for_update()
)


def lines_of(step: Step) -> list[Line]:
    """The journal lines of a step. Raises UsageError for a naive moment."""
    return [
        {
            "organisation": step.after.organisation,
            "case_id": step.after.id,
            "case_version": step.after.version,
            "content_digest": step.content_digest,
        }
        | _told(entry, f"zaak {step.after.id}")
        for entry in step.entries
    ]


def line_of_subject(organisation: str, entry: Entry, content_digest: str) -> Line:
    """The line of a change in the register that belongs to no case. Raises UsageError for a naive moment."""
    about = {"organisation": organisation, "case_id": None, "case_version": 0, "content_digest": content_digest}
    return about | _told(entry, "dossier")


def _told(entry: Entry, where: str) -> Line:
    return {
        "at": to_utc(entry.at, where),
        "actor_role": entry.actor.role,
        "actor_name": entry.actor.name,
        "actor_person": entry.actor.person,
        "kind": entry.kind.value,
        "details": to_json(entry.details),
        "subject": str(entry.details["subject"]) if entry.kind in _OF_A_REGISTER else "",
    }


def write_lines(link: Link, lines: Iterable[Line]) -> None:
    """Number, link and write these lines, per organisation in the order given."""
    by_organisation: dict[str, list[Line]] = {}
    for line in lines:
        by_organisation.setdefault(line["organisation"], []).append(line)
    # Always in the same order of organisations, so that two writers cannot wait for each other.
    for organisation in sorted(by_organisation):
        _extend_chain(link, organisation, by_organisation[organisation])


def _extend_chain(link: Link, organisation: str, lines: list[Line]) -> None:
    seq, previous = _lock_head(link, organisation)
    for line in lines:
        seq += 1
        line["seq"], line["previous_hash"] = seq, previous
        line["hash"] = previous = hash_line(line)
    link.add(journal, lines)
    link.send_changes(chains, ({"seq": seq, "hash": previous}, {"organisation": organisation}))


def _lock_head(link: Link, organisation: str) -> tuple[int, str]:
    this = {"organisation": organisation}
    found = link.answer(_LOCK_HEAD, this)
    if not found:
        link.add(chains, [{"organisation": organisation, "seq": 0, "hash": FIRST_HASH}], unless_there=True)
        found = link.answer(_LOCK_HEAD, this)
    return found[0]["seq"], found[0]["hash"]


def hash_line(row: Row) -> str:
    """SHA-256 in hexadecimal over every column of a row of `journal` except the hash itself, as one JSON list.

    The details as the text that was stored; the moment in UTC with microseconds. Columns that came later count when
    they are filled, so that older lines keep the hash they have.
    """
    at = moment_text(as_moment(row["at"]))
    plain = [*_BEFORE_AT(row), at, *_AFTER_AT(row)]
    if row["subject"]:
        plain.append(row["subject"])
    if row["actor_person"]:  # under its name, so that no line can have the hash of another
        plain.append({"actor_person": row["actor_person"]})
    return sha256(to_json(plain).encode()).hexdigest()


def verify(source: RowSource, organisation: str) -> int | None:
    """The number of the first broken line of this organisation; None when the whole chain holds.

    A missing line is named by its own number, also when it was the last.
    """
    expected, previous = 1, FIRST_HASH
    for row in _lines(source, organisation):
        if (row["seq"], row["previous_hash"]) != (expected, previous) or hash_line(row) != row["hash"]:
            return expected
        expected, previous = expected + 1, row["hash"]
    head = source.rows(_HEAD, organisation=organisation)
    written = (head[0]["seq"], head[0]["hash"]) if head else (0, FIRST_HASH)
    return None if written == (expected - 1, previous) else min(expected, written[0] + 1)


def _lines(source: RowSource, organisation: str) -> Iterator[Row]:
    after = 0
    while batch := source.rows(_PAGE, organisation=organisation, after=after, batch=_BATCH):
        yield from batch
        after = batch[-1]["seq"]
