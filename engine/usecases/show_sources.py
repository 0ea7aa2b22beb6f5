"""Which parts of the content rest on a law or document; and on which ones a rule set, letter or part of them rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from engine.core.errors import UsageError
from engine.core.quick_class import dataclass
from engine.definitions.catalogue import Catalogue
from engine.definitions.checking.citation_checks import Resting, owner_of, resting_on
from engine.definitions.reading.citations import read_citation
from engine.definitions.source_book import WHOLE, SourceBook
from engine.definitions.source_loader import SourceLoader
from engine.usecases.chosen_organisation import choose_organisation
from engine.usecases.content_pages import read_pages
from engine.words.file_parts import say_part
from engine.words.spelling import suggest

_FILES = {
    "templates/letters": "De brief",
    "templates/cards": "De kaart",
    "workflows": "De workflow",
    "rules": "De regelset",
}
_UNDATED = 3
"""So many parts has the path of a file that has no versions, as organisation.yaml."""


@dataclass(frozen=True, slots=True)
class RestingPart:
    """A part of the content, in words, and file:line:column where it cites."""

    part: str
    where: str
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceUse:
    """A place of a source (empty: the source as a whole), what it is about, and everything that rests on it.

    `unused` is the reason why nothing does, where somebody gave one.
    """

    source: str
    place: str
    about: str
    unused: str
    parts: tuple[RestingPart, ...]


def show_sources(root: Path, organisation: str = "", asked: str = "") -> tuple[SourceUse, ...]:
    """Every place that is asked for, by the name of its source and place, or by the name of what rests on it.

    Nothing asked: all of them. Raises UsageError for a name that is neither, and where no source is described.
    """
    catalogue = Catalogue(root)
    chosen = choose_organisation(catalogue, organisation)
    loader = SourceLoader(catalogue.loader.sources, catalogue.loader.organisations)
    books = {one: book for one in catalogue.chain(chosen) if (book := loader.book(one)) is not None}
    if chosen not in books:
        raise UsageError(
            "Er is geen sources.yaml.",
            next_step=f"Beschrijf de bronnen in rules/{chosen}/sources.yaml; zie de handleiding.",
        )
    uses = tuple(_uses(books[chosen], resting_on(read_pages(root, chosen), books)))
    found = _asked_for(uses, books[chosen], asked) if asked else uses
    if asked and not found:
        names = {use.source for use in uses} | {name for use in uses for part in use.parts for name in part.named}
        raise UsageError(
            f"Er is geen bron, regelset, procedure, brief of onderdeel '{asked}' dat ergens op rust.",
            next_step=suggest(asked, names),
        )
    return found


def _uses(book: SourceBook, resting: Iterable[Resting]) -> Iterator[SourceUse]:
    by: dict[tuple[str, str], dict[tuple[str, str], RestingPart]] = {}
    for one in resting:
        part = _part(one)  # a term that says it twice, under source and basis, is one part
        by.setdefault((one.source, one.place), {}).setdefault((part.part, part.where.split(":")[0]), part)
    for source in book.all():
        about = {one.name: one.about for one in source.places}
        unused = {one.name: one.about for one in source.unused}
        finer = {place: "" for name, place in by if name == source.name and place and place not in about}
        for place, said in {"": source.title, **about, **finer}.items():
            yield SourceUse(
                source=source.name,
                place=place,
                about=said,
                unused=unused.get(place or WHOLE, ""),
                parts=tuple(by.get((source.name, place), {}).values()),
            )


def _part(one: Resting) -> RestingPart:
    path = Path(one.citation.where.split(":")[0])
    is_file = one.citation.part[0] == "file"
    said = next((words for folder, words in _FILES.items() if path.as_posix().startswith(folder)), "Het bestand")
    # The folder of a dated file bears the name of its rule set, workflow, letter or card.
    named = (path.parent.name if len(path.parts) > _UNDATED else owner_of(path.as_posix()), *one.citation.part[1:])
    part = f'{said} "{named[-1]}"' if is_file else say_part(one.citation.part)
    return RestingPart(part, one.citation.where, named)


def _asked_for(uses: tuple[SourceUse, ...], book: SourceBook, asked: str) -> tuple[SourceUse, ...]:
    cited = read_citation(asked, book)
    if cited is not None:
        return tuple(use for use in uses if use.source == cited.source.name and _is_within(use, cited.places))
    return tuple(
        replace(use, parts=parts) for use in uses if (parts := tuple(one for one in use.parts if asked in one.named))
    )


def _is_within(use: SourceUse, places: tuple[str, ...]) -> bool:
    return not places or any(use.place == one or use.place.startswith(f"{one} ") for one in places)
