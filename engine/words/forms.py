"""How the parameters of a sentence are written: a day, a length, a reason between brackets, a list.

A parameter may also be what a journal kept of it: a day as ISO text, a length as the content writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any

from engine.core.dutch import count_words, join_words, write_day, write_moment
from engine.core.legal_clock.period import in_dutch, parse_period
from engine.core.legal_clock.telling import NEEDS_WORKING_DAYS, STANDS_STILL, STOOD_STILL
from engine.words.phrases import say_as

_ACTS: Mapping[str, tuple[str, str]] = {
    "suspended": ("opgeschort", "opschorting"),
    "resumed": ("hervat", "hervatting"),
    "extended": ("verlengd", "verlenging"),
    "deferred": ("uitgesteld", "uitstel"),
    "stopped": ("gestopt", "stop"),
    "corrected": ("gecorrigeerd", "correctie"),
}
LETTER_STATUS: Mapping[str, str] = {
    "waiting": "staat klaar",
    "claimed": "wordt verstuurd",
    "sent": "verstuurd",
    "failed": "MISLUKT",
    "held": "vastgehouden",
    "withdrawn": "ingetrokken",
}
_DAY_REASONS: Mapping[str, str] = {
    STOOD_STILL: "klok stond stil",
    STANDS_STILL: "klok staat stil",
    NEEDS_WORKING_DAYS: "twee werkdagen nodig",
}


def fill(template: str, parameters: Mapping[str, object]) -> str:
    """The sentence with its parameters in place."""
    return _FORMS.vformat(template, (), parameters)


def say_day_reason(reason: str) -> str:
    """Why a day does not count: the words of a code, or the name that the calendar gives. Old letters froze words."""
    return _DAY_REASONS.get(reason, reason)


def _day(value: Any) -> str:
    return write_day(value if isinstance(value, date) else date.fromisoformat(value))


def _moment(value: Any) -> str:
    return write_moment(value if isinstance(value, datetime) else datetime.fromisoformat(value))


def _free_days(days: Any) -> str:
    return join_words([f"{_day(day)}{_between(say_day_reason(reason))}" for day, reason in days])


def _between(reason: Any) -> str:
    return f" ({reason})" if reason else ""


def _granted(allowed: Any) -> str:
    """How often something may still be done, and by how much at a time."""
    times, length = allowed
    if not times:
        return "niet meer"
    return f"nog {times} keer" + (f", met hoogstens {in_dutch(parse_period(length))}," if length else "")


def _number(value: Any) -> str:
    return f"{value:.15g}".replace(".", ",") if isinstance(value, int | float) else str(value)


def _range(bounds: Any) -> str:
    low, high, unit = bounds
    behind = f" {unit}" if unit else ""
    if low is None and high is None:
        return "niet te groot"
    if high is None:
        return f"ten minste {_number(low)}{behind}"
    return f"{'ten hoogste' if low is None else f'van {_number(low)} tot en met'} {_number(high)}{behind}"


def _basis(told: Any) -> str:
    """Where a first or last day follows from: " (25 jaar voor vandaag)"; nothing for a day that was written."""
    fact, plus, minus = told
    if not fact:
        return ""
    away = f"{in_dutch(parse_period(plus or minus))} {'na' if plus else 'voor'} " if plus or minus else ""
    return f" ({away}{fact})"


SPECS: Mapping[str, Callable[[Any], str]] = {
    "day": _day,
    "known_day": lambda value: _day(value) if value else "onbekend",
    "moment": _moment,
    "period": lambda value: in_dutch(parse_period(str(value))),
    "because": _between,
    "days": lambda value: count_words(value, "dag", "dagen"),
    "of_school": lambda value: f", naar de vakanties van school {value}" if value else "",
    "through": lambda value: f" tot en met {_day(value)}" if value else "",
    "moved": lambda value: f"het einde wordt {_day(value)}" if value else "het einde verschuift daardoor niet",
    "free_days": _free_days,
    "granted": _granted,
    "list_or_none": lambda values: ", ".join(values) or "geen",
    "facts": lambda values: ", ".join(values) or "zie de regels",
    "done": lambda kind: _ACTS[kind][0],
    "act": lambda kind: _ACTS[kind][1],
    "number": _number,
    "range": _range,
    "basis": _basis,
    "written": lambda day: str(day.isoformat() if isinstance(day, date) else day),
    "lines": lambda most: count_words(most, "regel", "regels"),
    "empty_list": lambda is_list: " Is de lijst leeg, schrijf dan geen." if is_list else "",
    "letter": lambda status: LETTER_STATUS[status],
    "iso": lambda moment: str(moment.isoformat()),
}


class _Forms(Formatter):
    """Fills in a text or number as it is, and the rest in the way its template asks: `{end:day}`, `{names:quoted}`."""

    def format_field(self, value: Any, format_spec: str) -> str:
        write = SPECS.get(format_spec)
        if write is not None:
            return write(value)
        if isinstance(value, datetime):
            return format(value, format_spec)
        return say_as(value, format_spec) if format_spec or isinstance(value, tuple | list) else str(value)


_FORMS = _Forms()
