"""Versions take force with the consent they need, follow on each other without gaps, and never overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise

from engine.core.content.organisation import Sector
from engine.core.content.ruleset import Consent, RuleSet
from engine.core.evaluation.prepared import Content
from engine.core.quick_class import dataclass
from engine.proofs.problems import Problem, Proven, doubtful, wrong
from engine.proofs.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One dated file: of what, and from when through when it holds (inclusive; None: until the next)."""

    kind: str
    organisation: str
    id: str
    valid_from: date
    valid_through: date | None = None
    where: str = ""


def prove_consent(world: World, on: date | None) -> Proven:
    """Every rule set of an organisation that needs it has the consent of every sector, given in time.

    `on` is the day of inspection: a consent that ran out before it is an error then, a warning otherwise.
    """
    problems: list[Problem] = []
    count = 0
    for content in world.rule_sets():
        if content.organisation.needs_consent:
            count += 1
            problems.extend(_check_rule_set(content, on))
    line = f"{count} versies van regelsets hebben de instemming die zij nodig hebben."
    return Proven(problems=tuple(dict.fromkeys(problems)), line=line)


def _check_rule_set(content: Content, on: date | None) -> Iterator[Problem]:
    rules, sectors = content.rules, content.organisation.sectors
    by_sector = {consent.sector: consent for consent in rules.consents}
    for sector in sectors.values():
        consent = by_sector.get(sector.id)
        if consent is None or consent.given_on is None:
            yield wrong(
                "no_consent",
                f"De regelset {_name(rules)} heeft geen instemming voor {sector.label}.",
                rules.where,
                f'Een versie geldt pas met instemming van "{sector.consent_of}".',
                f"Zet onder consent: {sector.id}: {{given: <datum>}}, of stel de versie uit.",
            )
        else:
            yield from _check_consent(rules, sector, consent, consent.given_on, on)


def _check_consent(
    rules: RuleSet, sector: Sector, consent: Consent, given_on: date, on: date | None
) -> Iterator[Problem]:
    if given_on > rules.valid_from:
        yield wrong(
            "late_consent",
            f"De instemming voor {sector.label} is gegeven na de ingangsdatum van {_name(rules)}.",
            rules.where,
            f"Gegeven op {given_on}, in werking vanaf {rules.valid_from}.",
            "Laat de versie ingaan op of na de dag van instemming.",
        )
    through = consent.valid_through
    if through is None:
        return
    if through < rules.valid_from:
        yield wrong(
            "expired_consent",
            f"De instemming voor {sector.label} gold al niet meer toen {_name(rules)} inging.",
            rules.where,
            f"Zij gold t/m {through}.",
            "Vraag opnieuw instemming.",
        )
    elif on is not None and on > through:
        yield wrong(
            "expired_consent",
            f"De instemming voor {sector.label} bij {_name(rules)} is verlopen.",
            rules.where,
            f"Zij gold t/m {through}; nieuwe zaken kunnen niet worden geopend.",
            "Vraag opnieuw instemming en leg haar vast.",
        )


def _name(rules: RuleSet) -> str:
    return f'"{rules.id}" van {rules.valid_from}'


def prove_versions(versions: Sequence[Version]) -> Proven:
    """Versions of one thing do not overlap and leave no days without a version."""
    ordered = sorted(versions, key=lambda version: (version.kind, version.organisation, version.id, version.valid_from))
    problems: list[Problem] = []
    for _, same in groupby(ordered, key=lambda version: (version.kind, version.organisation, version.id)):
        problems.extend(_check_row(tuple(same)))
    line = f"{len(ordered)} versies volgen op elkaar zonder overlap en zonder gat."
    return Proven(problems=tuple(problems), line=line)


def _check_row(versions: Iterable[Version]) -> Iterator[Problem]:
    for earlier, later in pairwise(versions):
        name = f'{later.kind} "{later.id}" ({later.organisation})'
        if earlier.valid_from == later.valid_from:
            yield wrong(
                "overlapping_versions",
                f"Van {name} gaan twee versies in op {later.valid_from}.",
                later.where,
                f"De andere staat in {earlier.where}.",
                "Geef een van beide een andere datum.",
            )
        elif earlier.valid_through is not None and earlier.valid_through >= later.valid_from:
            yield wrong(
                "overlapping_versions",
                f"Twee versies van {name} overlappen.",
                later.where,
                f"Die van {earlier.valid_from} geldt t/m {earlier.valid_through}.",
                f"Laat haar eindigen op {later.valid_from - timedelta(days=1)}.",
            )
        elif earlier.valid_through is not None and earlier.valid_through + timedelta(days=1) < later.valid_from:
            first = earlier.valid_through + timedelta(days=1)
            yield doubtful(
                "version_gap",
                f"Van {first} t/m {later.valid_from - timedelta(days=1)} geldt geen versie van {name}.",
                later.where,
                f"De vorige ({earlier.where}) eindigt op {earlier.valid_through}.",
                "Laat de versies op elkaar aansluiten, of bevestig dat dit de bedoeling is.",
            )
