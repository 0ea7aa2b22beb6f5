"""A receipt in words: what gave a step, and whether it comes out the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.cli.pages.reason_words import tell_reason
from engine.cli.pages.wording import ContentWords
from engine.core.dutch import count_words, join_words, write_day, write_moment
from engine.core.language.values import read_day

if TYPE_CHECKING:
    from engine.usecases.receipt import StepReceipt, WorkedOut

_MARKS = {True: "✓", False: "✗", None: "?"}


def receipts_page(found: Sequence[StepReceipt], *, in_full: bool) -> list[str]:
    """Each step on a line, or (one step) everything that gave it."""
    lines = [line for one in found for line in (_whole(one) if in_full else (_short(one),))]
    if in_full:
        return lines
    wrong = sum(not one.agrees for one in found)
    return [*lines, f"{count_words(len(found), 'stap', 'stappen')} nagerekend; {wrong} komen anders uit."]


def _short(one: StepReceipt) -> str:
    by = f"{one.actor.role}{f' ({one.actor.name})' if one.actor.name else ''}"
    of = f"publicatie {one.publication}" if one.publication else "bestanden niet bewaard"
    return f"{_MARKS[one.agrees]} stap {one.step}, {write_moment(one.at)}, {by}: {', '.join(one.did)}; {of}"


def _whole(one: StepReceipt) -> Iterator[str]:
    yield _short(one)
    if one.content is None:
        yield "  De bestanden waarop deze stap rust, staan in geen publicatie: hij is van daarvoor."
        return
    words = ContentWords(one.content, {})
    yield f"  Regels: {join_words(one.layers)}"
    yield "  Uitgerekend"
    for point in one.points:
        yield f"    {_MARKS[point.agrees]} {_said(words, point)}"
        if point.reason is not None:
            yield from (f"      {line}" for line in tell_reason(words, point.reason))
    yield f"  Bestanden ({count_words(len(one.files), 'bestand', 'bestanden')}, samen {one.digest[:12]})"
    yield from (f"    {digest[:12]}  {path}" for path, digest in sorted(one.files.items()))


def _said(words: ContentWords, point: WorkedOut) -> str:
    if point.about == "transition":
        told = f"{point.subject} naar {point.outcome}"
        return f"{told}; rust op wat elders is gezegd en is niet na te rekenen" if point.agrees is None else told
    if point.about == "term":
        return f"{point.subject}: viel op {point.outcome}"
    return f"{point.subject}: laatste dag {write_day(read_day(point.outcome))}"
