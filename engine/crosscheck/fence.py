"""The fence around durable-rules 2.0.28: what it bears, and values in the form it reads without a slip.

Each limit was measured; tests/crosscheck shows that the answers are right up to it.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from engine.core.errors import UsageError
from engine.core.language.facts import Value
from engine.core.language.limits import is_of_kind

Plain = int | float | str
"""A value as durable-rules gets it."""

RULES_AT_MOST = 200
# Its stack holds 64 conditions that are true at once, also when the rules they belong to are not.
TRUE_AT_MOST = 60
FIELDS_AT_MOST = 250
VALUES_AT_MOST = 400
LARGEST_WHOLE = 2**53
TEXT_AT_MOST = 500

MARKER = "_in"
RESERVED = ("id", "sid", MARKER, "$s", "$m", "$i", "$forward", "$reset")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLAIN_TEXT = re.compile(r"[^A-Za-z0-9 _.:-]")
_SMALLEST_PART = 1e-4
_LARGEST_PART = 1e15


def hash_name(name: str) -> int:
    """The 32-bit FNV hash by which durable-rules tells fields and sessions apart; two names may share one."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


class FieldNames:
    """Gives names no two of which share a hash, nor one with a name durable-rules keeps for itself."""

    def __init__(self) -> None:
        self._used = {hash_name(name) for name in RESERVED}

    def choose(self, wanted: str) -> str:
        """A name like `wanted`, in the letters that are safe there."""
        plain = re.sub(r"[^a-z0-9]+", "_", wanted.lower()).strip("_")[:60] or "veld"
        name, number = plain, 1
        while hash_name(name) in self._used:
            number += 1
            name = f"{plain}_{number}"
        self._used.add(hash_name(name))
        return name


def clashing_names(names: Iterable[str]) -> tuple[str, str] | None:
    """The first two names that share a hash, reserved names included; None when all differ."""
    seen = {hash_name(name): name for name in RESERVED}
    for name in names:
        other = seen.setdefault(hash_name(name), name)
        if other != name or name in RESERVED:
            return other, name
    return None


def encode_number(number: int | float, what: str) -> Plain:
    """The number as durable-rules compares it exactly: no exponent, whole numbers within 2 to the 53rd.

    Raises UsageError for a number outside that, and for one that is no number.
    """
    if isinstance(number, float) and not math.isfinite(number):
        raise unfit(what, "no_number", number)
    if float(number).is_integer() if isinstance(number, float) else True:
        if abs(number) <= LARGEST_WHOLE:
            return int(number)
    elif _SMALLEST_PART <= abs(number) < _LARGEST_PART:
        return number
    raise unfit(what, "too_fine", number)


def encode_day(day: date) -> int:
    """The day as its number in the calendar."""
    return day.toordinal()


def encode_moment(moment: datetime, what: str) -> int:
    """The moment in whole microseconds since 1970 (UTC): seconds with a fraction would be rounded."""
    if moment.tzinfo is None:
        raise unfit(what, "no_zone")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def encode_text(text: str) -> str:
    """The text with all but letters, digits and a few signs written as numbers; a long one as its digest.

    durable-rules compares the raw JSON, where a line break or a quote can spoil the match. Different texts
    stay different.
    """
    plain = _PLAIN_TEXT.sub(lambda found: f"%{ord(found[0]):x};", text)
    if len(plain) <= TEXT_AT_MOST:
        return plain
    return "%%" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def encode_value(kind: str, value: Value, what: str) -> Plain:
    """The value of a field of this kind (yes_no, number, date, moment, text).

    Raises UsageError when the value is of another kind: durable-rules would hold "5" equal to 5.
    """
    if kind == "list" or not is_of_kind(value, kind):
        raise unfit(what, "other_kind", repr(value), kind)
    if isinstance(value, datetime):
        return encode_moment(value, what)
    if isinstance(value, date):
        return encode_day(value)
    if isinstance(value, str):
        return encode_text(value)
    assert not isinstance(value, tuple)  # a list has no field of its own
    return int(value) if isinstance(value, bool) else encode_number(value, what)


def unfit(what: str, *reason: object) -> UsageError:
    """The error for a value that durable-rules would misread, with the code of the reason and what it is about."""
    return UsageError("unfit_for_second", of=what, reason=tuple(map(str, reason)))
