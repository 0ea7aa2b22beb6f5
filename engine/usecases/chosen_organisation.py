"""For which organisation a command works when nobody says so, and whether what is named is there."""

from __future__ import annotations

from pathlib import Path

from engine.core.errors import UsageError
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.content_files import ContentFiles, Kind
from engine.words.spelling import suggest


def choose_organisation(catalogue: Catalogue, wanted: str = "") -> str:
    """The wanted organisation, or the only one that no other inherits from.

    Raises UsageError when it does not exist, or when there is a choice and none was made.
    """
    names = catalogue.organisations()
    if wanted:
        if wanted in names:
            return wanted
        raise UsageError(
            f"De organisatie '{wanted}' bestaat niet in {catalogue.root}.",
            next_step=f"Er is: {', '.join(names) or 'geen'}.",
        )
    candidates = working_organisations(catalogue)
    if len(candidates) == 1:
        return candidates[0]
    raise UsageError(
        "Het is niet duidelijk voor welke organisatie dit is.",
        next_step=f"Geef --organisation. Er is: {', '.join(candidates) or 'geen'}.",
    )


def working_organisations(catalogue: Catalogue) -> tuple[str, ...]:
    """Those that no other inherits from: who works with the content, and is no layer under somebody."""
    names = catalogue.organisations()
    inherited = {name for one in names for name in catalogue.chain(one) if name != one}
    return tuple(name for name in names if name not in inherited)


def refuse_unknown_rules(root: Path, name: str) -> None:
    """Raise UsageError when no organisation has a rule set or procedure of this name, without reading any."""
    files, kinds = ContentFiles(root), (Kind.RULES, Kind.WORKFLOWS)
    known = {one for owner in files.organisations() for kind in kinds for one in files.names(kind, owner)}
    if name not in known:
        raise UsageError(f"Er is geen regelset of procedure '{name}'.", next_step=suggest(name, known))
