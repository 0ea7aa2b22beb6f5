"""The page of sources: what rests on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.core.dutch import count_words

if TYPE_CHECKING:
    from engine.usecases.show_sources import SourceUse


def sources_page(uses: Sequence[SourceUse], *, is_short: bool) -> list[str]:
    """Each place with what rests on it; short: one line for each source."""
    return _overview(uses) if is_short else [line for use in uses for line in _place(use)]


def _overview(uses: Sequence[SourceUse]) -> list[str]:
    by_source: dict[str, list[SourceUse]] = {}
    for use in uses:
        by_source.setdefault(use.source, []).append(use)
    lines = [_source(name, found) for name, found in by_source.items()]
    places = [use for use in uses if use.place]
    gaps = sum(1 for use in uses if use.unused)
    count = f"{count_words(len(by_source), 'bron', 'bronnen')}, {count_words(len(places), 'plaats', 'plaatsen')}"
    return [*lines, f"{count}; op {gaps} rust nog niets."]


def _source(name: str, uses: Sequence[SourceUse]) -> str:
    parts = {one.where for use in uses for one in use.parts}
    gaps = sum(1 for use in uses if use.unused)
    said = f"{name}: {uses[0].about}; aangehaald door {count_words(len(parts), 'onderdeel', 'onderdelen')}"
    return f"{said}; zonder regel: {gaps}" if gaps else said


def _place(use: SourceUse) -> list[str]:
    if not (use.place or use.parts or use.unused):
        return [f"{use.source}: {use.about}"]
    head = " ".join(filter(None, (use.source, use.place))) + (f": {use.about}" if use.about else "")
    reason = [f"  Hier rust niets op. {use.unused}."] if use.unused else []
    return [head, *(f"  {one.part} ({one.where})" for one in use.parts), *reason]
