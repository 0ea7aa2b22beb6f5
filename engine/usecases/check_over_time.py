"""What a check of files cannot see by itself: which of them still hold on a day, and the cases that run on others.

Looked at is every pair of (what an open case is pinned to) and (the law from that day on); what new cases may be opened
under is paired with each law by the check itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from engine.core.content.ruleset import RuleSet
from engine.core.deciding.later_obligations import takes
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, Level, doubt, fault
from engine.core.quick_class import dataclass
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.content_files import ContentFiles, read_day
from engine.definitions.files.footprint import Footprint, Pinned
from engine.definitions.files.frozen_files import FrozenFiles
from engine.definitions.files.places import findings_of
from engine.given_file import read_bytes
from engine.runtime import Runtime
from engine.store.publications import kept_text, pinned_cases
from engine.usecases.kept_check import CheckReport
from engine.usecases.kept_pairs import InTheWay, KeptPairs
from engine.words.saying import in_order, say

_VERSIONED = ("rules", "workflows")
_CONSENT = frozenset({"no_consent", "late_consent"})
"""What a version lacks that was not consented to: until its day it is a concept, and nothing is opened under it."""


@dataclass(frozen=True, slots=True)
class CasesOn:
    """The open cases of one workflow that are pinned to the same files and the same law."""

    workflow: str
    pinned: Pinned
    cases: tuple[str, ...]

    def days(self) -> Iterator[date]:
        """The first days of the versions they are on."""
        lower = (one.version for one in self.pinned.lower_rules())
        yield from filter(None, (self.pinned.workflow, self.pinned.rules, self.pinned.law, *lower))

    def rule_sets(self) -> frozenset[str]:
        """The rule sets of which a law binds them; none where that is not kept, and it may be any."""
        return frozenset(one.rule_set for one in self.pinned.lower_rules())

    def digests(self) -> Iterator[str]:
        """The digests of the files they are on."""
        lower = (one.digest for one in self.pinned.lower_rules() if one.digest)
        yield from (self.pinned.workflow_digest, self.pinned.rules_digest, *lower)


def check_over_time(report: CheckReport, runtime: Runtime, on: date) -> CheckReport:
    """The report as it counts on this day in this workplace, with what stands in the way of cases that run."""
    with runtime.reading() as readings:
        held = [CasesOn(name, Pinned(*pins), cases) for name, pins, cases in pinned_cases(readings)]
    days = {day for one in held for day in one.days()}
    in_time = of_its_time(report, ContentFiles(runtime.settings.content_root), on, days)
    return in_time.beside(tuple(_of_running(runtime, held, on))) if held else in_time


def of_its_time(report: CheckReport, files: ContentFiles, on: date, in_use: Iterable[date] = ()) -> CheckReport:
    """The report with as warnings what stops nothing on this day: in a version that another followed and no open case
    is pinned to (`in_use` are the days of those that are), and the consent of one that is still to come."""
    kept = frozenset(in_use)
    found = (_in_its_time(one, files, on, kept) for one in report.findings)
    return replace(report, findings=in_order(found))


def _in_its_time(finding: Finding, files: ContentFiles, on: date, in_use: frozenset[date]) -> Finding:
    path = Path(finding.where.split(":")[0])
    day = read_day(path.stem)
    is_version = len(path.parts) == 4 and path.parts[0] in _VERSIONED and path.parts[2] != "calendar"
    if day is None or not is_version or finding.level is not Level.ERROR:
        return finding
    others = (read_day(Path(name).stem) for name in files.files_in(path.parent.as_posix()))
    is_followed = any(other is not None and day < other <= on for other in others)
    is_concept = day > on and finding.kind in _CONSENT
    harmless = (is_followed and day not in in_use) or is_concept
    return Finding(Level.WARNING, finding.kind, finding.where, finding.parameters) if harmless else finding


def _of_running(runtime: Runtime, held: Sequence[CasesOn], on: date) -> Iterator[Finding]:
    """What stops cases that run on what they are pinned to, or what a law asks that they cannot do."""
    root, folder = runtime.settings.content_root, runtime.watched.digests()
    files, organisation = _beside_store(runtime, root, folder), runtime.settings.organisation
    catalogue, digests = Catalogue(root, publication="folder", frozen=lambda: files), set(folder.values())
    kept = KeptPairs(runtime.cache, digests)
    lower = [owner for owner in catalogue.organisations() if owner != organisation]
    for one in held:
        days = catalogue.files.law_days(lower, one.rule_sets())
        laws = [day for day in days if one.pinned.law and day > one.pinned.law]
        if not laws and digests.issuperset(one.digests()):
            continue  # the check has looked at these very files, under this law
        told = {"workflow": one.workflow, "first": one.pinned.rules, "cases": one.cases}
        for day in (on, *(day for day in laws if day > on)):
            pair = (organisation, one.workflow, *map(str, one.pinned), day.isoformat())
            found = kept.of(pair, partial(_of_pair, catalogue, organisation, one, day))
            for seen in found:
                make = fault if seen.stops else doubt
                code = "cases_stand_still" if seen.stops else "law_asks_more"
                yield make(code, seen.where, **told, day=day, because=seen.because)
            if found:
                break  # it is the same on every later day
    kept.keep()


def _of_pair(catalogue: Catalogue, organisation: str, one: CasesOn, day: date) -> tuple[InTheWay, ...]:
    try:
        content = catalogue.content(organisation, one.workflow, day, pinned=one.pinned)
    except DefinitionError as error:
        cause = findings_of(error)[0]
        return (InTheWay(stops=True, where=cause.where, because=say(cause).what),)
    where = content.rules.where
    asked = tuple(_asked_since(catalogue, content))
    lost = _states_without_way(catalogue, content, day) if asked else ()
    if lost:
        told = {"states": lost, "law": asked[0].parameters.get("label", ""), "day": day}
        return (InTheWay(stops=True, where=where, because=say(fault("law_leaves_no_way", where, **told)).what),)
    return tuple(InTheWay(stops=False, where=where, because=say(finding).what) for finding in asked)


def _states_without_way(catalogue: Catalogue, content: Content, day: date) -> tuple[str, ...]:
    """The states in which these rules let somebody decide what the law asks more of, and from which a case cannot be
    moved to rules that do it: the version in force on that day has no such state, or there is none."""
    flow = content.workflow
    asked = content.rules.later_obligations
    deciding = {one.origin for one in flow.transitions if any(takes(content, one, later) for later in asked)}
    try:
        target = catalogue.content(content.organisation.id, flow.id, day).workflow
    except DefinitionError:
        return tuple(sorted(deciding))
    return tuple(sorted(state for state in deciding if not target.has_state(state)))


def _asked_since(catalogue: Catalogue, content: Content) -> Iterator[Finding]:
    """What the law of after the rules of a case asks of its decisions, that its workflow does not surely do."""
    newest = {one.split("/")[0]: one for one in content.rules.layers[:-1] if f"{one}:" not in content.rules.lower}
    layers = [_layer(catalogue, named, content.organisation.id) for named in newest.values()]
    more = tuple(later.obligation for later in content.rules.later_obligations)
    if not more:
        return
    from engine.proofs.dataflow import Dataflow
    from engine.proofs.obligations import prove_obligations

    decisions = {name: one for layer in (*layers, content.rules) for name, one in layer.decisions.items()}
    asked = replace(content, rules=replace(content.rules, obligations=more, decisions=decisions))
    yield from prove_obligations(asked, Dataflow(asked)).findings


def _layer(catalogue: Catalogue, named: str, reader: str) -> RuleSet:
    owner, _, rest = named.partition("/")
    name, _, day = rest.partition("@")
    return catalogue.loader.layer(owner, name, date.fromisoformat(day), reader, Footprint())


def _beside_store(runtime: Runtime, root: Path, folder: Mapping[str, str]) -> FrozenFiles:
    """The files of the folder, and behind them the texts that are kept for cases that are pinned to others."""
    paths = {digest: path for path, digest in folder.items()}

    def kept(digest: str) -> tuple[str, str]:
        if digest in paths:
            return paths[digest], read_bytes(root / paths[digest]).decode(errors="replace")
        with runtime.reading() as readings:
            return kept_text(readings, digest)

    return FrozenFiles(root, folder, kept)
