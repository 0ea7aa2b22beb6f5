"""A field of a letter: a value, or a value with what is said about it."""

from __future__ import annotations

from engine.core.content.template import LetterField
from engine.core.language.conditions import Expression
from engine.definitions.files.places import Place
from engine.definitions.reading.expression_parser import NOTHING, read_expression, read_yes_no

_KEYS = ("value", "optional")


def read_letter_field(raw: object, at: Place) -> LetterField:
    """The field at this place, named by its key; what is wrong with it is reported there."""
    name = str(at.path[-1])
    if isinstance(raw, dict) and "value" in raw:
        for key in raw:
            if key not in _KEYS:
                (at / key).report("field_key_unknown", key=key, known=_KEYS, at_key=True)
        optional = bool(read_yes_no(raw.get("optional", False), at / "optional").value)
        return LetterField(
            name=name, value=read_expression(raw["value"], at / "value"), is_optional=optional, where=at.key_where
        )
    return LetterField(name=name, value=_read_value(raw, at), where=at.key_where)


def _read_value(raw: object, at: Place) -> Expression:
    if isinstance(raw, dict) and "optional" in raw:
        at.report("optional_without_value")
        return NOTHING
    return read_expression(raw, at)
