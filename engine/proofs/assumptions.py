"""What the organisation still has to decide: everything in the content that is marked as an assumption."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from engine.core.finding import Finding, Level, found
from engine.words.file_parts import part_at

ASSUMPTION = "assumption"
Path = tuple[str | int, ...]
FindsPlace = Callable[[Path], str]
"""Gives file:line:column of the value at this path."""

_LABEL_KEYS = ("label", "title", "note")


def find_assumptions(page: object, where: FindsPlace) -> Iterator[Finding]:
    """Every part of one file with `status: assumption`, in the order they are written."""
    for path, part in _marked(page, ()):
        told = {"part": part_at(path, part), "label": _label(part), "sources": _texts(part.get("source"))}
        yield found(Level.ASSUMPTION, ASSUMPTION, where(path), told)


def _marked(value: object, path: Path) -> Iterator[tuple[Path, Mapping[str, object]]]:
    if isinstance(value, Mapping):
        if value.get("status") == ASSUMPTION:
            yield path, value
        for key, part in value.items():
            yield from _marked(part, (*path, key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, part in enumerate(value):
            yield from _marked(part, (*path, number))


def _label(part: Mapping[str, object]) -> tuple[str, ...]:
    label = next((str(part[key]) for key in _LABEL_KEYS if part.get(key)), "")
    return (" ".join(label.split()).rstrip("."),) if label else ()


def _texts(value: object) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else (str(value),)
