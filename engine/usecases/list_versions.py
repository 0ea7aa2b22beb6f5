"""The versions of the rule sets of an organisation, and where each stands for each sector."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from engine.core.content.organisation import Organisation
from engine.core.content.ruleset import RuleSet
from engine.core.content.standing import VersionState, standing_of
from engine.core.errors import DefinitionError
from engine.core.quick_class import dataclass
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.content_files import Kind
from engine.definitions.files.footprint import Footprint


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorStanding:
    """Where a version stands for one sector; `through` is the last day of its consent, where that has one."""

    sector: str
    label: str
    standing: VersionState
    through: date | None
    is_assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionStanding:
    """One version of a rule set; without sectors when its file cannot be read."""

    rule_set: str
    first: date
    through: date | None
    sectors: tuple[SectorStanding, ...]


def list_versions(root: Path, organisation: str, on: date, rule_set: str = "") -> tuple[VersionStanding, ...]:
    """The own versions of each rule set, or of the one that is named, oldest first, as they stand on this day.

    Raises DefinitionError when the organisation itself cannot be read.
    """
    catalogue = Catalogue(root)
    found = catalogue.organisation(organisation)
    names = (name for name in catalogue.files.names(Kind.RULES, organisation) if rule_set in ("", name))
    return tuple(one for name in names for one in _of_rule_set(catalogue, found, name, on))


def _of_rule_set(catalogue: Catalogue, found: Organisation, name: str, on: date) -> Iterator[VersionStanding]:
    days = catalogue.versions(Kind.RULES, found.id, name)
    layers = {day: layer for day in days if (layer := _layer(catalogue, found.id, name, day)) is not None}
    for day in days:
        layer = layers.get(day)
        if layer is None:
            yield VersionStanding(rule_set=name, first=day, through=None, sectors=())
            continue
        later = [other for since, other in layers.items() if since > day]
        sectors = tuple(_standing(layer, found, sector, on, later) for sector in found.sectors if layer.is_for(sector))
        through = layer.valid_through
        yield VersionStanding(rule_set=name, first=day, through=through, sectors=sectors if found.needs_consent else ())


def _layer(catalogue: Catalogue, organisation: str, name: str, day: date) -> RuleSet | None:
    try:
        return catalogue.loader.layer(organisation, name, day, organisation, Footprint())
    except DefinitionError:
        return None  # `rules check` says what is wrong with it


def _standing(
    layer: RuleSet, organisation: Organisation, sector: str, on: date, later: list[RuleSet]
) -> SectorStanding:
    consent = layer.consent_of(sector)
    return SectorStanding(
        sector=sector,
        label=organisation.sectors[sector].label,
        standing=standing_of(layer, sector, on, later),
        through=consent.valid_through if consent else None,
        is_assumed=bool(consent and consent.status),
    )
