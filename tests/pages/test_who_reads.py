"""Whose card it is: a child is called by the first name, and what was for the parents is not theirs once it is 18."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.errors import LetterError
from engine.letters.words_only import words_of
from engine.usecases.show_card import show_card
from tests.usecases.workplace import REAL, Office, day, make_office

pytestmark = pytest.mark.long

SCHOOL = Actor(role="aanvrager")
PUPIL = {"leerling.nummer": "900000001", "leerling.naam": "Sam 't Lam", "sector": "vo", "tlv.soort": "vso"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "almere", "2027-01-29 09:00", REAL, organisation="almere")
    yield made
    made.close()


def test_a_card_names_a_child_by_the_first_name_and_for_the_parents_in_full(office: Office) -> None:
    case_id = office.open("tlv", PUPIL, SCHOOL)
    told = {one.reader: words_of(one.html) for one in show_card(office.runtime, case_id)}
    assert "Deze kaart is van Sam\n" in told["kind"]
    assert "'t Lam" not in told["kind"]
    assert "Deze kaart gaat over Sam 't Lam" in told["ouders"]


@pytest.mark.parametrize(("born", "readers"), [("2009-01-30", {"ouders", "kind"}), ("2009-01-29", {"kind"})])
def test_from_the_eighteenth_birthday_the_parents_get_no_card(born: str, readers: set[str], office: Office) -> None:
    case_id = office.open("tlv", {**PUPIL, "leerling.geboortedatum": day(born)}, SCHOOL)
    assert {one.reader for one in show_card(office.runtime, case_id)} == readers
    if readers == {"kind"}:
        with pytest.raises(LetterError) as refused:
            show_card(office.runtime, case_id, "ouders")
        assert "18 jaar of ouder" in str(refused.value.why)
