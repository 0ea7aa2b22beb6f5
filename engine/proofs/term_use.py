"""Terms are of use: their clocks can start, and a transition that waits for a term leaves a state where it runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.core.content.ruleset import RuleSet
from engine.core.content.term_rules import TermRule
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, doubt, fault
from engine.core.language.conditions import Compute, Expression, Literal
from engine.proofs.clock_paths import STARTED
from engine.proofs.dataflow import Dataflow
from engine.proofs.paths import reachable_states
from engine.proofs.proven import Proven
from engine.proofs.world import Name, World, name_of


def prove_waiting_transitions(content: Content, flow: Dataflow) -> Proven:
    """Each transition that a term takes leaves a state in which that term can run down."""
    reachable = reachable_states(content.workflow)
    waiting = [
        transition
        for transition in content.workflow.transitions
        if transition.on_term in flow.clocks.terms and transition.origin in reachable
    ]
    findings = (
        fault("term_cannot_run", one.where, transition=one.id, origin=one.origin, term=one.on_term)
        for one in waiting
        if one.origin not in flow.states_running(one.on_term)
    )
    line = f"{content.workflow.id}: {len(waiting)} overgangen wachten op een termijn die daar kan lopen."
    return Proven(findings=tuple(findings), line=line)


def prove_terms_start(world: World, flows: Mapping[Name, Dataflow]) -> Proven:
    """Each term can start in some workflow that uses it, or is only there to compute with."""
    findings: list[Finding] = []
    count = 0
    seen = (one for one in world.rule_sets() if not world.hides(one.organisation.id, one.rules.id))
    for content in seen:
        sharing = [flows[name_of(other)] for other in world.sharing_rules(content) if name_of(other) in flows]
        for term in content.rules.terms.values():
            count += 1
            findings.extend(_check_start(content, term, sharing))
    return Proven(findings=tuple(dict.fromkeys(findings)), line=f"{count} termijnen kunnen beginnen.")


def _check_start(content: Content, term: TermRule, flows: list[Dataflow]) -> Iterator[Finding]:
    if term.for_each:
        return  # a record that is written starts it, and the reader refuses a kind that nobody writes
    if not (term.starts_in or term.starts_on or term.sending_of):
        if term.id not in terms_computed_with(content.rules):
            yield doubt("idle_term", term.where, term=term.id)
    elif _names_what_is_there(term, flows) and not any(_can_start(term.id, flow) for flow in flows):
        yield fault("term_never_starts", term.where, term=term.id)


def _names_what_is_there(term: TermRule, flows: list[Dataflow]) -> bool:
    """Whether every state it starts in exists somewhere: a name that does not is told as such, and is the cause."""
    return all(any(flow.content.workflow.has_state(state) for flow in flows) for state in term.starts_in)


def _can_start(term: str, flow: Dataflow) -> bool:
    workflow = flow.content.workflow
    standings = flow.standings.get(term, {})
    return any(STARTED & found for state, found in standings.items() if not workflow.state(state).is_end)


def terms_computed_with(rules: RuleSet) -> frozenset[str]:
    """The terms whose length some expression computes with."""
    said = [one.value for rule in rules.rules for one in (*rule.then, *rule.otherwise)]
    said += [row.then for table in rules.tables for row in table.rows]
    for term in rules.terms.values():
        said += term.dates
    return frozenset(_terms_in(said))


def _terms_in(expressions: Iterable[Expression]) -> Iterator[str]:
    for expression in expressions:
        if isinstance(expression, Compute):
            yield from (str(a.value) for name, a in expression.arguments if name == "term" and isinstance(a, Literal))
            yield from _terms_in(argument for _, argument in expression.arguments)
