"""Where a version of the rules stands for a sector: what its file says, and what follows from the days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from engine.core.content.ruleset import WAITING, RuleSet


class VersionState(StrEnum):
    """Where a version stands for one sector. A file says the first four and the last; the others follow from days."""

    CONCEPT = "concept"
    TO_OPR = "to_opr"
    CONSENTED = "consented"
    ADOPTED = "adopted"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"


def standing_of(version: RuleSet, sector: str, day: date, later: Iterable[RuleSet] = ()) -> VersionState:
    """Where the version stands for the sector on this day; `later` are the versions that begin after it.

    A later one takes its place from the day on which the sector can be under that; until then it stays in force.
    """
    consent = version.consent_of(sector)
    if consent is None or not consent.is_given:
        return VersionState(consent.state) if consent is not None and consent.state in WAITING else VersionState.CONCEPT
    ends = [end for end in (version.valid_through, consent.valid_through) if end is not None]
    if any(day > end for end in ends):
        return VersionState.EXPIRED
    if any(other.is_open_to(sector, day) for other in later):
        return VersionState.SUPERSEDED
    if version.is_open_to(sector, day):
        return VersionState.IN_FORCE
    return VersionState.ADOPTED if consent.state == VersionState.ADOPTED else VersionState.CONSENTED
