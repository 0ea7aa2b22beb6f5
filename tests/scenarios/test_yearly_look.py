"""The yearly draw and the network's meetings of the real content, over the autumn of a school year."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.deciding.amending import Amended, Amendment, RecordAmendment
from engine.core.deciding.case import Actor
from engine.core.deciding.subject import Subject
from engine.line.case_line import open_line
from engine.usecases.correct_dossier import correct_dossier
from engine.usecases.show_draw import show_draw
from tests.real_content import REAL
from tests.usecases.rounds import occasions
from tests.usecases.workplace import Office, day, make_office

pytestmark = pytest.mark.slow

TOELEIDING = Actor(role="toeleiding", name="T. Visser")


def with_declaration(office: Office, number: int, sort: str) -> None:
    """A pupil whose declaration of this sort holds."""
    fields = {
        "nummer": f"AB-{number}", "soort": sort, "begin": day("2025-08-01"), "einde": day("2028-07-31"),
    }  # fmt: skip
    of_pupil = RecordAmendment(kind="verklaring", number=0, fields=fields)
    amendment = Amendment(facts={"leerling.naam": f"Leerling {number}"}, records=(of_pupil,), reason="overgenomen")
    subject = Subject(organisation="almere", kind="leerling", number=f"31{number:04d}")
    with open_line(office.runtime) as line:
        outcome = correct_dossier(line, line.content("tlv"), subject, amendment, TOELEIDING)
    assert isinstance(outcome, Amended), outcome


def test_of_each_sort_five_percent_is_drawn_on_the_first_working_day_of_november(tmp_path: Path) -> None:
    office = make_office(tmp_path / "kantoor", "2026-10-26 09:00", REAL, organisation="almere")
    for number in range(24):
        with_declaration(office, number, "vso" if number < 21 else "so")
    report = office.pass_time("2026-11-12")
    assert report.failed == ()
    shown = show_draw(office.runtime, "steekproef.loting")
    assert shown.groups == (("so", 3, 1), ("vso", 21, 2))  # 5 % of 3 and of 21, upwards
    assert shown.is_same
    looks = [case for case in office.cases() if case.workflow == "steekproef"]
    assert sorted(case.subject for case in looks) == sorted(one.number for one in shown.row.drawn)
    # 9 November is a Monday: the monthly talk of 8 November is on that day.
    talks = occasions(office, "netwerkoverleg.stadsvoorzieningen_po")
    assert [(row.slot, str(row.planned_for), row.fate) for row in talks] == [("2026-11-08", "2026-11-09", "done")]
