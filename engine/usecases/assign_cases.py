"""Put cases in the hands of somebody: one, or everything that another had; and list who has what."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.content.organisation import Organisation
from engine.core.deciding.case import Actor
from engine.core.deciding.handling import ASSIGN, assign_case
from engine.core.deciding.people import Person
from engine.core.deciding.step import Blocker, BlockerKind, Refusal
from engine.core.errors import UsageError
from engine.core.evaluation.prepared import Content
from engine.core.quick_class import dataclass
from engine.line.case_line import Line
from engine.line.people import names_here
from engine.runtime import Runtime
from engine.store.people import read_people
from engine.store.records import CaseRow
from engine.usecases.keep_people import load_person, organisation_with_people
from engine.usecases.known_contents import contents_today
from engine.usecases.who_acts import hands_of, numbers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """The cases that went to somebody."""

    to: Person
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InHands:
    """Open cases with the names of who has them in hand, by number, and the content that has words for them."""

    rows: tuple[CaseRow, ...]
    names: Mapping[str, str]
    contents: Mapping[str, Content]


def assign_one(
    line: Line, organisation: Organisation, case_id: str, to: str, reason: str, actor: Actor, *, dry_run: bool = False
) -> Assigned | Refusal:
    """Put one case in the hands of a person, who is given by number or name."""
    asked, person = line.about(case_id, actor), load_person(line.work, organisation, to)
    outcome = line.keep(assign_case(asked, person, reason), dry_run=dry_run)
    return outcome if isinstance(outcome, Refusal) else Assigned(to=person, cases=(case_id,))


def assign_all(
    line: Line, organisation: Organisation, whose: str, to: str, reason: str, actor: Actor, *, dry_run: bool = False
) -> Assigned | Refusal:
    """Hand over every open case that somebody has in hand: all of them, or none when one is refused.

    Raises UsageError when there is none to hand over, or when it is one and the same person.
    """
    old, new = load_person(line.work, organisation, whose), load_person(line.work, organisation, to)
    if old.number == new.number:
        raise UsageError("hands_are_the_same", name=new.shown)
    numbers = numbers_of(read_people(line.work, organisation.id), (old,))
    cases = tuple(row.case_id for row in line.work.cases_in_hand(organisation.id, numbers))
    if not cases:
        raise UsageError("hands_are_empty", name=old.shown, number=old.number)
    if not reason.strip():
        return Refusal(
            case_id=cases[0], attempted=ASSIGN, blockers=(Blocker(kind=BlockerKind.REASON_MISSING, subject=ASSIGN),)
        )
    for case_id in cases:
        outcome = assign_case(line.about(case_id, actor), new, reason)
        if isinstance(outcome, Refusal):
            return outcome
        line.add(outcome)
    if not dry_run:
        line.write()
    return Assigned(to=new, cases=cases)


def cases_in_hands(runtime: Runtime, *, whose: str = "", name: str = "", is_mine: bool = False) -> InHands:
    """The open cases of who acts (`is_mine`), of somebody (`whose`), or all of them."""
    organisation = organisation_with_people(runtime)
    with runtime.reading() as readings:
        names = names_here(readings, organisation)
        everybody = read_people(readings, organisation.id)
        handlers = numbers_of(everybody, (load_person(readings, organisation, whose),)) if whose else None
        if is_mine:
            handlers = hands_of(runtime, organisation, name, runtime.moment_by(readings))
        rows = readings.cases_in_hand(organisation.id, handlers)
    return InHands(rows=rows, names=names, contents=contents_today(runtime, (row.workflow for row in rows)))
