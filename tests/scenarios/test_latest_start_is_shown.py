"""A consultant reads when the next act must be done, long before a term has passed."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from engine.cli.pages.case_pages import case_page, case_plain
from engine.usecases.show_case import show_case
from engine.views.case_view import Reader
from tests.scenarios.story_of_a_grant import APPLICANT, FORM, WHO, done
from tests.usecases.workplace import REAL, Office, day, make_office

pytestmark = pytest.mark.long


@pytest.fixture
def handed_in(tmp_path: Path) -> tuple[Office, str]:
    office = make_office(tmp_path / "almere", "2027-01-29 09:00", REAL, organisation="almere")
    case_id = office.open("tlv", WHO, APPLICANT, entry="aanvraag")
    done(office.act(case_id, "indienen", APPLICANT, FORM))
    return office, case_id


def lines_of(office: Office, case_id: str) -> list[str]:
    page = case_page(show_case(office.runtime, case_id, Reader()))
    at = next(number for number, line in enumerate(page) if line.startswith("  Beslistermijn:"))
    return page[at : at + 2]


def test_the_page_says_which_act_must_be_done_when(handed_in: tuple[Office, str]) -> None:
    office, case_id = handed_in
    term, start = lines_of(office, case_id)
    assert "t/m dinsdag 30 maart 2027, loopt" in term
    # Eight weeks end on Good Friday, so on Tuesday 30 March. Two working days to make the decision known: Thursday and
    # that Tuesday, so it falls on Wednesday 24 March; three weeks for the experts before that.
    assert "uiterlijk woensdag 3 maart 2027 verder met 'Vaststellen dat de aanvraag compleet is'" in start
    clocks = cast(list[dict[str, object]], case_plain(show_case(office.runtime, case_id, Reader()))["clocks"])
    assert [one["latest_start"] for one in clocks if one["clock"] == "beslistermijn"] == [day("2027-03-03")]


def test_when_what_still_comes_no_longer_fits_the_page_says_so_before_the_term_passes(
    handed_in: tuple[Office, str],
) -> None:
    office, case_id = handed_in
    office.put_clock("2027-03-04")
    term, start = lines_of(office, case_id)
    assert "TE LAAT" not in term
    assert "KRAP: 'Vaststellen dat de aanvraag compleet is' moest uiterlijk woensdag 3 maart 2027" in start
