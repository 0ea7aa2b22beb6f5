"""Why a database is not made or brought up to date: it was lost, or it is of somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from engine.core.errors import StoreError


def lost_version(where: str) -> StoreError:
    """The tables are there, but what says of which version they are is gone."""
    return StoreError(
        "De database heeft tabellen van trede, maar zegt niet van welke versie.",
        where=where,
        why="De tabel met de schemaversie is leeg of weg; het programma raadt er niet naar.",
        next_step="Zet een reservekopie terug.",
    )


def foreign_tables(where: str, names: Sequence[str]) -> StoreError:
    """The database is in use by something else."""
    return StoreError(
        "Deze database is van een ander programma.",
        where=where,
        why=f"Er staan andere tabellen in: {', '.join(names[:5])}.",
        next_step="Kies een lege database.",
    )


def other_kind(where: str, *, is_rehearsal: bool) -> StoreError:
    """A workplace for rehearsal meets a real database, or the other way round."""
    found, wanted = ("een echte database", "oefenen") if is_rehearsal else ("een database om te oefenen", "echt werk")
    return StoreError(
        f"Dit is {found}, en de werkplek is voor {wanted}.",
        where=where,
        why="Oefenen en echt werk gaan nooit samen in een database.",
        next_step="Kies een andere database, of zet `rehearsal` in trede.toml terug zoals bij `trede init`.",
    )


def other_organisation(where: str, organisation: str, there: Sequence[str]) -> StoreError:
    """The database belongs to somebody else."""
    return StoreError(
        f"Deze database is van {' en '.join(there)}, niet van {organisation}.",
        where=where,
        why="Een database wordt voor een organisatie gemaakt; een tweede komt er alleen met opzet bij.",
        next_step="Verbeter `organisation` of `database` in trede.toml, of geef bij `trede init` de optie --join.",
    )
