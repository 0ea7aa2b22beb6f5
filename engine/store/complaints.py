"""The messages of the store. Nothing slow to import: the quick readings use them too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.core.errors import CaseError, EngineError, OvertakenError, StoreError, UsageError

SCHEMA_VERSION = "0013"
"""The newest migration: four digits. A database of another version is not opened."""

# Deadlock found, serialization failure, lock not available: another writer won.
_LOST_TO_ANOTHER = frozenset({"40P01", "40001", "55P03"})


def missing_database(path: str) -> StoreError:
    """There is no file where the database should be."""
    return StoreError(
        "De database bestaat nog niet.",
        where=path,
        why="Op deze plek staat geen bestand.",
        next_step="Maak een werkplek met `trede init`, of ga naar de map van een bestaande werkplek.",
    )


def unknown_url(url: str) -> StoreError:
    """No kind of database that this program knows."""
    return StoreError(
        f"De database-URL {url.split('@')[-1]!r} wordt niet begrepen.",
        why="Alleen SQLite (sqlite:///bestand.db) en PostgreSQL (postgresql://...) worden ondersteund.",
        next_step="Verbeter `database` in trede.toml of TREDE_DATABASE.",
    )


def missing_driver() -> StoreError:
    """The package that speaks with PostgreSQL is not installed."""
    return StoreError(
        "De verbinding met PostgreSQL kan niet worden gemaakt.",
        why="Het pakket psycopg is niet geïnstalleerd.",
        next_step="Installeer trede met de toevoeging [postgresql].",
    )


_SAID_BY_SQLITE = {
    "readonly database": "De schijf of de map waarin zij staat, kan alleen worden gelezen.",
    "disk is full": "De schijf is vol. Er is niets half opgeslagen.",
    "malformed": "Het bestand is beschadigd; zet een reservekopie terug.",
    "not a database": "Het bestand is geen database.",
    "disk I/O error": "De schijf geeft een fout bij lezen of schrijven.",
    "unable to open": "Het bestand of iets ernaast kan niet worden geopend.",
}


def unreadable_database(where: str, cause: str, *, is_busy: bool = False) -> StoreError:
    """The database answers with an error, or not at all."""
    if is_busy:
        return StoreError(
            "De database is bezet.",
            where=where,
            why="Een ander programma is al die tijd aan het schrijven.",
            next_step="Wacht even en voer de opdracht opnieuw uit; er is niets half opgeslagen.",
        )
    known = next((why for said, why in _SAID_BY_SQLITE.items() if said in cause), "")
    return StoreError(
        "De database is niet bereikbaar of niet leesbaar.",
        where=where,
        why=known or f"Zij meldt: {' '.join(cause.split())}.",
        next_step="Controleer `database` in trede.toml en draai `trede doctor`.",
    )


def damaged_row(row: Mapping[str, Any]) -> StoreError:
    """A row is not what the program wrote there."""
    named = next((str(row[name]) for name in ("case_id", "id", "number", "key") if row.get(name)), "")
    return StoreError(
        "Een rij van de database is beschadigd.",
        where=named,
        why="Er staat iets anders dan het programma schrijft.",
        next_step="Kijk met `trede doctor` wat er nog meer is, en zet een reservekopie terug.",
    )


def subject_changed_meanwhile(key: str) -> OvertakenError:
    """The register says something else of this subject than when it was decided."""
    return OvertakenError(
        f"Het dossier {key} is intussen gewijzigd.",
        why="Een ander werkte op hetzelfde moment aan hetzelfde dossier.",
        next_step="Voer de opdracht opnieuw uit; er is niets opgeslagen.",
    )


def number_taken_meanwhile(number: str) -> OvertakenError:
    """A number that belongs to one subject got an owner after it was decided that it was free."""
    return OvertakenError(
        f"Nummer {number} is intussen uitgegeven.",
        why="Een ander zette het op hetzelfde moment in een dossier.",
        next_step="Voer de opdracht opnieuw uit, zo nodig met een ander nummer; er is niets opgeslagen.",
    )


def broken_rule(where: str, cause: str) -> StoreError:
    """A rule of the tables is broken: something is there already, or refers to what is not there."""
    return StoreError(
        "De stap past niet bij wat al is opgeslagen.",
        where=where,
        why=f"De database weigert hem: {' '.join(cause.split())}.",
        next_step="Er is niets opgeslagen; voer de opdracht opnieuw uit en meld het als dit blijft gebeuren.",
    )


def wrong_schema(where: str, found: str) -> StoreError:
    """The tables are of another version than this program. Versions are four digits, so they compare as text."""
    if not found:
        return StoreError(
            "Dit is geen database van trede, of zij is leeg.",
            where=where,
            why="De tabel met de schemaversie ontbreekt. Een werkplek maakt haar database zelf, bij `trede init`.",
            next_step="Zet de database of een reservekopie terug, of verbeter `database` in trede.toml.",
        )
    if found < SCHEMA_VERSION:
        return StoreError(
            f"De database heeft schemaversie {found}; dit programma werkt met {SCHEMA_VERSION}.",
            where=where,
            why="De database is van een oudere versie van trede.",
            next_step="Maak een reservekopie en draai `trede upgrade`.",
        )
    return StoreError(
        f"De database heeft schemaversie {found}; dit programma kent alleen {SCHEMA_VERSION}.",
        where=where,
        why="De database is van een nieuwere versie van trede.",
        next_step="Installeer de nieuwere versie van trede; `trede upgrade` kan niet terug.",
    )


def unknown_case(case_id: str, candidates: Sequence[str]) -> CaseError:
    """No case has this id; names the nearest ones that exist."""
    from difflib import get_close_matches  # slow to import, and hardly anybody mistypes

    nearest = get_close_matches(case_id, candidates, n=3, cutoff=0.0)
    return CaseError(
        f"Zaak {case_id!r} bestaat niet.",
        why="Dit nummer komt in de database niet voor.",
        next_step=f"Bedoelde u {' of '.join(nearest)}?" if nearest else "Er zijn nog geen zaken; open er een.",
    )


def changed_meanwhile(case_id: str, expected: int, found: int, by: str, at: str) -> OvertakenError:
    """Somebody else wrote a step on the same case first."""
    return OvertakenError(
        f"Zaak {case_id} is intussen gewijzigd.",
        why=f"Deze handeling ging uit van versie {expected}; {by} maakte er om {at} versie {found} van.",
        next_step=f"Bekijk de zaak met `trede case show {case_id}` en doe het zo nodig opnieuw.",
    )


def overtaken() -> OvertakenError:
    """The database let another writer go first."""
    return OvertakenError(
        "Een ander werkte op hetzelfde moment aan dezelfde zaken.",
        why="De database liet de ander voorgaan; van deze handeling is niets opgeslagen.",
        next_step="Voer de opdracht opnieuw uit.",
    )


def foreign_step(case_id: str, organisation: str, ours: str) -> StoreError:
    """A step belongs to another organisation than the one that writes."""
    return StoreError(
        f"Zaak {case_id} is van {organisation}, niet van {ours}.",
        why="Een organisatie schrijft alleen in haar eigen zaken.",
        next_step="Er is niets opgeslagen. Voer de opdracht uit in de werkplek van de goede organisatie.",
    )


def existing_case(case_id: str) -> CaseError:
    """A new case has an id that is taken."""
    return CaseError(
        f"Zaak {case_id} bestaat al.",
        why="Een zaaknummer wordt maar één keer uitgegeven.",
        next_step="Kies een ander nummer, of laat trede het nummer uitgeven.",
    )


def unkeepable(column: str, why: str) -> UsageError:
    """A value that not every database would keep as it is."""
    return UsageError(
        "Deze waarde kan niet worden bewaard.",
        where=column,
        why=why,
        next_step="Er is niets opgeslagen. Geef een waarde die past.",
    )


def doubled_key(case_id: str, keys: Sequence[str]) -> StoreError:
    """A step orders something under a key that the case already used."""
    return StoreError(
        f"De stap bestelt een brief onder een sleutel die al gebruikt is: {', '.join(keys)}.",
        where=f"zaak {case_id}",
        why="Elke brief van een zaak heeft een eigen sleutel, zodat hij niet twee keer de deur uit gaat.",
        next_step="Meld dit aan de beheerder; er is niets opgeslagen.",
    )


def leaving_letter(case_id: str) -> OvertakenError:
    """A letter of an act that is to be taken back is leaving the house, or left."""
    return OvertakenError(
        "Een brief van deze handeling gaat juist de deur uit.",
        where=case_id,
        why="Wat het huis verlaat, kan niet worden teruggenomen.",
        next_step="Kijk met `trede case letters` wat er weg is.",
    )


class ExplainedErrors:
    """Turn what a driver raises, or SQLAlchemy for it, into StoreError, or CaseError when another writer was first."""

    __slots__ = ("_kinds", "_shown")

    def __init__(self, shown: str, *kinds: type[Exception]) -> None:
        self._shown, self._kinds = shown, kinds

    def __enter__(self) -> None:
        """Nothing happens before something is raised."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, self._kinds):
            raise _explained(self._shown, _first_cause(error)) from error


def _first_cause(error: BaseException) -> BaseException:
    """What the driver met first. When a pipeline ends it may raise that it was aborted, over what aborted it."""
    cause: BaseException = getattr(error, "orig", None) or error
    while type(cause).__name__ == "PipelineAborted":
        before = cause.__context__ or cause.__cause__
        if before is None:
            break
        cause = getattr(before, "orig", None) or before
    return cause


def _explained(shown: str, cause: BaseException) -> EngineError:
    if isinstance(cause, EngineError):
        return cause
    if getattr(cause, "sqlstate", None) in _LOST_TO_ANOTHER:
        return overtaken()
    # By its name, which every driver of Python gives it (PEP 249): neither is imported for this.
    if any(kind.__name__ == "IntegrityError" for kind in type(cause).mro()):
        return broken_rule(shown, str(cause))
    return unreadable_database(shown, str(cause), is_busy="locked" in str(cause))
