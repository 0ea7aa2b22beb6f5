"""Plays stories and rule tests in memory: the same decisions as in earnest, no store, time that obeys.

Between the steps of a story everything that falls due happens in order of time, letters leave at the moment
they are ordered, and cases that are opened live along.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date, datetime

from engine.core.deciding.advance import Act, Report, act, record, tell
from engine.core.deciding.case import ENGINE, Actor, Case
from engine.core.deciding.falling_due import HandedOver, confirm_sent, fall_due
from engine.core.deciding.opening import Opening, new_case, open_case
from engine.core.deciding.question import Question, ask
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.step import Deadline, Refusal, Step
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import KnownFact, Value
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.definitions.story import RuleTest, Story, StoryStep
from engine.rehearsal.expectations import Outcome, compare

ContentFor = Callable[[str, date], Content]
"""Gives the content of a workflow as it is in force on a day."""

Observe = Callable[[Situation], None]
"""Is shown every situation that is held against an expectation."""

_MOST_EVENTS = 5000
MAIN = "STORY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """An expectation that did not come true: which story or test, at which step, what differs (Dutch)."""

    name: str
    where: str
    text: str


def check_test(test: RuleTest, content_for: ContentFor, observe: Observe = lambda _: None) -> tuple[Mismatch, ...]:
    """Compare the conclusions on a case with these facts with what the process owner expects."""
    content = content_for(test.workflow, local_day(test.on))
    facts = {fact: KnownFact(value=value, by="test", at=test.on) for fact, value in test.facts.items()}
    case = Case(
        id="TEST",
        organisation=content.organisation.id,
        workflow=content.workflow.id,
        workflow_version=content.workflow.valid_from,
        rules_version=content.rules.valid_from,
        state=test.state or content.workflow.entries[0].state,
        version=1,
        subject=str(test.facts.get(content.workflow.subject_key, "")),
        opened_at=test.on,
        entered_at=test.on,
        facts=facts,
    )
    situation = look(ask(content, case, ENGINE, test.on, ()))  # what lies in other cases is given with the test
    observe(situation)
    outcome = Outcome(situation=situation)
    texts = compare(test.expect, outcome)
    return tuple(Mismatch(name=test.name, where=test.expect.where or test.where, text=text) for text in texts)


def play(story: Story, content_for: ContentFor, observe: Observe = lambda _: None) -> tuple[Mismatch, ...]:
    """Play the story; everything that came out otherwise than expected, step by step."""
    world = World(content_for, observe)
    opening = Opening(case_id=MAIN, entry=story.entry, facts=story.facts)
    content = content_for(story.workflow, local_day(story.opens_at))
    outcome = world.open(content, opening, Actor(role=story.role), story.opens_at)
    found = _mismatches(story, story.where, compare(story.expect, _outcome(world, outcome, story.opens_at)))
    if isinstance(outcome, Refusal):
        return found or (Mismatch(name=story.name, where=story.where, text=f"openen is geweigerd: {outcome.blockers}"),)
    world.clear()
    for step in story.steps:
        world.pass_time(step.at)
        if step.transition or step.facts:
            world.clear()  # what happened on the way to this step is not this step's doing
        result = _take(world, step)
        if isinstance(result, Step):
            world.pass_time(step.at)
        texts = compare(step.expect, _outcome(world, result, step.at))
        found = (*found, *_mismatches(story, step.where, texts))
        world.clear()
    return found


def _take(world: World, step: StoryStep) -> Step | Refusal | None:
    if not step.transition and not step.facts:
        return None
    case, actor = world.main, Actor(role=step.role)
    question = world.ask(case, actor, step.at)
    if step.transition:
        command = Act(transition=step.transition, facts=step.facts, reason=step.reason)
        return world.settle(act(question, command), step.at)
    return world.settle(record(question, step.facts), step.at)


def _outcome(world: World, result: Step | Refusal | None, at: datetime) -> Outcome:
    case = world.cases.get(MAIN)
    if case is None:
        return Outcome(refusal=result if isinstance(result, Refusal) else None)
    situation = look(world.ask(case, ENGINE, at))
    world.observe(situation)
    return Outcome(
        situation=situation,
        refusal=result if isinstance(result, Refusal) else None,
        letters=tuple(world.letters),
        opened=tuple(world.opened),
    )


def _mismatches(story: Story, where: str, texts: tuple[str, ...]) -> tuple[Mismatch, ...]:
    return tuple(Mismatch(name=story.name, where=where, text=text) for text in texts)


@dataclass
class World:
    """The cases of one story. Mutable, and never outside this module but for the reader of its outcome."""

    content_for: ContentFor
    observe: Observe
    cases: dict[str, Case] = field(default_factory=dict)
    deadlines: dict[str, tuple[Deadline, ...]] = field(default_factory=dict)
    letters: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    @property
    def main(self) -> Case:
        """The case the story is about."""
        return self.cases[MAIN]

    def clear(self) -> None:
        """Forget the letters and openings of the step before."""
        self.letters.clear()
        self.opened.clear()

    def content_of(self, case: Case, at: datetime) -> Content:
        """The content for a case at a moment."""
        return self.content_for(case.workflow, local_day(at))

    def ask(self, case: Case, actor: Actor, at: datetime) -> Question:
        """The question about a case, with the others of the same subject."""
        beside = tuple(other for other in self.cases.values() if other.subject == case.subject)
        return ask(self.content_of(case, at), case, actor, at, beside)

    def open(self, content: Content, opening: Opening, actor: Actor, at: datetime) -> Step | Refusal:
        """Open a case in this world."""
        return self.settle(open_case(ask(content, new_case(content, opening, at), actor, at, ()), opening), at)

    def settle(self, outcome: Step | Refusal, at: datetime) -> Step | Refusal:
        """Write a step into the world: the case, its deadlines, its letters, the cases it opens."""
        if isinstance(outcome, Refusal):
            return outcome
        case = outcome.after
        self.cases[case.id], self.deadlines[case.id] = case, outcome.deadlines
        is_main = case.id == MAIN
        if is_main:
            self.letters.extend(letter.letter for letter in outcome.letters)
            self.opened.extend(order.workflow for order in outcome.opens)
        for letter in outcome.letters:
            self._send(case.id, letter.key, at)
        for order in outcome.opens:
            self._open_child(case, order.workflow, order.entry, order.facts, at)
        if outcome.told_parent and case.parent in self.cases:
            question = self.ask(self.cases[case.parent], ENGINE, at)
            self.settle(tell(question, Report(from_case=case.id, facts=outcome.told_parent)), at)
        return outcome

    def pass_time(self, until: datetime) -> None:
        """Let everything happen that is due up to and including this moment, oldest first."""
        for _ in range(_MOST_EVENTS):
            due = [
                (deadline.due_at, case_id, deadline.key)
                for case_id, deadlines in self.deadlines.items()
                for deadline in deadlines
                if deadline.due_at <= until
            ]
            if not due:
                return
            due_at, case_id, key = min(due)
            case = self.cases[case_id]
            moment = max(due_at, case.entered_at)
            self.settle(fall_due(self.ask(case, ENGINE, moment), key), moment)
        raise DefinitionError(
            "in dit verhaal blijven termijnen elkaar opvolgen zonder eind",
            next_step="Kijk welke termijn steeds opnieuw begint.",
        )

    def _send(self, case_id: str, key: str, at: datetime) -> None:
        question = self.ask(self.cases[case_id], ENGINE, at)
        self.settle(confirm_sent(question, HandedOver(letter_key=key, sent_on=local_day(at))), at)

    def _open_child(self, parent: Case, workflow: str, entry: str, facts: Mapping[str, Value], at: datetime) -> None:
        siblings = (case for case in self.cases.values() if case.parent == parent.id and case.workflow == workflow)
        if any(not case.is_closed for case in siblings):
            return
        content = self.content_for(workflow, local_day(at))
        child = Opening(case_id=f"{workflow}-{len(self.cases)}", entry=entry, facts=facts, parent=parent.id)
        self.open(content, child, ENGINE, at)
