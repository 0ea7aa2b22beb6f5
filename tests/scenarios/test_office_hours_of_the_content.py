"""What climbs at midnight gets its hours in the hours in which people work."""

from __future__ import annotations

from datetime import UTC, date, datetime

from engine.core.legal_clock.ledger import Started
from engine.core.moment import LOCAL_ZONE
from tests.real_content import real_catalogue


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LOCAL_ZONE).astimezone(UTC)


def test_a_case_that_climbs_at_midnight_has_its_four_hours_while_people_work() -> None:
    content = real_catalogue().content("almere", "escalatie", date(2026, 11, 23))
    term = content.term("doorbraakfunctionaris_aanwijzen")
    climbed = (Started(recorded_at=local(24, 0), by="engine", at=local(24, 0)),)
    assert content.project(term, climbed).ends_at == local(24, 12, 30)
    on_friday = (Started(recorded_at=local(27, 16), by="engine", at=local(27, 16)),)
    assert content.project(term, on_friday).ends_at == local(30, 11, 30)
