"""Limits of a fact that are more than a plain value: a first or last day, and the form of a number by its name."""

from __future__ import annotations

from datetime import date, datetime

from engine.core.language.facts import DayLimit, Pattern
from engine.definitions.files.places import Place
from engine.definitions.reading.expression_parser import read_length

_WORDS = ("fact", "plus", "minus")


def read_day_limit(raw: object, at: Place) -> DayLimit:
    """A day, `today`, or `{fact: name}` with a length away from it; anything else is reported."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return DayLimit(day=raw, where=at.where)
    if raw == "today":
        return DayLimit(fact="today", where=at.where)
    if not isinstance(raw, dict) or not isinstance(raw.get("fact"), str):
        at.report("day_limit_expected")
        return DayLimit()
    for key in raw:
        if key not in _WORDS:
            (at / key).report("key_unknown", key=key, known=_WORDS, at_key=True)
    if "plus" in raw and "minus" in raw:
        at.report("limit_both_ways")
    plus, minus = (str(read_length(raw[key], at / key)) if key in raw else "" for key in ("plus", "minus"))
    return DayLimit(fact=raw["fact"], plus=plus, minus=minus, where=at.where)


def read_pattern(raw: object, at: Place) -> Pattern | None:
    """The pattern of the organisation with this name; a name it does not have is reported."""
    patterns = at.document.patterns
    if not isinstance(raw, str) or raw not in patterns:
        at.report("unknown_pattern", pattern=str(raw), known=patterns)
        return None
    return patterns[raw]
