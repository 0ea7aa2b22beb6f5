"""What happens when nobody acts is seen before it happens, by who has the case: a rung ends, a request lapses."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.deciding.step import Step
from engine.usecases.list_work import list_inbox
from engine.views.lists import InboxView, Looking
from tests.core.decisions.garden import COMMITTEE, KEEPER
from tests.usecases.workplace import Office, ask_gardens, at, make_office

QUARREL = {"tuinder.nummer": "lid-9", "tuinder.naam": "Tuinder 9"}


@pytest.fixture
def office(tmp_path: Path, world: Path) -> Office:
    return make_office(tmp_path / "kantoor", "2026-03-02 10:00", world)


def inbox(office: Office, owner: str, moment: str, ahead: str) -> InboxView:
    return list_inbox(office.runtime, at(moment), Looking(owner=owner, ahead=at(ahead)))


def test_the_maximum_of_a_rung_stands_in_the_inbox_of_who_is_on_it(office: Office) -> None:
    case_id = office.open("ruzie", QUARREL, COMMITTEE)
    assert isinstance(office.act(case_id, "beginnen", COMMITTEE), Step)
    state = office.case(case_id).state
    (maximum,) = (one for one in office.deadlines(case_id) if one.deadline.term == f"{state}_hoogstens")
    found = inbox(office, "beheerder", "2026-03-02 11:00", "2027-01-01")
    assert [(row.case_id, row.first.term if row.first else "") for row in found.rows] == [
        (case_id, f"{state}_hoogstens")
    ]
    assert found.rows[0].act_by == maximum.deadline.due_at
    assert not found.rows[0].is_late
    assert inbox(office, "beheerder", "2026-03-02 11:00", "2026-03-02").rows == (), "not before it is near"


def test_a_request_that_lapses_by_itself_is_seen_by_who_can_mend_it(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    assert isinstance(office.act(case_id, "vragen", KEEPER, reason="onleesbaar"), Step)
    owner = office.runtime.content_of(office.case(case_id), at("2026-03-02 11:00").date()).workflow.state("wacht").owner
    found = inbox(office, owner, "2026-03-02 11:00", "2027-01-01")
    assert [row.first.term for row in found.rows if row.first] == ["aanvullen"]
