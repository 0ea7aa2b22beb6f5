"""Where content cites a source, and what such a citation says: which source, and which places in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from engine.core.quick_class import dataclass
from engine.definitions.files.places import Document, Place
from engine.definitions.source_book import Source, SourceBook
from engine.words.file_parts import part_at

_KEYS = ("source", "basis")
_BETWEEN = re.compile(r",\s*|\s+en\s+")
# What stands behind a semicolon or between brackets at the end is a remark for who reads it.
_REMARK = re.compile(r"\s*(?:;.*|\([^()]*\))$")
# "40 lid 13 onder c"; what is left out goes on with the part before it: "40 lid 15 en 16", "2 onder b en c".
_PIECE = re.compile(r"(?:(?P<article>\d[\w:.]*)(?:\s|$))?\s*(?:lid (?P<lid>\w+))?\s*(?:onder (?P<letter>[a-z]))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One text under `source` or `basis`. `part` is what cites, by the key it stands under and its own name."""

    text: str
    where: str
    part: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedPlaces:
    """What a citation points to; no places: the source as a whole."""

    source: Source
    places: tuple[str, ...]


def citations_on(page: Document) -> Iterator[Citation]:
    """Every citation in a file, in the order they are written."""
    yield from _within(page.value, Place(page, ()), page.value)


def _within(value: object, at: Place, around: object) -> Iterator[Citation]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            if key in _KEYS and isinstance(part, str | list):
                yield from _texts(part, at / key, part_at(at.path, value))
            else:
                yield from _within(part, at / key, value)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _within(part, at / number, around)


def _texts(written: str | list[object], at: Place, part: tuple[str, ...]) -> Iterator[Citation]:
    if isinstance(written, str):
        yield Citation(text=written, where=at.where, part=part)
        return
    for number, one in enumerate(written):
        if isinstance(one, str):
            yield Citation(text=one, where=(at / number).where, part=part)


def read_citation(text: str, book: SourceBook) -> CitedPlaces | None:
    """What the text points to; None when its source is not in the book. Its places need not be."""
    text = _REMARK.sub("", text)
    names = (one.name for one in book.all() if _begins_with(text, one.name))
    name = max(names, key=len, default=None)
    source = book.get(name) if name else None
    if name is None or source is None:
        return None
    rest = text[len(name) :].strip(" ,:")
    places = _articles(rest) if name in book.laws else _parts(rest, source)
    return CitedPlaces(source, places)


def _begins_with(text: str, name: str) -> bool:
    return text == name or (text.startswith(name) and text[len(name)] in " ,:")


def _parts(rest: str, source: Source) -> tuple[str, ...]:
    """The rest as one place, unless it joins places that are all known: a place may hold a comma itself."""
    several = tuple(_BETWEEN.split(rest))
    known = {one.name for one in source.places}
    if not rest:
        return ()
    return several if rest not in known and known.issuperset(several) else (rest,)


def _articles(rest: str) -> tuple[str, ...]:
    """The places of a law, each written out in full; what is not written as an article is left as it is."""
    found: list[str] = []
    article = lid = letter = ""
    for piece in filter(None, _BETWEEN.split(rest)):
        if letter and re.fullmatch(r"[a-z]", piece):
            piece = f"onder {piece}"
        elif lid and re.match(r"\d+(\s|$)", piece) and " lid " not in piece:
            piece = f"lid {piece}"
        match = _PIECE.fullmatch(piece)
        if match is None:
            return (rest,)
        if match["article"]:
            article, lid, letter = match["article"], "", ""
        if match["lid"]:
            lid, letter = match["lid"], ""
        letter = match["letter"] or ""
        found.append(" ".join(filter(None, (article, lid and f"lid {lid}", letter and f"onder {letter}"))))
    return tuple(found)
