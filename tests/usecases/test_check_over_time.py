"""`rules check --on DAY` in a workplace: what holds on that day, and the cases that run on other files (F-42)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.core.evaluation.prepared import Content
from engine.core.finding import Level, doubt, fault
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.content_files import ContentFiles
from engine.usecases.check_over_time import check_over_time, of_its_time
from engine.usecases.check_rules import check_rules
from engine.usecases.kept_check import CheckReport
from engine.usecases.reproject_cases import reproject_changed
from tests.usecases.lawful import OWN, law
from tests.usecases.workplace import Office, ask_gardens, change, day, make_office

pytestmark = pytest.mark.long

ON = day("2026-03-02")


@pytest.fixture
def office(tmp_path: Path, ruled: Path) -> Office:
    return make_office(tmp_path / "kantoor", "2026-03-02 09:00", ruled)


def found(office: Office, on: str) -> list[tuple[str, Level, object, object]]:
    """What stands in the way of cases that run: code, level, from when, which cases."""
    report = check_over_time(CheckReport(findings=(), proven=(), assumptions=0, counts={}), office.runtime, day(on))
    return [(one.kind, one.level, one.parameters["day"], one.parameters["cases"]) for one in report.findings]


def test_a_law_that_new_cases_may_not_be_opened_under_is_found_before_its_day(ruled: Path) -> None:
    law(ruled, "2026-06-01", "4 weeks")
    assert "looser_length" in {one.kind for one in check_rules(ruled, "tuindorp", on=ON).findings}


def test_cases_that_go_on_are_no_finding(office: Office, ruled: Path) -> None:
    ask_gardens(office, 2)
    law(ruled, "2026-06-01", "4 weeks")
    assert found(office, "2026-03-02") == []


def test_a_broken_law_to_come_touches_only_the_cases_under_it_and_names_them(
    office: Office,
    ruled: Path,
) -> None:
    cases = tuple(ask_gardens(office, 2))
    law(ruled, "2026-06-01", "4 weken lang")
    assert found(office, "2026-03-02") == [("cases_stand_still", Level.ERROR, "2026-06-01", cases)]


def test_what_a_later_law_asks_of_decisions_is_told_with_the_cases_that_cannot_do_it(
    office: Office,
    ruled: Path,
) -> None:
    """Each pair of (what an open case is pinned to) and (the law from that day on)."""
    cases = tuple(ask_gardens(office, 1))
    law(ruled, "2026-06-01", "8 weeks")
    path = ruled / "rules/land/tuin/2026-06-01.yaml"
    path.write_text(
        path.read_text("utf-8")
        + """decisions:
  toekennen: {label: De tuin wordt gegeven, letters: [T-01], source: Tuinwet art. 8}
obligations:
  - id: plan_bekend
    label: Een tuin wordt alleen gegeven als het plan bekend is
    decides: toekennen
    must_be_known: [plan]
    source: Tuinwet art. 2
""",
        encoding="utf-8",
    )
    assert found(office, "2026-03-02") == [("law_asks_more", Level.WARNING, "2026-06-01", cases)]
    assert found(office, "2026-07-01") == [("law_asks_more", Level.WARNING, "2026-07-01", cases)]


def test_a_pair_is_read_once_until_a_file_changes(office: Office, ruled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Why: to read one takes a second or more, and each check read them all again."""
    cases = tuple(ask_gardens(office, 2))
    law(ruled, "2026-06-01", "4 weken lang")
    read: list[object] = []
    content = Catalogue.content

    def counting(self: Catalogue, *asked: Any, **pinned: Any) -> Content:
        read.append(asked)
        return content(self, *asked, **pinned)

    monkeypatch.setattr(Catalogue, "content", counting)
    expected = [("cases_stand_still", Level.ERROR, "2026-06-01", cases)]
    assert found(office, "2026-03-02") == expected
    assert len(read) == 2  # today, and the day of the law to come
    assert found(office, "2026-03-02") == expected
    assert len(read) == 2
    later = ask_gardens(office, 1)
    read.clear()
    assert found(office, "2026-03-02") == [("cases_stand_still", Level.ERROR, "2026-06-01", (*cases, *later))]
    assert (ruled / "rules/land/tuin/2026-06-01.yaml").is_file()
    law(ruled, "2026-06-01", "4 weeks")
    office.runtime.__dict__.pop("watched", None)
    read.clear()
    assert found(office, "2026-03-02") == []
    assert len(read) == 2, "a file that changed is read again"


def test_cases_on_a_text_that_the_folder_no_longer_has_are_looked_at_as_they_run(
    office: Office,
    ruled: Path,
) -> None:
    cases = tuple(ask_gardens(office, 1))
    change(ruled, OWN, "label: Streven", "label: Ons streven")
    reproject_changed(office.runtime)
    assert found(office, "2026-03-02") == []
    organisation = "rules/tuindorp/organisation.yaml"
    change(ruled, organisation, "commissie: {label: Tuincommissie}", "raad: {label: Tuinraad}")
    office.runtime.__dict__.pop("watched", None)
    ((kind, level, since, named),) = found(office, "2026-03-02")
    assert (kind, level, since, named) == ("cases_stand_still", Level.ERROR, "2026-03-02", cases)


@pytest.mark.parametrize(
    ("path", "kind", "in_use", "level"),
    [
        ("rules/a/b/2024-01-01.yaml", "no_consent", "", Level.WARNING),
        ("rules/a/b/2024-01-01.yaml", "no_consent", "2024-01-01", Level.ERROR),
        ("rules/a/b/2026-01-01.yaml", "no_consent", "", Level.ERROR),
        ("rules/a/b/2027-01-01.yaml", "no_consent", "", Level.WARNING),
        ("rules/a/b/2027-01-01.yaml", "unknown_fact", "", Level.ERROR),
        ("rules/a/calendar/2024-01-01.yaml", "unknown_fact", "", Level.ERROR),
        ("templates/letters/a/L-01/2024-01-01.md", "unknown_fact", "", Level.ERROR),
        ("rules/a/organisation.yaml", "unknown_fact", "", Level.ERROR),
    ],
)
def test_what_was_followed_and_runs_no_case_and_what_is_to_come_stop_nothing_today(
    tmp_path: Path, path: str, kind: str, in_use: str, level: Level
) -> None:
    """F-42: a draft for next year without consent made the check of today exit with 3."""
    for folder, suffix in (("rules/a/b", "yaml"), ("rules/a/calendar", "yaml"), ("templates/letters/a/L-01", "md")):
        (tmp_path / folder).mkdir(parents=True)
        for year in (2024, 2026, 2027):
            (tmp_path / folder / f"{year}-01-01.{suffix}").touch()
    told = fault(kind, f"{path}:3:1", rules="b", first=2024, label="x", sector="x", body="x", fact="f", known=())
    beside = doubt("consent_ends_soon", path, label="x", rules="b", first="x", through="x")
    report = CheckReport(findings=(told, beside), proven=(), assumptions=0, counts={})
    used = [day(in_use)] if in_use else []
    levels = {
        one.kind: one.level for one in of_its_time(report, ContentFiles(tmp_path), day("2026-11-27"), used).findings
    }
    assert levels == {kind: level, "consent_ends_soon": Level.WARNING}
