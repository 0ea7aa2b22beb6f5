"""How a value is written in a letter. Dutch, and the same on every machine: no process locale is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from engine.core.dutch import join_words, write_day, write_moment
from engine.core.language.facts import Value
from engine.core.legal_clock.term_days import read_term_days
from engine.letters.protection import Protected, protect, protect_picture
from engine.letters.term_picture import describe_term, draw_term

NO_BREAK_SPACE = "\u00a0"


def write_number(amount: int | float, decimals: int | None = None) -> str:
    """A number with a point per thousand and a decimal comma: 1.234,5. Half a unit is rounded up.

    Without `decimals` a fraction is written as far as it goes. Raises TypeError for what is not a number.
    """
    exact = _demand_number(amount)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{exact:,f}".translate(str.maketrans(",.", ".,"))


def write_amount(amount: int | float) -> str:
    """Euros: "€ 1.442" for a whole amount, "€ 23,50" with cents."""
    exact = _demand_number(amount)
    decimals = 0 if exact == exact.to_integral_value() else 2
    return f"€{NO_BREAK_SPACE}{write_number(amount, decimals)}"


def write_date(day: date) -> str:
    """A date with its weekday: "dinsdag 7 april 2026". A moment gives its day on the clock of Amsterdam.

    Raises TypeError for anything that is not a date.
    """
    if isinstance(day, datetime):
        return write_moment(day).partition(" om ")[0]
    return write_day(_demand_date(day))


def write_date_short(day: date) -> str:
    """A date without its weekday, for a day of birth or in a table: "7 april 2026"."""
    return write_date(day).partition(" ")[2]


def write_clock(moment: datetime) -> str:
    """A moment with its time: "woensdag 1 juli 2026 om 14.30 uur". Raises TypeError for a date without time."""
    if not isinstance(moment, datetime):
        raise TypeError(f"'{moment}' is geen moment")
    return write_moment(moment)


def write_list(words: Sequence[str] | str) -> str:
    """Several values in one sentence: "a, b en c"."""
    return join_words(_as_words(words))


def write_bullets(words: Sequence[str] | str) -> Protected:
    """Several values as a Markdown list. The items are data; only the bullets are markup."""
    items = "\n".join(f"- {protect(word)}" for word in _as_words(words))
    return Protected(f"\n\n{items}\n\n")


def draw_calendar(days: Sequence[str], title: str = "Kalender van de termijn") -> Protected:
    """The calendar of a term as a picture that stands alone; `days` is a field with `term_days`."""
    told = read_term_days(_as_words(days))
    return Protected(f"\n\n{protect_picture(draw_term(told, title), describe_term(told, title))}\n\n")


def capitalise(text: str) -> str:
    """The same text beginning with a capital; "ij" at the start becomes "IJ"."""
    if not isinstance(text, str):
        raise TypeError(f"'{text}' is geen tekst")
    if text[:2] == "ij":
        return f"IJ{text[2:]}"
    return text[:1].upper() + text[1:]


def count_items(words: Sequence[str] | str) -> int:
    """How many values there are; a single text is one."""
    return len(_as_words(words))


def write_value(value: Value) -> str:
    """A value that was given no filter, in words. Raises TypeError for a value that has no words."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return write_moment(value)
    if isinstance(value, date):
        return write_date(value)
    if isinstance(value, int | float):
        return write_number(value)
    return write_list(value)


def _demand_date(day: object) -> date:
    if not isinstance(day, date):
        raise TypeError(f"'{day}' is geen datum")
    return day


def _demand_number(amount: object) -> Decimal:
    if isinstance(amount, bool) or not isinstance(amount, int | float):
        raise TypeError(f"'{amount}' is geen getal")
    return Decimal(str(amount))


def _as_words(words: object) -> tuple[str, ...]:
    if isinstance(words, str):
        return (words,)
    if isinstance(words, tuple) and all(isinstance(word, str) for word in words):
        return words
    raise TypeError(f"'{words}' is geen lijst van teksten")


FILTERS: Mapping[str, Callable[..., object]] = {
    "datum": write_date,
    "dag": write_date_short,
    "moment": write_clock,
    "opsomming": write_bullets,
    "en_lijst": write_list,
    "getal": write_number,
    "bedrag": write_amount,
    "hoofdletter": capitalise,
    "aantal": count_items,
    "kalender": draw_calendar,
}
"""The closed list of filters of a letter, by the name an author writes."""
