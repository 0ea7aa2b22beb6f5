"""Cards and pages in a real browser: no message on the console, readable for everybody, on a telephone too.

Looked at in headless Chromium (Debian's package; `.ci/run` installs it) with the rules of axe: names of landmarks,
order of headings, tables, contrast. Where there is no Chromium the tests are skipped, and say so.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import Step
from tests.cli.conftest import make_world
from tests.cli.terminal import Terminal
from tests.pages.test_shipped_cards import DAY, ROOT, WORKFLOWS, cards, catalogue, sheets
from tests.usecases.workplace import make_office

CHROMIUM = os.environ.get("TREDE_TEST_CHROMIUM") or shutil.which("chromium")
TELEPHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium here: the pages are not looked at in a browser"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@cache
def axe() -> str:
    """The rules of axe; read here, because its package reads them in the encoding of the machine."""
    import axe_playwright_python

    folder = Path(axe_playwright_python.__file__).parent
    return next(folder.rglob("axe.min.js")).read_text(encoding="utf-8")


def look(browser: Any, path: Path, size: dict[str, int]) -> list[str]:
    """Everything that is wrong with a page of this size, in words; it may ask for nothing but itself."""
    page = browser.new_page(viewport=size)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(f"console: {said.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("request", lambda asked: wrong.append(f"asks for {asked.url}") if asked.url != path.as_uri() else None)
    page.goto(path.as_uri())
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    wrong += [f"{wide} pixels too wide at {size['width']}"] if wide > 0 else []
    page.evaluate(axe())
    found = page.evaluate("axe.run()")["violations"]
    wrong += [f"{one['id']}: {one['help']} {one['nodes'][0]['html'][:120]}" for one in found]
    page.close()
    return wrong


def test_a_page_that_is_wrong_is_seen(browser: Any, tmp_path: Path) -> None:
    page = tmp_path / "slecht.html"
    page.write_text(
        '<html><body><h3 style="color:#ccc">Grijs op wit</h3><script src="x.js"></script>'
        '<div style="width:3000px">breed</div></body></html>',
        encoding="utf-8",
    )
    wrong = " ".join(look(browser, page, TELEPHONE))
    for one in ("asks for", "console: ", "too wide", "color-contrast", "html-has-lang", "landmark"):
        assert one in wrong


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_cards_can_be_read_by_everybody_on_a_telephone_and_a_desk(workflow: str, browser: Any, tmp_path: Path) -> None:
    from engine.pages.card_sheet import render_card

    card = cards().card("almere", workflow, DAY)
    for reader in cards().words("almere").readers.values():
        stop = max(card.stops, key=lambda one: len(one.now[reader.id]))
        sheet = next(sheets(workflow, card, reader, stop))
        page = tmp_path / f"{reader.id}.html"
        page.write_text(render_card(sheet, catalogue().organisation("almere"), ROOT).html, encoding="utf-8")
        assert look(browser, page, TELEPHONE) == []
        assert look(browser, page, DESK) == []


def test_a_route_card_can_be_read_by_everybody_on_a_telephone_and_a_desk(browser: Any) -> None:
    longest = sorted((ROOT / "docs/routekaarten").rglob("*.html"), key=lambda one: one.stat().st_size)[-2:]
    assert len(longest) == 2
    for page in longest:
        assert look(browser, page, TELEPHONE) == []
        assert look(browser, page, DESK) == []


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a workplace in which somebody is late, something comes, and a letter did not leave."""
    folder = tmp_path_factory.mktemp("bord")
    office = make_office(
        folder / "kantoor", "2026-09-07 09:00", make_world(folder / "inhoud"), organisation="volkstuin"
    )
    for number, name in enumerate(("Jo Voorbeeld", "Mo <b>Vet</b>", "A" * 40)):
        facts = {"lid.nummer": str(17 + number), "lid.naam": name, "tuin.soort": "moes"}
        case_id = office.open("tuin", facts, Actor(role="lid"))
    assert isinstance(office.act(case_id, "borg_vragen", Actor(role="tuincommissie")), Step)
    office.put_clock("2026-11-05 09:00")
    office.close()
    Terminal(folder / "kantoor").run("page", str(folder / "bord")).expect(0)
    return folder / "bord"


PAGES = ("index", "te-laat", "binnenkort", "vastgelopen", "ladder", "post")


@pytest.mark.parametrize("name", PAGES)
def test_pages_can_be_read_by_everybody_on_a_telephone_and_a_desk(name: str, browser: Any, board: Path) -> None:
    assert {path.stem for path in board.glob("*.html")} == set(PAGES)
    for size in (TELEPHONE, DESK):
        assert look(browser, board / f"{name}.html", size) == []


def test_every_link_leads_to_a_page_of_the_set(browser: Any, board: Path) -> None:
    page = browser.new_page()
    page.goto((board / "index.html").as_uri())
    links = page.eval_on_selector_all("a[href]", "found => found.map(one => one.getAttribute('href'))")
    page.close()
    assert {one for one in links if not one.startswith("#")} == {f"{name}.html" for name in PAGES}


def test_on_paper_there_is_no_menu_and_every_row(browser: Any, board: Path) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto((board / "te-laat.html").as_uri())
    page.emulate_media(media="print")
    assert page.is_hidden("nav")
    assert page.is_visible("tbody tr:last-child")
    page.close()
