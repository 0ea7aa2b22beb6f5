"""The sweep of the calendar: whatever work came up is done once, whoever sweeps, however late and however often.

Each time it came up has a row with a key of its own, written with the case it opened in one transaction. A row that is
there is not done again; through which day all was dealt with is remembered for each piece of work apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from engine.core.deciding.case import ENGINE
from engine.core.deciding.opening import open_case
from engine.core.deciding.planned_work import (
    Entitled,
    Fate,
    Turn,
    occasions,
    rounds_of,
    situation_when_given,
    still_wanted,
)
from engine.core.deciding.step import Entry, EntryKind, Refusal
from engine.core.errors import CaseError, DefinitionError, OvertakenError
from engine.core.legal_clock.schoolyear import school_year_of
from engine.core.moment import local_day
from engine.line.case_line import Line, open_line
from engine.line.fence import Fence, Swept
from engine.line.planning import Scheduled, ask_for, draw, entitled_between, planned_in, planning_workflows
from engine.runtime import Runtime
from engine.store.planned import (
    TurnRow,
    dealt_with,
    draw_of,
    keep_draw,
    keep_occasion,
    keep_through,
    looked_through,
)
from engine.usecases.next_planned import next_days, remember_next
from engine.words.short_reasons import say_shortly

_TRIES = 3


def do_planned(runtime: Runtime) -> Swept:
    """Do all work that came up by the calendar until now, and remember when something comes up next.

    What fails is reported, and tried again by the next sweep; it does not hold up the others.
    """
    fence = Fence("kalender")
    if runtime.planned is not None and not runtime.planned:
        return Swept()
    today, handled, days = local_day(runtime.now()), 0, list[date]()
    undated: dict[str, list[Scheduled]] = {}
    if runtime.publication or runtime.settings.is_rehearsal:
        for planned in _all_planned(runtime, today, fence):
            if year := _year_without_vacations(planned, today):
                undated.setdefault(year, []).append(planned)
                continue
            before = len(fence.failed)
            with fence.around(planned.name):
                handled += _do_work(runtime, planned, today, fence)
                days += next_days(runtime, planned, today)
            if len(fence.failed) > before:
                days.append(today)
    for year, works in undated.items():
        with fence.around(f"schoolvakanties {year}"):
            days.append(today)
            raise _undated(year, works)
    fence.remember(runtime)
    remember_next(runtime, today, days)
    return Swept(done=handled, failed=fence.failed)


def _all_planned(runtime: Runtime, today: date, fence: Fence) -> Iterator[Scheduled]:
    for workflow in planning_workflows(runtime, today):
        with fence.around(workflow):
            yield from planned_in(runtime, workflow, today)


def _do_work(runtime: Runtime, planned: Scheduled, today: date, fence: Fence) -> int:
    with runtime.reading() as readings:
        through = looked_through(readings, planned.name)
        if planned.work.is_resting and through is None:
            return 0
        # What came up before anybody looked is not missed: there was no plan yet.
        first = (through or today - timedelta(days=1)) + timedelta(days=1)
        # While it rests nothing comes up, and nothing is missed.
        whom = () if planned.work.is_resting else entitled_between(readings, planned, first, today)
        found = occasions(planned.content, planned.work, whom, first, today)
        known = dealt_with(readings, planned.name, first)
    handled, before = 0, len(fence.failed)
    for occasion, is_wanted in _without_those_not_drawn(
        runtime, planned, found, still_wanted(planned.work, found, today, known)
    ):
        with fence.around(planned.name, f"{planned.name}/{occasion.round.slot}/{occasion.whom.number}"):
            handled += _deal_with(runtime, planned, occasion, is_wanted=is_wanted)
    if len(fence.failed) == before and through != today:
        with runtime.store.transaction() as tx:
            keep_through(tx, planned.name, today)
    return handled


def _without_those_not_drawn(
    runtime: Runtime, planned: Scheduled, found: Sequence[Turn], wanted: Iterable[tuple[Turn, bool]]
) -> Iterator[tuple[Turn, bool]]:
    """All of them where nobody draws; a draw that is passed over is passed over once, and not for everybody."""
    if planned.work.draw is None:
        yield from wanted
        return
    drawn: dict[str, frozenset[str]] = {}
    passed_over = set[str]()
    for occasion, is_wanted in wanted:
        slot = occasion.round.slot
        if is_wanted:
            if slot not in drawn:
                drawn[slot] = _drawn(runtime, planned, found, occasion)
            if occasion.whom.number in drawn[slot]:
                yield occasion, True
        elif slot not in passed_over:
            passed_over.add(slot)
            yield replace(occasion, whom=Entitled(number="")), False


def _deal_with(runtime: Runtime, planned: Scheduled, occasion: Turn, *, is_wanted: bool) -> int:
    for tries_left in reversed(range(_TRIES)):
        try:
            with open_line(runtime) as line:
                if occasion.key in dealt_with(line.work, planned.name, occasion.round.day):
                    return 0  # another worker was first
                return _decide(line, planned, occasion) if is_wanted else _pass_over(line, planned, occasion)
        except OvertakenError:
            if not tries_left:
                raise
    return 0


def _decide(line: Line, planned: Scheduled, occasion: Turn) -> int:
    question, opening = ask_for(line.runtime, line.plan, planned, occasion, line.moment, takes_number=False)
    # Who was drawn belongs to it; whether that is still so is for the case to say.
    truth = (
        planned.work.draw is not None or situation_when_given(question, opening.facts).explain(planned.work.when).truth
    )
    if truth is False:
        return 0
    if truth is None:
        return _pass_over(line, planned, occasion, Fate.UNKNOWN)
    asked = line.about_new(question.content, opening, ENGINE)
    outcome = open_case(asked, opening)
    if isinstance(outcome, Refusal):
        raise CaseError(
            f"Voor {occasion.whom.name or occasion.whom.number} is geen zaak geopend.",
            where=planned.name,
            why=f"Redenen: {say_shortly(outcome.blockers)}.",
            next_step="Neem de reden weg; bij de volgende ronde van de planner wordt het opnieuw geprobeerd.",
        )
    row = _row(planned, occasion, Fate.DONE, line.moment)
    line.add(replace(outcome, entries=(*outcome.entries, _entry(row, occasion))), occasion=row)
    line.write()
    return 1


def _pass_over(line: Line, planned: Scheduled, occasion: Turn, fate: Fate = Fate.PASSED_OVER) -> int:
    row = _row(planned, occasion, fate, line.moment)
    with line.work.writing() as tx:
        keep_occasion(tx, row, _entry(row, occasion))
    return 1


def _drawn(runtime: Runtime, planned: Scheduled, found: Sequence[Turn], occasion: Turn) -> frozenset[str]:
    """The numbers that are drawn in the round of this occasion; it is drawn now when nobody did."""
    slot = occasion.round.slot
    with open_line(runtime) as line:
        row = draw_of(line.work, planned.name, slot)
        if row is None:
            population = tuple(one for one in found if one.round.slot == slot)
            row = draw(runtime, line.plan, planned, population, line.moment)
            told = {"work": row.work, "slot": slot, "day": row.planned_for.isoformat(), "seed": row.seed,
                    "of": len(row.population), "drawn": [one.number for one in row.drawn]}  # fmt: skip
            entry = Entry(kind=EntryKind.DRAWN, at=line.moment, actor=ENGINE, details=told)
            with line.work.writing() as tx:
                is_first = keep_draw(tx, row, entry)
            row = row if is_first else draw_of(line.work, planned.name, slot)
    assert row is not None  # it was written, by this worker or by another
    return frozenset(one.number for one in row.drawn)


def _row(planned: Scheduled, occasion: Turn, fate: Fate, at: datetime) -> TurnRow:
    return TurnRow(
        work=planned.name,
        slot=occasion.round.slot,
        number=occasion.whom.number,
        planned_for=occasion.round.day,
        fate=fate.value,
        case_id="",
        at=at,
    )


def _entry(row: TurnRow, occasion: Turn) -> Entry:
    details = {"work": row.work, "slot": row.slot, "number": row.number, "round": occasion.round.number,
               "day": row.planned_for.isoformat(), "fate": row.fate}  # fmt: skip
    return Entry(kind=EntryKind.PLANNED, at=row.at, actor=ENGINE, details=details)


def _year_without_vacations(planned: Scheduled, today: date) -> str:
    """The school year of which the vacations must be known before anybody can say when this work comes up; or empty."""
    if planned.work.is_resting:
        return ""
    schedule = rounds_of(planned.work, planned.content.organisation.region)
    lacking = next(iter(schedule.lacks(school_year_of(today), planned.content.calendar)), None)
    return str(lacking.parameters["school_year"]) if lacking else ""


def _undated(year: str, works: Sequence[Scheduled]) -> DefinitionError:
    """One cause, told once, however much work waits for it."""
    first, others = works[0].work, len(works) - 1
    besides = f" en nog {others} andere" if others else ""
    return DefinitionError(
        f"Van het geplande werk '{first.label}'{besides} is niet te zeggen wanneer het aan de beurt is.",
        where=first.where,
        why=f"De schoolvakanties van {year} zijn niet bekend.",
        next_step="Vul de kalender aan met deze vakanties.",
    )
