"""A year in figures: cases by procedure and outcome, terms, letters, the ladder, and what is still open and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from engine.core.deciding.situation import Situation
from engine.core.deciding.waiting import waits_for
from engine.core.deciding.why import Possibility
from engine.core.evaluation.prepared import Content
from engine.core.quick_class import dataclass
from engine.reports.ladder_counts import RungCount
from engine.reports.term_counts import TermCount
from engine.words.of_waiting import say_bodies, say_what

MOST_REASONS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A case with broken terms (at least one), and what can be done with it."""

    situation: Situation
    possibilities: tuple[Possibility, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCount:
    """How many cases are in a state; `outcome` is set for an end."""

    state: str
    label: str
    owner: str
    outcome: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowCount:
    """One procedure: its cases by where they stand, open ones first."""

    workflow: str
    title: str
    opened: int
    closed: int
    states: tuple[StateCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterCount:
    """One kind of letter: how many went out, wait, and failed."""

    letter: str
    title: str
    sent: int
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """Why late cases stand still: in which procedure and state, for which term, with whom, how many, one of them."""

    workflow: str
    state: str
    term: str
    waits_for: str
    text: str
    cases: int
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSummary:
    """All figures. `open_cases` and `late_cases` count cases, `alarms` what the second evaluator found."""

    workflows: tuple[WorkflowCount, ...]
    terms: tuple[TermCount, ...]
    letters: tuple[LetterCount, ...]
    rungs: tuple[RungCount, ...]
    open_cases: int
    late_cases: int
    standstills: tuple[Standstill, ...]
    alarms: int


def count_cases(content: Content, numbers: Mapping[str, int]) -> WorkflowCount:
    """The cases of one procedure, from the number of cases by state."""
    workflow = content.workflow
    bodies = content.organisation.bodies
    states = [
        StateCount(
            state=state.id,
            label=state.label,
            owner=bodies[state.owner].label if state.owner in bodies else state.owner,
            outcome=state.outcome,
            cases=numbers[state.id],
        )
        for state in workflow.states
        if numbers.get(state.id)
    ]
    states.sort(key=lambda one: (bool(one.outcome), -one.cases))
    return WorkflowCount(
        workflow=workflow.id,
        title=workflow.title,
        opened=sum(one.cases for one in states),
        closed=sum(one.cases for one in states if one.outcome),
        states=tuple(states),
    )


def count_letters(titles: Mapping[str, str], found: Iterable[tuple[str, str]]) -> tuple[LetterCount, ...]:
    """Letters by kind, from (letter, status) of each."""
    counts = Counter(found)
    kinds = sorted({letter for letter, _ in counts}, key=lambda letter: (len(letter.rstrip("Kb")), letter))
    return tuple(
        LetterCount(
            letter=letter,
            title=titles.get(letter, letter),
            sent=counts[(letter, "sent")],
            waiting=counts[(letter, "waiting")] + counts[(letter, "claimed")],
            failed=counts[(letter, "failed")],
        )
        for letter in kinds
    )


def count_standstills(late: Sequence[Late]) -> tuple[Standstill, ...]:
    """The most frequent reasons for which late cases do not move, most cases first."""
    examples: dict[tuple[str, str, str, str, str], list[str]] = {}
    for one in late:
        situation = one.situation
        waits = waits_for(situation, one.possibilities, one.terms)
        on_whom, text = say_bodies(situation.content, waits), say_what(situation.content, waits)
        workflow = situation.content.workflow
        term = situation.content.term(one.terms[0]).label
        key = (workflow.title, workflow.state(situation.case.state).label, term, on_whom, text)
        examples.setdefault(key, []).append(situation.case.id)
    ordered = sorted(examples.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        Standstill(
            workflow=workflow, state=state, term=term, waits_for=on_whom, text=text, cases=len(ids), example=ids[0]
        )
        for (workflow, state, term, on_whom, text), ids in ordered[:MOST_REASONS]
    )
