"""What a file may say by its name instead of writing it again: answers, facts that go along, letters.

The name is looked up while the block is read, so that what stands behind it is judged like what was written out.
"""

from __future__ import annotations

from typing import Any

from pydantic import BeforeValidator, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError

from engine.definitions.files.places import NOTHING_NAMED, NamedParts

LIKE = "like "
# The codes of engine/words by which a name that nobody gave is refused.
UNKNOWN_NAMES = frozenset({"unknown_choices", "choices_by_name", "unknown_letters"})


def _choices(value: object, reading: ValidationInfo) -> object:
    """The answers themselves, or `like name`."""
    if not isinstance(value, str):
        return value
    known, name = _named(reading).choices, value.removeprefix(LIKE).strip()
    if not value.startswith(LIKE):
        raise PydanticCustomError("choices_by_name", "no list", {"name": name})
    if name not in known:
        raise PydanticCustomError("unknown_choices", "no such list", {"name": name, "known": tuple(known)})
    return dict(known[name])


def _handed(value: object, reading: ValidationInfo) -> object:
    """Facts with their values; or names: of a handover, or of a fact that goes along as it is called here."""
    found: dict[str, object] = {}
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            found |= one
        elif isinstance(one, str):
            found |= {fact: {"fact": fact} for fact in _named(reading).handovers.get(one, (one,))}
        else:
            return value
    return found


def _letters(value: object, reading: ValidationInfo) -> object:
    """Letters, with for a name all letters of that group."""
    if not isinstance(value, list):
        return value
    known = _named(reading).letter_groups
    found: list[object] = []
    for one in value:
        if isinstance(one, str) and one not in known:
            raise PydanticCustomError("unknown_letters", "no such group", {"name": one, "known": tuple(known)})
        found += known[one] if isinstance(one, str) else [one]
    return found


def _named(reading: ValidationInfo) -> NamedParts:
    return reading.context if isinstance(reading.context, NamedParts) else NOTHING_NAMED


class OrName:
    """For the schema: instead of the value, or of each of its items, there may stand a text."""

    def __init__(self, text: str = "string", *, items: bool = False, both: bool = False) -> None:
        self._text: dict[str, Any] = {"type": "string", **({} if text == "string" else {"pattern": text})}
        self._items, self._both = items, both

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core)
        if self._items:
            return {**schema, "items": {"anyOf": [schema["items"], self._text]}}
        # What may be one of these may also be a list of them.
        listed = [{"type": "array", "items": {"anyOf": [self._text, schema]}}] if self._both else []
        return {"anyOf": [schema, self._text, *listed]}


CHOICES_OR_NAME = (BeforeValidator(_choices), OrName("^like [a-z][a-z0-9_]*$"))
HANDED_OR_NAMES = (BeforeValidator(_handed), OrName(both=True))
LETTERS_OR_NAMES = (BeforeValidator(_letters), OrName(items=True))
