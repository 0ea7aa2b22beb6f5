"""Values as a person types them and reads them: ja/nee, dates, numbers, lists; by the type of the fact."""

from __future__ import annotations

import re
from datetime import date, datetime
from difflib import get_close_matches

from engine.core.dutch import write_day, write_moment
from engine.core.errors import UsageError
from engine.core.language.facts import FactRule, FactType, Value
from engine.core.moment import from_local

_YES = frozenset({"ja", "j", "yes", "y", "true", "waar"})
_NO = frozenset({"nee", "n", "no", "false", "onwaar"})
_DUTCH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def read_value(rule: FactRule, text: str) -> Value:
    """The value a person means. Raises UsageError saying what the fact takes, with an example."""
    cleaned = text.strip()
    if rule.type.is_list:
        return tuple(_read_choice(rule, item.strip()) for item in cleaned.split(",") if item.strip())
    if rule.type is FactType.YES_NO:
        return _read_yes_no(rule, cleaned)
    if rule.type is FactType.NUMBER:
        return _read_number(rule, cleaned)
    if rule.type is FactType.DATE:
        return read_day(cleaned, rule.id)
    if rule.type is FactType.MOMENT:
        return read_moment(cleaned, rule.id)
    return _read_choice(rule, cleaned)


def _read_yes_no(rule: FactRule, text: str) -> bool:
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise UsageError("no_yes_or_no", where=rule.id, text=text)


def _read_number(rule: FactRule, text: str) -> int | float:
    if not _NUMBER.fullmatch(text):
        raise UsageError("no_number", where=rule.id, text=text)
    return float(text.replace(",", ".")) if re.search("[.,]", text) else int(text)


def _read_choice(rule: FactRule, text: str) -> str:
    ids = [choice.id for choice in rule.choices]
    if not ids or text in ids:
        return text
    by_label = {choice.label.casefold(): choice.id for choice in rule.choices}
    if text.casefold() in by_label:
        return by_label[text.casefold()]
    nearest = get_close_matches(text, ids, n=1)
    if nearest:
        raise UsageError("nearly_a_choice", where=rule.id, text=text, choices=ids, near=nearest[0])
    raise UsageError("no_choice", where=rule.id, text=text, choices=ids)


def read_day(text: str, name: str = "datum") -> date:
    """A day written as 2026-11-23 or 23-11-2026. Raises UsageError for anything else."""
    dutch = _DUTCH_DAY.fullmatch(text)
    try:
        if dutch:
            return date(int(dutch[3]), int(dutch[2]), int(dutch[1]))
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("not_a_day", where=name, text=text) from None


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
        raise UsageError("not_a_moment", where=name, text=text) from None
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
