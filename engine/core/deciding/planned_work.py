"""Planned work as its schedule says: for whom, on which day, and what of it is done, passed over or still to come."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from engine.core.content.organisation import Organisation
from engine.core.content.planned import (
    BOARD,
    BOARDS,
    NAME,
    NUMBER,
    ORGANISATION,
    PLACE,
    SCHOOLS,
    SORTS,
    Missed,
    PlannedWork,
)
from engine.core.deciding.draft import Draft
from engine.core.deciding.question import Question
from engine.core.deciding.situation import Situation
from engine.core.evaluation.expressions import evaluate_expression
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.legal_clock.rounds import Round, Rounds
from engine.core.quick_class import dataclass


class Fate(StrEnum):
    """What became of one time that work came up for somebody."""

    DONE = "done"
    PASSED_OVER = "passed_over"
    """A later one came before anybody swept, or its day went by and the content skips what is missed."""
    UNKNOWN = "unknown"
    """Whether it is for them hangs on something nobody ever said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitled:
    """One of those work is for: the number, and what of them goes along to the case. `school` names its calendar."""

    number: str
    name: str = ""
    facts: tuple[tuple[str, Value], ...] = ()
    region: str = ""
    school: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One time that work comes up for one of those it is for."""

    whom: Entitled
    round: Round

    @property
    def key(self) -> tuple[str, str]:
        """Round and number: unique within the work."""
        return self.round.slot, self.whom.number


def name_of_work(content: Content, work: PlannedWork) -> str:
    """What it is called everywhere: the rule set and its name there."""
    return f"{content.rules.id}.{work.id}"


def registered(organisation: Organisation, work: PlannedWork) -> tuple[Entitled, ...]:
    """Those in a register of the organisation whom work is for; subjects are asked of the store."""
    region = organisation.region
    if work.who == ORGANISATION:
        facts: tuple[tuple[str, Value], ...] = ((NAME, organisation.title),)
        return (Entitled(number=organisation.id, name=organisation.title, facts=facts, region=region),)
    if work.who == BOARDS:
        boards = organisation.boards.values()
        return tuple(
            Entitled(number=one.number, name=one.name, facts=((NAME, one.name), (PLACE, one.place)), region=region)
            for one in boards
        )
    if work.who == SCHOOLS:
        return tuple(
            Entitled(
                number=one.number,
                name=one.name,
                facts=(
                    (NAME, one.name),
                    *(((PLACE, one.place),) if one.place else ()),
                    *(((BOARD, one.board),) if one.board else ()),
                    (SORTS, one.types),
                ),
                region=one.region or region,
                school=one.number,
            )
            for one in organisation.schools.values()
        )
    return ()


def rounds_of(work: PlannedWork, region: str, school: str = "") -> Rounds:
    """The schedule of work in this region, or for this school."""
    return Rounds(
        on=work.on,
        every=work.length,
        since=work.since,
        first_week=work.first_week,
        moves=work.moves,
        region=region,
        school=school,
    )


def occasions(
    content: Content, work: PlannedWork, whom: Sequence[Entitled], first: date, last: date
) -> tuple[Turn, ...]:
    """Every time it comes up on the days first..last, both included: by day, and then by number."""
    found: dict[tuple[str, str], tuple[Round, ...]] = {}
    for one in whom:
        if (one.region, one.school) not in found:
            schedule = rounds_of(work, one.region, one.school)
            found[one.region, one.school] = schedule.between(first, last, content.calendar)
    all_of_them = (Turn(whom=one, round=at) for one in whom for at in found[one.region, one.school])
    return tuple(sorted(all_of_them, key=lambda one: (one.round.day, one.whom.number)))


def still_wanted(
    work: PlannedWork, found: Sequence[Turn], today: date, known: Collection[tuple[str, str]]
) -> Iterator[tuple[Turn, bool]]:
    """Of occasions whose day has come those that nobody dealt with; and whether each is to be done, or passed over."""
    latest = {one.whom.number: one.round for one in found}
    for one in found:
        if one.key in known:
            continue
        is_last = latest[one.whom.number] == one.round
        wanted = {
            Missed.EACH: True,
            Missed.LATEST: is_last,
            Missed.SKIP: one.round.day == today,
        }[work.missed]
        yield one, wanted


def handed_over(content: Content, work: PlannedWork, occasion: Turn) -> Mapping[str, Value]:
    """The facts that the case to be opened begins with; one that is worth nothing here is left out."""
    known: dict[str, Value] = {
        NUMBER: occasion.whom.number,
        "planned.day": occasion.round.day,
        "planned.round": occasion.round.number,
        "planned.school_year": occasion.round.school_year,
        **dict(occasion.whom.facts),
    }
    worth = ((said.fact, evaluate_expression(said.value, known.get, content.around)) for said in work.opens.facts)
    return {fact: value for fact, value in worth if value is not None}


def situation_when_given(question: Question, facts: Mapping[str, Value]) -> Situation:
    """How the case to be opened would begin: what is handed over, and what the register says of whom it is about."""
    draft = Draft(question)
    draft.set_facts(facts, question.actor.role)
    return draft.look()
