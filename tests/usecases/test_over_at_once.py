"""A case that is opened in an end is over at once: in its row, in its journal, and for whoever lists what is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.language.facts import Value
from engine.usecases.audit_cases import replay_all
from tests.core.decisions.garden import KEEPER
from tests.usecases.workplace import Office, change, make_office

OVERSIGHT = "workflows/tuindorp/toezicht/2026-01-01.yaml"
BEGIN = "{id: begin, label: Beginnen, state: loopt, by: [beheerder]}"
COUNTED = "{id: geteld, label: Alleen geteld, state: klaar, by: [beheerder]}"
WHO: dict[str, Value] = {"tuinder.nummer": "lid-7", "tuinder.naam": "Ootje Moes"}


@pytest.fixture
def counting(tmp_path: Path, own_world: Path) -> Office:
    """A garden in which oversight may be only counted."""
    change(own_world, OVERSIGHT, BEGIN, f"{BEGIN}\n  - {COUNTED}")
    return make_office(tmp_path / "kantoor", "2026-03-02", own_world)


def test_a_case_that_is_opened_in_an_end_is_closed(counting: Office) -> None:
    counted, runs = (counting.open("toezicht", WHO, KEEPER, entry=entry) for entry in ("geteld", "begin"))
    assert (counting.case(counted).is_closed, counting.case(runs).is_closed) == (True, False)
    assert [(one.case_id, one.first) for one in replay_all(counting.runtime) if one.first] == []
    with counting.runtime.reading() as readings:
        assert readings.open_beside("tuindorp", "lid-7") == (runs,)
