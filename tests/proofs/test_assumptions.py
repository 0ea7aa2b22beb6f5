"""Assumptions are listed from the files themselves, so that none is lost on the way into the engine."""

from __future__ import annotations

from pathlib import Path

from engine.proofs.assumptions import find_assumptions
from engine.proofs.problems import Level
from engine.usecases.list_assumptions import list_assumptions
from tests.proofs.samples import GOOD

ROOT = Path(__file__).parents[2]


def test_an_assumption_has_its_place_and_source() -> None:
    (assumption,) = list_assumptions(GOOD)
    assert assumption.level is Level.ASSUMPTION
    assert assumption.text() == (
        'rules/voorbeeld/organisation.yaml:10:10: Het orgaan "hoofd" is een aanname: Hoofd. '
        "Bron: Verzonnen, voor de toets. Laat de organisatie dit vaststellen en haal status: assumption dan weg."
    )


def test_every_line_that_says_assumption_is_listed() -> None:
    files = [*ROOT.glob("rules/*/*.yaml"), *ROOT.glob("rules/*/*/*.yaml"), *ROOT.glob("workflows/*/*/*.yaml")]
    heads = [path.read_text(encoding="utf-8").split("\n---\n")[0] for path in ROOT.glob("templates/letters/*/*/*.md")]
    texts = [*(path.read_text(encoding="utf-8") for path in files), *heads]
    lines = [line for text in texts for line in text.splitlines() if not line.lstrip().startswith("#")]
    written = sum(line.count("status: assumption") for line in lines)
    assert len(list_assumptions(ROOT)) == written


def test_parts_are_named_by_what_they_are() -> None:
    page = {
        "workflow": "w",
        "status": "assumption",
        "terms": {"t": {"status": "assumption", "label": "Termijn.", "source": ["a", "b"]}},
        "tables": [{"id": "x", "rows": [{"status": "assumption", "label": "Rij"}, {"status": "decided"}]}],
        "unknown": [{"status": "assumption"}],
    }
    told = [(found.what, found.where, found.why) for found in find_assumptions(page, lambda path: str(path))]
    assert told == [
        ('Dit bestand ("w") is een aanname.', "()", ""),
        ('De termijn "t" is een aanname: Termijn.', "('terms', 't')", "Bron: a; b."),
        ("De tabelrij is een aanname: Rij.", "('tables', 0, 'rows', 0)", ""),
        ("Dit onderdeel is een aanname.", "('unknown', 0)", ""),
    ]
