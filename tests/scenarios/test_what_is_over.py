"""What is over is not spoken of any more: no reminder asks for it, no page says that it runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.cli.pages.case_pages import case_page
from engine.core.deciding.step import EntryKind
from engine.usecases.explain_term import explain_case_term
from engine.usecases.send_letters import send_letters
from engine.usecases.show_case import show_case
from engine.views.case_view import Reader
from tests.scenarios.story_of_a_grant import ADMISSION, APPLICANT, COMPLETE, FORM, LEADER, WHO, done
from tests.usecases.workplace import REAL, Office, day, make_office

pytestmark = pytest.mark.long


@pytest.fixture
def handed_in(tmp_path: Path) -> tuple[Office, str]:
    office = make_office(tmp_path / "almere", "2026-08-31 09:00", REAL, organisation="almere")
    case_id = office.open("tlv", WHO, APPLICANT, entry="aanvraag")
    done(office.act(case_id, "indienen", APPLICANT, {**FORM, **COMPLETE}))
    return office, case_id


def last_reminder(office: Office, case_id: str) -> str:
    lines = [one for one in office.journal(case_id) if one.kind is EntryKind.TERM_REMINDED]
    return next(str(one.details.get("skipped", "")) for one in reversed(lines) if one.details["number"] == 4)


def page_of(office: Office, case_id: str) -> str:
    return "\n".join(case_page(show_case(office.runtime, case_id, Reader())))


@pytest.mark.parametrize("tells", [True, False])
def test_after_a_notice_of_4_14_day_49_asks_for_no_second_one(handed_in: tuple[Office, str], tells: bool) -> None:
    office, case_id = handed_in
    office.pass_time("2026-10-12 09:00")
    if tells:
        news = {"nieuwe_beslisdatum": day("2026-11-20"), "uitstel.reden": "Een deskundige is ziek"}
        done(office.act(case_id, "bericht_4_14", LEADER, news, reason="Ziek"))
    office.pass_time("2026-10-20 09:00")
    assert last_reminder(office, case_id) == ("over" if tells else "")


def test_a_receipt_that_left_later_is_not_called_late_for_ever(handed_in: tuple[Office, str]) -> None:
    office, case_id = handed_in
    done(office.act(case_id, "volledig_verklaren", ADMISSION))
    office.put_clock("2026-09-04 09:00")
    assert "Ontvangst bevestigen: t/m woensdag 2 september 2026, loopt  TE LAAT" in page_of(office, case_id)
    send_letters(office.runtime)
    assert "Ontvangst bevestigen: t/m woensdag 2 september 2026, klaar" in page_of(office, case_id)


def test_the_ground_of_a_standstill_is_the_one_that_was_used(handed_in: tuple[Office, str]) -> None:
    office, case_id = handed_in
    news = {
        "opschorting.grond": "overmacht",
        "opschorting.reden": "Het kantoor staat onder water",
        "opschorting.besluit_verwacht_op": day("2026-12-01"),
    }
    done(office.act(case_id, "opschorting_beginnen", ADMISSION, news))
    send_letters(office.runtime)
    told = explain_case_term(office.runtime, case_id, "beslistermijn")
    assert [step.article for step in told.projection.steps if step.kind.value == "suspension"] == [
        "Awb 4:15 lid 2 onder c"
    ]
