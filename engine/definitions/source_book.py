"""The laws and documents that content may cite: what was read of them, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date

from engine.core.quick_class import dataclass

WHOLE = "geheel"
"""The place that stands for a source as a whole, where it has no places of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePlace:
    """An article of a law or a part of a document, as it is cited, and what stands there in a few words."""

    name: str
    about: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A law or a document. `read_on` is the day somebody read it, `text_of` the day of the text that was read.

    `unused` are places that nothing rests on, each with the reason why that is known and accepted.
    """

    name: str
    title: str
    number: str = ""
    text_of: date | None = None
    read_on: date | None = None
    confidence: str = ""
    places: tuple[SourcePlace, ...] = ()
    unused: tuple[SourcePlace, ...] = ()
    where: str = ""

    def knows(self, place: str) -> bool:
        """Whether the place may be cited: it is listed, or lies within one that is listed without parts of its own."""
        listed = {one.name for one in self.places}
        if place in listed:
            return True
        above = next((one for one in _around(place) if one in listed), None)
        return not any(one.startswith(f"{above} ") for one in listed) if above else not listed


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBook:
    """What one organisation may cite: its own sources over those of what it inherits."""

    laws: Mapping[str, Source] = field(default_factory=dict)
    documents: Mapping[str, Source] = field(default_factory=dict)

    def get(self, name: str) -> Source | None:
        """The source of this name."""
        return self.laws.get(name) or self.documents.get(name)

    def all(self) -> tuple[Source, ...]:
        """Laws first, as they are written."""
        return (*self.laws.values(), *self.documents.values())

    def over(self, lower: SourceBook) -> SourceBook:
        """This book over a lower one; of a source that both describe the places stand together."""
        return SourceBook(laws=_over(self.laws, lower.laws), documents=_over(self.documents, lower.documents))


def _over(upper: Mapping[str, Source], lower: Mapping[str, Source]) -> dict[str, Source]:
    both = {name: _joined(lower[name], one) for name, one in upper.items() if name in lower}
    return {**lower, **upper, **both}


def _joined(lower: Source, upper: Source) -> Source:
    return replace(upper, places=(*lower.places, *upper.places), unused=(*lower.unused, *upper.unused))


def _around(place: str) -> Iterable[str]:
    """What the place lies within, nearest first: of "40 lid 8 onder c" these are "40 lid 8" and "40"."""
    words = place.split(" ")
    return (" ".join(words[:number]) for number in range(len(words) - 1, 0, -1))
