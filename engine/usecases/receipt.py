"""What gave a decision or a date, worked out again from what was published then; the folder is not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from engine.core.content.workflow import Transition
from engine.core.deciding.case import Actor, Case
from engine.core.deciding.checks import transition_blockers
from engine.core.deciding.lateness import deadlines_of
from engine.core.deciding.question import Question, ask, gathers
from engine.core.deciding.situation import look, project_clock
from engine.core.deciding.step import BlockerKind, Entry, EntryKind
from engine.core.deciding.stood_then import case_then, subject_then
from engine.core.deciding.subject_lists import not_registered
from engine.core.deciding.why import whole_reason
from engine.core.errors import DefinitionError, UsageError
from engine.core.evaluation.prepared import Content
from engine.core.evaluation.reasons import Reason
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.definitions.catalogue import Catalogue, pins_of
from engine.definitions.files.footprint import Pinned
from engine.runtime import Runtime
from engine.store.audit import LineTold, told_of_case
from engine.store.publications import Publication, published_until
from engine.store.readings import Readings

_ABOUT_TERMS = (EntryKind.TERM_PASSED, EntryKind.TERM_REMINDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedOut:
    """One thing worked out again: of which transition, term or fact, what it is now, and whether it is as it was told.

    `agrees` is None when it cannot be judged: it rests on what was said elsewhere and may have been put right since.
    """

    about: str
    subject: str
    outcome: str
    agrees: bool | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReceipt:
    """One step of a case, held against what gave it.

    It `agrees` when the files are those of then and nothing came out otherwise. `publication` is the number of the one
    that was read, 0 when none is kept that has these files. `files` are the digests of all files that were used, by
    path; `layers` the rule sets merged.
    """

    step: int
    at: datetime
    actor: Actor
    did: tuple[str, ...]
    publication: int
    digest: str
    files: Mapping[str, str]
    layers: tuple[str, ...]
    points: tuple[WorkedOut, ...]
    agrees: bool
    _content: Content | None = None

    @property
    def content(self) -> Content | None:
        """What it was worked out with, for the words of it."""
        return self._content


def receipts(runtime: Runtime, case_id: str, step: int = 0) -> tuple[StepReceipt, ...]:
    """The receipt of every step of a case that content decided, or of one (by its number). Reads, and writes nothing.

    Raises CaseError when the case is not there, UsageError when it has no such step.
    """
    with runtime.reading() as readings:
        case, told = readings.load_case(case_id), told_of_case(readings, case_id)
        steps = [(number, tuple(lines)) for number, lines in groupby(told, key=lambda line: line.version)]
        chosen = [one for one in steps if step in (0, one[0])]
        if not chosen:
            raise UsageError("no_such_step", where=case_id, step=step, last=steps[-1][0] if steps else 0)
        return tuple(
            _receipt(runtime, readings, case, number, lines, _before(told, number))
            for number, lines in chosen
            if lines[0].digest
        )


def _before(told: Sequence[LineTold], number: int) -> tuple[LineTold, ...]:
    return tuple(line for line in told if line.version < number)


def _receipt(
    runtime: Runtime, readings: Readings, case: Case, number: int, lines: Sequence[LineTold], before: Sequence[LineTold]
) -> StepReceipt:
    first = lines[0]
    found = next(_contents(runtime, readings, case, first), None)
    publication, content, files = found or (None, None, {})
    points = tuple(_points(readings, content, case, lines, before)) if content else ()
    return StepReceipt(
        step=number,
        at=first.entry.at,
        actor=first.entry.actor,
        did=tuple(str(one.entry.details.get("transition") or one.entry.kind.value) for one in lines),
        publication=publication.number if publication else 0,
        digest=first.digest,
        files=files,
        layers=content.rules.layers if content else (),
        points=points,
        agrees=content is not None and all(point.agrees is not False for point in points),
        _content=content,
    )


def _contents(
    runtime: Runtime, readings: Readings, case: Case, line: LineTold
) -> Iterator[tuple[Publication, Content, Mapping[str, str]]]:
    """The content with the digest that the line has, of the publication that counted then, or else of one before it.

    Somebody may have published between a decision and the writing of it.
    """
    day = local_day(line.entry.at)
    pinned = _pins_then(readings, case, line)
    for publication in published_until(readings, line.seq):
        catalogue: Catalogue = runtime.catalogue_of(publication.digest)
        try:
            content = catalogue.content(case.organisation, case.workflow, day, pinned=pinned)
        except DefinitionError:
            continue
        if content.digest == line.digest:
            yield publication, content, catalogue.files_used(case.organisation, case.workflow, day, pinned)


def _pins_then(readings: Readings, case: Case, line: LineTold) -> Pinned:
    """What the case was pinned to when this line was written: each move to other rules says what it was before."""
    told = (one for one in told_of_case(readings, case.id) if one.entry.kind is EntryKind.REPINNED)
    was = next((one.entry.details["was"] for one in told if one.version > line.version), None)
    if not isinstance(was, Mapping):
        return pins_of(case)
    law = date.fromisoformat(was["law"]) if was["law"] else None
    days = date.fromisoformat(was["workflow"]), date.fromisoformat(was["rules"])
    return Pinned(*days, was["workflow_digest"], was["rules_digest"], law, was.get("lower"))


def _points(
    readings: Readings, content: Content, case: Case, lines: Sequence[LineTold], before: Sequence[LineTold]
) -> Iterator[WorkedOut]:
    """The transition that somebody took, the terms that passed or warned, and the last days that came of the step."""
    moment = lines[0].entry.at
    earlier = [(one.version, one.entry) for one in before]
    stood = case_then(content, case, earlier, moment)
    moves = [one.entry for one in lines if one.entry.kind is EntryKind.MOVED]
    if moves and moves[0].actor.is_person:
        given = [(one.version, one.entry) for one in lines if one.entry.kind is EntryKind.RECORDED]
        known = case_then(content, case, [*earlier, *given], moment)
        yield _of_move(_question(readings, content, known, moves[0]), moves[0])
    yield from (_of_term(content, stood, one.entry) for one in lines if one.entry.kind in _ABOUT_TERMS)
    after = case_then(content, case, [*earlier, *((one.version, one.entry) for one in lines)], moment)
    changed = [one.entry.details for one in lines if one.entry.kind is EntryKind.CLOCK]
    touched = {str(told["clock"]) for told in changed if "entry" in told}
    days = {row.deadline.last_day for row in readings.deadlines(case.id)}
    yield from _of_days(content, after, touched, days)


def _question(readings: Readings, content: Content, case: Case, move: Entry) -> Question:
    kind = content.subject_kind
    known, beside = readings.dossier(kind, case, with_cases=gathers(content))
    subject = subject_then(known or not_registered(kind, case), move.at)
    return ask(content, case, move.actor, move.at, beside, subject)


def _of_move(question: Question, move: Entry) -> WorkedOut:
    """Whether the transition could be taken by these rules, on what was known; why, down to what was given."""
    told = move.details
    name, situation = str(told["transition"]), look(question)
    way = next((one for one in question.content.workflow.transitions if _is(one, told)), None)
    if way is None:
        return WorkedOut(about="transition", subject=name, outcome=str(told["target"]), agrees=False)
    reason = whole_reason(situation, situation.explain(way.when))
    blockers = [one for one in transition_blockers(situation, way) if one.kind is BlockerKind.CONDITION]
    denied = any(one.reason is not None and one.reason.truth is False for one in blockers)
    agrees = True if not blockers else None if not denied or _rests_elsewhere(question.content, reason) else False
    return WorkedOut(about="transition", subject=name, outcome=way.target, agrees=agrees, reason=reason)


def _is(way: Transition, told: Mapping[str, object]) -> bool:
    return (way.id, way.origin, way.target) == (told["transition"], told["origin"], told["target"])


def _rests_elsewhere(content: Content, reason: Reason) -> bool:
    """Whether the reason reads what the register or another case says: that may have been put right since."""
    here = bool(reason.fact) and (reason.fact in content.subject_facts or _is_of_others(content, reason.fact))
    return here or any(_rests_elsewhere(content, part) for part in reason.parts)


def _is_of_others(content: Content, fact: str) -> bool:
    rule, rules = content.rules.facts.get(fact), content.rules
    if rule is None or rule.viewed is None:
        return fact in content.gathered_facts
    return bool(rules.records[rules.views[rule.viewed.view].of].cases_of)


def _of_term(content: Content, stood: Case, entry: Entry) -> WorkedOut:
    """Whether this term of this clock came to that very moment."""
    told, key = str(entry.details["due_at"]), str(entry.details["clock"])
    clock = stood.clock(key)
    due = [clock and (clock, project_clock(content, clock))]
    moments = {one.due_at.isoformat() for one in deadlines_of(content, [one for one in due if one])}
    return WorkedOut(about="term", subject=key, outcome=told, agrees=told in moments)


def _of_days(content: Content, after: Case, touched: Iterable[str], days: set[date | None]) -> Iterator[WorkedOut]:
    """The last day of each clock that the step started or changed, as long as it runs: it was written as a deadline."""
    for key in sorted(touched):
        clock = after.clock(key)
        projection = project_clock(content, clock) if clock else None
        if projection is not None and projection.status == "running" and projection.last_day is not None:
            day = projection.last_day
            yield WorkedOut(about="day", subject=key, outcome=day.isoformat(), agrees=day in days)
