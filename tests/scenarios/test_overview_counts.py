"""The overview of interrupted development in figures: on it at the end of a month counts once, without a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.deciding.case import Actor, Case
from engine.core.deciding.step import Step
from engine.core.language.facts import Value
from engine.line.case_line import open_line
from engine.usecases.reopen_case import reopen_case
from tests.usecases.workplace import REAL, Office, day, make_office

pytestmark = pytest.mark.slow

TOELEIDING = Actor(role="toeleiding", name="T. Visser")
NAME, NUMBER = "Noor Voorbeeld", "900000042"


@pytest.fixture
def almere(tmp_path: Path) -> Office:
    return make_office(tmp_path / "werkplek", "2026-11-05 09:00", REAL, organisation="almere")


def on_the_overview(office: Office) -> str:
    """A pupil at home since 19 October, with a step by 20 November."""
    known: dict[str, Value] = {
        "leerling.nummer": NUMBER, "leerling.naam": NAME, "sector": "vo", "ouders.naam": "De ouders van Noor",
        "ouders.adres": "Kade 2 te Almere", "school.naam": "Echnaton", "school.contact": "Schoolplein 5 te Almere",
        "overzicht.reden": "thuis", "overzicht.sinds": day("2026-10-19"),
    }  # fmt: skip
    case_id = office.open("onderbroken", known, TOELEIDING)
    step: dict[str, Value] = {
        "volgafspraak.stap": "Een bezoek thuis", "volgafspraak.partij": "school", "volgafspraak.wie": "T. Visser",
        "volgafspraak.voor": day("2026-11-20"),
    }  # fmt: skip
    assert isinstance(office.act(case_id, "afspraak_maken", TOELEIDING, step), Step)
    return case_id


def goes_off(office: Office, case_id: str) -> None:
    """The step was taken, and the pupil goes to school again."""
    assert isinstance(office.act(case_id, "afspraak_nagekomen", TOELEIDING), Step)
    known: dict[str, Value] = {"overzicht.verder": "Noor gaat naar school", "leerling.mening": "Fijn"}
    assert isinstance(office.act(case_id, "van_het_overzicht", TOELEIDING, known), Step)


def counted(office: Office) -> list[Case]:
    """The cases that only count, in order."""
    return [one for one in office.cases() if one.workflow == "bericht" and one.state == "geteld"]


def days_counted(office: Office) -> list[str]:
    """The last days of months of which the pupil counts, as the dossier of the cooperation holds them."""
    with office.runtime.reading() as readings:
        subject = readings.load_subject("almere", "swv", "swv")
    assert subject is not None
    return [str(one.fields["op"].value) for one in subject.records if one.kind == "overzichttelling"]


def test_who_is_on_it_at_the_end_of_a_month_counts_once_and_nothing_of_the_pupil_goes_along(almere: Office) -> None:
    on_the_overview(almere)
    almere.pass_time("2026-11-30 23:00")
    assert counted(almere) == []
    almere.pass_time("2026-12-01 09:00")
    assert days_counted(almere) == ["2026-11-30"]
    (one,) = counted(almere)
    assert one.subject == "swv"
    assert not {NAME, NUMBER} & {str(fact.value) for fact in one.facts.values()}
    reports = [case for case in almere.cases() if case.workflow == "bericht" and case.state == "te_maken"]
    assert [str(case.facts["bericht.tot"].value) for case in reports] == ["2026-11-30"]
    assert {case.facts["bericht.soort"].value for case in reports} == {"onderbroken_ontwikkeling"}


def test_who_comes_back_on_it_counts_for_the_months_at_the_end_of_which_the_pupil_was_there(almere: Office) -> None:
    """Why: the clock of a case that is reopened passes at once, for a month in which the pupil was not there."""
    case_id = on_the_overview(almere)
    almere.pass_time("2026-12-04 09:00")
    goes_off(almere, case_id)
    almere.pass_time("2027-03-10 09:00")
    assert days_counted(almere) == ["2026-11-30"]
    with open_line(almere.runtime) as line:
        leader = Actor(role="teamleider_toeleiding", name="R. Bakker")
        assert isinstance(reopen_case(line, case_id, "Noor is weer thuis", leader), Step)
    almere.pass_time("2027-03-11 09:00")
    assert days_counted(almere) == ["2026-11-30"]
    almere.pass_time("2027-04-01 09:00")
    assert days_counted(almere) == ["2026-11-30", "2027-03-31"]


def test_a_sweep_that_comes_late_counts_the_end_of_the_month_and_not_its_own_day(almere: Office) -> None:
    on_the_overview(almere)
    almere.put_clock("2026-12-09 09:00")
    almere.pass_time("2026-12-09 10:00")
    assert days_counted(almere) == ["2026-11-30"]
    almere.pass_time("2027-01-01 09:00")
    assert days_counted(almere) == ["2026-11-30", "2026-12-31"]
