"""How a case stands at one moment: every fact, given, gathered, built in or concluded, behind one look-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property

from engine.core.content.records import NUMBER, View
from engine.core.deciding.case import Clock
from engine.core.deciding.question import Question
from engine.core.evaluation.conclusions import Conclusions
from engine.core.evaluation.explanation import evaluate, explaining
from engine.core.evaluation.expressions import evaluate_expression
from engine.core.evaluation.prepared import Content
from engine.core.evaluation.reasons import Asked, Reason
from engine.core.evaluation.truth import Facts, Judge, judging
from engine.core.evaluation.viewing import Row, as_said, row_facts, truths_of, viewed_value
from engine.core.language.conditions import Condition, Expression, FactRef
from engine.core.language.facts import BUILT_IN_FACTS, Value, Viewed, term_fact
from engine.core.legal_clock.projection import Projection, passed_at
from engine.core.legal_clock.term_days import tell_term_days, write_term_days
from engine.core.moment import local_day
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True)
class SeenView:
    """A view at work: every record of its kind, and whether it counts (None: unknown).

    `when` is what it asks of each, and `fits` whether that holds; `unsaid` are the fields that the act must say before
    that can be judged.
    """

    view: View
    rows: tuple[Row, ...]
    truths: tuple[bool | None, ...]
    when: Condition
    unsaid: tuple[str, ...]
    fits: tuple[bool | None, ...]


_BUILT_IN: Mapping[str, Callable[[Question], Value]] = {
    "today": lambda asked: local_day(asked.moment),
    "now": lambda asked: asked.moment,
    "case.id": lambda asked: asked.case.id,
    "case.state": lambda asked: asked.case.state,
    "case.opened_on": lambda asked: local_day(asked.case.opened_at),
    "case.state_since": lambda asked: local_day(asked.case.entered_at),
    "case.parent": lambda asked: asked.case.parent,
    "actor.role": lambda asked: asked.actor.role,
    "actor.name": lambda asked: asked.actor.name,
    "letters.waiting": lambda asked: sum(1 for letter in asked.case.letters if letter.is_waiting),
    "letters.sent": lambda asked: tuple(dict.fromkeys(mark.letter for mark in asked.case.letters if mark.sent_on)),
}


@dataclass(frozen=True, slots=True)
class _Outside:
    """The facts that no rule concludes: recorded, built in, of terms, gathered from other cases."""

    question: Question

    def find(self, fact: str) -> Value | None:
        """The value; None when it is unknown, or no such fact."""
        given = self.question.given(fact)
        if given is not None or fact in self.question.content.only_given:  # as most facts are
            return given
        if fact in BUILT_IN_FACTS:
            return self._built_in(fact)
        term = term_fact(fact)
        if term is not None:
            return self._of_term(*term)
        rule = self.question.content.rules.facts.get(fact)
        if rule is not None and rule.viewed is not None:
            return self._viewed(rule.viewed)
        return self.question.gathered.get(fact)

    def _viewed(self, viewed: Viewed) -> Value | None:
        rules = self.question.content.rules
        seen = self.seen(viewed.view)
        field = rules.records[rules.views[viewed.view].of].fact_of(viewed.field)
        return viewed_value(viewed.aspect, field, seen.rows, seen.truths)

    def seen(self, view_id: str) -> SeenView:
        """The records of the kind a view is of, and whether each counts for it."""
        from engine.core.deciding.viewed_rows import rows_of  # an act that asks no view needs no rows

        content, case = self.question.content, self.question.case
        view = content.rules.views[view_id]
        kind = content.rules.records[view.of]
        held = self.question.beside.get(kind.id, ()) if kind.cases_of else rows_of(content, case, kind)
        rows = tuple(self.question.with_numbers(dict(row)) for row in held)
        when, unsaid = as_said(view, kind, rows, self.outside_views)
        # One that the act made its own is of this moment; the others are asked again and again.
        judge = content.judges.of(when) if when is view.when else judging(when)
        if view.full is not None:
            return self._seen_by_day(view, rows, judge)
        found = truths_of(judge, rows, self.outside_views, content.around)
        truths = tuple(None if truth and unsaid else truth for truth in found)
        return SeenView(view, rows, truths, when, unsaid, truths)

    def _seen_by_day(self, view: View, rows: tuple[Row, ...], judge: Judge) -> SeenView:
        from engine.core.evaluation.filling import by_day, in_first_full  # few procedures look over a stretch of time

        content = self.question.content
        full, kind, around = view.full, content.rules.records[view.of], content.around
        assert full is not None  # or nobody would ask
        rows = by_day(full, kind, rows)
        fits = tuple(truths_of(judge, rows, self.outside_views, around))
        truths = in_first_full(full, kind, rows, fits, self.outside_views, around)
        return SeenView(view, rows, tuple(truths), view.when, (), fits)

    def outside_views(self, fact: str) -> Value | None:
        """A fact that the condition of a view may read besides the fields of the record."""
        return self.find(fact)

    def _built_in(self, fact: str) -> Value | None:
        found = _BUILT_IN[fact](self.question)
        return None if found == "" else found

    def _of_term(self, term_id: str, aspect: str) -> Value | None:
        projections = _projections(self.question, term_id)  # of the record at hand, where each has its own clock
        if aspect == "running":
            return any(projection.status in ("running", "suspended") for projection in projections)
        if aspect == "deferred":  # put off or extended, in the run that counts now
            return any(projection.deferred_times or projection.extended_times for projection in projections)
        if aspect == "passed":
            return bool(projections) and all(passed_at(projection, self.question.moment) for projection in projections)
        if aspect == "days":
            return self._days_of_term(term_id)
        if aspect == "started_on":
            return max((p.started_on for p in projections if p.started_on), default=None)
        return max((p.last_day for p in projections if p.last_day), default=None)

    def _days_of_term(self, term_id: str) -> Value | None:
        """Every day of the clock of this term that ends last, as texts; None when it never started."""
        content, case = self.question.content, self.question.case
        clocks = [clock for clock in case.clocks if clock.term == term_id and clock.ledger]
        if not clocks or content.find_term(term_id) is None:
            return None
        clock = max(clocks, key=lambda clock: project_clock(content, clock).earliest_last_day or date.min)
        spec, today = content.term(term_id), local_day(self.question.moment)
        return write_term_days(tell_term_days(spec, clock.ledger, content.calendar, through=today)) or None


class Situation:
    """A question, and what is known about its case: nothing of it is worked out before somebody asks for a fact.

    `moment` (UTC) is that of the question, and `around` what expressions may use besides facts.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.content, self.case = question.content, question.case
        self.moment, self.actor = question.moment, question.actor
        self.around = question.content.around

    @cached_property
    def known(self) -> Conclusions:
        """What is known; it concludes a fact when it is first asked for."""
        return Conclusions(self.content.prepared, self.question.overruled(), self.around, _Outside(self.question).find)

    @cached_property
    def facts(self) -> Facts:
        """What conditions and expressions outside the rules read: what somebody recorded goes before a conclusion."""
        known = self.known
        return Facts(known.overruled, known.__getitem__, self.around) if known.overruled else known

    def lookup(self, fact: str) -> Value | None:
        """The value of a fact; None when it is unknown. Raises DefinitionError when the rules clash over it."""
        return self.facts[fact]

    def value_of(self, expression: Expression) -> Value | None:
        """What the expression is worth; None when something it needs is unknown."""
        return evaluate_expression(expression, self.lookup, self.around)

    def worded(self, expression: Expression) -> Value | None:
        """The same for who reads it in a letter: the names of people, never their numbers."""
        value = self.value_of(expression)
        holds_people = isinstance(expression, FactRef) and expression.fact in self.content.person_facts
        return self.question.people.shown(value) if holds_people and value is not None else value

    def holds(self, condition: Condition) -> bool:
        """Whether the condition is surely true."""
        return self.content.judges.of(condition)(self.facts) is True

    def explain(self, condition: Condition) -> Reason:
        """The truth of the condition, with the whole reason."""
        return evaluate(condition, self.lookup, self.around)

    def projections(self, term_id: str) -> tuple[Projection, ...]:
        """What each clock of this term comes to; none when it never started."""
        return _projections(self.question, term_id)

    def explain_view(self, fact: str) -> Reason | None:
        """Which records a fact of a view rests on: of each whether it counts and, where it does not, why not."""
        rule = self.content.rules.facts.get(fact)
        if rule is None or rule.viewed is None:
            return None
        outside = _Outside(self.question)
        seen = outside.seen(rule.viewed.view)
        explain = explaining(seen.when)
        parts = []
        for row, truth, fits in zip(seen.rows, seen.truths, seen.fits, strict=True):
            why = () if fits else (explain(row_facts(row, outside.outside_views, self.around)),)
            if fits and not truth:
                why = ((truth, Asked("stretch", seen.view.where, subject=seen.view.id), None, (), ()),)
            asked = Asked("record", subject=f"{seen.view.of}.{row[f'{seen.view.of}.{NUMBER}']}")
            parts.append((truth, asked, None, why, seen.unsaid if truth is None else ()))
        value = self.lookup(fact)
        truth = None if value is None else True
        return Reason((truth, Asked("view", seen.view.where, fact, subject=seen.view.id), value, tuple(parts), ()))

    def missing_facts(self, facts: tuple[str, ...]) -> tuple[str, ...]:
        """The facts to ask a person for, where a concluded fact is replaced by what its rules miss."""
        found: list[str] = []
        for fact in facts:
            reason = self.known.reason(fact) or self.explain_view(fact)
            if reason is None:
                found.append(fact)
            elif reason.kind == "view":
                found.extend(reason.missing_facts() or (fact,))
            elif reason.truth is None or reason.missing:
                direct = tuple(name for name in (*reason.missing, *reason.missing_facts()) if name != fact)
                found.extend(self.missing_facts(tuple(dict.fromkeys(direct))))
        return tuple(dict.fromkeys(found))


def look(question: Question) -> Situation:
    """The situation that is asked about."""
    return Situation(question)


def _projections(question: Question, term_id: str) -> tuple[Projection, ...]:
    term = question.content.find_term(term_id)
    number = question.case.facts.get(f"{term.for_each}.{NUMBER}") if term and term.for_each else None
    key = f"{term_id}/{term.for_each}.{number.value}" if term and number else ""
    clocks = (clock for clock in question.case.clocks if clock.term == term_id and key in ("", clock.key))
    return tuple(project_clock(question.content, clock) for clock in clocks)


def project_clock(content: Content, clock: Clock) -> Projection:
    """What one clock of a case comes to; as if it never started when the content no longer has its term."""
    term = content.find_term(clock.term)
    if term is None:
        return Projection(status="not_started")
    return content.project(term, clock.ledger)
