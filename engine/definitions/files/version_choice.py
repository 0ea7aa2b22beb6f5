"""Which organisation's version of a thing counts: the nearest one that has begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.definitions.files.content_files import ContentFiles, Kind, not_found, not_in_force, version_on
from engine.definitions.files.footprint import Footprint
from engine.definitions.files.places import Document


def find_version(
    files: ContentFiles,
    kind: Kind,
    chain: Sequence[str],
    name: str,
    on: date,
    used: Footprint,
    pinned: date | None = None,
) -> tuple[str, date] | None:
    """The organisation and the version in force on the day; with `pinned`, whoever has exactly that version.

    Own versions go before inherited ones from the day the first of them begins.
    """
    for one in chain:
        used.use_folder(files.folder(kind, one, name))
    for one in reversed(chain):
        versions = files.versions(kind, one, name)
        if pinned is not None:
            if pinned in versions:
                return one, pinned
            continue
        chosen = version_on(versions, on)
        used.choose(versions, chosen)
        if chosen is not None:
            return one, chosen
    return None


def choose_version(
    files: ContentFiles,
    kind: Kind,
    chain: Sequence[str],
    name: str,
    on: date,
    used: Footprint,
    pinned: date | None = None,
) -> tuple[str, date]:
    """The same, where there must be one. Raises DefinitionError that lists the versions there are."""
    found = find_version(files, kind, chain, name, on, used, pinned)
    if found is not None:
        return found
    owner = files.nearest_owner(kind, chain, name)
    if owner is not None:
        raise not_in_force(kind, owner, name, pinned or on, files.versions(kind, owner, name))
    known = [other for one in chain for other in files.names(kind, one) if other != name]
    raise not_found(kind, chain[-1], name, known)


def refuse_expired(
    files: ContentFiles, kind: Kind, owner: str, name: str, on: date, valid_through: date | None, used: Footprint
) -> None:
    """Raise DefinitionError when the chosen version ended before the day: an older one does not come back."""
    if valid_through is None:
        return
    used.last_day = min(used.last_day, valid_through)
    if on > valid_through:
        raise not_in_force(kind, owner, name, on, files.versions(kind, owner, name), valid_through)


def valid_through_of(document: Document) -> date | None:
    """The last day a file says it is valid; None when it does not say."""
    value = document.value.get("valid_through") if isinstance(document.value, dict) else None
    return value if isinstance(value, date) else None
