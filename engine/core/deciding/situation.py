"""How a case stands at one moment: every fact, given, gathered, built in or concluded, behind one look-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import date, datetime

from engine.core.deciding.case import Actor, Case, Clock
from engine.core.deciding.question import Question
from engine.core.evaluation.expressions import Lookup, Surroundings
from engine.core.evaluation.findings import Findings, ReasonsLater, conclude
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import BUILT_IN_FACTS, Value, term_fact
from engine.core.legal_clock.projection import Projection, passed_at
from engine.core.legal_clock.term_days import tell_term_days, write_term_days
from engine.core.legal_clock.terms import project
from engine.core.moment import local_day
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A question, with what the rules conclude from it."""

    question: Question
    around: Surroundings
    findings: Findings = field(default_factory=Findings)

    @property
    def content(self) -> Content:
        """The content of the question."""
        return self.question.content

    @property
    def case(self) -> Case:
        """The case as it stands in this situation."""
        return self.question.case

    @property
    def moment(self) -> datetime:
        """The moment (UTC) of the question."""
        return self.question.moment

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return self.question.actor

    def lookup(self, fact: str) -> Value | None:
        """The value of a fact; None when it is unknown."""
        known = self.case.facts.get(fact)
        if known is not None:
            return known.value
        if fact in self.findings.values:
            return self.findings.values[fact]
        if fact in BUILT_IN_FACTS:
            return self._built_in(fact)
        term = term_fact(fact)
        if term is not None:
            return self._of_term(*term)
        return self.question.gathered.get(fact)

    def projections(self, term_id: str) -> tuple[Projection, ...]:
        """What each clock of this term comes to; none when it never started."""
        clocks = (clock for clock in self.case.clocks if clock.term == term_id)
        return tuple(project_clock(self.content, clock) for clock in clocks)

    def missing_facts(self, facts: tuple[str, ...]) -> tuple[str, ...]:
        """The facts to ask a person for, where a concluded fact is replaced by what its rules miss."""
        found: list[str] = []
        for fact in facts:
            reason = self.findings.reasons.get(fact)
            if reason is None:
                found.append(fact)
            elif reason.truth is None or reason.missing:
                direct = tuple(name for name in (*reason.missing, *reason.missing_facts()) if name != fact)
                found.extend(self.missing_facts(tuple(dict.fromkeys(direct))))
        return tuple(dict.fromkeys(found))

    def _built_in(self, fact: str) -> Value | None:
        case = self.case
        waiting = sum(1 for letter in case.letters if letter.sent_on is None)
        values: dict[str, Value] = {
            "today": local_day(self.moment),
            "now": self.moment,
            "case.id": case.id,
            "case.state": case.state,
            "case.opened_on": local_day(case.opened_at),
            "case.state_since": local_day(case.entered_at),
            "case.parent": case.parent,
            "actor.role": self.actor.role,
            "actor.name": self.actor.name,
            "letters.waiting": waiting,
            "letters.sent": tuple(dict.fromkeys(mark.letter for mark in case.letters if mark.sent_on)),
        }
        found = values[fact]
        return None if found == "" else found

    def _of_term(self, term_id: str, aspect: str) -> Value | None:
        projections = self.projections(term_id)
        if aspect == "running":
            return any(projection.status in ("running", "suspended") for projection in projections)
        if aspect == "passed":
            return bool(projections) and all(passed_at(projection, self.moment) for projection in projections)
        if aspect == "days":
            return self._days_of_term(term_id)
        if aspect == "started_on":
            return max((p.started_on for p in projections if p.started_on), default=None)
        return max((p.last_day for p in projections if p.last_day), default=None)

    def _days_of_term(self, term_id: str) -> Value | None:
        """Every day of the clock of this term that ends last, as texts; None when it never started."""
        clocks = [clock for clock in self.case.clocks if clock.term == term_id and clock.ledger]
        if not clocks or self.content.find_term(term_id) is None:
            return None
        clock = max(clocks, key=lambda clock: project_clock(self.content, clock).earliest_last_day or date.min)
        spec, today = self.content.term(term_id), local_day(self.moment)
        return write_term_days(tell_term_days(spec, clock.ledger, self.content.calendar, through=today)) or None


def look(question: Question) -> Situation:
    """The situation that is asked about, with the rules applied. Raises DefinitionError when they clash."""
    bare = Situation(question=question, around=surroundings(question.content))
    return replace(bare, findings=_conclude(question.content, bare.lookup, bare.around))


def _conclude(content: Content, lookup: Lookup, around: Surroundings) -> Findings:
    if content.code is None:
        return conclude(content.rules, lookup, around)
    values, truths = content.code.findings(_Given(lookup), around)
    later = ReasonsLater(lambda: conclude(content.rules, lookup, around).reasons)
    return Findings(values=values, reasons=later, truth_by_rule=truths)


class _Given(Mapping[str, Value]):
    """A look-up in the form that compiled rules read; what is unknown is not in it."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def get(self, fact: str, default: object = None) -> Value | None:  # type: ignore[override]
        return self._lookup(fact)

    def __getitem__(self, fact: str) -> Value:
        found = self._lookup(fact)
        if found is None:
            raise KeyError(fact)
        return found

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError("a look-up does not know which facts there are")

    def __len__(self) -> int:
        raise NotImplementedError("a look-up does not know how many facts there are")


def surroundings(content: Content) -> Surroundings:
    """What expressions of this content may use."""
    lengths = {term.id: (term.period, term.termijnenwet) for term in content.terms() if term.period is not None}
    return Surroundings(
        calendar=content.calendar,
        organisation=content.organisation,
        region=content.organisation.region,
        fact_rules=content.rules.facts,
        term_lengths=lengths,
    )


def project_clock(content: Content, clock: Clock) -> Projection:
    """What one clock of a case comes to; as if it never started when the content no longer has its term."""
    term = content.find_term(clock.term)
    if term is None:
        return Projection(status="not_started")
    return project(term, clock.ledger, content.calendar)
