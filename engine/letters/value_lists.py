"""Lists that somebody typed in a value, line by line, as lists of the letter: so a screen reader tells them as such.

A value holds no markup (`protection`): its lines arrive as breaks in a paragraph. Two lines or more with the same kind
of mark in front are a list; one alone may be a dash that somebody meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from engine.letters.blocks import Block, Inline

BULLET = re.compile(r"[-*•–]\s+")
NUMBER = re.compile(r"(\d{1,2})[.)]\s+")
FEWEST = 2
_Line = tuple[Inline, ...]


def with_typed_lists(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks of a letter, in which each paragraph that holds such lines is paragraphs and lists."""
    return tuple(part for one in blocks for part in (_parts(one.inlines) if one.kind == "paragraph" else (one,)))


def _parts(inlines: Sequence[Inline]) -> Iterator[Block]:
    lines = tuple(_lines(inlines))
    kept: list[_Line] = []
    for kind, group in groupby(lines, key=_kind_of):
        found = tuple(group)
        if kind and len(found) >= FEWEST:
            yield from _paragraph(kept)
            kept = []
            yield _list(kind, found)
        else:
            kept += found
    yield from _paragraph(kept)


def _lines(inlines: Sequence[Inline]) -> Iterator[_Line]:
    line: list[Inline] = []
    for one in inlines:
        if one.kind == "break":
            yield tuple(line)
            line = []
        else:
            line.append(one)
    yield tuple(line)


def _kind_of(line: _Line) -> str:
    text = line[0].text if line and line[0].kind == "text" else ""
    return "bullets" if BULLET.match(text) else "numbers" if NUMBER.match(text) else ""


def _list(kind: str, lines: Sequence[_Line]) -> Block:
    mark = BULLET if kind == "bullets" else NUMBER
    first = NUMBER.match(lines[0][0].text) if kind == "numbers" else None
    items = tuple(
        Block(kind="item", blocks=(Block(kind="paragraph", inlines=(_unmarked(line[0], mark), *line[1:])),))
        for line in lines
    )
    return Block(kind=kind, start=int(first[1]) if first else 1, blocks=items)


def _unmarked(inline: Inline, mark: re.Pattern[str]) -> Inline:
    return Inline(kind="text", text=mark.sub("", inline.text, count=1))


def _paragraph(lines: Sequence[_Line]) -> Iterator[Block]:
    """The lines as one paragraph, without the empty ones around them."""
    kept = list(lines)
    while kept and not kept[0]:
        kept.pop(0)
    while kept and not kept[-1]:
        kept.pop()
    inlines = [part for line in kept for part in (Inline(kind="break"), *line)][1:]
    if inlines:
        yield Block(kind="paragraph", inlines=tuple(inlines))
