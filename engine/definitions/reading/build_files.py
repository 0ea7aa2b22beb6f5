"""Whole files to core values: rule sets, organisations and calendars, over what they lie on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from engine.core.content.organisation import Organisation, inboxes_over_each_other, registers_over_each_other
from engine.core.content.ruleset import RuleSet
from engine.core.content.subjects import kinds_over_each_other, with_full_ids
from engine.core.language.facts import Value
from engine.core.legal_clock.calendar import Calendar
from engine.definitions.files.places import Document, NamedParts, Place
from engine.definitions.models.calendar import CalendarFile
from engine.definitions.models.organisation import OrganisationFile
from engine.definitions.models.rule_set import RuleSetFile
from engine.definitions.reading.building import build
from engine.definitions.reading.expression_parser import read_texts
from engine.definitions.reading.model_check import fit


def build_rule_set(document: Document, organisation: str) -> RuleSet:
    """The file as one layer of a rule set. Raises DefinitionError with all its problems."""
    layer: RuleSet = build(fit(document, RuleSetFile), document.top, organisation=organisation)
    document.refuse_if_wrong()
    return layer


def build_organisation(document: Document, inherited: Sequence[Organisation]) -> Organisation:
    """The file as an organisation, over `inherited`. Raises DefinitionError with all its problems."""
    document.named = NamedParts(choices=_choices_of(document, inherited), handovers={}, letter_groups={})
    part, at = fit(document, OrganisationFile), document.top
    parameters = {
        key: _plain_value(one.value, at / "parameters" / key / "value") for key, one in part.parameters.items()
    }
    # The facts of its subjects name patterns that stand in the same file.
    own_patterns = {key: build(one, at / "patterns" / key, id=key) for key, one in part.patterns.items()}
    document.patterns = {**laid_over(inherited)["patterns"], **own_patterns} if inherited else own_patterns
    acts = {
        key: build(one, at / "shared_acts" / key, id=key, origin="", target="") for key, one in part.shared_acts.items()
    }
    own: Organisation = build(part, at, parameters=parameters, patterns=own_patterns, shared_acts=acts)
    document.refuse_if_wrong()
    own = replace(own, subjects={name: with_full_ids(kind) for name, kind in own.subjects.items()})
    region = own.region or next((one.region for one in reversed(inherited) if one.region), "")
    mandates = tuple({one.id: one for layer in (*inherited, own) for one in layer.mandates}.values())
    merged = laid_over((*inherited, own)) | {
        "subjects": kinds_over_each_other(one.subjects for one in (*inherited, own)),
        "inbox": inboxes_over_each_other(one.inbox for one in (*inherited, own)),
        "people": registers_over_each_other(one.people for one in (*inherited, own)),
    }
    office = own.office or next((one.office for one in reversed(inherited) if one.office), None)
    publishers = own.published_by or next((one.published_by for one in reversed(inherited) if one.published_by), ())
    known = merged["sectors"]  # of all layers; an organisation that names its own works for no other
    sectors = {name: known[name] for name in own.sectors or known if own.sectors or name not in merged["unserved"]}
    merged |= {"sectors": sectors, "unserved": {name: one for name, one in known.items() if name not in sectors}}
    merged["inherits"] = tuple(layer.id for layer in inherited)  # what it inherits inherits too: all of them
    return replace(own, region=region, office=office, mandates=mandates, published_by=publishers, **merged)


def _choices_of(document: Document, inherited: Sequence[Organisation]) -> dict[str, Mapping[str, str]]:
    """The lists of answers the facts of this file may name; its own that are no lists are told at their own place."""
    written = document.value.get("choices") if isinstance(document.value, dict) else None
    own = written.items() if isinstance(written, dict) else ()
    lower = {name: answers for layer in inherited for name, answers in layer.choices.items()}
    return lower | {str(name): answers for name, answers in own if isinstance(answers, dict)}


def laid_over(layers: Sequence[Any]) -> dict[str, Any]:
    """Every field that is a mapping, with what each layer says over what the layers before it say."""
    names = (one.name for one in fields(layers[-1]) if isinstance(getattr(layers[-1], one.name), Mapping))
    return {name: {key: item for layer in layers for key, item in getattr(layer, name).items()} for name in names}


def build_calendar(documents: Iterable[Document]) -> Calendar:
    """All files together, lower layers first. Raises DefinitionError for the first file that is wrong."""
    found = [_calendar_file(document) for document in documents]
    equated: dict[int, dict[date, str]] = {}
    for one in found:
        for year, days in one.equated_days.items():
            equated.setdefault(year, {}).update(days)
    return Calendar(
        equated_days=equated,
        loaded_years=frozenset().union(*(one.loaded_years for one in found)),
        vacations=tuple(vacation for one in found for vacation in one.vacations),
        year_days=tuple(day for one in found for day in one.year_days),
    )


def _calendar_file(document: Document) -> Calendar:
    part = fit(document, CalendarFile)
    equated: dict[int, dict[date, str]] = {}
    for one in part.equated_days:
        equated.setdefault(one.day.year, {})[one.day] = "; ".join(one.source) or part.title
    calendar: Calendar = build(part, document.top, equated_days=equated)
    document.refuse_if_wrong()
    return calendar


def _plain_value(raw: object, at: Place) -> Value:
    if isinstance(raw, list):
        return read_texts(raw, at)
    if isinstance(raw, bool | int | float | str | date | datetime):
        return raw
    at.report("parameter_is_plain")
    return ""
