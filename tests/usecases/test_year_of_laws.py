"""A year with three publications in the middle: what held when is told, and every decision is worked out again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.core.deciding.step import EntryKind, Step
from engine.usecases.receipt import receipts
from engine.usecases.reproject_cases import reproject_changed
from tests.core.decisions.garden import BOARD
from tests.usecases.lawful import OWN, law
from tests.usecases.test_stricter_law import moves, told
from tests.usecases.workplace import Office, ask_gardens, change, make_office


@pytest.mark.slow
def test_each_history_tells_what_held_when_and_every_receipt_agrees_also_without_a_folder(
    tmp_path: Path, ruled: Path
) -> None:
    office = make_office(tmp_path / "kantoor", "2026-03-02 09:00", ruled)
    (first,) = ask_gardens(office, 1)
    law(ruled, "2026-03-16", "4 weeks")  # the law becomes stricter
    later = OWN.replace("2026-01-01", "2026-03-16")  # and the garden follows it in a version of its own
    text = ruled.joinpath(OWN).read_text("utf-8").replace("valid_from: 2026-01-01", "valid_from: 2026-03-16")
    ruled.joinpath(later).write_text(text, encoding="utf-8")
    change(ruled, later, "length: 6 weeks\n    basis: Tuinwet art. 4", "length: 3 weeks\n    basis: Tuinwet art. 4")
    reproject_changed(office.runtime)
    office.pass_time("2026-03-17 09:00")
    (second,) = ask_gardens(office, 1)
    change(ruled, later, "until: 2026-12-31", "until: 2026-03-31")  # a consent ends
    reproject_changed(office.runtime)
    office.pass_time("2026-03-26 09:00")
    assert isinstance(office.act(first, "toewijzen", BOARD), Step)
    assert isinstance(office.act(second, "toewijzen", BOARD), Step)
    office.pass_time("2026-12-31 09:00")
    assert (moves(office, first), moves(office, second)) == ([("2026-04-13", "2026-03-30")], [])
    assert [since for _, since in told(office, first)] == ["2026-03-16"]
    opened = {one: next(e for e in office.journal(one) if e.kind is EntryKind.OPENED) for one in (first, second)}
    assert [opened[one].details["rules_version"] for one in (first, second)] == ["2026-01-01", "2026-03-16"]
    for name in ("rules", "workflows", "templates"):
        shutil.rmtree(ruled / name)
    emptied = Office(office.folder)
    (emptied.folder / ".trede-cache").unlink()
    for case in emptied.cases():
        found = receipts(emptied.runtime, case.id)
        assert found
        assert all(one.agrees for one in found), case.id
    assert emptied.is_sound()
