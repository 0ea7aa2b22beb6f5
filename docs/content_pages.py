"""Writes docs/leidraad and docs/routekaarten from the content: how a procedure goes, for all who have to do with it.

Run by `make docs`; a test names what is stale. `python -m docs.content_pages FOLDER` does it for content elsewhere.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from docs.leidraad_page import guide_parts
from docs.open_questions import question_parts
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.definitions.card import Card, CardReader
from engine.definitions.card_loader import CardLoader
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.content_files import Kind
from engine.letters.look import CARD, find_look, read_look
from engine.pages.markup import write_markup
from engine.pages.way_text import compose_way, has_way_card
from engine.usecases.chosen_organisation import working_organisations
from engine.usecases.content_pages import read_pages

GUIDES, ROUTES, INDEX = "leidraad", "routekaarten", "README.md"
ROOT = Path(__file__).parents[1]
ON = date(2026, 11, 23)
"""The day whose content the pages show: a page must not change because a night went by."""


def content_pages(root: Path, on: date) -> Mapping[str, str]:
    """Every page by its path under docs, of each organisation that is no shared layer."""
    catalogue = Catalogue(root)
    found: dict[str, str] = {}
    for organisation in working_organisations(catalogue):
        found |= dict(_pages_of(catalogue, root, organisation, on))
    found[f"{GUIDES}/{INDEX}"] = _index(found, "Leidraden", "Per procedure: wie doet wat, wanneer, en waarom.", ".md")
    found[f"{ROUTES}/{INDEX}"] = _index(
        found,
        "Routekaarten",
        "De weg van een procedure, voor ouders en voor een kind. Open ze in een browser.",
        ".html",
    )
    return found


def _pages_of(catalogue: Catalogue, root: Path, organisation: str, on: date) -> Iterator[tuple[str, str]]:
    loader = catalogue.loader
    cards = CardLoader(loader.sources, loader.organisations)
    words = cards.words(organisation)
    style = read_look(find_look(root, catalogue.organisation(organisation), CARD).style)
    documents = read_pages(root, organisation, loader.sources)
    for workflow in catalogue.workflows(organisation):
        content = catalogue.content(organisation, workflow, on)
        card = _card(catalogue, cards, organisation, workflow, on)
        readers = [one for one in words.readers.values() if card and has_way_card(one) and one.id in card.heading]
        parts = [*guide_parts(content), *question_parts(content, documents), *_cards_part(content, readers)]
        yield f"{GUIDES}/{organisation}/{workflow}.md", "\n".join(parts)
        for reader in readers:
            assert card is not None  # only then are there readers
            sheet = compose_way(card, reader, words.fields, content)
            yield (
                f"{ROUTES}/{organisation}/{_route_file(workflow, reader)}",
                write_markup("way.html", sheet=sheet, style=style),
            )


def _card(catalogue: Catalogue, cards: CardLoader, organisation: str, workflow: str, on: date) -> Card | None:
    chain = catalogue.chain(organisation)
    if not any(catalogue.versions(Kind.CARDS, one, workflow) for one in chain):
        return None
    return cards.card(organisation, workflow, on)


def _cards_part(content: Content, readers: list[CardReader]) -> Iterator[str]:
    yield "## Routekaarten\n"
    where = f"../../{ROUTES}/{content.organisation.id}"
    lines = [f"- [Voor {one.label}]({where}/{_route_file(content.workflow.id, one)})" for one in readers]
    yield "\n".join(lines or ["Van deze procedure is er geen kaart."]) + "\n"


def _route_file(workflow: str, reader: CardReader) -> str:
    return f"{workflow}-{reader.id}.html"


def _index(pages: Mapping[str, str], title: str, said: str, ending: str) -> str:
    folder = GUIDES if ending == ".md" else ROUTES
    lines = [f"# {title}\n", f"{said} Gemaakt uit de inhoud (`make docs`).\n"]
    owner = ""
    for path in sorted(one for one in pages if one.startswith(f"{folder}/") and one.endswith(ending)):
        _, organisation, name = path.split("/")
        if organisation != owner:
            lines.append(f"\n## {organisation}\n" if owner else f"## {organisation}\n")
            owner = organisation
        lines.append(f"- [{name.removesuffix(ending)}]({organisation}/{name})")
    return "\n".join(lines) + "\n"


def stale_pages(docs: Path, pages: Mapping[str, str]) -> tuple[str, ...]:
    """Those that are not what the content says, are missing, or are of a procedure that is no more."""
    kept = {
        path.relative_to(docs).as_posix(): path for folder in (GUIDES, ROUTES) for path in (docs / folder).rglob("*.*")
    }
    differing = {name for name, text in pages.items() if name not in kept or kept[name].read_text("utf-8") != text}
    return tuple(sorted(differing | (kept.keys() - pages.keys())))


def write_stale(docs: Path, pages: Mapping[str, str]) -> tuple[str, ...]:
    """Write what is stale, take away what is no page any more; gives the names."""
    stale = stale_pages(docs, pages)
    for name in stale:
        path = docs / name
        if name in pages:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[name], encoding="utf-8")
        else:
            path.unlink()
    return stale


if __name__ == "__main__":
    content = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    try:
        print("\n".join(write_stale(content / "docs", content_pages(content, ON))))
    except DefinitionError as wrong:
        sys.exit(str(wrong))
