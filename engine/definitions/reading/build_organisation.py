"""organisation.yaml to core values, with what is inherited merged in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from engine.core.content.organisation import Board, Body, Mandate, Organisation, School, Sector
from engine.core.language.facts import Value
from engine.definitions.files.places import Document, Place
from engine.definitions.models.organisation import MandatePart, OrganisationFile
from engine.definitions.reading.expression_parser import read_texts
from engine.definitions.reading.model_check import fit

T = TypeVar("T")


def build_organisation(document: Document, inherited: Sequence[Organisation]) -> Organisation:
    """The file as an organisation, over `inherited`. Raises DefinitionError with all its problems."""
    part = fit(document, OrganisationFile)
    at = document.top
    own_bodies = {
        key: Body(id=key, label=one.label, in_sentence=one.in_sentence, members=one.members, email=one.email,
                  source=tuple(one.source), status=one.status, where=(at / "bodies" / key).key_where)
        for key, one in part.bodies.items()
    }  # fmt: skip
    own_mandates = [_build_mandate(one, at / "mandates" / n) for n, one in enumerate(part.mandates)]
    letterhead = part.letterhead.model_dump(exclude_defaults=True) if part.letterhead else {}
    found = Organisation(
        id=part.organisation,
        title=part.title,
        inherits=tuple(part.inherits),
        needs_consent=part.needs_consent,
        region=part.region or next((one.region for one in reversed(inherited) if one.region), ""),
        bodies=_over([one.bodies for one in inherited], own_bodies),
        mandates=_merge_mandates(inherited, own_mandates),
        boards=_over([one.boards for one in inherited], _boards(part)),
        schools=_over([one.schools for one in inherited], _schools(part)),
        sectors=_over([one.sectors for one in inherited], _sectors(part)),
        parameters=_over([one.parameters for one in inherited], _parameters(part, at / "parameters")),
        letterhead=_over([one.letterhead for one in inherited], letterhead),
        where=at.where,
    )
    document.refuse_if_wrong()
    return found


def _over(lower: Sequence[Mapping[str, T]], own: Mapping[str, T]) -> dict[str, T]:
    merged: dict[str, T] = {}
    for layer in (*lower, own):
        merged.update(layer)
    return merged


def _boards(part: OrganisationFile) -> dict[str, Board]:
    return {one.number: Board(number=one.number, name=one.name, place=one.place) for one in part.boards}


def _schools(part: OrganisationFile) -> dict[str, School]:
    return {
        one.number: School(
            number=one.number, name=one.name, place=one.place, board=one.board or "", types=tuple(one.types)
        )
        for one in part.schools
    }


def _sectors(part: OrganisationFile) -> dict[str, Sector]:
    return {key: Sector(id=key, label=one.label, consent_of=one.consent_of) for key, one in part.sectors.items()}


def _build_mandate(part: MandatePart, at: Place) -> Mandate:
    if part.valid_through and part.valid_through < part.valid_from:
        at.report(f'Het mandaat "{part.id}" eindigt voor het begint.', next_step="Verbeter een van beide dagen.")
    return Mandate(
        id=part.id, holder=part.holder, giver=part.giver, acts=tuple(part.acts), valid_from=part.valid_from,
        valid_through=part.valid_through, source=tuple(part.source), status=part.status, where=at.where,
    )  # fmt: skip


def _merge_mandates(inherited: Sequence[Organisation], own: Sequence[Mandate]) -> tuple[Mandate, ...]:
    by_id = {mandate.id: mandate for one in inherited for mandate in one.mandates}
    by_id.update((mandate.id, mandate) for mandate in own)
    return tuple(by_id.values())


def _parameters(part: OrganisationFile, at: Place) -> dict[str, Value]:
    return {key: _plain_value(one.value, at / key / "value") for key, one in part.parameters.items()}


def _plain_value(raw: object, at: Place) -> Value:
    if isinstance(raw, list):
        return read_texts(raw, at)
    if isinstance(raw, bool | int | float | str | date | datetime):
        return raw
    at.report("Een parameter is een vaste waarde, geen berekening.", next_step="Schrijf een tekst, getal of dag.")
    return ""
