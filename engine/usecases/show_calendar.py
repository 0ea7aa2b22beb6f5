"""What the calendar brings up in the coming time, per school, and what was done of what came up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from engine.core.content.planned import PlannedWork
from engine.core.deciding.planned_work import occasions, rounds_of
from engine.core.errors import UsageError
from engine.core.legal_clock.rounds import Round
from engine.core.legal_clock.schoolyear import school_year_of
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.line.planning import Scheduled, entitled, planned_in, planning_workflows
from engine.runtime import Runtime
from engine.store.planned import TurnRow, dealt_with, occasions_since


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """One time that work comes up: `number` and `name` of whom it is for, empty for all of a kind together (`many`).

    `round` says on which day and why then; `draws` that not all of them get a case.
    """

    work: str
    label: str
    workflow: str
    number: str
    name: str
    many: int
    round: Round
    draws: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RestingWork:
    """Work that does not come up: the parameter for how often is 0, or the vacations of this `year` are not known."""

    work: str
    label: str
    year: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAhead:
    """What comes up from `first` through `last`, by day, and the work that cannot."""

    first: date
    last: date
    ahead: tuple[Ahead, ...]
    resting: tuple[RestingWork, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneRow:
    """What became of one time that work came up, with the words for the work and for whom it was."""

    row: TurnRow
    label: str
    name: str


def planned_ahead(runtime: Runtime, weeks: int, number: str = "") -> PlannedAhead:
    """What comes up from today, so many weeks long; of one school or board, when its number is given.

    What was done already, or passed over, is left out. Raises UsageError for a number that no work is for.
    """
    first = local_day(runtime.now())
    last = first + timedelta(weeks=weeks)
    ahead, resting, is_known = list[Ahead](), list[RestingWork](), False
    for planned in _all_planned(runtime, first):
        with runtime.reading() as readings:
            whom = [one for one in entitled(readings, planned) if number in ("", one.number)]
            done = dealt_with(readings, planned.name, first)
        is_known = is_known or bool(whom)
        if number and not whom:
            continue
        if (rests := _resting(planned, first)) is not None:
            resting.append(rests)
            continue
        found = occasions(planned.content, planned.work, whom, first, last)
        ahead += _told(planned, [(one.round, one.whom.number, one.whom.name) for one in found if one.key not in done])
    if number and not is_known:
        raise UsageError("nothing_planned_for", number=number)
    in_order = sorted(ahead, key=lambda one: (one.round.day, one.label, one.number))
    return PlannedAhead(first=first, last=last, ahead=tuple(in_order), resting=tuple(resting))


def planned_done(runtime: Runtime, since: date, number: str = "") -> tuple[DoneRow, ...]:
    """What became of all that came up for a day from this one on, by day."""
    labels, names = dict[str, str](), dict[tuple[str, str], str]()
    for planned in _all_planned(runtime, local_day(runtime.now())):
        labels[planned.name] = planned.work.label
        with runtime.reading() as readings:
            names |= {(planned.name, one.number): one.name for one in entitled(readings, planned)}
    with runtime.reading() as readings:
        found = occasions_since(readings, since)
    return tuple(
        DoneRow(row=row, label=labels.get(row.work, row.work), name=names.get((row.work, row.number), ""))
        for row in found
        if number in ("", row.number)
    )


def _all_planned(runtime: Runtime, today: date) -> Iterator[Scheduled]:
    for workflow in planning_workflows(runtime, today):
        yield from planned_in(runtime, workflow, today)


def _resting(planned: Scheduled, today: date) -> RestingWork | None:
    work, content = planned.work, planned.content
    if work.is_resting:
        return RestingWork(work=planned.name, label=work.label)
    lacks = rounds_of(work, content.organisation.region).lacks(school_year_of(today), content.calendar)
    year = str(lacks[0].parameters["school_year"]) if lacks else ""
    return RestingWork(work=planned.name, label=work.label, year=year) if lacks else None


def _told(planned: Scheduled, found: Sequence[tuple[Round, str, str]]) -> Iterator[Ahead]:
    """A line for each school, board or the organisation; of dossiers one line for all, with how many there are."""
    work = planned.work
    if _is_told_apart(planned, work):
        yield from (_line(planned, number, name, 1, at) for at, number, name in found)
        return
    together: dict[str, list[Round]] = {}
    for at, _, _ in found:
        together.setdefault(at.slot, []).append(at)
    yield from (_line(planned, "", "", len(rounds), rounds[0]) for rounds in together.values())


def _is_told_apart(planned: Scheduled, work: PlannedWork) -> bool:
    return work.who not in planned.content.organisation.subjects and work.draw is None


def _line(planned: Scheduled, number: str, name: str, many: int, at: Round) -> Ahead:
    return Ahead(
        work=planned.name,
        label=planned.work.label,
        workflow=planned.work.opens.workflow,
        number=number,
        name=name,
        many=many,
        round=at,
        draws=planned.work.draw is not None,
    )
