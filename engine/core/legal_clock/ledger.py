"""The ledger of one clock: what happened to it, entry by entry, never changed afterwards.

An entry says when it was written down (`recorded_at`), by whom, why, and on which legal basis. A mistake is
put right by a `Corrected` entry that cancels an earlier one by its index (0 is the first entry).

Days are local dates of the act itself; the counting convention is applied when the ledger is read:
`Suspended.from_day` is the day of the act, so the clock stands still from the day after it;
`Resumed.on_day` is the day on which the ground ended, which counts again.
Clocks in hours need moments: `at` says the exact one, and the clock stands still from `at` until `at`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from engine.core.errors import UsageError
from engine.core.legal_clock.period import Period, parse_period
from engine.core.moment import local_day, to_utc
from engine.core.quick_class import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What every entry has. Moments are stored in UTC; a naive moment is refused with UsageError.

    `reason` is what a person gave. `cause` is a code, for an entry that the engine wrote by itself: no sentence may
    stand in a ledger for ever; `reason` then holds the id it speaks of, if any.
    """

    recorded_at: datetime
    by: str
    reason: str = ""
    cause: str = ""
    basis: str = ""

    def __post_init__(self) -> None:
        at = getattr(self, "at", None)
        if self.recorded_at.tzinfo is UTC and (at is None or at.tzinfo is UTC):
            return  # as every line that was read; a case has a dozen
        for name, moment in (("recorded_at", self.recorded_at), ("at", at)):
            if moment is not None:
                object.__setattr__(self, name, to_utc(moment, f"klokregel {KINDS[type(self)]}"))

    @property
    def act_day(self) -> date:
        """The local day on which it happened, which may lie before the day it was written down."""
        return local_day(self.recorded_at)


def _day_of(entry: LedgerEntry, day: date | None, at: datetime | None) -> date:
    if day is not None:
        return day
    if at is not None:
        return local_day(at)
    raise UsageError("entry_without_day", kind=KINDS[type(entry)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(LedgerEntry):
    """The clock starts: `day` is day 0 (the event), day 1 is the day after. For hours: `at`.

    For a term counted back it is the day (or moment) before which it is counted.
    `until` is the last day where a rule gives it; it goes before the one of the term. `period`, `school` and `region`
    are what the term left to the case: its length, and the school whose days count. They stand here, so that a clock
    is read from its ledger alone, and a fact that is put right later moves it by a line.
    """

    day: date | None = None
    at: datetime | None = None
    until: date | None = None
    period: Period | None = None
    school: str = ""
    region: str = ""

    @property
    def act_day(self) -> date:
        """Day 0 of the clock."""
        return _day_of(self, self.day, self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restarted(Started):
    """The clock begins anew from another day 0; what happened to it before no longer counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(LedgerEntry):
    """The clock stands still from the day after `from_day` (or from `at`)."""

    from_day: date | None = None
    at: datetime | None = None

    @property
    def act_day(self) -> date:
        """The day of the act, which itself still counts."""
        return _day_of(self, self.from_day, self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(LedgerEntry):
    """The clock runs again; `on_day` counts again (or from `at`)."""

    on_day: date | None = None
    at: datetime | None = None

    @property
    def act_day(self) -> date:
        """The first day that counts again."""
        return _day_of(self, self.on_day, self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(LedgerEntry):
    """The term is made longer by `period`. `on_day`: when that was decided; else the day of recording."""

    period: Period
    on_day: date | None = None

    @property
    def act_day(self) -> date:
        """The day on which the extension was decided."""
        return self.on_day or local_day(self.recorded_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred(LedgerEntry):
    """The last day becomes a named day (`until`). `on_day`: when that was told; else the day of recording."""

    until: date
    on_day: date | None = None

    @property
    def act_day(self) -> date:
        """The day on which the deferral was told."""
        return self.on_day or local_day(self.recorded_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped(LedgerEntry):
    """The clock is done: what it waited for happened on this day (or at this moment)."""

    on: date | None = None
    at: datetime | None = None

    @property
    def act_day(self) -> date:
        """The day on which the clock was done."""
        return _day_of(self, self.on, self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(LedgerEntry):
    """Counter-entry: the entry with index `cancels` in the whole ledger no longer counts."""

    cancels: int


Ledger = tuple[LedgerEntry, ...]
KINDS: dict[type[LedgerEntry], str] = {
    Started: "started",
    Restarted: "restarted",
    Suspended: "suspended",
    Resumed: "resumed",
    Extended: "extended",
    Deferred: "deferred",
    Stopped: "stopped",
    Corrected: "corrected",
}
DAY_FIELDS: Mapping[type[LedgerEntry], str] = {Started: "day", Suspended: "from_day", Resumed: "on_day", Stopped: "on"}
"""The field with the day of each kind of entry of which the day can be put right."""
_TYPES_BY_KIND = {kind: entry_type for entry_type, kind in KINDS.items()}
_IN_ORDER = {entry_type: tuple(field.name for field in fields(entry_type)) for entry_type in KINDS}
_HELD = {entry_type: attrgetter(*names) for entry_type, names in _IN_ORDER.items()}
_FIELDS = {entry_type: frozenset(names) for entry_type, names in _IN_ORDER.items()}
_MOMENTS = frozenset({"recorded_at", "at"})
# The entries of a case name the same few days and moments over and over.
_READ: dict[str, Callable[[Any], date]] = {
    **dict.fromkeys(("day", "until", "from_day", "on_day", "on"), lru_cache(maxsize=4096)(date.fromisoformat)),
    **dict.fromkeys(_MOMENTS, lru_cache(maxsize=4096)(datetime.fromisoformat)),
}


def on_other_day(entry: LedgerEntry, day: date, at: datetime | None = None) -> LedgerEntry:
    """An entry of DAY_FIELDS on the right local day, or at the right moment (UTC)."""
    name = next(name for kind, name in DAY_FIELDS.items() if isinstance(entry, kind))
    return replace(entry, **{name: day, "at": at})  # type: ignore[arg-type]  # every kind has the two


def ledger_to_plain(ledger: Sequence[LedgerEntry]) -> list[dict[str, Any]]:
    """The ledger as plain JSON values, empty fields left out. `ledger_from_plain` gives the same ledger."""
    return [_entry_to_plain(entry) for entry in ledger]


def ledger_from_plain(plain: Sequence[Mapping[str, Any]]) -> Ledger:
    """Read what `ledger_to_plain` wrote. Raises UsageError for an unknown kind or field."""
    return tuple([_entry_from_plain(entry, number) for number, entry in enumerate(plain)])


def _entry_to_plain(entry: LedgerEntry) -> dict[str, Any]:
    plain: dict[str, Any] = {"kind": KINDS[type(entry)]}
    for name, value in zip(_IN_ORDER[type(entry)], _HELD[type(entry)](entry), strict=True):
        if value is None or value == "":
            continue
        if name in _READ:
            value = value.isoformat()
        plain[name] = str(value) if name == "period" else value
    return plain


def _entry_from_plain(plain: Mapping[str, Any], number: int) -> LedgerEntry:
    kind = _TYPES_BY_KIND.get(plain.get("kind", ""))
    try:
        given: dict[str, Any] = {name: _READ[name](value) if name in _READ else value for name, value in plain.items()}
        del given["kind"]
        if kind is not None and "period" not in given:
            return kind(**given)
    except (ValueError, TypeError, KeyError):
        pass  # what is wrong with it is told below, where it is looked at bit by bit
    return _read_closely(kind, plain, f"klokregel {number}")


def _read_closely(kind: type[LedgerEntry] | None, plain: Mapping[str, Any], where: str) -> LedgerEntry:
    if kind is None:
        raise UsageError("entry_of_unknown_kind", where=where, kind=plain.get("kind"), choices=tuple(_TYPES_BY_KIND))
    known = _FIELDS[kind]
    values = {name: _read_value(name, value, where) for name, value in plain.items() if name != "kind"}
    if not known.issuperset(values):
        unknown = sorted(values.keys() - known)
        raise UsageError("entry_with_unknown_field", where=where, field=unknown[0], choices=sorted(known))
    try:
        return kind(**values)
    except TypeError:
        missing = sorted({"recorded_at", "by", "period", "until", "cancels"}.intersection(known) - values.keys())
        raise UsageError("entry_without_field", where=where, missing=missing) from None


def _read_value(name: str, value: Any, where: str) -> Any:
    read = _READ.get(name)
    if read is None:
        return parse_period(value, where) if name == "period" else value
    try:
        return read(value)
    except (ValueError, TypeError):
        form = "2026-03-24T14:00:00+00:00" if name in _MOMENTS else "2026-03-24"
        raise UsageError("entry_with_unreadable_day", where=where, value=value, field=name, form=form) from None
