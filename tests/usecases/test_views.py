"""What a reader sees is made for who reads, and what for."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.errors import CaseError
from engine.usecases.list_work import LetterFilter, list_letters
from engine.usecases.show_case import show_case, show_history
from engine.views.case_view import Purpose, Reader
from tests.core.decisions.garden import FITS
from tests.usecases.workplace import Office, ask_gardens, change, make_office

REGELS = "rules/tuindorp/tuin/2026-01-01.yaml"


def test_a_special_category_is_named_and_its_value_stays_behind(tmp_path: Path, own_world: Path) -> None:
    change(own_world, REGELS, "  plan: {type: text,", "  plan: {type: text, special_category: true,")
    office = make_office(tmp_path / "kantoor", "2026-03-02", own_world)
    (case_id,) = ask_gardens(office, 1)
    for purpose, value in ((Purpose.HANDLING, None), (Purpose.HANDING_OVER, FITS["plan"])):
        seen = show_case(office.runtime, case_id, Reader(role="beheerder", purpose=purpose))
        values = {one.fact: (one.value, one.is_hidden) for one in seen.facts}
        assert values["plan"] == (value, value is None)
        assert values["oppervlakte"] == (150, False)
    office.close()


def test_a_reading_of_a_case_that_is_not_there_says_so(office: Office) -> None:
    with pytest.raises(CaseError):
        show_case(office.runtime, "TUIN-2026-9999", Reader())
    with pytest.raises(CaseError):
        show_history(office.runtime, "TUIN-2026-9999")
    with pytest.raises(CaseError):
        list_letters(office.runtime, LetterFilter(case_id="TUIN-2026-9999"))
