"""What must come out is written down, not computed: values, moments and last days as they stand in a test."""

from __future__ import annotations

from datetime import date, datetime

from engine.core.language.conditions import Expression
from engine.core.language.facts import Value
from engine.definitions.files.places import Place
from engine.definitions.reading.expression_parser import read_expression, read_texts
from engine.definitions.reading.model_check import bare
from engine.definitions.script import Draw

_LONG_AGO = date(2000, 1, 1)


def read_fixed(raw: object, at: Place) -> Value:
    """A fixed value; a computation is reported."""
    if isinstance(raw, list):
        return read_texts(raw, at)
    if isinstance(raw, bool | int | float | str | date | datetime):
        return raw
    at.report("fixed_value_expected")
    return ""


def read_moment(raw: object, at: Place) -> datetime | date:
    """A moment in UTC, or a day; anything else is reported."""
    if isinstance(raw, date):
        return raw
    at.report("moment_expected", given=bare(raw))
    return _LONG_AGO


def read_last_day(raw: object, at: Place) -> date | None:
    """A last day; None for `none`: the term does not run."""
    if raw == "none":
        return None
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    at.report("last_day_expected", given=bare(raw))
    return None


def read_given(raw: object, at: Place) -> Expression | Draw:
    """A value that somebody gives: fixed, computed from the case, or one of several."""
    if isinstance(raw, dict) and list(raw) == ["one_of"]:
        choices, place = raw["one_of"], at / "one_of"
        if not isinstance(choices, list) or not choices:
            place.report("values_to_draw_expected")
            return Draw(choices=())
        return Draw(choices=tuple(read_expression(one, place / n) for n, one in enumerate(choices)))
    return read_expression(raw, at)
