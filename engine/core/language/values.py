"""Values as a person types them and reads them: ja/nee, dates, numbers, lists; by the type of the fact.

The one door for everything that is given: the command line, a file, a register, a script. What comes through it is
clean, means something, and lies within the bounds of its fact.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from engine.core.dutch import write_day, write_moment
from engine.core.errors import UsageError
from engine.core.language.facts import FactRule, FactType, Limited, Value
from engine.core.language.limits import broken_limit, reach_fault, text_fault
from engine.core.language.signs import clean, hidden_sign
from engine.core.moment import from_local

_YES = frozenset({"ja", "j", "yes", "y", "true", "waar"})
_NO = frozenset({"nee", "n", "no", "false", "onwaar"})
_NONE = "geen"
_DUTCH_DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# No longer than what a number can be: Python refuses to read thousands of digits.
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}([.,][0-9]{1,15})?")
_SHOWN = 60


def read_value(rule: FactRule, text: str) -> Value:
    """The value a person means, within the bounds of the fact. Raises UsageError saying what the fact takes.

    The door for what is typed, and for a cell of a register. Nothing but blanks is no value: who may leave it out
    asks `is_blank` first.
    """
    cleaned = clean(text)
    if not cleaned:
        raise UsageError("value_is_blank", where=rule.id, is_list=rule.type.is_list)
    return _within(rule, _read(rule, cleaned))


def admit(rule: FactRule, given: object) -> Value:
    """The same for a value of a file, which may have its type already: a number, a day, a list.

    Raises UsageError for what is no value at all, or lies beyond the bounds. A value of another type than that of
    the fact is let through: the decision refuses it.
    """
    if isinstance(given, str):
        return read_value(rule, given)
    if isinstance(given, list | tuple):
        items = (clean(str(item)) for item in given)
        return _within(rule, tuple(_read_choice(rule, item) for item in items))
    if isinstance(given, datetime):
        return _within(rule, _placed(given, rule.id))
    if isinstance(given, bool | int | float | date):
        return _within(rule, given)
    raise UsageError("not_a_value", where=rule.id, text=shorten(str(given)))


def read_note(text: str, name: str, *, lines: int = 1) -> str:
    """What a person writes beside the facts, clean: a name, a reason; nothing when it is blank.

    Raises UsageError for a sign that steers a machine, and for more than the journal holds.
    """
    note = clean(text)
    fault = text_fault(Limited(lines=lines, prints=False), note)
    if fault is not None:
        raise UsageError.saying(fault, name)
    return note


def _within(rule: FactRule, value: Value) -> Value:
    fault = broken_limit(rule, value)
    if fault is not None:
        raise UsageError.saying(fault, rule.id)
    return value


def _read(rule: FactRule, text: str) -> Value:
    if rule.type.is_list:
        return _read_items(rule, text)
    if rule.type is FactType.YES_NO:
        return _read_yes_no(rule, text)
    if rule.type is FactType.NUMBER:
        return _read_number(rule, text)
    if rule.type is FactType.DATE:
        return read_day(text, rule.id)
    if rule.type is FactType.MOMENT:
        return read_moment(text, rule.id)
    return _read_choice(rule, text)


def _read_items(rule: FactRule, text: str) -> tuple[str, ...]:
    if text.casefold() == _NONE and not any(choice.id == _NONE for choice in rule.choices):
        return ()
    return tuple(_read_choice(rule, item.strip()) for item in text.split(",") if item.strip())


def _read_yes_no(rule: FactRule, text: str) -> bool:
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise UsageError("no_yes_or_no", where=rule.id, text=shorten(text))


def _read_number(rule: FactRule, text: str) -> int | float:
    if not _NUMBER.fullmatch(text):
        raise UsageError("no_number", where=rule.id, text=shorten(text))
    if not re.search("[.,]", text):
        return int(text)
    number = float(text.replace(",", "."))
    return int(number) if rule.whole and number.is_integer() else number


def _read_choice(rule: FactRule, text: str) -> str:
    ids = [choice.id for choice in rule.choices]
    if not ids or text in ids:
        return text
    by_label = {choice.label.casefold(): choice.id for choice in rule.choices}
    if text.casefold() in by_label:
        return by_label[text.casefold()]
    from difflib import get_close_matches  # slow to import, and hardly anybody mistypes

    nearest = get_close_matches(text[:_SHOWN], ids, n=1)
    if nearest:
        raise UsageError("nearly_a_choice", where=rule.id, text=shorten(text), choices=ids, near=nearest[0])
    raise UsageError("no_choice", where=rule.id, text=shorten(text), choices=ids)


def shorten(text: str) -> str:
    """What was given as a message can show it: on one line, not too long, with nothing in it that steers a screen."""
    shown = "".join("\ufffd" if hidden_sign(sign) else sign for sign in text.replace("\n", " "))
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"


def read_day(text: str, name: str = "datum") -> date:
    """A day written as 2026-11-23 or 23-11-2026.

    Raises UsageError for anything else, and for a day outside what the program reckons with.
    """
    dutch = _DUTCH_DAY.fullmatch(text)
    parts = (dutch[3], dutch[2], dutch[1]) if dutch else text.split("-") if _ISO_DAY.fullmatch(text) else ()
    try:
        day = date(*map(int, parts))
    except (TypeError, ValueError):  # no parts, or parts of no calendar
        raise UsageError("not_a_day", where=name, text=shorten(text)) from None
    return _reachable(day, name)


def _reachable(day: date, name: str) -> date:
    fault = reach_fault(day)
    if fault is not None:
        raise UsageError.saying(fault, name)
    return day


def read_moment(text: str, name: str = "tijdstip") -> datetime:
    """A moment in UTC from "2026-11-23 14:00" (local time, Europe/Amsterdam), or with its own time zone.

    A day alone means 00:00 local time. Raises UsageError for anything else, and for an hour that the clocks
    show twice or not at all when the time zone is not given.
    """
    day, _, clock = text.replace("T", " ").partition(" ")
    iso = f"{read_day(day, name).isoformat()}T{clock or '00:00'}"
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        raise UsageError("not_a_moment", where=name, text=shorten(text)) from None
    return _placed(moment, name)


def _placed(moment: datetime, name: str) -> datetime:
    _reachable(moment.date(), name)
    try:
        return from_local(moment)
    except UsageError as error:
        raise error.placed(UsageError, name) from None


def write_value(value: Value | None, rule: FactRule | None = None) -> str:
    """The value in Dutch words; labels for choices, a dash for what is unknown."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return write_moment(value)
    if isinstance(value, date):
        return write_day(value)
    if isinstance(value, tuple):
        return ", ".join(rule.label_of(item) if rule else item for item in value) or "geen"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return rule.label_of(value) if rule and isinstance(value, str) else str(value)
