"""The decision names the articles of the sort of TLV it is about, and of no other (annex A12)."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Template

ROOT = Path(__file__).parents[2]
PARTIAL = ROOT / "templates/letters/werkwijze/partials/grondslag_tlv.md"
ARTICLES = {
    "sbo": {"primair onderwijs, artikel 18a lid 6 en artikel 40 lid 8"},
    "so": {"primair onderwijs, artikel 18a lid 6", "expertisecentra, artikel 40 lid 10"},
    "vso": {"voortgezet onderwijs 2020, artikel 2.47 lid 7", "expertisecentra, artikel 40 lid 12"},
    "pro": {"voortgezet onderwijs 2020, artikel 2.30 en artikel 2.47 lid 7"},
}


@pytest.mark.parametrize("sort", ARTICLES)
def test_a_decision_names_the_articles_of_its_sort(sort: str) -> None:
    told = Template(PARTIAL.read_text(encoding="utf-8")).render(soort_tlv=sort)
    lines = [line for line in told.splitlines() if line.startswith("- ")]
    assert len(lines) == len(ARTICLES[sort])
    assert all(any(line.endswith(article) for line in lines) for article in ARTICLES[sort])


@pytest.mark.parametrize("letter", ["L-06", "L-07"])
def test_both_decisions_name_them(letter: str) -> None:
    (text,) = (ROOT / "templates/letters/werkwijze" / letter).glob("*.md")
    assert '{% include "grondslag_tlv" %}' in text.read_text(encoding="utf-8")
