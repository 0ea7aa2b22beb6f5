"""Every name that one part of the content uses for another part exists there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from engine.core.conditions import (
    Compute,
    Condition,
    Expression,
    FactRef,
    Literal,
    facts_in,
    facts_in_expression,
    tests_in,
)
from engine.core.content import Content
from engine.core.facts import BUILT_IN_FACTS, term_fact
from engine.core.orders import Conclusion
from engine.core.ruleset import TermRule
from engine.core.workflow import EntryPoint, Transition
from engine.proofs import names
from engine.proofs.problems import Problem, Proven
from engine.proofs.world import World, case_orders, letter_orders


def prove_references(world: World) -> Proven:
    """Names of states, transitions, terms, letters, bodies, addressees, workflows, entries and facts all exist."""
    problems: list[Problem] = []
    for content in world.contents:
        for proof in _PROOFS:
            problems.extend(proof(world, content))
    line = f"{len(world.contents)} workflows: elke verwijzing naar een ander onderdeel komt uit."
    return Proven(problems=tuple(dict.fromkeys(problems)), line=line)


def _moves_of_terms(world: World, content: Content) -> Iterator[Problem]:
    sharing = world.sharing_rules(content)
    states = {state.id for other in sharing for state in other.workflow.states}
    acts = {arc.id for other in sharing for arc in other.workflow.transitions}
    for term in content.terms():
        used_by = f'De termijn "{term.id}"'
        for field in (term.starts_in, term.stops_in, term.suspended_in):
            yield from names.states(states).refuse_all_unknown(field, used_by, term.where)
        for acts_used in (term.starts_on, term.stops_on, _prolonging_acts(term)):
            yield from names.transitions(acts).refuse_all_unknown(acts_used, used_by, term.where)
        for reminder in term.warnings:
            yield from names.transitions(acts).refuse_all_unknown(
                reminder.ask, f"Een signaal van de termijn \"{term.id}\"", reminder.where or term.where
            )


def _prolonging_acts(term: TermRule) -> tuple[str, ...]:
    return tuple(part.by for part in (term.extension, term.deferral) if part is not None)


def _places_of_arcs(_: World, content: Content) -> Iterator[Problem]:
    workflow = content.workflow
    states = names.states({state.id for state in workflow.states})
    for entry in workflow.entries:
        yield from states.refuse_unknown(entry.state, f'De ingang "{entry.id}"', entry.where)
    for arc in workflow.transitions:
        yield from states.refuse_all_unknown((arc.origin, arc.target), f'De overgang "{arc.id}"', arc.where)


def _terms_used(_: World, content: Content) -> Iterator[Problem]:
    register = names.terms({term.id for term in content.terms()})
    for term in content.terms():
        yield from register.refuse_unknown(term.follows, f'De termijn "{term.id}"', term.where)
    for arc in content.workflow.transitions:
        yield from register.refuse_unknown(arc.on_term, f'De overgang "{arc.id}"', arc.where)
    for used_by, where, facts, expressions in _readings(content):
        found = [named[0] for fact in facts if (named := term_fact(fact))]
        found += [term for expression in expressions for term in _terms_in(expression)]
        yield from register.refuse_all_unknown(tuple(dict.fromkeys(found)), used_by, where)


def _terms_in(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Compute):
        for name, argument in expression.arguments:
            if name == "term" and isinstance(argument, Literal):
                yield str(argument.value)
            yield from _terms_in(argument)


def _facts_used(_: World, content: Content) -> Iterator[Problem]:
    register = names.facts({*content.rules.facts, *BUILT_IN_FACTS})
    for used_by, where, facts, _expressions in _readings(content):
        plain = tuple(fact for fact in sorted(facts) if term_fact(fact) is None)
        yield from register.refuse_all_unknown(plain, used_by, where)
    workflow = content.workflow
    for fact in (workflow.subject_key, workflow.subject_name, workflow.sector_fact):
        yield from register.refuse_unknown(fact, f'De workflow "{workflow.id}"', workflow.where)


Reading = tuple[str, str, Iterable[str], tuple[Expression, ...]]


def _readings(content: Content) -> Iterator[Reading]:
    """Everything that reads or sets facts: who, where, the facts, and the expressions."""
    for entry in content.workflow.entries:
        yield _reading_of(f'De ingang "{entry.id}"', entry, tuple(fact for fact, _ in entry.columns))
    for arc in content.workflow.transitions:
        yield _reading_of(f'De overgang "{arc.id}"', arc, arc.asks)
        told = tuple(said.value for said in arc.tells_parent)
        yield f'De overgang "{arc.id}"', arc.where, _read_by(told), told
    for term in content.terms():
        values = tuple(part for part in (term.before, term.until, term.anchor) if part is not None)
        values += (term.deferral.until,) if term.deferral else ()
        set_facts = tuple(said.fact for said in term.passing.sets)
        values += tuple(said.value for said in term.passing.sets)
        yield f'De termijn "{term.id}"', term.where, {*set_facts, *_read_by(values)}, values
    yield from _readings_of_orders(content)
    yield from _readings_of_rules(content)
    for template in content.letters.values():
        for field in template.fields:
            where = field.where or template.where
            used_by = f'Het veld "{field.name}" van de brief "{template.id}"'
            if _is_ordered(content, template.id):
                yield used_by, where, _read_by((field.value,)), (field.value,)


def _is_ordered(content: Content, letter: str) -> bool:
    return any(order.letter == letter for order, _ in letter_orders(content))


def _reading_of(used_by: str, part: EntryPoint | Transition, more: tuple[str, ...]) -> Reading:
    values = tuple(said.value for said in part.sets) + _operands(part.when)
    facts = {*part.requires, *more, *(said.fact for said in part.sets), *facts_in(part.when), *_read_by(values)}
    return used_by, part.where, facts, values


def _readings_of_orders(content: Content) -> Iterator[Reading]:
    for order, where in letter_orders(content):
        yield f'De brief "{order.letter}"', where, facts_in(order.when), _operands(order.when)
    for case, where in case_orders(content):
        values = tuple(said.value for said in case.facts) + _operands(case.when)
        yield f'De opdracht voor een zaak "{case.workflow}"', where, {*facts_in(case.when), *_read_by(values)}, values
    for addressee in content.rules.addressees.values():
        values = (addressee.name, *((addressee.address,) if addressee.address else ()))
        yield f'De geadresseerde "{addressee.id}"', addressee.where, _read_by(values), values


def _readings_of_rules(content: Content) -> Iterator[Reading]:
    for rule in content.rules.rules:
        said = (*rule.then, *rule.otherwise)
        values = tuple(one.value for one in said) + _operands(rule.when)
        yield f'De regel "{rule.id}"', rule.where, {*facts_in(rule.when), *_set_by(said), *_read_by(values)}, values
    for table in content.rules.tables:
        for row in table.rows:
            values = (row.then, *_operands(row.when))
            facts = {table.output, *facts_in(row.when), *_read_by(values)}
            yield f'De tabel "{table.id}"', row.where or table.where, facts, values


def _operands(condition: Condition) -> tuple[Expression, ...]:
    return tuple(test.operand for test in tests_in(condition))


def _read_by(values: Iterable[Expression]) -> frozenset[str]:
    return frozenset().union(*(facts_in_expression(value) for value in values if not isinstance(value, Literal)))


def _set_by(said: Iterable[Conclusion]) -> frozenset[str]:
    return frozenset(one.fact for one in said)


def _letters_used(_: World, content: Content) -> Iterator[Problem]:
    letters = names.letters(content.letters)
    addressees = names.addressees(content.rules.addressees)
    for order, where in letter_orders(content):
        yield from letters.refuse_unknown(order.letter, "Een opdracht voor een brief", where)
        yield from addressees.refuse_all_unknown(order.to, f'De brief "{order.letter}"', where)
    for term in content.terms():
        yield from letters.refuse_all_unknown(term.sending_of, f'De termijn "{term.id}"', term.where)


def _bodies_used(_: World, content: Content) -> Iterator[Problem]:
    register = names.bodies(content.organisation.bodies)
    for used_by, where, bodies in _bodies_named(content):
        yield from register.refuse_all_unknown(bodies, used_by, where)
    for sector in content.organisation.sectors.values():
        yield from register.refuse_unknown(
            sector.consent_of, f'De sector "{sector.id}"', content.organisation.where
        )


def _bodies_named(content: Content) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for state in content.workflow.states:
        yield f'De toestand "{state.id}" (owner)', state.where, (state.owner,)
    for entry in content.workflow.entries:
        yield f'De ingang "{entry.id}"', entry.where, entry.by
    for arc in content.workflow.transitions:
        yield f'De overgang "{arc.id}"', arc.where, (*arc.by, *arc.tells)
    for term in content.terms():
        yield f'De termijn "{term.id}"', term.where, term.passing.tells
        for reminder in term.warnings:
            yield f'Een signaal van de termijn "{term.id}"', reminder.where or term.where, reminder.to
    for fact in content.rules.facts.values():
        yield f'Het gegeven "{fact.id}" (supplied_by)', fact.where, fact.supplied_by
    for template in content.letters.values():
        yield f'De brief "{template.id}" (signature)', template.where, (template.signature,)


FindsProblems = Callable[[World, Content], Iterator[Problem]]
_PROOFS: tuple[FindsProblems, ...] = (
    _places_of_arcs, _moves_of_terms, _terms_used, _facts_used, _letters_used, _bodies_used,
)  # fmt: skip
