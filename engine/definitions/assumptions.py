"""Everything in the files that is marked as an assumption: what the organisation still has to decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.core.errors import DefinitionError
from engine.definitions.content_files import ContentFiles, Kind
from engine.definitions.letter_reader import split_letter
from engine.definitions.places import Place
from engine.definitions.yaml_reader import read_yaml

_NAMES = ("label", "title", "name", "school_year", "id", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One block with `status: assumption`, with its words, its note and its sources."""

    where: str
    label: str
    note: str = ""
    source: tuple[str, ...] = ()


def list_assumptions(root: Path, organisation: str = "") -> tuple[Assumption, ...]:
    """All assumptions under the root, or those of one organisation, by file and line.

    Reads the files themselves, so that nothing is missed because no workflow uses it. Files that cannot be read
    are passed over: the checker tells about them.
    """
    files = ContentFiles(root)
    return tuple(
        found
        for one in files.organisations()
        if organisation in {"", one}
        for path in _paths(files, one)
        for found in _of_file(files, path)
    )


def _paths(files: ContentFiles, organisation: str) -> Iterator[str]:
    yield files.organisation_file(organisation)
    yield from files.calendar_files(organisation)
    for kind in Kind:
        for name in files.names(kind, organisation):
            for version in files.versions(kind, organisation, name):
                yield files.version_file(kind, organisation, name, version)


def _of_file(files: ContentFiles, path: str) -> Iterator[Assumption]:
    try:
        text = files.read(path)[0]
        document = read_yaml(split_letter(text, path)[0] if path.endswith(".md") else text, path)
    except DefinitionError:
        return
    yield from _of_value(document.value, document.top)


def _of_value(value: object, at: Place) -> Iterator[Assumption]:
    if isinstance(value, list):
        for number, part in enumerate(value):
            yield from _of_value(part, at / number)
    elif isinstance(value, dict):
        if value.get("status") == "assumption":
            yield _assumption(value, at)
        for key, part in value.items():
            yield from _of_value(part, at / key)


def _assumption(value: dict[str, object], at: Place) -> Assumption:
    key = str(at.path[-1]) if at.path else at.document.path
    source = value.get("source", [])
    return Assumption(
        where=at.key_where,
        label=next((str(value[name]) for name in _NAMES if name in value), key),
        note=str(value.get("note", "")),
        source=tuple(map(str, source)) if isinstance(source, list) else (str(source),),
    )
