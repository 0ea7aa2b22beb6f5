"""What is surely known in each state and at each act, over all ways a case can come there.

A fact that is known stays known; what value it has may change, so values only count within one act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import replace

from engine.core.content.term_rules import TermRule
from engine.core.content.workflow import EntryPoint, Transition
from engine.core.evaluation.arithmetic import may_give_nothing
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import ALWAYS, Condition, Expression, facts_in_expression
from engine.core.language.facts import BUILT_IN_FACTS, Value, term_fact
from engine.core.language.orders import Conclusion
from engine.proofs.clock_paths import ON, STARTED, ClockRules, Standing, arrival_of, opening_of, standings_by_state
from engine.proofs.deduction import Deduction, values_of
from engine.proofs.knowledge import NOTHING, Knowledge, both
from engine.proofs.paths import transitions_leaving
from engine.proofs.record_facts import RecordFacts
from engine.proofs.shelf import KeptProof, Standings

_SOMETIMES_UNKNOWN = frozenset({"case.parent", "actor.name"})


class Dataflow:
    """What is known where, in one content."""

    def __init__(self, content: Content, kept: KeptProof | None = None) -> None:
        """With what was `kept` of the same content nothing is followed again."""
        self.content = content
        self.deduction = Deduction(content.rules)
        self.clocks = ClockRules(content)
        self.records = RecordFacts(content)
        self.standings: Standings = (
            kept.standings if kept else {term: standings_by_state(self.clocks, term) for term in self.clocks.terms}
        )
        self.always = self._facts_always_known()
        # With the transition itself: an address is given to another once its object is gone.
        self._kept: dict[tuple[str, int], tuple[Transition, Knowledge]] = {}
        self.known = kept.known if kept else self._spread()

    def seen_by(self, content: Content) -> Dataflow:
        """The same for a content in which every way is the same, with all that was found already."""
        seen = copy(self)
        seen.content = content
        return seen

    def in_state(self, state: str, facts: Iterable[str] | None = None) -> Knowledge:
        """What is surely known of a case that stands in this state."""
        given = self.known.get(state, frozenset()) if facts is None else frozenset(facts)
        standings = {term: of_state.get(state, frozenset()) for term, of_state in self.standings.items()}
        return self._seen_from(state, Knowledge(known=given), standings)

    def after_opening(self, entry: EntryPoint) -> Knowledge:
        """What is surely known right after a case opened by this entry."""
        standings = {term: self.clocks.after(term, Standing.NONE, opening_of(entry)) for term in self.clocks.terms}
        before = self._seen_from(entry.state, NOTHING, {})
        asked = self._with_asked(before, self.records.required(entry), entry.when)
        return self._seen_from(entry.state, self.with_written(self.with_set(asked, entry.sets), entry), standings)

    def when_taken(self, transition: Transition, facts: Iterable[str] | None = None) -> Knowledge:
        """What is surely known at the moment this transition is taken, before it changes anything."""
        if facts is None:
            return self._once(self.when_taken, transition)
        before = self.in_state(transition.origin, facts)
        if transition.on_term in self.clocks.terms:
            term = self.clocks.terms[transition.on_term]
            before = self.with_set(self._passing(term, before), term.passing.sets)
        # Nobody ends a record by judging: until then what is changed is still at hand.
        writing = self.records.forgotten(replace(transition, changes=(), closes=()))
        before = self.deduction.close(self._without(before, writing)).knowing(self.records.at_hand(transition))
        return self._with_asked(before, self.records.required(transition), transition.when)

    def after_transition(self, transition: Transition, facts: Iterable[str] | None = None) -> Knowledge:
        """What is surely known right after this transition was taken."""
        if facts is None:
            return self._once(self.after_transition, transition)
        taken = self.when_taken(transition, facts)
        written = self.with_written(self.with_set(taken, transition.sets), transition)
        return self._seen_from(transition.target, written, self._standings_after(transition))

    def _once(self, look: Callable[[Transition, frozenset[str]], Knowledge], transition: Transition) -> Knowledge:
        """Kept for the next proof that asks. By the object: to compare transitions costs more than it saves."""
        key = (look.__name__, id(transition))
        if key not in self._kept:
            self._kept[key] = transition, look(transition, self.known.get(transition.origin, frozenset()))
        return self._kept[key][1]

    def after_passing(self, term: TermRule, state: str) -> Knowledge:
        """What is surely known when the term passes in this state, and has set its facts."""
        return self.deduction.close(self.with_set(self.before_passing(term, state), term.passing.sets))

    def when_running(self, term: TermRule, state: str) -> Knowledge:
        """What is surely known in this state while the clock of the term runs."""
        own = (f"term.{term.id}.last_day", f"term.{term.id}.started_on")
        return self.deduction.close(self.in_state(state).knowing(own))

    def when_told(self, knowledge: Knowledge, condition: Condition) -> Knowledge:
        """The knowledge with what a true condition adds."""
        if condition == ALWAYS:
            return knowledge
        return self.deduction.close(self.deduction.told_when(condition, knowledge))

    def is_known(self, expression: Expression, knowledge: Knowledge) -> bool:
        """Whether the expression surely has a value."""
        return facts_in_expression(expression) <= knowledge.known and not may_give_nothing(expression)

    def missing_for(self, facts: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
        """The facts to require, so that these facts are surely known: for a derived fact what its rules read."""
        found: list[str] = []
        for fact in facts:
            if fact in knowledge.known:
                continue
            inputs = self.deduction.reads(fact)
            found.extend(self.missing_for(sorted(inputs), knowledge) or (fact,) if inputs else (fact,))
        return tuple(dict.fromkeys(found))

    def states_running(self, term: str) -> tuple[str, ...]:
        """The states in which the clock of the term can run down, in the order of the workflow."""
        of_state = self.standings[term]
        return tuple(
            state.id
            for state in self.content.workflow.states
            if not state.is_end
            and Standing.RUNNING in of_state.get(state.id, frozenset())
            and not self.clocks.is_still(term, state.id)
        )

    def missing_to_start(self, term: TermRule, known: frozenset[str]) -> frozenset[str]:
        """The facts behind the date that the term hangs on that are not surely known."""
        return frozenset(fact for fact in _facts_of_dates(term) if term_fact(fact) is None) - known

    def _facts_always_known(self) -> frozenset[str]:
        of_terms = {
            f"term.{term}.{aspect}" for term in self.clocks.terms for aspect in ("passed", "running", "deferred")
        }
        gathered = {fact.id for fact in self.content.rules.facts.values() if fact.gathered is not None}
        of_views = self.records.always_known()
        return frozenset({*BUILT_IN_FACTS, *of_terms, *gathered, *of_views} - _SOMETIMES_UNKNOWN)

    def _seen_from(self, state: str, knowledge: Knowledge, standings: Mapping[str, frozenset[Standing]]) -> Knowledge:
        here: dict[str, frozenset[Value]] = {**knowledge.values, "case.state": frozenset({state})}
        kept = {fact for fact in knowledge.known if term_fact(fact) is None}
        bare = self.deduction.close(Knowledge(known=self.always | kept, values=here))
        dated = self._facts_of_terms(state, standings, bare.known)
        return self.deduction.close(bare.knowing(dated)) if dated else bare

    def _facts_of_terms(
        self, state: str, standings: Mapping[str, frozenset[Standing]], known: frozenset[str]
    ) -> frozenset[str]:
        found: set[str] = set()
        for term_id, standing in standings.items():
            if not standing or not standing <= STARTED or self.missing_to_start(self.clocks.terms[term_id], known):
                continue
            found |= {f"term.{term_id}.started_on", f"term.{term_id}.days"}
            if not (standing & ON and self.clocks.is_still(term_id, state, standing)):
                found.add(f"term.{term_id}.last_day")
        return frozenset(found)

    def _standings_after(self, transition: Transition) -> dict[str, frozenset[Standing]]:
        move = arrival_of(transition)
        return {
            term: frozenset[Standing]().union(
                *(self.clocks.after(term, standing, move) for standing in of_state.get(transition.origin, frozenset()))
            )
            for term, of_state in self.standings.items()
        }

    def _with_asked(self, knowledge: Knowledge, requires: tuple[str, ...], when: Condition) -> Knowledge:
        for fact in requires:
            knowledge = both(knowledge, self.deduction.told_by_fact(fact))
        return self.deduction.close(self.deduction.told_when(when, knowledge))

    def before_passing(self, term: TermRule, state: str) -> Knowledge:
        """What is surely known in this state at the moment the term passes."""
        return self.deduction.close(self._passing(term, self.in_state(state)))

    def _passing(self, term: TermRule, knowledge: Knowledge) -> Knowledge:
        dated = knowledge.knowing((f"term.{term.id}.last_day", f"term.{term.id}.started_on"))
        return both(dated, Knowledge(values={f"term.{term.id}.passed": frozenset({True})}))

    def with_set(self, knowledge: Knowledge, sets: tuple[Conclusion, ...]) -> Knowledge:
        """What is known once these facts were set."""
        for one in self.content.in_rounds(sets):
            knowledge = self._with_round(knowledge, one)
        return knowledge

    def _with_round(self, knowledge: Knowledge, sets: tuple[Conclusion, ...]) -> Knowledge:
        changed = frozenset(said.fact for said in sets)
        sure = tuple(said for said in sets if not self.content.rules.can_lack(said.fact))
        read = frozenset[str]().union(*(facts_in_expression(said.value) for said in sure))
        for fact in sorted(read):
            # A move that must set an unknown value is refused, so after it the value was known.
            knowledge = both(knowledge, self.deduction.told_by_fact(fact))
        after = knowledge.without_values(changed | self.deduction.depending_on(changed))
        values = dict(after.values)
        for said in sets:
            value = values_of(said.value, knowledge)
            if value is not None:
                values[said.fact] = value
        filled = frozenset(said.fact for said in sets if self.is_known(said.value, knowledge))
        return Knowledge(known=after.known | filled | {said.fact for said in sure}, values=values)

    def with_written(self, knowledge: Knowledge, act: Transition | EntryPoint) -> Knowledge:
        """What is known once the act has written and changed its records."""
        changed = self.records.touched(act)
        if not changed:
            return knowledge.knowing(self.records.after(act))
        after = knowledge.without_values(changed | self.deduction.depending_on(changed))
        values = {**after.values, **self.records.values_after(act)}
        return Knowledge(known=after.known | self.records.after(act), values=values)

    def _without(self, knowledge: Knowledge, facts: frozenset[str]) -> Knowledge:
        """The knowledge without these facts, nor what rests on them."""
        return knowledge.without(facts | self.deduction.depending_on(facts)) if facts else knowledge

    def _spread(self) -> dict[str, frozenset[str]]:
        declared = frozenset(self.content.rules.facts)
        known: dict[str, frozenset[str]] = {}
        order = {state.id: number for number, state in enumerate(self.content.workflow.states)}
        ahead: dict[str, None] = {}  # each once, however often less became known of it while it waited

        def reach(state: str, facts: frozenset[str]) -> None:
            # What an act says of a record is known in that act only.
            facts -= self.records.fields
            fresh = facts & declared if state not in known else known[state] & facts
            if known.get(state) != fresh:
                known[state] = fresh
                ahead[state] = None

        for entry in self.content.workflow.entries:
            reach(entry.state, self.after_opening(entry).known)
        while ahead:
            state = min(ahead, key=order.__getitem__)
            del ahead[state]
            for transition in transitions_leaving(self.content.workflow, state):
                left = self._without(self.after_transition(transition, known[state]), self.records.ended_by(transition))
                reach(transition.target, left.known)
        return known


def _facts_of_dates(term: TermRule) -> frozenset[str]:
    return frozenset().union(*(facts_in_expression(part) for part in term.dates))
