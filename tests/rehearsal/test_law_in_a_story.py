"""A story may run over the day a national rule set takes force: what is published then is published as elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.rehearsal.run_rule_tests import run_rule_tests
from tests.real_content import REAL
from tests.usecases.workplace import change

pytestmark = pytest.mark.long

LAW = "rules/landelijk/aanmelding/2025-08-01.yaml"
LATER = "rules/landelijk/aanmelding/2026-02-01.yaml"


def test_a_story_goes_on_over_the_day_a_national_rule_set_takes_force(tmp_path: Path) -> None:
    for folder in ("rules", "workflows", "templates"):
        shutil.copytree(REAL / folder, tmp_path / folder)
    shutil.copyfile(tmp_path / LAW, tmp_path / LATER)
    change(tmp_path, LATER, "valid_from: 2025-08-01", "valid_from: 2026-02-01")
    report = run_rule_tests(tmp_path, "almere", rule_set="tlv_afloop", named="Uitstroom naar werk")
    assert [one.text for one in report.mismatches] == []
    assert report.stories == 1
