"""Assumptions are listed from the files themselves, so that none is lost on the way into the engine."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from engine.core.finding import Level
from engine.proofs.assumptions import find_assumptions
from engine.usecases.content_pages import list_assumptions, read_pages, versions_on
from engine.words.saying import say
from tests.proofs.samples import GOOD

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]


def test_an_assumption_has_its_place_and_source() -> None:
    (assumption,) = list_assumptions(GOOD)
    assert assumption.level is Level.ASSUMPTION
    assert say(assumption).text() == (
        'rules/voorbeeld/organisation.yaml:9:10: Het orgaan "hoofd" is een aanname: Hoofd. '
        "Bron: Verzonnen, voor de toets. Laat de organisatie dit vaststellen en haal status: assumption dan weg."
    )


def test_every_line_that_says_assumption_is_listed() -> None:
    files = [*ROOT.glob("rules/*/*.yaml"), *ROOT.glob("rules/*/*/*.yaml"), *ROOT.glob("workflows/*/*/*.yaml")]
    heads = [path.read_text(encoding="utf-8").split("\n---\n")[0] for path in ROOT.glob("templates/letters/*/*/*.md")]
    texts = [*(path.read_text(encoding="utf-8") for path in files), *heads]
    lines = [line for text in texts for line in text.splitlines() if not line.lstrip().startswith("#")]
    written = sum(line.count("status: assumption") for line in lines)
    assert len(list_assumptions(ROOT)) == written


def test_versions_are_read_with_their_last_day(tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(GOOD, root)
    file = root / "rules/voorbeeld/verzoek/2026-01-01.yaml"
    file.write_text(
        file.read_text().replace("valid_from: 2026-01-01", "valid_from: 2026-01-01\nvalid_through: 2026-12-31")
    )
    versions = {(version.kind, version.id): version for version in versions_on(read_pages(root))}
    assert sorted(versions) == [
        ("brief", "V-01"), ("brief", "V-02"), ("regelset", "overleg"), ("regelset", "verzoek"),
        ("workflow", "overleg"), ("workflow", "verzoek"),
    ]  # fmt: skip
    assert versions["regelset", "verzoek"].valid_through == date(2026, 12, 31)
    assert {version.organisation for version in versions.values()} == {"voorbeeld"}


def test_parts_are_named_by_what_they_are() -> None:
    page = {
        "workflow": "w",
        "status": "assumption",
        "terms": {"t": {"status": "assumption", "label": "Termijn.", "source": ["a", "b"]}},
        "tables": [{"id": "x", "rows": [{"status": "assumption", "label": "Rij"}, {"status": "decided"}]}],
        "unknown": [{"status": "assumption"}],
    }
    told = [(say(found).what, found.where, say(found).why) for found in find_assumptions(page, lambda path: str(path))]
    assert told == [
        ('Dit bestand ("w") is een aanname.', "()", ""),
        ('De termijn "t" is een aanname: Termijn.', "('terms', 't')", "Bron: a; b."),
        ("De tabelrij is een aanname: Rij.", "('tables', 0, 'rows', 0)", ""),
        ("Dit onderdeel is een aanname.", "('unknown', 0)", ""),
    ]
