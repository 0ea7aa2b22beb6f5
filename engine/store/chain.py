"""The hash chain of the journal: per organisation, each line carries the hash of the line before it.

Who changes, removes, inserts or swaps a line breaks the chain from there on; who removes the last lines leaves a
chain that is shorter than its own count. Somebody who may write everything can make a new chain: against that
helps only a copy of the last hash kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from engine.store.snapshot import Row, RowSource, as_moment, moment_text, to_json

FIRST_HASH = "0" * 64
"""What the first line of an organisation names as the hash before it."""

_BEFORE_AT = ("organisation", "seq", "case_id", "case_version")
_AFTER_AT = ("actor_role", "actor_name", "kind", "details", "content_digest", "previous_hash")
_BATCH = 1000
_PAGE = "SELECT * FROM journal WHERE organisation = :organisation AND seq > :after ORDER BY seq LIMIT :batch"
_HEAD = "SELECT seq, hash FROM chains WHERE organisation = :organisation"


def hash_line(row: Row) -> str:
    """SHA-256 in hexadecimal over every column of a row of `journal` except the hash itself, as one JSON list.

    The details as the text that was stored; the moment in UTC with microseconds.
    """
    at = moment_text(as_moment(row["at"]))
    plain = [*(row[name] for name in _BEFORE_AT), at, *(row[name] for name in _AFTER_AT)]
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
