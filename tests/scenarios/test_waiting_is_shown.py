"""Between an act and the sending of its letter the page of the case says what waits for which letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.cli.pages.case_pages import case_page, case_plain
from engine.usecases.send_letters import send_letters
from engine.usecases.show_case import show_case
from engine.views.case_view import Reader
from tests.scenarios.story_of_a_grant import ADMISSION, APPLICANT, FORM, WHO, done
from tests.usecases.workplace import REAL, Office, make_office

pytestmark = pytest.mark.long


def invited(tmp_path: Path) -> tuple[Office, str]:
    office = make_office(tmp_path / "almere", "2026-08-31 09:00", REAL, organisation="almere")
    case_id = office.open("tlv", WHO, APPLICANT, entry="aanvraag")
    done(office.act(case_id, "indienen", APPLICANT, FORM))
    assert send_letters(office.runtime).done
    office.put_clock("2026-09-07 10:00")
    done(office.act(case_id, "aanvulling_vragen", ADMISSION))
    return office, case_id


def page_of(office: Office, case_id: str) -> str:
    return "\n".join(case_page(show_case(office.runtime, case_id, Reader())))


def test_the_page_says_which_letter_a_term_waits_for_until_it_has_left(tmp_path: Path) -> None:
    office, case_id = invited(tmp_path)
    page = page_of(office, case_id)
    assert "Aanvraag aanvullen: wacht op verzending van L-02 aan aanvrager  [hersteltermijn]" in page
    assert "Beslistermijn: staat pas stil na verzending van L-02 aan aanvrager  [beslistermijn]" in page
    assert "Beslistermijn: t/m maandag 26 oktober 2026, loopt" in page
    awaits = case_plain(show_case(office.runtime, case_id, Reader()))["awaits"]
    assert isinstance(awaits, list)
    assert {one["term"] for one in awaits} == {"beslistermijn", "hersteltermijn"}
    office.put_clock("2026-09-10 10:00")
    assert send_letters(office.runtime).done
    page = page_of(office, case_id)
    assert "verzending van L-02" not in page
    assert "Aanvraag aanvullen: t/m donderdag 24 september 2026, loopt" in page
    assert "Beslistermijn: staat stil sinds vrijdag 11 september 2026" in page
