"""Versions take force with the consent they need, follow on each other without gaps, and never overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, groupby, pairwise

from engine.core.content.ruleset import WAITING, Consent, RuleSet
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, doubt, fault
from engine.core.quick_class import dataclass
from engine.proofs.proven import Proven
from engine.proofs.world import World

_ONE_DAY = timedelta(days=1)
TIMELY = timedelta(days=60)
"""So long before its end is told that a consent ends: a council that must consent anew needs two meetings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One dated file: of what, and from when through when it holds (inclusive; None: until the next)."""

    kind: str
    organisation: str
    id: str
    valid_from: date
    valid_through: date | None = None
    where: str = ""


def prove_consent(world: World, on: date | None, versions: Iterable[RuleSet] = ()) -> Proven:
    """Every rule set of an organisation that needs it has the consent of every sector it is for, given in time.

    `on` is the day of inspection: a consent that ran out before it is an error then, one that soon will a warning.
    `versions` are all rule sets there are: a sector that has consented to an older one goes on by that (F-49).
    """
    needing = [content for content in world.rule_sets() if content.organisation.needs_consent]
    line = f"{len(needing)} versies van regelsets hebben de instemming die zij nodig hebben."
    known = tuple(versions)
    return Proven(findings=tuple(chain(*(_check_rule_set(content, on, known) for content in needing))), line=line)


def _check_rule_set(content: Content, on: date | None, versions: Sequence[RuleSet]) -> Iterator[Finding]:
    rules, sectors = content.rules, content.organisation.sectors
    for sector in (one for one in sectors.values() if rules.is_for(one.id)):
        name = {"rules": rules.id, "first": rules.valid_from, "label": sector.label}
        consent = rules.consent_of(sector.id)
        yield from _contradictions(rules, name, consent)
        if consent is not None and consent.is_given and not _is_over(consent, on):
            yield from _check_consent(rules, name, consent, on)
        elif older := _older(rules, sector.id, max(on or rules.valid_from, rules.valid_from), versions):
            yield doubt("sector_on_older", rules.where, **name, older=older)
        elif consent is not None and consent.is_given:
            yield from _check_consent(rules, name, consent, on)
        elif consent is not None and consent.state in WAITING:
            yield doubt("sector_waits", rules.where, **name, state=consent.state, body=sector.consent_of)
        else:
            yield fault("no_consent", rules.where, **name, sector=sector.id, body=sector.consent_of)


def _contradictions(rules: RuleSet, name: Mapping[str, object], consent: Consent | None) -> Iterator[Finding]:
    """What is said of a consent and the day of it tell the same."""
    if consent is None or not consent.state:
        return
    if consent.state in WAITING and consent.given_on is not None:
        yield fault("consent_while_waiting", rules.where, **name, state=consent.state, given=consent.given_on)
    if consent.state not in WAITING and consent.given_on is None:
        yield fault("consent_without_day", rules.where, **name, state=consent.state, sector=consent.sector)


def _is_over(consent: Consent, on: date | None) -> bool:
    return on is not None and consent.valid_through is not None and on > consent.valid_through


def _older(rules: RuleSet, sector: str, day: date, versions: Iterable[RuleSet]) -> date | None:
    """The first day of the latest older version that new cases of the sector may be opened under that day."""
    same = (one for one in versions if (one.organisation, one.id) == (rules.organisation, rules.id))
    days = (one.valid_from for one in same if one.valid_from < rules.valid_from and one.is_open_to(sector, day))
    return max(days, default=None)


def _check_consent(rules: RuleSet, name: Mapping[str, object], consent: Consent, on: date | None) -> Iterator[Finding]:
    given_on, through = consent.given_on, consent.valid_through
    if given_on is not None and given_on > rules.valid_from:
        # It took force for a sector that was in time; this one follows from the day of its own consent.
        others = any(one.is_given and one.holds_on(rules.valid_from) for one in rules.consents)
        yield (doubt if others else fault)("late_consent", rules.where, **name, given=given_on)
    if through is None:
        return
    if through < rules.valid_from:
        yield fault("consent_over_at_start", rules.where, **name, through=through)
    elif on is not None and on > through:
        # Of this sector none is opened any more, and that is refused in words; what the others consented to goes on.
        others = any(one.holds_on(on) and rules.is_for(one.sector) for one in rules.consents)
        yield (doubt if others else fault)("expired_consent", rules.where, **name, through=through)
    elif on is not None and through - on <= TIMELY:
        yield doubt("consent_ends_soon", rules.where, **name, through=through)


def prove_versions(versions: Sequence[Version], on: date | None = None) -> Proven:
    """Versions of one thing do not overlap, leave no days without a version, and do not run out unseen.

    `on` is the day of inspection: of what ran out before it no version is in force (F-42); what soon will, is told.
    """
    ordered = sorted(versions, key=lambda version: (version.kind, version.organisation, version.id, version.valid_from))
    rows = groupby(ordered, key=lambda version: (version.kind, version.organisation, version.id))
    line = f"{len(ordered)} versies volgen op elkaar zonder overlap en zonder gat."
    found = ((*_check_row(same, on), *_check_last(same[-1], on)) for same in (tuple(row) for _, row in rows))
    return Proven(findings=tuple(chain(*found)), line=line)


def _check_last(version: Version, on: date | None) -> Iterator[Finding]:
    """The newest version of something: after its last day there is none, unless somebody makes one."""
    through = version.valid_through
    if on is None or through is None:
        return
    name = {"of": version.kind, "id": version.id, "organisation": version.organisation, "through": through}
    if on > through:
        yield fault("versions_over", version.where, **name)
    elif through - on <= TIMELY:
        yield doubt("versions_end_soon", version.where, **name)


def _check_row(versions: Iterable[Version], on: date | None) -> Iterator[Finding]:
    for earlier, later in pairwise(versions):
        name = {"of": later.kind, "id": later.id, "organisation": later.organisation, "other": earlier.where}
        through, last = earlier.valid_through, later.valid_from - _ONE_DAY
        if earlier.valid_from == later.valid_from:
            yield fault("versions_of_one_day", later.where, **name, first=later.valid_from)
        elif through is not None and through > last:
            yield fault(
                "overlapping_versions", later.where, **name, earlier=earlier.valid_from, through=through, last=last
            )
        elif through is not None and through < last:
            level = fault if on is not None and through < on <= last else doubt  # on that day nothing is in force
            yield level("version_gap", later.where, **name, free=through + _ONE_DAY, last=last, through=through)
