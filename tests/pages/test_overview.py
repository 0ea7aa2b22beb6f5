"""What stands on the pages of a body: its own cases and no others, on whom they wait, one line for one letter."""

from __future__ import annotations

from datetime import date

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import EntryKind, Step
from engine.core.errors import UsageError
from engine.rehearsal.preview import preview_due, without_orders
from engine.usecases.body_pages import cases_of, gather_overview
from tests.usecases.workplace import Office, at

MEMBER, COMMITTEE = Actor(role="lid"), Actor(role="tuincommissie")
THROUGH = date(2026, 9, 21)


@pytest.fixture
def two(office: Office) -> tuple[str, str]:
    """A case that the committee is late with, and one that waits for its member."""
    first, second = (
        office.open("tuin", {"lid.nummer": number, "lid.naam": name, "tuin.soort": "moes"}, MEMBER)
        for number, name in (("17", "Jo Voorbeeld"), ("18", "Mo Ander"))
    )
    assert isinstance(office.act(second, "borg_vragen", COMMITTEE), Step)
    office.put_clock("2026-11-10 09:00")
    return first, second


def test_a_body_sees_its_own_cases_and_the_director_those_of_all(office: Office, two: tuple[str, str]) -> None:
    committee, member = two
    seen = {body: gather_overview(office.runtime, body, THROUGH) for body in ("", "tuincommissie", "lid")}
    assert [row.case_id for row in seen[""].late] == [committee]
    assert [row.case_id for row in seen["tuincommissie"].late] == [committee]
    assert seen["lid"].late == ()
    assert [seen[body].open_cases for body in ("", "tuincommissie", "lid")] == [2, 1, 1]
    assert cases_of(office.runtime, "lid") == {member}
    with pytest.raises(UsageError):
        gather_overview(office.runtime, "buurman", THROUGH)


def test_a_late_case_says_with_what_since_when_and_on_whom_it_waits(office: Office, two: tuple[str, str]) -> None:
    (row,) = gather_overview(office.runtime, "tuincommissie", THROUGH).late
    assert (row.what, row.day, row.owner) == ("Beslistermijn", date(2026, 11, 2), "Tuincommissie")
    assert row.why.startswith("wacht op")
    assert "Jo Voorbeeld" not in repr(row), "pages tell numbers, not names"


def test_a_letter_that_is_ordered_and_sent_on_the_way_is_one_line(office: Office) -> None:
    case_id = office.open("tuin", {"lid.nummer": "17", "lid.naam": "Jo", "tuin.soort": "moes"}, MEMBER)
    seen = dict(preview_due(office.runtime, at("2026-09-08 09:00")).cases)[case_id].entries
    ordered = tuple(entry for entry in office.journal(case_id) if entry.kind is EntryKind.LETTER_ORDERED)
    assert [entry.kind for entry in without_orders((*ordered, *seen))].count(EntryKind.LETTER_ORDERED) == 0
    assert EntryKind.LETTER_SENT in [entry.kind for entry in seen]
    assert tuple(without_orders(ordered)) == ordered, "one that is not sent on the way is told"
