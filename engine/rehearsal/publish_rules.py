"""Publishing by a person: the folder is checked and its tests are played first; what would change is always said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.core.content.ruleset import Consent
from engine.core.deciding.case import Actor
from engine.core.deciding.checks import find_authority, find_entitled
from engine.core.deciding.step import Blocker, BlockerKind, Refusal
from engine.core.errors import DefinitionError
from engine.core.finding import Finding, Level
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.content_files import read_day
from engine.definitions.files.footprint import Footprint
from engine.line.folder_changes import Changes
from engine.line.open_conditions import OpenCondition, open_conditions
from engine.line.publishing import changes_of, concepts_of, differing, freeze, published_now
from engine.rehearsal.run_rule_tests import run_rule_tests
from engine.runtime import Runtime
from engine.store.publications import open_cases_by_version
from engine.usecases.check_over_time import check_over_time
from engine.usecases.kept_check import check_once
from engine.words.saying import in_order

PUBLISH = "rules.publish"
"""How a mandate names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was published, or would be: `number` is 0 when nothing was. `faults` are what stands in its way.

    `open_cases` counts the open cases by workflow and by the first day of its version and of its rules (ISO days).
    `consents` are those that the rule sets which are new or otherwise state. `concepts` are the files that stay out of
    it, because no council agreed to them. `conditions` are the open records about what is new or otherwise in it.
    """

    number: int
    changes: Changes
    faults: tuple[Finding, ...]
    mismatches: tuple[str, ...]
    consents: tuple[Mapping[str, str], ...]
    open_cases: Mapping[tuple[str, str, str], int]
    concepts: tuple[str, ...] = ()
    conditions: tuple[OpenCondition, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether something stands in the way."""
        return bool(self.faults or self.mismatches)


def publish_rules(runtime: Runtime, actor: Actor, *, reason: str = "", dry_run: bool = False) -> Published:
    """Check the folder, play its tests, and publish it when nothing is wrong and something changes.

    Raises DefinitionError when there is no content at all.
    """
    changes = changes_of(runtime)
    held_back = (one for one in differing(runtime) if one.kind == "published_and_changed")
    faults = in_order((*_wrong(runtime, changes), *held_back))
    mismatches = () if faults else _mismatches(runtime)
    consents = tuple(_consents(runtime, changes))
    conditions = open_conditions(runtime, (*changes.new, *changes.changed))
    number = 0
    if not (dry_run or faults or mismatches or changes.is_empty):
        number = freeze(runtime, changes, actor, consents, reason)
    with runtime.reading() as readings:
        cases = open_cases_by_version(readings)
    return Published(
        number=number,
        changes=changes,
        faults=faults,
        mismatches=mismatches,
        consents=consents,
        open_cases=cases,
        concepts=tuple(sorted(concepts_of(runtime, published_now(runtime)))),
        conditions=conditions,
    )


def may_publish(runtime: Runtime, actor: Actor) -> Refusal | None:
    """Why this actor may not publish; None when he may.

    By what is published now: nobody gives himself the right in the very text that he publishes. The first time that
    text is all there is.
    """
    organisation = runtime.catalogue.organisation(runtime.settings.organisation)
    day, by = local_day(runtime.now()), organisation.published_by
    if not by or find_authority(organisation, actor.role, by, PUBLISH, day):
        return None
    who = find_entitled(organisation, by, PUBLISH, day)
    blocker = Blocker(kind=BlockerKind.NO_MANDATE, subject=PUBLISH, detail=actor.role, supplied_by=who)
    return Refusal(case_id="", attempted=PUBLISH, blockers=(blocker,))


def _wrong(runtime: Runtime, changes: Changes) -> Iterator[Finding]:
    settings = runtime.settings
    today = local_day(runtime.now())
    report = check_once(settings.content_root, settings.organisation, on=today, cache=runtime.cache)
    report = check_over_time(report, runtime, today)
    yield from (one for one in report.findings if one.level is Level.ERROR)
    published = {*changes.new, *changes.changed}  # what was published once is no concept because it is broken now
    broken = (one for one in report.concepts if one.where.partition(":")[0] in published)
    yield from (one for one in broken if one.level is Level.ERROR)


def _mismatches(runtime: Runtime) -> tuple[str, ...]:
    report = run_rule_tests(runtime.settings.content_root, runtime.settings.organisation, on=local_day(runtime.now()))
    return tuple(f"{one.where}: {one.name}: {one.text}" for one in report.mismatches)


def _consents(runtime: Runtime, changes: Changes) -> Iterator[Mapping[str, str]]:
    """The consents of the rule sets that are new or otherwise, as their files say them."""
    catalogue = Catalogue(runtime.settings.content_root)
    reader = runtime.settings.organisation
    for path in (*changes.new, *changes.changed):
        top, owner, *rest = path.split("/")
        version = read_day(Path(path).stem)
        if top != "rules" or len(rest) != 2 or rest[0] == "calendar" or version is None:
            continue
        try:
            layer = catalogue.loader.layer(owner, rest[0], version, reader, Footprint())
        except DefinitionError:
            continue  # the check says what is wrong with it
        yield from (_told(path, one) for one in layer.consents)


def _told(path: str, consent: Consent) -> Mapping[str, str]:
    through = consent.valid_through.isoformat() if consent.valid_through else ""
    return {
        "file": path,
        "sector": consent.sector,
        "given": consent.given_on.isoformat() if consent.given_on else "",
        "until": through,
        "document": "; ".join(consent.source) or consent.note,
        "status": consent.status,
        "state": consent.state,
    }
