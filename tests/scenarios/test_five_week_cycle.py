"""Haarlemmermeer's own calendar: each primary school every five school weeks, and what it looks at twice a year."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real_content import REAL
from tests.usecases.rounds import occasions
from tests.usecases.workplace import make_office

pytestmark = pytest.mark.slow


def test_each_primary_school_has_its_round_every_five_school_weeks(tmp_path: Path) -> None:
    office = make_office(tmp_path / "kantoor", "2026-09-14 09:00", REAL, organisation="haarlemmermeer")
    report = office.pass_time("2026-11-17 12:00")
    assert report.failed == ()
    rounds = occasions(office, "schoolcyclus.langs_elke_school")
    done = {(row.slot, str(row.planned_for)) for row in rounds if row.fate == "done"}
    # School weeks from Monday 17 August; the autumn break (10 - 18 October) is none.
    assert done == {("2026-2027/2", "2026-09-21"), ("2026-2027/3", "2026-11-02")}
    cases = [case for case in office.cases() if case.workflow == "schoolcyclus"]
    assert sorted(case.subject for case in cases) == ["99HA00", "99HA00", "99HB00", "99HB00"]
    talks = [row for row in occasions(office, "netwerkoverleg.ontwikkelgesprek") if row.fate == "done"]
    assert {str(row.planned_for) for row in talks} == {"2026-11-16"}
    assert len(talks) == 2
    # How often the commission meets is not published: its meetings rest.
    assert occasions(office, "netwerkoverleg.tlv_commissie") == []
