"""A letter on its way out: what was ordered, and what becomes of it before it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from engine.core.language.facts import Value
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingLetter:
    """A letter to be made and handed over once. `key` makes a second hand-over harmless.

    `organisation` is that of the case, whose paper it goes out on; the text may be of a layer under it.
    `fields` are frozen plain values. `late_fields` are the fields that are only known on the day of sending
    (the last day of a term that starts, or moves, by sending), as field -> term.
    """

    key: str
    letter: str
    organisation: str
    template_version: date
    template_digest: str
    title: str
    addressee: str
    addressee_name: str
    addressee_address: str
    level: str
    clause: str
    signature: str
    on_behalf_of: str
    fields: Mapping[str, Value]
    late_fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterChange:
    """What becomes of a letter that has not left: its status, and the letter as it was made anew, if it was.

    It was in status `was`; when that is no longer so somebody else was first. `sent_on`: it went outside the system.
    """

    key: str
    was: str
    status: str
    letter: OutgoingLetter | None = None
    sent_on: date | None = None
