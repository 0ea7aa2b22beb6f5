"""The register of the demo: made by its script, in the proportions of the plan, and plainly invented."""

from __future__ import annotations

import csv
import io
import runpy
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from engine.core.legal_clock.schoolyear import school_year_of
from tests.real_content import real_catalogue

ROOT = Path(__file__).parents[2]
ALMERE = ROOT / "examples" / "almere"


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (ALMERE / "register.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_register_is_what_its_script_makes() -> None:
    made = io.StringIO()
    runpy.run_path(str(ALMERE / "make_register.py"))["write_register"](made)

    assert (ALMERE / "register.csv").read_text(encoding="utf-8") == made.getvalue()


def test_the_register_has_the_proportions_of_the_plan(rows: list[dict[str, str]]) -> None:
    kinds = Counter("buiten" if row["brin"] == "99XD00" else row["soort"] for row in rows)

    assert {kind: round(100 * number / len(rows)) for kind, number in kinds.items()} == {
        "pro": 52,
        "vso": 41,
        "buiten": 7,
    }
    assert len(rows) == 1084


def test_every_pupil_has_a_number_and_a_name_of_its_own(rows: list[dict[str, str]]) -> None:
    assert len({row["leerlingnummer"] for row in rows}) == len(rows)
    assert len({row["naam"] for row in rows}) == len(rows)


def test_a_tlv_ends_on_the_last_day_of_a_school_year_and_pro_has_no_end(rows: list[dict[str, str]]) -> None:
    for row in rows:
        if row["soort"] == "pro":
            assert row["einddatum"] == ""
        else:
            end = date.fromisoformat(row["einddatum"])
            assert end == school_year_of(end).last_day
            assert date.fromisoformat(row["begindatum"]) < end


def test_the_columns_are_those_of_the_entry_and_the_schools_exist(rows: list[dict[str, str]]) -> None:
    content = real_catalogue().content("almere", "tlv", date(2026, 8, 1))
    entry = content.workflow.entry("overname")

    assert entry is not None
    assert list(rows[0]) == [column.names[0] for column in entry.columns]
    assert {row["brin"] for row in rows} <= set(content.organisation.schools)
