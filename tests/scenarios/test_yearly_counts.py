"""What a school is asked once a year by the real content: its leavers, and how it grew since 1 February."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real_content import REAL
from tests.usecases.rounds import occasions
from tests.usecases.workplace import make_office

pytestmark = pytest.mark.slow


def test_each_school_for_praktijkonderwijs_is_asked_for_its_leavers_in_october(tmp_path: Path) -> None:
    office = make_office(tmp_path / "kantoor", "2026-09-28 09:00", REAL, organisation="almere")
    report = office.pass_time("2026-10-02")
    assert report.failed == ()
    asked = occasions(office, "schoolverlaters.schoolverlaters_opvragen")
    assert {str(row.planned_for) for row in asked if row.fate == "done"} == {"2026-10-01"}
    cases = [case for case in office.cases() if case.workflow == "schoolverlaters"]
    assert sorted(case.subject for case in cases) == ["17J00", "28BU00", "28BU02"]


def test_growth_is_followed_of_special_schools_only_from_the_count_date(tmp_path: Path) -> None:
    office = make_office(tmp_path / "kantoor", "2027-01-29 09:00", REAL, organisation="haarlemmermeer")
    report = office.pass_time("2027-02-02")
    assert report.failed == ()
    # 1 February 2027 is a Monday; a count date does not move. Primary schools of the sort bo are not asked.
    cases = [case for case in office.cases() if case.workflow == "groei"]
    assert sorted(case.subject for case in cases) == ["99HC00", "99HD00", "99HE00"]
