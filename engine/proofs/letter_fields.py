"""Every field of every letter that can be ordered is surely filled, whichever way the case came there."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.ordered import letter_orders
from engine.core.content.template import LetterTemplate
from engine.core.deciding.correspondence import late_term
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, doubt, fault
from engine.core.language.conditions import facts_in_expression
from engine.core.language.orders import LetterOrder
from engine.core.quick_class import dataclass
from engine.proofs.dataflow import Dataflow
from engine.proofs.knowledge import Knowledge
from engine.proofs.proven import Proven
from engine.proofs.world import World

_NO_ADDRESS = "address_not_known"


@dataclass(frozen=True, slots=True)
class _Occasion:
    """A moment at which a letter is ordered: who orders it, and what is known then."""

    order: LetterOrder
    by: tuple[str, ...]
    where: str
    knowledge: Knowledge
    remedy: tuple[str, str]

    def lacking(self, missing: tuple[str, ...]) -> dict[str, object]:
        """What is told when these facts may be unknown then: who makes the letter, and what helps."""
        return {"by": self.by, "missing": missing, "remedy": (*self.remedy, missing)}


def prove_letter_fields(content: Content, flow: Dataflow) -> Proven:
    """Each field that may not stay empty has a value whenever the letter is made."""
    findings: dict[tuple[str, str, str], Finding] = {}
    occasions, waited = 0, set[str]()
    for occasion in _occasions(content, flow):
        occasions += 1
        for name, finding in _check_occasion(content, flow, occasion):
            if finding.kind == _NO_ADDRESS and _may_wait(content, finding, occasion.order.letter):
                waited.add(str(finding.parameters["addressee"]))
                continue
            findings.setdefault((occasion.order.letter, name, occasion.where), finding)
    needless = sorted(content.rules.may_wait.keys() - waited)
    return Proven(
        findings=(
            *findings.values(),
            *(doubt("waits_for_nothing", content.rules.where, addressee=name) for name in needless),
        ),
        line=f"{content.workflow.id}: bij {occasions} briefopdrachten is elk verplicht veld zeker gevuld.",
    )


def _occasions(content: Content, flow: Dataflow) -> Iterator[_Occasion]:
    for entry in content.workflow.entries:
        by = ("entry", entry.id)
        for order in entry.letters:
            yield _Occasion(order, by, order.where or entry.where, flow.after_opening(entry), by)
    for transition in content.workflow.transitions:
        if transition.origin in flow.known:
            by = ("transition", transition.id)
            remedy = ("before", transition.origin) if transition.is_automatic else by
            for order in transition.letters:
                after = flow.after_transition(transition)
                yield _Occasion(order, by, order.where or transition.where, after, remedy)
    yield from _occasions_of_terms(content, flow)


def _occasions_of_terms(content: Content, flow: Dataflow) -> Iterator[_Occasion]:
    for term in content.terms():
        for state in flow.states_running(term.id):
            by, remedy = ("term", term.id, state), ("before", state)
            for order in term.passing.letters:
                yield _Occasion(order, by, order.where or term.where, flow.after_passing(term, state), remedy)
            for reminder in term.reminders:
                for order in reminder.letters:
                    place = order.where or reminder.where or term.where
                    yield _Occasion(order, by, place, flow.when_running(term, state), remedy)


def _check_occasion(content: Content, flow: Dataflow, occasion: _Occasion) -> Iterator[tuple[str, Finding]]:
    template = content.letters.get(occasion.order.letter)
    if template is None:
        return
    knowledge = flow.when_told(occasion.knowledge, occasion.order.when)
    if knowledge.is_impossible:
        return
    for field in template.fields:
        if (
            not field.is_optional
            and not late_term(content, template, field)
            and not flow.is_known(field.value, knowledge)
        ):
            told = occasion.lacking(_missing(flow, facts_in_expression(field.value), knowledge))
            yield (
                field.name,
                fault("field_not_supplied", occasion.where, field=field.name, letter=template.id, **told),
            )
    yield from _check_addressees(content, flow, occasion, knowledge)


def _check_addressees(
    content: Content, flow: Dataflow, occasion: _Occasion, knowledge: Knowledge
) -> Iterator[tuple[str, Finding]]:
    for name in occasion.order.to:
        addressee = content.rules.addressees.get(name)
        if addressee is None:
            continue
        needed = (("addressee_not_known", addressee.name), (_NO_ADDRESS, addressee.address))
        for kind, expression in needed:
            if expression is not None and not flow.is_known(expression, knowledge):
                told = occasion.lacking(_missing(flow, facts_in_expression(expression), knowledge))
                where, letter = occasion.where, occasion.order.letter
                yield f"{kind} {name}", fault(kind, where, addressee=name, letter=letter, **told)


def _may_wait(content: Content, finding: Finding, letter: str) -> bool:
    return finding.parameters["addressee"] in content.rules.may_wait and not _counts(content, letter)


def _counts(content: Content, letter: str) -> bool:
    """Whether something counts from its sending: a decision works once it was sent (Awb 3:40), and a clock may wait.

    Another letter lies until there is an address, and its owner is told: that may be meant, and is then said.
    """
    template = content.letters.get(letter)
    has_clause = template is not None and template.clause not in ("", "none")
    return has_clause or any(letter in term.letters_counted_from() for term in content.terms())


def _missing(flow: Dataflow, facts: frozenset[str], knowledge: Knowledge) -> tuple[str, ...]:
    return flow.missing_for(sorted(facts - knowledge.known), knowledge)


def prove_clauses(world: World) -> Proven:
    """Every letter with a clause names the last day of a term that its own sending starts."""
    findings: list[Finding] = []
    letters: dict[tuple[str, str], None] = {}
    for content in world.contents:
        ordered = {order.letter for order in letter_orders(content.workflow, content.rules)}
        for template in content.letters.values():
            if template.id in ordered and template.clause not in ("", "none"):
                letters[content.organisation.id, template.id] = None
                findings.extend(_check_clause(content, template))
    return Proven(
        findings=tuple(dict.fromkeys(findings)),
        line=f"{len(letters)} brieven met een clausule noemen de laatste dag die hun verzending laat ingaan.",
    )


def _check_clause(content: Content, template: LetterTemplate) -> Iterator[Finding]:
    if not any(late_term(content, template, field) for field in template.fields):
        yield fault("clause_without_last_day", template.where, letter=template.id, clause=template.clause)
