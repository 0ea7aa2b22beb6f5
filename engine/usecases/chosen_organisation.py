"""For which organisation a command works when nobody says so."""

from __future__ import annotations

from engine.core.errors import UsageError
from engine.definitions.catalogue import Catalogue


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
    inherited = {name for one in names for name in catalogue.chain(one) if name != one}
    candidates = [name for name in names if name not in inherited]
    if len(candidates) == 1:
        return candidates[0]
    raise UsageError(
        "Het is niet duidelijk voor welke organisatie dit is.",
        next_step=f"Geef --organisation. Er is: {', '.join(candidates) or 'geen'}.",
    )
