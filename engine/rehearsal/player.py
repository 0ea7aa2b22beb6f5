"""Plays scripts and stories: people act at their moments, through the same use cases as the command line.

In between the clock goes on, and whatever falls due happens by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from heapq import heappop, heappush

from engine.core.deciding.case import ENGINE
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.step import EntryKind, Refusal, Step
from engine.core.errors import EngineError
from engine.core.finding import Finding, fault
from engine.core.moment import end_of_day, local_day
from engine.core.quick_class import dataclass
from engine.definitions.files.places import as_error, findings_of
from engine.definitions.script import CasePlan, Expectation, ScriptedAct
from engine.line.case_line import open_line
from engine.line.plan import ask_about
from engine.rehearsal.course import MAIN, Idle, PlayedCourse, perform
from engine.rehearsal.expectations import compare, compare_refusal
from engine.rehearsal.moments import moment_of
from engine.rehearsal.plan_book import PlanBook
from engine.rehearsal.report import Deed, ScriptReport, Surprise
from engine.rehearsal.seen import see
from engine.runtime import Runtime
from engine.usecases.pass_time import pass_time

OnDay = Callable[[datetime], None]
Observe = Callable[[Situation], None]
"""Is shown every situation that is held against an expectation."""

_MOST_MOMENTS = 5000
"""Between two acts of a story; more is a term that begins again and again."""


@dataclass
class _Play:
    """One run of a script; lives as long as `play`."""

    runtime: Runtime
    book: PlanBook
    observe: Observe
    on_day: OnDay | None
    agenda: list[tuple[datetime, int, PlayedCourse]] = field(default_factory=list)
    seen: int = 0
    order: int = 0
    done: int = 0
    refused: int = 0
    passed_over: int = 0
    deadlines: int = 0
    letters: int = 0
    holds_mail: bool = False
    surprises: list[Surprise] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    cases: dict[str, list[str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)


def play(
    runtime: Runtime,
    plans: tuple[CasePlan, ...],
    *,
    until: datetime | None = None,
    observe: Observe = lambda _: None,
    on_day: OnDay | None = None,
) -> ScriptReport:
    """Play the plans from where the rehearsal clock stands until a moment (UTC), or until nobody acts any more.

    Raises UsageError when this is no rehearsal. An act that goes otherwise than was said does not stop the others;
    those that its own case still had before it are left out. An expectation that does not come true stops nothing.
    """
    play = _Play(runtime=runtime, book=PlanBook(plans), observe=observe, on_day=on_day)
    now = runtime.now()
    for plan in plans:
        if plan.opening is not None:
            for number in range(1, plan.count + 1):
                _schedule(play, PlayedCourse(plan, f"{plan.name}/{number}", number, (plan.opening,)), now)
    _pass(play, now)
    while True:
        if play.agenda and (until is None or play.agenda[0][0] < until):
            _act_next(play)
        elif until is None or not _pass(play, until):
            return _report(play)


def _report(play: _Play) -> ScriptReport:
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
        deeds=tuple(play.deeds),
    )


def _act_next(play: _Play) -> None:
    """The first act of the agenda, unless a case came up meanwhile that acts before it."""
    at, order, course = heappop(play.agenda)
    if _pass(play, at):
        heappush(play.agenda, (at, order, course))
    else:
        _act(play, course, at)


def _pass(play: _Play, until: datetime) -> bool:
    """Let time pass. True when an act came up that is to happen before `until`.

    A day at most at once when there are plans for cases that come up by themselves: their acts begin that day.
    """
    while True:
        now = play.runtime.now()
        by_day = play.on_day is not None or play.book.is_waiting_for_cases
        stop = min(until, end_of_day(local_day(now))) if by_day else until
        _let_pass(play, stop)
        _meet_new_cases(play, stop)
        if play.on_day and local_day(stop) != local_day(now):
            play.on_day(stop)
        if play.agenda and play.agenda[0][0] < until:
            return True
        if stop == until:
            return False


def _let_pass(play: _Play, until: datetime, *, mail: bool = True) -> None:
    """Everything due happens and letters leave; mail that an act held back leaves at the end, before the next act."""
    for with_letters in (False, True) if play.holds_mail and mail else (mail,):
        passed = pass_time(play.runtime, until, with_letters=with_letters, on_moment=_Counter().count)
        play.deadlines += passed.deadlines
        play.letters += passed.letters
        play.failed.update(dict(passed.failed))
    play.holds_mail = False


@dataclass
class _Counter:
    """Stops a term that begins again and again, so that a mistake in the content ends in words."""

    moments: int = 0

    def count(self, moment: datetime) -> None:
        """Another moment at which something is due. Raises DefinitionError when there are far too many."""
        self.moments += 1
        if self.moments > _MOST_MOMENTS:
            raise as_error(fault("terms_without_end", "", moment=moment))


def _meet_new_cases(play: _Play, now: datetime) -> None:
    """Cases that came up by themselves follow the plan they fit in, if any."""
    if not play.book.is_waiting_for_cases:
        return
    organisation = play.runtime.settings.organisation
    with play.runtime.reading() as readings:
        for seq, case_id in readings.changes_since(organisation, play.seen, EntryKind.OPENED.value):
            play.seen = seq
            if case_id in play.known:
                continue
            case = readings.load_case(case_id)
            plan = play.book.plan_for(look(ask_about(play.runtime, readings, case, ENGINE, now)))
            if plan is not None:
                course = PlayedCourse(plan, f"{plan.name}/{case.subject}", 0, (), {MAIN: case_id})
                _follow(play, course, max(now, case.opened_at))


def _follow(play: _Play, course: PlayedCourse, now: datetime) -> None:
    way = play.book.way_for(course.plan)
    met = play.cases.setdefault(course.plan.name, [])
    if MAIN in course.cases:
        met.append(course.cases[MAIN])
        play.known.add(course.cases[MAIN])
    course.number = course.number or len(met)
    if way is not None:
        course.acts = way.acts
        _schedule(play, course, now)


def _schedule(play: _Play, course: PlayedCourse, before: datetime) -> None:
    if not course.acts:
        return
    calendar = play.runtime.content(course.plan.workflow, local_day(before)).calendar
    at = moment_of(course.acts[0], f"{course.key}/{len(course.acts)}", before, calendar)
    heappush(play.agenda, (at, play.order, course))
    play.order += 1


def _act(play: _Play, course: PlayedCourse, at: datetime) -> None:
    """Do the first act of a case; the next one follows, unless this one went otherwise than was said."""
    act, course.acts = course.acts[0], course.acts[1:]
    try:
        with open_line(play.runtime) as line:
            outcome = perform(line, course, act)
            if isinstance(outcome, Step | Refusal):
                after = line.work.last_line(play.runtime.settings.organisation)
                play.deeds.append(Deed(at=at, act=act, outcome=outcome, after=after))
    except EngineError as error:
        for one in findings_of(error):
            _surprise(play, course, act, at, one)
        return
    if isinstance(outcome, Step | Refusal):
        refusal = outcome if isinstance(outcome, Refusal) else None
        difference = compare_refusal(act, refusal)
        if difference is not None:
            _surprise(play, course, act, at, difference, refusal)
            return
    play.done += isinstance(outcome, Step)
    play.refused += isinstance(outcome, Refusal)
    play.passed_over += outcome is Idle.PASSED_OVER
    if act is course.plan.opening:
        _follow(play, course, at)
    else:
        _schedule(play, course, at)
    if isinstance(outcome, Step):
        _meet_new_cases(play, at)
    if act.expect is not None and outcome is not Idle.PASSED_OVER and course.cases:
        _judge(play, course, act, act.expect, at)


def _judge(play: _Play, course: PlayedCourse, act: ScriptedAct, expected: Expectation, at: datetime) -> None:
    """Hold the case against what is expected of it, after everything that follows at this same moment."""
    runtime = play.runtime
    try:
        _let_pass(play, at, mail=not act.holds_mail)
        play.holds_mail = act.holds_mail
        with runtime.reading() as readings:
            case = readings.load_case(course.find_case(readings, act))
            question = ask_about(runtime, readings, case, ENGINE, at)
            situation = look(question)
            since = course.looked.get(case.id, 0)
            seen = see(readings, situation, since, with_fields=bool(expected.says))
            course.looked[case.id] = readings.last_line(case.organisation)
        play.observe(situation)
        differences = compare(expected, seen)
    except EngineError as error:
        differences = findings_of(error)
    for one in differences:
        _surprise(play, course, act, at, one, where=expected.where)


def _surprise(
    play: _Play,
    course: PlayedCourse,
    act: ScriptedAct,
    at: datetime,
    finding: Finding,
    outcome: Refusal | None = None,
    where: str = "",
) -> None:
    play.surprises.append(
        Surprise(
            plan=course.plan.name,
            act=act.name,
            where=where or act.where,
            case_id=course.cases.get(MAIN, ""),
            at=at,
            finding=finding,
            outcome=outcome,
        )
    )
