"""A letter template: its declared head and its text. Rendering is done elsewhere."""

from __future__ import annotations

from datetime import date

from engine.core.language.conditions import Expression
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterField:
    """A field of the text and where its value comes from. Only an optional field may stay unknown."""

    name: str
    value: Expression
    is_optional: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the text `says` that somebody will do, and the acts of the workflow that do it: one of them is enough."""

    says: str
    kept_by: tuple[str, ...]
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTemplate:
    """One dated version of a letter.

    `clause` is `objection`, `appeal` or `none`; `level` is `B1` or `A2`; `signature` is the body that signs, and
    `signed_by` the name of who does it; None: whoever did the act in its name.
    `body` is Markdown with Jinja2 fields; `digest` is the hash of head, body and the partials it uses.
    """

    id: str
    organisation: str
    title: str
    valid_from: date
    level: str
    clause: str
    audience: tuple[str, ...]
    signature: str
    legal_check: bool
    fields: tuple[LetterField, ...]
    body: str
    partials: tuple[tuple[str, str], ...] = ()
    digest: str = ""
    signed_by: Expression | None = None
    promises: tuple[Promise, ...] = ()
    where: str = ""
