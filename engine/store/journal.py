"""Writing the journal: lines are gathered during a transaction and linked into the chain at its end.

At the end, because linking takes the lock on the head of the chain of an organisation. Held that briefly, and
after every other lock, it makes no two writers wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from engine.core.deciding.step import Step
from engine.core.moment import to_utc
from engine.store.chain import FIRST_HASH, hash_line
from engine.store.dialects import insert_or_ignore
from engine.store.schema import chains, journal
from engine.store.snapshot import to_json
from engine.store.written import Written

Line = dict[str, Any]
"""A row of the journal that is not numbered and linked yet."""

_THIS_CHAIN = chains.c.organisation == bindparam("the_organisation")
_HEAD = Written(select(chains.c.seq, chains.c.hash).where(_THIS_CHAIN).with_for_update())
_SET_HEAD = Written(update(chains).where(_THIS_CHAIN).values(seq=bindparam("the_seq"), hash=bindparam("the_hash")))
_ADD_LINES = Written(insert(journal))


def lines_of(step: Step) -> list[Line]:
    """The journal lines of a step. Raises UsageError for a naive moment."""
    return [
        {
            "organisation": step.after.organisation,
            "case_id": step.after.id,
            "case_version": step.after.version,
            "at": to_utc(entry.at, f"zaak {step.after.id}"),
            "actor_role": entry.actor.role,
            "actor_name": entry.actor.name,
            "kind": entry.kind.value,
            "details": to_json(entry.details),
            "content_digest": step.content_digest,
        }
        for entry in step.entries
    ]


def write_lines(connection: Connection, lines: Iterable[Line]) -> None:
    """Number, link and write these lines, per organisation in the order given."""
    by_organisation: dict[str, list[Line]] = {}
    for line in lines:
        by_organisation.setdefault(line["organisation"], []).append(line)
    # Always in the same order of organisations, so that two writers cannot wait for each other.
    for organisation in sorted(by_organisation):
        _extend_chain(connection, organisation, by_organisation[organisation])


def _extend_chain(connection: Connection, organisation: str, lines: list[Line]) -> None:
    seq, previous = _lock_head(connection, organisation)
    for line in lines:
        seq += 1
        line["seq"], line["previous_hash"] = seq, previous
        line["hash"] = previous = hash_line(line)
    _ADD_LINES.run(connection, lines)
    _SET_HEAD.run(connection, {"the_organisation": organisation, "the_seq": seq, "the_hash": previous})


def _lock_head(connection: Connection, organisation: str) -> tuple[int, str]:
    this = {"the_organisation": organisation}
    found = _HEAD.rows(connection, this)
    if not found:
        first = {"organisation": organisation, "seq": 0, "hash": FIRST_HASH}
        connection.execute(insert_or_ignore(connection, chains), first)
        found = _HEAD.rows(connection, this)
    ((seq, last),) = found
    return seq, last
