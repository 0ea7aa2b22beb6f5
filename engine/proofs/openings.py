"""Cases that open cases: an entry can be taken, what is handed over is there, what comes back has a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.core.content.workflow import EntryPoint
from engine.core.deciding.at_hand import needed_fields
from engine.core.deciding.subject import known_of_only
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, doubt, fault
from engine.core.language.conditions import facts_in_expression
from engine.core.language.orders import CaseOrder
from engine.proofs.dataflow import Dataflow
from engine.proofs.deduction import values_of
from engine.proofs.knowledge import Knowledge
from engine.proofs.proven import Proven
from engine.proofs.solver import can_hold
from engine.proofs.world import Name, World, name_of


def prove_openings(world: World, flows: Mapping[Name, Dataflow]) -> Proven:
    """Every order to open a case can be carried out, and every fact told to a parent is a fact there."""
    findings: list[Finding] = []
    orders = 0
    whole = (content for content in world.contents if name_of(content) in flows)
    for content in whole:
        for order, where, knowledge in _orders(content, flows[name_of(content)]):
            orders += 1
            findings.extend(_check_order(world, content, order, knowledge, where))
            findings.extend(_check_conditions(world, content, order, knowledge, where, flows))
        findings.extend(_check_telling(world, content))
        findings.extend(_check_entries(content, flows[name_of(content)]))
    return Proven(
        findings=tuple(dict.fromkeys(findings)),
        line=f"{orders} opdrachten om een zaak te openen: workflow, ingang en meegegeven gegevens kloppen.",
    )


def check_opening(
    world: World, content: Content, order: CaseOrder, knowledge: Knowledge, flows: Mapping[Name, Dataflow]
) -> Iterator[Finding]:
    """What keeps an order from being carried out, when this is surely known."""
    yield from _check_order(world, content, order, knowledge, order.where)
    yield from _check_conditions(world, content, order, knowledge, order.where, flows)


def _orders(content: Content, flow: Dataflow) -> Iterator[tuple[CaseOrder, str, Knowledge]]:
    """Every order to open a case, with its place and what is surely known then."""
    for transition in content.workflow.transitions:
        if transition.opens and transition.origin in flow.known:
            after = flow.after_transition(transition)
            yield from (
                (order, order.where or transition.where, flow.when_told(after, order.when))
                for order in transition.opens
            )
    for term in content.terms():
        for state in flow.states_running(term.id) if term.passing.opens else ():
            after = flow.after_passing(term, state)
            for order in term.passing.opens:
                yield order, order.where or term.where, flow.when_told(after, order.when)


def _check_order(
    world: World, content: Content, order: CaseOrder, knowledge: Knowledge, where: str
) -> Iterator[Finding]:
    if knowledge.is_impossible:
        return
    handed = frozenset(said.fact for said in order.facts if facts_in_expression(said.value) <= knowledge.known)
    for opened in world.workflows(content.organisation.id, order.workflow):
        yield from _check_entry(opened, order, handed | _of_same_subject(content, opened) & knowledge.known, where)


def _of_same_subject(content: Content, opened: Content) -> frozenset[str]:
    """The facts that nobody hands over: both cases read them in the register, of the same subject."""
    return content.subject_facts if content.subject_kind == opened.subject_kind else frozenset()


def _in_register(opened: Content) -> frozenset[str]:
    """What views say of the records of the subject: whoever opens the case, it is read there."""
    kinds, views = opened.rules.records, opened.rules.views
    return frozenset(
        fact
        for fact, rule in opened.rules.facts.items()
        if rule.viewed is not None and kinds[views[rule.viewed.view].of].subject
    )


def _check_entry(opened: Content, order: CaseOrder, handed: frozenset[str], where: str) -> Iterator[Finding]:
    """`handed` are the facts that are surely handed over."""
    entry = opened.workflow.entry(order.entry)
    if entry is None:
        return
    named = {said.fact for said in order.facts}
    for fact in needed_to_open(opened, entry):
        if fact in handed:
            continue
        kind = "not_surely_handed_over" if fact in named else "not_handed_over"
        yield fault(kind, where, workflow=order.workflow, entry=entry.id, fact=fact)


def _check_conditions(
    world: World,
    content: Content,
    order: CaseOrder,
    knowledge: Knowledge,
    where: str,
    flows: Mapping[Name, Dataflow],
) -> Iterator[Finding]:
    """A case that opens by itself has no facts but those handed over: nobody is there to be asked for another."""
    if knowledge.is_impossible:
        return
    handed = {said.fact: values_of(said.value, knowledge) for said in order.facts}
    for opened in world.workflows(content.organisation.id, order.workflow):
        registered = _of_same_subject(content, opened) & knowledge.known
        values = {fact: knowledge.values.get(fact) for fact in registered} | handed
        given = Knowledge(values={fact: allowed for fact, allowed in values.items() if allowed is not None})
        entry = opened.workflow.entry(order.entry)
        if entry is None or not _can_be_taken(opened, flows[name_of(opened)], entry, Knowledge()):
            continue  # the entry itself is reported
        told = flows[name_of(opened)].deduction.told_by(entry.when).known & opened.rules.facts.keys()
        absent = sorted(
            told - values.keys() - flows[name_of(opened)].always - set(opened.rules.order) - _in_register(opened)
        )
        if absent or not _can_be_taken(opened, flows[name_of(opened)], entry, given):
            kind = "never_opens" if absent else "never_opens_by_value"
            yield fault(kind, where, workflow=order.workflow, entry=entry.id, absent=absent)


def _check_entries(content: Content, flow: Dataflow) -> Iterator[Finding]:
    for entry in content.workflow.entries:
        if not _can_be_taken(content, flow, entry, Knowledge()):
            yield fault("impossible_entry", entry.where, entry=entry.id)


def _can_be_taken(content: Content, flow: Dataflow, entry: EntryPoint, given: Knowledge) -> bool:
    told = flow.deduction.told_when(entry.when, given.knowing(flow.always))
    return not told.is_impossible and can_hold(content.rules, entry.when, told)


def needed_to_open(opened: Content, entry: EntryPoint) -> tuple[str, ...]:
    """The facts without which no case opens by this entry, the concluded ones left out."""
    workflow = opened.workflow
    sector = (workflow.sector_fact,) if opened.organisation.needs_consent and workflow.sector_fact else ()
    facts = dict.fromkeys((workflow.subject_key, *sector, *entry.requires, *needed_fields(opened, entry, ())))
    return tuple(fact for fact in facts if fact not in opened.rules.order and fact not in known_of_only(opened))


def _check_telling(world: World, content: Content) -> Iterator[Finding]:
    transitions = [transition for transition in content.workflow.transitions if transition.tells_parent]
    parents = world.openers(content)
    if transitions and not parents and not world.hides(content.organisation.id):
        yield doubt("no_parent", transitions[0].where, transition=transitions[0].id, workflow=content.workflow.id)
    for transition in transitions:
        for said in transition.tells_parent:
            for parent in parents:
                if said.fact in parent.rules.order:
                    yield fault(
                        "told_derived_fact", said.where or transition.where, fact=said.fact, workflow=parent.workflow.id
                    )
