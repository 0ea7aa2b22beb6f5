"""What the tests of the legal clock share: the calendar of the content, and short ways to write a ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from engine.core.legal_clock.calendar import Calendar, Vacation
from engine.core.legal_clock.ledger import Deferred, Extended, LedgerEntry, Resumed, Started, Stopped, Suspended
from engine.core.legal_clock.period import parse_period
from engine.core.legal_clock.terms import TermSpec
from engine.core.moment import start_of_day

CONTENT = Path(__file__).parents[3] / "rules" / "landelijk" / "calendar" / "2017-01-01.yaml"
BY = "consulent"


def load_calendar() -> Calendar:
    """The national calendar as the content has it."""
    plain = YAML(typ="safe").load(CONTENT.read_text(encoding="utf-8"))
    equated: dict[int, dict[date, str]] = {}
    for row in plain["equated_days"]:
        equated.setdefault(row["day"].year, {})[row["day"]] = row["source"]
    vacations = tuple(
        Vacation(**{key: value for key, value in row.items() if key != "status"}) for row in plain["vacations"]
    )
    return Calendar(equated_days=equated, loaded_years=frozenset(plain["loaded_years"]), vacations=vacations)


CALENDAR = load_calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    """A moment written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def term(length: str, **parts: Any) -> TermSpec:
    return TermSpec(period=parse_period(length), **parts)


def statutory(length: str, **parts: Any) -> TermSpec:
    return term(length, kind="statutory", termijnenwet=True, **parts)


def started(on: str | date, **parts: Any) -> Started:
    first = date.fromisoformat(on) if isinstance(on, str) else on
    return Started(recorded_at=start_of_day(first), by=BY, day=first, **parts)


def started_at(moment: datetime) -> Started:
    return Started(recorded_at=moment, by=BY, at=moment)


def suspended(on: str | date, **parts: Any) -> Suspended:
    first = date.fromisoformat(on) if isinstance(on, str) else on
    return Suspended(recorded_at=start_of_day(first), by=BY, from_day=first, **parts)


def resumed(on: str | date, **parts: Any) -> Resumed:
    first = date.fromisoformat(on) if isinstance(on, str) else on
    return Resumed(recorded_at=start_of_day(first), by=BY, on_day=first, **parts)


def extended(on: str, length: str, **parts: Any) -> Extended:
    moment = start_of_day(date.fromisoformat(on))
    return Extended(recorded_at=moment, by=BY, period=parse_period(length), **parts)


def deferred(on: str, until: str, **parts: Any) -> Deferred:
    moment = start_of_day(date.fromisoformat(on))
    return Deferred(recorded_at=moment, by=BY, until=date.fromisoformat(until), **parts)


def stopped(on: str) -> Stopped:
    return Stopped(recorded_at=start_of_day(date.fromisoformat(on)), by=BY, on=date.fromisoformat(on))


Entries = tuple[LedgerEntry, ...]
