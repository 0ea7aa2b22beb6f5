"""Hold cases against what else is known of them: the journal, their deadlines, their letters."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.deciding.case import Case
from engine.core.deciding.lateness import open_deadlines, running_clocks
from engine.core.deciding.lateness import running_terms as running_now
from engine.core.deciding.replay import Difference, differences, rebuild
from engine.core.errors import EngineError, StoreError
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.runtime import Runtime
from engine.store.audit import all_cases, lines_of_case, recent_cases, running_terms
from engine.store.readings import Readings

BOUND = 200
"""How many cases are looked at when not all of them are: those that changed last."""
EVERY = 1_000_000_000
_STORE = "opslag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What the cases that were looked at miss or say otherwise: as `case what`, for a person to look up.

    `old` are the terms that this program works out otherwise than their rows say: an older one wrote them.
    """

    cases: int
    changed: tuple[str, ...]
    deadlines: tuple[str, ...]
    letters: tuple[str, ...]
    old: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One case played again from its journal: the first difference with how it stands; None when there is none."""

    case_id: str
    lines: int
    version: int
    state: str
    first: Difference | None


def replay_case(runtime: Runtime, case_id: str) -> Replayed:
    """Rebuild a case from its journal, and compare. Raises CaseError when it is not there."""
    with runtime.reading() as readings:
        return _replayed(runtime, readings, case_id)


def replay_all(runtime: Runtime) -> Iterator[Replayed]:
    """The same for every case of the organisation, by number."""
    with runtime.reading() as readings:
        for case_id in all_cases(readings):
            yield _replayed_or_damaged(runtime, readings, case_id)


def _replayed_or_damaged(runtime: Runtime, readings: Readings, case_id: str) -> Replayed:
    """The same, or what of it cannot be read any more: one damaged row hides no other."""
    try:
        return _replayed(runtime, readings, case_id)
    except StoreError as error:
        damaged: Difference = (_STORE, "leesbaar", error.what)
        return Replayed(case_id=case_id, lines=0, version=0, state="", first=damaged)


def _replayed(runtime: Runtime, readings: Readings, case_id: str) -> Replayed:
    case = readings.load_case(case_id)
    lines = lines_of_case(readings, case_id)
    found = rebuild(lines)
    first = next(differences(found, case, _content_of(runtime, readings, case)), None)
    return Replayed(case_id=case_id, lines=len(lines), version=found.version, state=found.state, first=first)


def _content_of(runtime: Runtime, readings: Readings, case: Case) -> Content | None:
    try:
        return runtime.content_of(case, local_day(runtime.moment_by(readings)))
    except EngineError:  # the content is looked at by itself; what is known without it is compared
        return None


def look_through(runtime: Runtime, readings: Readings, *, whole: bool) -> Lost:
    """Look at cases one by one: all of them, or those that changed last."""
    changed: list[str] = []
    deadlines: list[str] = []
    letters: list[str] = []
    old: list[str] = []
    looked_at = recent_cases(readings, EVERY if whole else BOUND)
    for case_id in looked_at:
        first = _replayed_or_damaged(runtime, readings, case_id).first
        changed += [f"{case_id} {first[0]}"] if first else []
        if first and first[0] == _STORE:
            continue
        case = readings.load_case(case_id)
        deadlines += [f"{case_id} {clock}" for clock in _lost_deadlines(readings, case)]
        letters += [f"{case_id} {key}" for key in _lost_letters(readings, case)]
        old += [f"{case_id} {clock}" for clock in _old_terms(readings, case, _content_of(runtime, readings, case))]
    return Lost(
        cases=len(looked_at),
        changed=tuple(changed),
        deadlines=tuple(deadlines),
        letters=tuple(letters),
        old=tuple(old),
    )


def _lost_deadlines(readings: Readings, case: Case) -> Iterator[str]:
    """The keys of clocks that run, and of which no row says when they pass."""
    there = {(row.deadline.clock, row.deadline.due_at) for row in readings.deadlines(case.id)}
    for term in running_terms(readings, case.id):
        if (term.clock, term.due_at) not in there:
            yield term.clock


def _lost_letters(readings: Readings, case: Case) -> Iterator[str]:
    """The letters that the case waits for, and of which there is no row."""
    there = {row.letter.key for row in readings.letters(case.id)}
    for mark in case.letters:
        if mark.is_waiting and mark.key not in there:
            yield mark.key


def _old_terms(readings: Readings, case: Case, content: Content | None) -> Iterator[str]:
    """The clocks of an open case of which the row says otherwise when somebody is late or must act, or when they pass.

    The same is asked as a sweep does after something was published; here nothing is written.
    """
    if content is None or case.is_closed:
        return
    wanted = running_now(content, case.state, running_clocks(content, case))
    told = running_terms(readings, case.id)
    yield from dict.fromkeys(one.clock for one in set(wanted) ^ set(told))
    open_rows = [row.deadline for row in readings.deadlines(case.id) if row.status == "open"]
    computed = open_deadlines(content, case)
    known, keys = {one.key for one in open_rows}, {one.key for one in computed}
    yield from dict.fromkeys(one.clock for one in (*open_rows, *computed) if one.key not in known & keys)
