"""Does everything that the content cites stand in sources.yaml, and is all of that cited?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.core.finding import Finding, doubt, fault
from engine.core.quick_class import dataclass
from engine.definitions.files.places import Document
from engine.definitions.reading.citations import Citation, citations_on, read_citation
from engine.definitions.source_book import WHOLE, Source, SourceBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """A part of the content that rests on a place of a source; no place: on the source as a whole."""

    source: str
    place: str
    citation: Citation


def owner_of(path: str) -> str:
    """The organisation that a file of the content belongs to."""
    return path.split("/")[2 if path.startswith("templates/") else 1]


def resting_on(pages: Iterable[Document], books: Mapping[str, SourceBook]) -> tuple[Resting, ...]:
    """Everything that rests on a source of the book of its organisation, in the order of the pages."""
    return tuple(
        Resting(source=found.source.name, place=place, citation=citation)
        for page in pages
        if (book := books.get(owner_of(page.path))) is not None
        for citation in citations_on(page)
        if (found := read_citation(citation.text, book)) is not None
        for place in found.places or ("",)
    )


def check_citations(pages: Iterable[Document], books: Mapping[str, SourceBook]) -> Iterator[Finding]:
    """What is cited and not known. A content of which no organisation has a book is not looked at."""
    for page in pages:
        book = books.get(owner_of(page.path))
        for citation in citations_on(page):
            if book is not None:
                yield from _check(citation, book)


def _check(citation: Citation, book: SourceBook) -> Iterator[Finding]:
    found = read_citation(citation.text, book)
    if found is None:
        known = {text for one in book.all() for text in (one.name, *(f"{one.name} {p.name}" for p in one.places))}
        yield fault("source_not_known", citation.where, cited=citation.text, known=known)
        return
    for place in found.places:
        if not found.source.knows(place):
            yield _unknown(found.source, place, citation.where)


def _unknown(source: Source, place: str, where: str) -> Finding:
    known = {one.name for one in source.places}
    return fault("place_not_known", where, source=source.name, place=place, known=known)


def check_books(own: Iterable[SourceBook], resting: Sequence[Resting]) -> Iterator[Finding]:
    """What stands in the books and nothing rests on; what is said to be unused and is not. Each own book once."""
    by: dict[tuple[str, str], Citation] = {}
    for one in resting:
        words = one.place.split(" ") if one.place else []
        # Who rests on a part of an article rests on the article.
        for number in range(len(words) + 1):
            by.setdefault((one.source, " ".join(words[:number])), one.citation)
    for book in own:
        for source in book.all():
            yield from _check_source(source, by)


def _check_source(source: Source, by: Mapping[tuple[str, str], Citation]) -> Iterator[Finding]:
    excused = {one.name for one in source.unused}
    listed = {one.name: one.where for one in source.places} or {WHOLE: source.where}
    for place, where in listed.items():
        if place not in excused and _citing(source, place, by) is None:
            yield doubt("source_not_cited", where, source=_named(source, place), place=place)
    for one in source.unused:
        citation = _citing(source, one.name, by)
        if one.name not in listed:
            yield _unknown(source, one.name, one.where)
        elif citation is not None:
            told = {"by": citation.part, "at": citation.where}
            yield doubt("source_is_cited", one.where, source=source.name, place=one.name, **told)


def _citing(source: Source, place: str, by: Mapping[tuple[str, str], Citation]) -> Citation | None:
    return by.get((source.name, "" if place == WHOLE else place))


def _named(source: Source, place: str) -> str:
    return source.name if place == WHOLE else f"{source.name} {place}"
