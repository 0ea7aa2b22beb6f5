"""Play a script in a rehearsal: people act at their moments, through the same use cases as the command line.

In between the clock goes on day by day, and whatever falls due happens by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime
from heapq import heappop, heappush

from engine.core.deciding.advance import Act
from engine.core.deciding.case import ENGINE, Actor, Case
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.step import EntryKind, Refusal, Step
from engine.core.errors import EngineError
from engine.core.language.facts import Value
from engine.core.moment import end_of_day, local_day
from engine.core.quick_class import dataclass
from engine.definitions.script import ActKind, Plan, Script, ScriptedAct
from engine.line.asking import ask_about
from engine.line.case_line import Line, open_line
from engine.rehearsal.given_facts import facts_of
from engine.rehearsal.moments import moment_of
from engine.rehearsal.plan_book import PlanBook
from engine.runtime import Runtime
from engine.usecases.advance_case import advance_case
from engine.usecases.open_case import open_case
from engine.usecases.pass_time import pass_time
from engine.usecases.record_facts import record_facts

OnDay = Callable[[datetime], None]
_ALL = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Surprise:
    """Something that went otherwise than the script says: in which plan and act, of which case, and why."""

    plan: str
    act: str
    where: str
    case_id: str
    at: datetime
    outcome: Refusal | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptReport:
    """What came of a script. `refused` are the refusals that were expected; `passed_over` acts did not apply.

    `cases` are the cases by plan, in the order they were met.
    """

    acts: int
    refused: int
    passed_over: int
    deadlines: int
    letters: int
    surprises: tuple[Surprise, ...]
    failed: tuple[tuple[str, str], ...]
    unmet: tuple[str, ...]
    cases: Mapping[str, tuple[str, ...]]


@dataclass
class _Course:
    """The acts that one case still has before it."""

    plan: Plan
    key: str
    case_id: str
    number: int
    acts: tuple[ScriptedAct, ...]


@dataclass
class _Play:
    """One run of a script; lives as long as `run_script`."""

    runtime: Runtime
    script: Script
    on_day: OnDay | None
    book: PlanBook
    agenda: list[tuple[datetime, int, _Course]] = field(default_factory=list)
    seen: int = 0
    order: int = 0
    done: int = 0
    refused: int = 0
    passed_over: int = 0
    deadlines: int = 0
    letters: int = 0
    surprises: list[Surprise] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    cases: dict[str, list[str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)


def run_script(runtime: Runtime, script: Script, *, on_day: OnDay | None = None) -> ScriptReport:
    """Play the script from where the rehearsal clock stands until its end.

    Raises UsageError when this is no rehearsal. A surprise does not stop the others; the acts that its own case
    still had before it are left out.
    """
    play = _Play(runtime=runtime, script=script, on_day=on_day, book=PlanBook(script))
    now = runtime.now()
    for plan in script.plans:
        if plan.opening is not None:
            for number in range(1, plan.count + 1):
                course = _Course(plan, f"{plan.name}/{number}", "", number, (plan.opening,))
                _schedule(play, course, now)
    _pass(play, now)
    is_over = False
    while not is_over:
        if play.agenda and play.agenda[0][0] < script.ends_at:
            _act_next(play)
        else:
            is_over = not _pass(play, script.ends_at)
    return ScriptReport(
        acts=play.done,
        refused=play.refused,
        passed_over=play.passed_over,
        deadlines=play.deadlines,
        letters=play.letters,
        surprises=tuple(play.surprises),
        failed=tuple(play.failed.items()),
        unmet=tuple(plan.name for plan in play.book.unmet()),
        cases={name: tuple(ids) for name, ids in play.cases.items()},
    )


def _act_next(play: _Play) -> None:
    """The first act of the agenda, unless a case came up meanwhile that acts before it."""
    at, order, course = heappop(play.agenda)
    if _pass(play, at):
        heappush(play.agenda, (at, order, course))
    else:
        _act(play, course, at)


def _pass(play: _Play, until: datetime) -> bool:
    """Let time pass, a day at most at once. True when an act came up that is to happen before `until`."""
    while True:
        now = play.runtime.now()
        stop = min(until, end_of_day(local_day(now)))
        passed = pass_time(play.runtime, stop)
        play.deadlines += passed.deadlines
        play.letters += passed.letters
        play.failed.update(dict(passed.failed))
        _meet_new_cases(play, stop)
        if play.on_day and local_day(stop) != local_day(now):
            play.on_day(stop)
        if play.agenda and play.agenda[0][0] < until:
            return True
        if stop == until:
            return False


def _meet_new_cases(play: _Play, now: datetime) -> None:
    organisation = play.runtime.settings.organisation
    with play.runtime.reading() as readings:
        rows = readings.changes_since(organisation, play.seen, _ALL, kind=EntryKind.OPENED.value)
        found = [readings.load_case(case_id) for _, case_id in rows]
    for (seq, _), case in zip(rows, found, strict=True):
        play.seen = seq
        if case.id not in play.known:
            _meet(play, case, now)


def _meet(play: _Play, case: Case, now: datetime) -> None:
    plan = play.book.plan_for(_situation(play.runtime, case, now))
    if plan is not None:
        _follow(play, plan, case.id, 0, case.subject, max(now, case.opened_at))


def _follow(play: _Play, plan: Plan, case_id: str, number: int, subject: str, now: datetime) -> None:
    way = play.book.way_for(plan)
    met = play.cases.setdefault(plan.name, [])
    met.append(case_id)
    play.known.add(case_id)
    if way is not None:
        _schedule(play, _Course(plan, f"{plan.name}/{subject}", case_id, number or len(met), way.acts), now)


def _schedule(play: _Play, course: _Course, before: datetime) -> None:
    if not course.acts:
        return
    calendar = play.runtime.content(course.plan.workflow, local_day(before)).calendar
    at = moment_of(course.acts[0], f"{course.key}/{len(course.acts)}", before, calendar)
    heappush(play.agenda, (at, play.order, course))
    play.order += 1


def _act(play: _Play, course: _Course, at: datetime) -> None:
    act, course.acts = course.acts[0], course.acts[1:]
    try:
        outcome = _perform(play, course, act, at)
    except EngineError as error:
        _surprise(play, course, act, at, text=error.text())
        return
    if outcome is None:
        play.passed_over += 1
    elif isinstance(outcome, Refusal):
        kinds = {blocker.kind.value for blocker in outcome.blockers}
        if not act.refused or not kinds.issuperset(act.refused):
            _surprise(play, course, act, at, outcome=outcome)
            return
        play.refused += 1
    elif act.refused:
        _surprise(play, course, act, at, text="Dit is gelukt, maar had moeten worden geweigerd.")
        return
    else:
        play.done += 1
    _schedule(play, course, at)
    if isinstance(outcome, Step):
        _meet_new_cases(play, at)


def _perform(play: _Play, course: _Course, act: ScriptedAct, at: datetime) -> Step | Refusal | None:
    """The outcome of an act; None when it does not apply to the case as it stands."""
    if not course.case_id:
        return _open_first(play, course, act, at)
    with open_line(play.runtime) as line:
        return _perform_on(play, line, course, act, at)


def _perform_on(play: _Play, line: Line, course: _Course, act: ScriptedAct, at: datetime) -> Step | Refusal | None:
    actor = Actor(role=act.role)
    situation = look(line.about(course.case_id))
    case = situation.case
    if case.is_closed or (act.states and case.state not in act.states):
        return None
    if not situation.holds(act.only):
        return None
    facts = facts_of(act, course.key, course.number, situation.lookup, situation.around)
    if act.kind is ActKind.TAKE:
        return advance_case(line, case.id, Act(transition=act.name, facts=facts, reason=act.reason), actor)
    if act.kind is ActKind.RECORD:
        return record_facts(line, case.id, facts, actor)
    return open_case(line, act.name, facts, actor, entry=act.entry)


def _open_first(play: _Play, course: _Course, act: ScriptedAct, at: datetime) -> Step | Refusal:
    content = play.runtime.content(act.name, local_day(at))
    facts = facts_of(act, course.key, course.number, _only_now(at).get, content.around)
    with open_line(play.runtime) as line:
        outcome = open_case(line, act.name, facts, Actor(role=act.role), entry=act.entry)
    if isinstance(outcome, Step):
        case = outcome.after
        _follow(play, course.plan, case.id, course.number, str(course.number), at)
    return outcome


def _only_now(at: datetime) -> Mapping[str, Value]:
    return {"today": local_day(at), "now": at}


def _situation(runtime: Runtime, case: Case, at: datetime) -> Situation:
    with runtime.reading() as readings:
        return look(ask_about(runtime, readings, case, ENGINE, at))


def _surprise(
    play: _Play, course: _Course, act: ScriptedAct, at: datetime, *, outcome: Refusal | None = None, text: str = ""
) -> None:
    play.surprises.append(
        Surprise(
            plan=course.plan.name,
            act=act.name,
            where=act.where,
            case_id=course.case_id,
            at=at,
            outcome=outcome,
            text=text,
        )
    )
