"""What is published, in the store: texts once under their digest, publications as lists of paths with digests."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from engine.core.deciding.case import Actor
from engine.core.deciding.step import Entry
from engine.core.quick_class import dataclass
from engine.store.codec import read_row
from engine.store.readings import PUBLISHED, Readings
from engine.store.snapshot import as_day, maybe_day, to_json

if TYPE_CHECKING:
    from engine.store.transaction import Transaction

_BY_DIGEST = "SELECT * FROM publications WHERE organisation = :organisation AND digest = :digest ORDER BY number DESC"
_ALL = "SELECT * FROM publications WHERE organisation = :organisation ORDER BY number DESC"
_NUMBERS = """SELECT details FROM journal
              WHERE organisation = :organisation AND kind = 'published' AND seq < :seq ORDER BY seq"""
_TEXT = "SELECT path, text FROM published_texts WHERE organisation = :organisation AND digest = :digest"
_DIGESTS = "SELECT digest FROM published_texts WHERE organisation = :organisation"
_PINNED = """SELECT workflow, workflow_version, rules_version, count(*) AS number FROM cases
             WHERE organisation = :organisation AND is_closed = :closed GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
_PINS = "workflow, workflow_version, rules_version, workflow_digest, rules_digest, law_version, lower_rules"
_HELD = f"""SELECT id, {_PINS} FROM cases
            WHERE organisation = :organisation AND is_closed = :closed ORDER BY id"""
_UNPINNED = f"""SELECT DISTINCT {_PINS} FROM cases
                WHERE organisation = :organisation AND lower_rules IS NULL"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What was published, by whom and when (UTC): the digest of each file by its path, and that of all together.

    `consents` are the given consents, as the rule sets that were new or changed state them.
    """

    number: int
    digest: str
    at: datetime
    actor: Actor
    files: Mapping[str, str]
    consents: Sequence[Mapping[str, str]] = ()


def publication_of(readings: Readings, digest: str = "") -> Publication | None:
    """The latest publication with this digest, or the one that counts now; None when there is none."""
    asked = digest or readings.published()
    return next((_decode(row) for row in readings.rows(_BY_DIGEST, digest=asked)), None)


def publications(readings: Readings) -> tuple[Publication, ...]:
    """Every publication, the latest first."""
    return tuple(_decode(row) for row in readings.rows(_ALL))


def published_until(readings: Readings, seq: int) -> tuple[Publication, ...]:
    """The publications of before this line of the journal, the latest first."""
    rows = readings.rows(_NUMBERS, seq=seq)
    numbers = {json.loads(row["details"])["number"] for row in rows}
    return tuple(one for one in publications(readings) if one.number in numbers)


def kept_text(readings: Readings, digest: str) -> tuple[str, str]:
    """The path and text that are kept under a digest. Raises KeyError when there is none."""
    found = readings.rows(_TEXT, digest=digest)
    if not found:
        raise KeyError(digest)
    return str(found[0]["path"]), str(found[0]["text"])


def open_cases_by_version(readings: Readings) -> Mapping[tuple[str, str, str], int]:
    """How many open cases there are, by workflow, version of the workflow and version of the rules (ISO days)."""
    rows = readings.rows(_PINNED, closed=False)
    return {(row["workflow"], str(row["workflow_version"]), str(row["rules_version"])): row["number"] for row in rows}


Pins = tuple[date, date, str, str, date | None, str | None]
"""What a case is pinned to: versions and digests of its workflow and of its rules, the first day of its law, and the
layers under its rules."""


def pinned_cases(readings: Readings) -> tuple[tuple[str, Pins, tuple[str, ...]], ...]:
    """The numbers of the open cases by workflow and what they are pinned to."""
    found: dict[tuple[str, Pins], list[str]] = {}
    for row in readings.rows(_HELD, closed=False):
        found.setdefault((row["workflow"], _pins(row)), []).append(row["id"])
    return tuple((workflow, pins, tuple(cases)) for (workflow, pins), cases in found.items())


def unpinned_cases(readings: Readings) -> tuple[tuple[str, Pins], ...]:
    """The workflows of cases of before all that they rest on was kept, with what was: they may have no digests."""
    return tuple((row["workflow"], _pins(row)) for row in readings.rows(_UNPINNED))


def _pins(row: Mapping[str, Any]) -> Pins:
    days, law = (as_day(row["workflow_version"]), as_day(row["rules_version"])), maybe_day(row["law_version"])
    return (*days, str(row["workflow_digest"]), str(row["rules_digest"]), law, row["lower_rules"])


def keep_publication(tx: Transaction, publication: Publication, text_of: Callable[[str], str], entry: Entry) -> None:
    """Write a publication with the texts that are new, asked of `text_of` by path; from here on it is what counts."""
    organisation = tx.organisation
    kept = {row["digest"] for row in tx.rows(_DIGESTS)}
    new = {digest: path for path, digest in publication.files.items() if digest not in kept}
    texts = [
        {"organisation": organisation, "digest": digest, "path": path, "text": text_of(path)}
        for digest, path in new.items()
    ]
    tx.publish(
        {
            "organisation": organisation,
            "number": publication.number,
            "digest": publication.digest,
            "at": publication.at,
            "actor_role": publication.actor.role,
            "actor_name": publication.actor.name,
            "actor_person": publication.actor.person,
            "files": to_json(dict(publication.files)),
            "consents": to_json(list(map(dict, publication.consents))),
        },
        texts,
        entry,
    )
    tx.set_meta(PUBLISHED, publication.digest)


def _decode(row: Mapping[str, Any]) -> Publication:
    files, consents = json.loads(row["files"]), json.loads(row["consents"])
    return read_row(Publication, row, files=files, consents=tuple(consents))
