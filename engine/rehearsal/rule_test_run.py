"""One test or story of a process owner, played: what came out otherwise than is expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from engine.core.deciding.advance import Act, act
from engine.core.deciding.case import ENGINE, Actor, Record
from engine.core.deciding.opening import Opening, new_case
from engine.core.deciding.question import Question, ask
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.step import Refusal, Step
from engine.core.dutch import write_moment
from engine.core.errors import DefinitionError, EngineError
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, fault
from engine.core.language.facts import LIFE, KnownFact, Value
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.definitions.files.places import findings_of
from engine.definitions.script import CasePlan, RuleTest, RuleTestFile, moment_of_day
from engine.rehearsal.chronicle import Chronicle, tell_chronicle
from engine.rehearsal.compare_evaluators import Comparison
from engine.rehearsal.declared_people import declare_people
from engine.rehearsal.expectations import compare, compare_refusal
from engine.rehearsal.given_facts import facts_of
from engine.rehearsal.memory import MemoryRuntime
from engine.rehearsal.player import play
from engine.rehearsal.report import Surprise
from engine.rehearsal.seen import Seen, foresee
from engine.words.saying import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """An expectation that did not come true: of which story or test, where, at which step, and what differs."""

    name: str
    where: str
    finding: Finding
    step: str = ""

    @property
    def text(self) -> str:
        """What differs, in words on one line."""
        return say(self.finding).text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of a test or story. `chronicle` tells what a story did; None of a test, and of what was broken off."""

    mismatches: tuple[Mismatch, ...]
    chronicle: Chronicle | None = None


@dataclass(frozen=True)
class TestRun:
    """One run: a workplace in memory that every story begins afresh, and the evaluators held against each other."""

    runtime: MemoryRuntime
    comparison: Comparison

    def run(self, one: RuleTest | CasePlan, file: RuleTestFile) -> Played:
        """What comes of this test or story of the file, and what of that is otherwise than it expects."""
        return self.check(one, file.workflow) if isinstance(one, RuleTest) else self.play(one, file)

    def check(self, test: RuleTest, workflow: str) -> Played:
        """Compare the conclusions on a case with these facts with what the process owner expects."""
        where = test.expect.where
        try:
            content = self.runtime.content(workflow, local_day(test.on))
            case = new_case(content, Opening(case_id="TEST", facts=test.facts), test.on)
            records = _records_of(test, content)
            own = tuple(one for one in records if not content.rules.records[one.kind].subject)
            case = replace(case, state=test.state or case.state, version=1, records=own)
            question = ask(content, case, ENGINE, test.on, ())  # what lies in other cases is given with the test
            registered = replace(question.subject, records=tuple(one for one in records if one not in own))
            question = question.about(replace(case, facts=_given(test.facts, test.on)), registered)
            situation = look(question)
            found = (*_compare(test, question, situation), *self.comparison.differences(situation))
        except EngineError as error:
            found, where = findings_of(error), test.where
        return Played(mismatches=tuple(Mismatch(name=test.name, where=where, finding=one) for one in found))

    def play(self, story: CasePlan, file: RuleTestFile) -> Played:
        """Play a story in a workplace of its own; everything that came out otherwise, step by step, and what it did."""
        differences: list[Finding] = []

        def observe(situation: Situation) -> None:
            differences.extend(self.comparison.differences(situation))

        try:
            self.runtime.begin(first_moment(story))
            declare_people(self.runtime, file.people, file.path)
            report = play(self.runtime, (story,), observe=observe)
            chronicle = tell_chronicle(self.runtime, report.deeds)
        except EngineError as error:
            return Played(mismatches=tuple(_of_story(story, one) for one in findings_of(error)))
        failed = (fault("not_dealt_with", "", what=what, why=why) for what, why in report.failed)
        return Played(
            mismatches=(
                *(_mismatch(surprise) for surprise in report.surprises),
                *(_of_story(story, one) for one in (*failed, *differences)),
            ),
            chronicle=chronicle,
        )


def first_moment(one: RuleTest | CasePlan) -> datetime:
    """The moment on which it begins."""
    if isinstance(one, RuleTest):
        return one.on
    assert one.opening is not None  # the reader refuses a story that does not open
    assert one.opening.on is not None
    return moment_of_day(one.opening.on)


def _compare(test: RuleTest, question: Question, situation: Situation) -> tuple[Finding, ...]:
    """How the case stands against what is expected; with an act, what that would bring about."""
    if test.act is None:
        return compare(test.expect, Seen(situation=situation))
    facts = facts_of(test.act, test.name, 1, situation.lookup, situation.around)
    command = Act(transition=test.act.name, facts=facts, reason=test.act.reason)
    outcome = act(question.by(Actor(role=test.act.role)), command)
    refusal = outcome if isinstance(outcome, Refusal) else None
    difference = compare_refusal(test.act, refusal)
    if difference is not None:
        return (difference,)
    seen = foresee(question, outcome) if isinstance(outcome, Step) else Seen(situation=situation)
    return compare(test.expect, seen)


def _given(values: Mapping[str, Value], at: datetime) -> dict[str, KnownFact]:
    return {name: KnownFact(value=value, by="test", at=at) for name, value in values.items()}


def _records_of(test: RuleTest, content: Content) -> tuple[Record, ...]:
    """The records of a test. Raises DefinitionError for a kind that the content does not know."""
    found: list[Record] = []
    for name, records in test.records.items():
        kind = content.rules.records.get(name)
        if kind is None:
            raise DefinitionError(
                f"De soort {name} bestaat niet.",
                where=test.where,
                why=f"Deze regelset kent: {', '.join(content.rules.records) or 'geen records'}.",
                next_step="Noem een soort die onder records staat.",
            )
        for number, said in enumerate(records, 1):
            fields = _given({field: value for field, value in said.items() if field in kind.fields}, test.on)
            life, owner = str(said.get(LIFE, kind.first_life)), said.get(kind.belongs_to, 0)
            found.append(
                Record(
                    kind=name, number=number, fields=fields, at=test.on, by="test", life=life,
                    belongs_to=int(str(owner)),
                )
            )  # fmt: skip
    return tuple(found)


def _of_story(story: CasePlan, finding: Finding) -> Mismatch:
    return Mismatch(name=story.name, where=story.where, finding=finding)


def _mismatch(surprise: Surprise) -> Mismatch:
    step = f"{surprise.act} op {write_moment(surprise.at)}"
    return Mismatch(name=surprise.plan, where=surprise.where, step=step, finding=surprise.finding)
