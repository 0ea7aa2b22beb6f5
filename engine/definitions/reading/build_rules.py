"""One file of a rule set to a layer: core values that are not yet merged with other layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.core.content.ladder import DirectEntry, Ladder, Rung, Track
from engine.core.content.ruleset import Addressee, Consent, HitPolicy, Row, Rule, Table, TermRule
from engine.core.language.facts import Choice, FactRule, FactType, Gathering
from engine.core.legal_clock.period import Period, Unit
from engine.definitions.files.places import Document, Place
from engine.definitions.models.ladders import LadderPart, RungPart
from engine.definitions.models.rule_set import ConsentPart, FactPart, GatheredPart, RulePart, RuleSetFile, TablePart
from engine.definitions.reading.build_parts import build_conclusions, build_letters, build_optional
from engine.definitions.reading.build_terms import build_length, build_term
from engine.definitions.reading.condition_parser import read_condition
from engine.definitions.reading.expression_parser import read_expression, read_length
from engine.definitions.reading.model_check import fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """What one file of a rule set says. `statutory` are the ids of its rules and tables that may not be replaced."""

    id: str
    organisation: str
    title: str
    valid_from: date
    valid_through: date | None
    facts: Mapping[str, FactRule]
    rules: tuple[Rule, ...]
    tables: tuple[Table, ...]
    terms: Mapping[str, TermRule]
    addressees: Mapping[str, Addressee]
    ladders: Mapping[str, Ladder]
    consents: tuple[Consent, ...]
    statutory: frozenset[str]
    where: str


def build_layer(document: Document, organisation: str) -> Layer:
    """The file as a layer. Raises DefinitionError with all its problems."""
    part = fit(document, RuleSetFile)
    at = document.top
    _refuse_doubles([rule.id for rule in part.rules], at / "rules")
    _refuse_doubles([table.id for table in part.tables], at / "tables")
    layer = Layer(
        id=part.rule_set,
        organisation=organisation,
        title=part.title,
        valid_from=part.valid_from,
        valid_through=part.valid_through,
        facts={key: _build_fact(key, one, at / "facts" / key) for key, one in part.facts.items()},
        rules=tuple(_build_rule(one, at / "rules" / n) for n, one in enumerate(part.rules)),
        tables=tuple(_build_table(one, at / "tables" / n) for n, one in enumerate(part.tables)),
        terms={key: build_term(key, one, at / "terms" / key) for key, one in part.terms.items()},
        addressees=_build_addressees(part, at / "addressees"),
        ladders={key: _build_ladder(key, one, at / "ladders" / key) for key, one in part.ladders.items()},
        consents=tuple(_build_consent(sector, one) for sector, one in part.consent.items()),
        statutory=frozenset(rule.id for rule in part.rules if rule.statutory)
        | frozenset(table.id for table in part.tables if table.statutory),
        where=at.where,
    )
    document.refuse_if_wrong()
    return layer


def _refuse_doubles(ids: list[str], at: Place) -> None:
    for number, one in enumerate(ids):
        if one in ids[:number]:
            (at / number).report(
                f'De naam "{one}" komt twee keer voor.', next_step="Geef een van beide een eigen naam."
            )


def _build_fact(fact_id: str, part: FactPart, at: Place) -> FactRule:
    _check_fact(fact_id, part, at)
    return FactRule(
        id=fact_id,
        type=FactType(part.type),
        label=part.label,
        question=part.question,
        supplied_by=tuple(part.supplied_by),
        choices=tuple(Choice(id=key, label=label) for key, label in part.choices.items()),
        choices_from=part.choices_from,
        special_category=part.special_category,
        gathered=_build_gathering(part.gathered),
        source=tuple(part.source),
        status=part.status,
        where=at.key_where,
    )


def _build_gathering(part: GatheredPart | None) -> Gathering | None:
    return Gathering(workflows=tuple(part.workflows), facts=tuple(part.facts)) if part else None


_WITH_CHOICES = frozenset({"choice", "choices", "documents"})
_RESERVED = frozenset({"all", "any", "not", "today", "now", "term", "case", "actor", "letters"})


def _check_fact(fact_id: str, part: FactPart, at: Place) -> None:
    if fact_id.split(".")[0] in _RESERVED:
        at.report(f'De naam "{fact_id}" is van de motor zelf.', next_step="Kies een andere naam.", at_key=True)
    given = bool(part.choices) + bool(part.choices_from)
    if part.type in _WITH_CHOICES and given != 1:
        at.report(
            f'Het gegeven "{fact_id}" is een keuze en heeft een lijst van keuzes nodig.',
            next_step="Vul choices aan, of choices_from met een register; niet allebei.",
            at_key=True,
        )
    if part.type not in _WITH_CHOICES and given:
        at.report(f"Bij de soort {part.type} horen geen keuzes.", next_step="Haal ze weg, of kies choice.", at_key=True)
    if part.supplied_by and not part.question:
        at.report(
            f'Het gegeven "{fact_id}" wordt gevraagd, maar heeft geen vraag.',
            next_step="Vul question aan.",
            at_key=True,
        )
    if part.gathered and not FactType(part.type).is_list:
        (at / "gathered").report("Alleen een lijst kan worden bijeengebracht.", next_step="Kies persons of texts.")


def _build_rule(part: RulePart, at: Place) -> Rule:
    return Rule(
        id=part.id,
        label=part.label,
        when=read_condition(part.when, at / "when"),
        then=build_conclusions(part.then, at / "then"),
        otherwise=build_conclusions(part.otherwise, at / "otherwise"),
        explanation=part.explanation,
        source=tuple(part.source),
        status=part.status,
        where=at.where,
    )


def _build_table(part: TablePart, at: Place) -> Table:
    rows = tuple(
        Row(
            when=read_condition(row.when, at / "rows" / number / "when"),
            then=read_expression(row.then, at / "rows" / number / "then"),
            label=row.label,
            source=tuple(row.source),
            status=row.status,
            where=(at / "rows" / number).where,
        )
        for number, row in enumerate(part.rows)
    )
    return Table(
        id=part.id,
        label=part.label,
        hit=HitPolicy(part.hit),
        output=part.output,
        rows=rows,
        source=tuple(part.source),
        status=part.status,
        where=at.where,
    )


def _build_addressees(part: RuleSetFile, at: Place) -> Mapping[str, Addressee]:
    return {
        key: Addressee(
            id=key,
            label=one.label,
            name=read_expression(one.name, at / key / "name"),
            address=build_optional(one.address, at / key / "address"),
            where=(at / key).key_where,
        )
        for key, one in part.addressees.items()
    }


def _build_consent(sector: str, part: ConsentPart) -> Consent:
    return Consent(sector=sector, given_on=part.given, valid_through=part.until, note=part.note, status=part.status)


def _build_ladder(ladder_id: str, part: LadderPart, at: Place) -> Ladder:
    _refuse_doubles([rung.id for rung in part.rungs], at / "rungs")
    return Ladder(
        id=ladder_id,
        label=part.label,
        rungs=tuple(_build_rung(rung, at / "rungs" / n) for n, rung in enumerate(part.rungs)),
        tracks=tuple(
            Track(
                id=one.id,
                label=one.label,
                body=one.body,
                source=tuple(one.source),
                status=one.status,
                where=(at / "tracks" / n).where,
            )
            for n, one in enumerate(part.tracks)
        ),
        direct=tuple(
            DirectEntry(
                to=one.to,
                when=read_condition(one.when, at / "direct" / n / "when"),
                label=one.label,
                source=tuple(one.source),
                status=one.status,
                where=(at / "direct" / n).where,
            )
            for n, one in enumerate(part.direct)
        ),
        source=tuple(part.source),
        status=part.status,
        where=at.key_where,
    )


def _build_rung(part: RungPart, at: Place) -> Rung:
    return Rung(
        id=part.id,
        label=part.label,
        owner=part.owner,
        mandate=part.mandate,
        maximum=read_length(part.maximum, at / "maximum") or Period(0, Unit.DAYS),
        together_with=tuple(part.together_with),
        entry=read_condition(part.entry, at / "entry"),
        guard=read_condition(part.guard, at / "guard"),
        target=build_length(part.target, at / "target"),
        target_share=part.target_share,
        answer=tuple(part.answer),
        letters=build_letters(part.letters, at / "letters"),
        enabled=part.enabled,
        source=tuple(part.source),
        status=part.status,
        where=at.where,
    )
