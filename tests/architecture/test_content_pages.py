"""The guides and route cards in docs are those of the content, and say what the content says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from docs.content_pages import ON, ROOT, content_pages, stale_pages, write_stale
from tests.cli.conftest import make_world
from tests.usecases.workplace import change

DAY = date(2026, 9, 7)
GUIDE, ROUTE = "leidraad/volkstuin/tuin.md", "routekaarten/volkstuin/tuin-lid.html"
RULES = "rules/volkstuin/tuin/2026-01-01.yaml"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_world(tmp_path_factory.mktemp("pages") / "inhoud")


@cache
def pages_of(root: Path) -> Mapping[str, str]:
    return content_pages(root, DAY)


@pytest.mark.slow
def test_the_pages_in_docs_are_those_of_the_content() -> None:
    """Why: a consultant reads the page, and a case follows the content."""
    stale = stale_pages(ROOT / "docs", content_pages(ROOT, ON))
    assert stale == (), "draai `python -m docs.content_pages`"


def test_each_procedure_has_a_guide_and_each_reader_a_route_card(root: Path) -> None:
    assert {GUIDE, ROUTE, "leidraad/README.md", "routekaarten/README.md"} <= pages_of(root).keys()
    assert "(volkstuin/tuin.md)" in pages_of(root)["leidraad/README.md"]


def test_a_guide_says_who_acts_what_binds_and_what_leaves(root: Path) -> None:
    guide = pages_of(root)[GUIDE]
    assert "```mermaid\nstateDiagram-v2" in guide
    for said in (
        "| Beslistermijn | 8 weken | wet | Tuincommissie | bericht aan Voorzitter | Awb 4:13 |",
        "| T-02 | Besluit: u krijgt de tuin | Lid | De tuin toewijzen |",
        '| De parameter "grootste_tuin" | Grootste tuin in vierkante meter: 300 | Klopt dit? | Verzonnen |',
        "- [Voor het lid](../../routekaarten/volkstuin/tuin-lid.html)",
    ):
        assert said in guide, said


@pytest.mark.long
def test_what_changes_in_the_content_changes_on_the_pages(tmp_path: Path) -> None:
    """Why: nothing on the pages may come from anywhere else."""
    root = make_world(tmp_path / "inhoud")
    change(root, RULES, "length: 8 weeks", "length: 5 weeks")
    change(root, "templates/cards/volkstuin/tuin/2026-01-01.yaml", "U werkt in uw tuin.", "Uw tuin bloeit.")
    now = content_pages(root, DAY)
    assert "| 5 weken | wet |" in now[GUIDE]
    assert "binnen 5 weken" in now[ROUTE]
    assert "Uw tuin bloeit." in now[ROUTE]


@pytest.mark.long
def test_an_assumption_stands_in_the_guide_with_its_question(tmp_path: Path) -> None:
    root = make_world(tmp_path / "inhoud")
    change(root, RULES, "length: 8 weeks", "length: 8 weeks\n    status: assumption\n    note: Klopt acht weken hier?")
    assert "| Beslistermijn | Klopt acht weken hier? | " in content_pages(root, DAY)[GUIDE]


def test_a_page_that_is_stale_missing_or_of_nothing_is_named(root: Path, tmp_path: Path) -> None:
    pages = pages_of(root)
    assert set(write_stale(tmp_path, pages)) == set(pages)
    assert stale_pages(tmp_path, pages) == ()
    (tmp_path / GUIDE).write_text("oud", encoding="utf-8")
    (tmp_path / ROUTE).unlink()
    (tmp_path / "leidraad/volkstuin/weg.md").write_text("van een procedure die er niet meer is", encoding="utf-8")
    assert stale_pages(tmp_path, pages) == (GUIDE, "leidraad/volkstuin/weg.md", ROUTE)
    write_stale(tmp_path, pages)
    assert stale_pages(tmp_path, pages) == ()
