"""Late has one meaning: the page of a case, the inbox, the figures and the clock itself say the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from engine.cli.pages.case_pages import case_page
from engine.core.deciding.case import Actor
from engine.core.deciding.step import Step
from engine.core.moment import local_day
from engine.usecases.list_inbox import list_inbox
from engine.usecases.summarise_year import summarise_year
from tests.usecases.workplace import REAL, Office, make_office

APPLICANT, GUIDE = Actor(role="aanvrager"), Actor(role="toeleiding")
PUPIL = {"leerling.nummer": "900000001", "leerling.naam": "Sam Voorbeeld", "sector": "vo", "tlv.soort": "vso"}
APPLICATION = REAL / "examples" / "kennismaking" / "aanvraag.yaml"


@pytest.fixture
def almere(tmp_path: Path) -> Iterator[Office]:
    """A rehearsal workplace with the real content."""
    made = make_office(tmp_path / "oefenen", "2026-09-07 09:00", REAL, organisation="almere")
    yield made
    made.close()


def seen(office: Office, case_id: str, term: str) -> tuple[str, bool, tuple[int, int, int]]:
    """What the page says of the term, whether the inbox calls it late, and the figures: met, missed, running."""
    runtime, moment, case = office.runtime, office.runtime.now(), office.case(case_id)
    with runtime.reading() as readings:
        page = case_page(runtime.content_of(case, local_day(moment)), case, readings, moment)
    (line,) = (line for line in page if line.endswith(f"[{term}]"))
    late = {one.term for row in list_inbox(runtime, moment).rows if row.case_id == case_id for one in row.overdue}
    (count,) = (one for one in summarise_year(runtime).terms if one.term == term)
    return line.strip(), term in late, (count.met, count.missed, count.running)


def test_a_stop_that_came_back_is_done_everywhere(almere: Office) -> None:
    term = "ontvangstbevestiging"
    case_id = almere.open("tlv", PUPIL, APPLICANT)
    given = YAML(typ="safe").load(APPLICATION.read_text(encoding="utf-8"))
    facts = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    assert isinstance(almere.act(case_id, "indienen", APPLICANT, facts), Step)
    almere.pass_time("2026-09-08 09:00")  # the letter leaves, and with it the clock is done
    done = "Ontvangst bevestigen: t/m woensdag 9 september 2026, klaar  [ontvangstbevestiging]"
    assert seen(almere, case_id, term) == (done, False, (1, 0, 0))
    assert isinstance(almere.correct(case_id, term, 2, GUIDE), Step)
    almere.pass_time("2026-09-14 09:00")
    late = "Ontvangst bevestigen: t/m woensdag 9 september 2026, loopt  TE LAAT  [ontvangstbevestiging]"
    assert seen(almere, case_id, term) == (late, True, (0, 1, 0))
    assert isinstance(almere.correct(case_id, term, 3, GUIDE), Step)
    almere.pass_time("2026-09-15 09:00")
    assert seen(almere, case_id, term) == (done, False, (1, 0, 0))
