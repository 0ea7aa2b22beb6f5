"""Whose content an organisation goes by: its own, over that of whom it inherits from."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from engine.core.errors import DefinitionError
from engine.core.finding import fault
from engine.definitions.files.content_files import ContentFiles
from engine.definitions.files.places import Document, as_error
from engine.definitions.reading.yaml_reader import read_yaml


def chain_of(
    files: ContentFiles, organisation: str, read: Callable[[str], Document], above: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The organisation after everything it inherits, lowest layer first; `read` gives a file by its path.

    Raises DefinitionError for a file that is not there or cannot be read, and for who inherits in a circle.
    """
    if organisation in above:
        ring = above[above.index(organisation) :]
        start = ring.index(min(ring))  # one circle is told once, whoever of it is asked for
        ring = (*ring[start:], *ring[:start])
        where = f"rules/{ring[0]}/organisation.yaml"
        raise as_error(fault("inherits_in_circle", where, circle=(*ring, ring[0])))
    value = read(files.organisation_file(organisation)).value
    parents = value.get("inherits", []) if isinstance(value, dict) else []
    lower: dict[str, None] = {}
    for parent in parents if isinstance(parents, list) else []:
        lower.update(dict.fromkeys(chain_of(files, str(parent), read, (*above, organisation))))
    return (*lower, organisation)


def family_in(files: ContentFiles, organisation: str) -> tuple[str, ...]:
    """The organisation with whom it inherits from and who inherits from it, in no order that means anything.

    One that cannot be read is none of them, but for the organisation itself: a mistake of another is not its own.
    """
    found = {organisation}
    for one in files.organisations():
        with suppress(DefinitionError):
            chain = chain_of(files, one, lambda path: read_yaml(files.read(path)[0], path))
            if one == organisation or organisation in chain:
                found.update((one,) if organisation in chain[:-1] else chain)
    return tuple(sorted(found))


def owners_in(root: Path, organisation: str, known: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    """Whose files of a folder are this organisation's to publish: its chain.

    While its own file cannot be read that is not known: then those that are `known`, and else everybody's.
    """
    files = ContentFiles(root)
    try:
        return chain_of(files, organisation, lambda path: read_yaml(files.read(path)[0], path))
    except DefinitionError:
        return known() or files.organisations()
