"""No letter of a machine at night or on a free day; a person sends at any hour."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import scheduler
from engine.core.deciding.step import Step
from engine.core.moment import local_day
from engine.usecases.list_work import list_inbox
from engine.usecases.send_letters import send_letters
from tests.core.decisions.garden import BOARD
from tests.usecases.workplace import Office, ask_gardens, change, day, make_office


@pytest.fixture
def granted(tmp_path: Path, own_world: Path) -> tuple[Office, str]:
    """A garden granted on Friday evening, by an organisation that works from nine to five."""
    change(own_world, "rules/tuindorp/organisation.yaml", "organisation: tuindorp",
           'organisation: tuindorp\noffice: {opens: "09:00", closes: "17:00"}')  # fmt: skip
    office = make_office(tmp_path / "kantoor", "2026-03-06 18:30", own_world)
    (case_id,) = ask_gardens(office, 1)
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)
    return office, case_id


def sent_on(office: Office, case_id: str) -> set[object]:
    return {mark.sent_on for mark in office.case(case_id).letters}


def test_the_heart_sends_no_letter_at_night_or_on_a_free_day(granted: tuple[Office, str]) -> None:
    office, case_id = granted
    for moment in ("2026-03-06 18:30", "2026-03-07 10:00", "2026-03-08 10:00", "2026-03-09 08:59"):
        office.put_clock(moment)
        assert scheduler.beat(office.runtime).failed == ()
        assert sent_on(office, case_id) == {None}
    office.put_clock("2026-03-09 09:00")
    scheduler.beat(office.runtime)
    assert sent_on(office, case_id) == {day("2026-03-09")}


def test_when_time_passes_post_leaves_as_the_office_opens_and_clocks_count_from_then(
    granted: tuple[Office, str],
) -> None:
    office, case_id = granted
    office.pass_time("2026-03-12 12:00")
    assert sent_on(office, case_id) == {day("2026-03-09")}
    assert {local_day(row.sent_at) for row in office.letters(case_id) if row.sent_at} == {day("2026-03-09")}


def test_a_person_sends_at_any_hour(granted: tuple[Office, str]) -> None:
    office, case_id = granted
    assert send_letters(office.runtime).done == 2
    assert sent_on(office, case_id) == {day("2026-03-06")}


def messages(office: Office, moment: str) -> list[str]:
    office.put_clock(moment)
    found = list_inbox(office.runtime, office.runtime.now())
    return sorted({one.kind for row in found.rows for one in row.notices})


def test_what_passes_at_night_wakes_nobody_before_the_office_opens(tmp_path: Path, own_world: Path) -> None:
    change(own_world, "rules/tuindorp/organisation.yaml", "organisation: tuindorp",
           'organisation: tuindorp\noffice: {opens: "09:00", closes: "17:00"}')  # fmt: skip
    office = make_office(tmp_path / "kantoor", "2026-03-02 10:00", own_world)
    (case_id,) = ask_gardens(office, 1)
    office.put_clock("2026-04-14 00:00")
    scheduler.beat(office.runtime)
    assert office.case(case_id).facts["te_laat"].value is True, "the law does not wait for an office"
    assert messages(office, "2026-04-14 08:59") == []
    assert messages(office, "2026-04-14 09:00") == ["term_passed"]
