"""The law binds acts: whatever way an organisation's workflow goes, who decides does what the law asks of a decision.

An obligation of the statutory layer names decisions. Which acts take them is seen by what they do (a record they make,
a letter they send), not only by what they say, so that leaving `decides` out is no way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.core.content.obligations import DecisionKind, Obligation
from engine.core.content.ordered import letter_orders
from engine.core.content.workflow import Transition
from engine.core.deciding.later_obligations import does, ends, prolongs
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, fault
from engine.core.language.conditions import AnyOf
from engine.proofs.dataflow import Dataflow
from engine.proofs.hearing import way_unheard
from engine.proofs.knowledge import Knowledge, both
from engine.proofs.paths import way_to
from engine.proofs.proven import Proven
from engine.proofs.solver import surely


def prove_obligations(content: Content, flow: Dataflow) -> Proven:
    """Every act that decides is named as such, is taken by a person who may, and meets what the law asks of it."""
    findings: list[Finding] = [*_unsaid(content), *_by_machine(content)]
    bound = 0
    for transition in content.workflow.transitions:
        for obligation in content.rules.obligations:
            if transition.decides in obligation.decides and transition.origin in flow.known:
                bound += 1
                findings.extend(_check_act(flow, transition, obligation))
    return Proven(
        findings=tuple(dict.fromkeys(findings)),
        line=f"{content.workflow.id}: {bound} keer voldoet een besluit, langs elke weg, aan wat de wet ervan vraagt."
        if bound
        else "",
    )


def _unsaid(content: Content) -> Iterator[Finding]:
    """Acts that decide without saying so, that call it another decision, or say so and do nothing of the kind."""
    decisions = content.rules.decisions
    for transition in content.workflow.transitions:
        told = {"transition": transition.id, "origin": transition.origin}
        written = {one.kind for one in transition.writes}
        meant = [one for one in decisions.values() if does(content, transition, one)]
        possible = [one for one in decisions.values() if written & set(one.writes) or one in meant]
        if possible and not transition.decides:
            by = meant or possible
            yield fault("decision_unsaid", transition.where, **told, decisions=tuple(one.id for one in by))
        elif meant and transition.decides not in {one.id for one in meant}:
            yield fault(
                "decision_misnamed", transition.where, **told, decides=transition.decides, really=meant[0].id,
                place=meant[0].where,
            )  # fmt: skip
        elif (decision := decisions.get(transition.decides)) is not None and not _whole(content, transition, decision):
            yield fault(
                "decision_in_name", transition.where, **told, decides=decision.id, place=decision.where,
                records=(*decision.writes, *(one.kind for one in decision.begins)), letters=decision.letters,
                outcomes=decision.ends_as, terms=decision.prolongs,
            )  # fmt: skip


def _whole(content: Content, transition: Transition, decision: DecisionKind) -> bool:
    """Whether the act makes every record of the decision, and orders one of its letters, or one that cannot be read."""
    begun = {(one.kind, one.to) for one in transition.begins}
    made = {one.kind for one in transition.writes if not one.is_optional}
    orders = {order.letter for order in transition.letters}
    return (
        set(decision.writes) <= made
        and {(one.kind, one.to) for one in decision.begins} <= begun
        and (not decision.letters or bool(orders & set(decision.letters)) or not orders <= content.letters.keys())
        and (not decision.ends_as or ends(content, transition, decision))
        and (not decision.prolongs or prolongs(content, transition, decision))
    )


def _by_machine(content: Content) -> Iterator[Finding]:
    """A person decides (Awb 10:1): no decision is taken by a clock, by itself, or by opening a case."""
    of_people = {order.where for one in content.workflow.transitions if not one.is_automatic for order in one.letters}
    letters = {letter: one.id for one in content.rules.decisions.values() for letter in one.letters}
    for order in letter_orders(content.workflow, content.rules):
        if order.letter in letters and order.where not in of_people:
            yield fault("decided_by_itself", order.where, letter=order.letter, decides=letters[order.letter])
    for transition in content.workflow.transitions:
        if transition.decides and transition.is_automatic:
            yield fault("decided_by_itself", transition.where, letter="", decides=transition.decides)


def _check_act(flow: Dataflow, transition: Transition, obligation: Obligation) -> Iterator[Finding]:
    content = flow.content
    told: dict[str, object] = {
        "transition": transition.id, "origin": transition.origin, "obligation": obligation.id,
        "law": obligation.source, "place": obligation.where, "label": obligation.label,
    }  # fmt: skip
    barred = [body for body in _takers(content, transition) if body in obligation.not_by]
    if barred:
        yield fault("decider_barred", transition.where, **told, bodies=tuple(barred))
    taken = _bound(flow, flow.when_taken(transition), obligation)
    if taken is None:
        return
    told["way"] = (*way_to(content.workflow, transition.origin), transition.id)
    lacking = [fact for fact in obligation.must_be_true if not _is_true(fact, taken)]
    if lacking:
        yield fault("not_surely_true", transition.where, **told, facts=tuple(lacking))
    unknown = [fact for fact in obligation.must_be_known if fact not in taken.known]
    if unknown:
        yield fault("not_surely_known", transition.where, **told, facts=tuple(unknown))
    for reader in obligation.sends_to:
        if not _is_sent(flow, transition, obligation, reader):
            yield fault("not_sent", transition.where, **told, reader=reader, clause=obligation.clause)
    for party in obligation.must_have_heard:
        told["way"] = way_unheard(flow, transition, obligation, party)
        if told["way"] is not None:
            yield fault("not_heard", transition.where, **told, party=party, asked=obligation.asked_with)


def _takers(content: Content, transition: Transition) -> Iterable[str]:
    """Who may take it, in their own name or by a mandate."""
    act = f"{content.workflow.id}.{transition.id}"
    every = f"{content.workflow.id}.*"
    holders = (
        one.holder
        for one in content.organisation.mandates
        if one.giver in transition.by and (act in one.acts or every in one.acts)
    )
    return dict.fromkeys((*transition.by, *holders))


def _bound(flow: Dataflow, taken: Knowledge, obligation: Obligation) -> Knowledge | None:
    """What is known when the act is taken and the obligation binds; None when then it surely does not."""
    if obligation.unless is not None:
        if surely(flow.content.rules, obligation.unless, taken):
            return None
        told = flow.deduction.told_by(obligation.unless, truth=False, given=taken)
        taken = flow.deduction.close(both(taken, told))
    return None if taken.is_impossible else taken


def _is_true(fact: str, knowledge: Knowledge) -> bool:
    return fact in knowledge.known and knowledge.values.get(fact) == frozenset({True})


def _is_sent(flow: Dataflow, transition: Transition, obligation: Obligation, reader: str) -> bool:
    """Whether one of the letters to this reader surely goes, with the clause in it."""
    letters = flow.content.letters
    whens = tuple(
        order.when
        for order in transition.letters
        if reader in order.to
        # A letter that is missing or cannot be read is told as such; of what it says nothing follows.
        and (not obligation.clause or order.letter not in letters or letters[order.letter].clause == obligation.clause)
    )
    return surely(flow.content.rules, AnyOf(parts=whens), flow.after_transition(transition))
