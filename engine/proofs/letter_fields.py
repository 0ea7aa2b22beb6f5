"""Every field of every letter that can be ordered is surely filled, whichever way the case came there."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.template import LetterField, LetterTemplate
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import FactRef, facts_in_expression
from engine.core.language.facts import term_fact
from engine.core.language.orders import LetterOrder
from engine.core.quick_class import dataclass
from engine.proofs.dataflow import Dataflow
from engine.proofs.knowledge import Knowledge
from engine.proofs.problems import Problem, Proven, wrong
from engine.proofs.world import World, letter_orders, named


@dataclass(frozen=True, slots=True)
class _Occasion:
    """A moment at which a letter is ordered: who orders it, and what is known then."""

    order: LetterOrder
    by: str
    where: str
    knowledge: Knowledge
    remedy: str


def prove_letter_fields(content: Content, flow: Dataflow) -> Proven:
    """Each field that may not stay empty has a value whenever the letter is made."""
    problems: dict[tuple[str, str, str], Problem] = {}
    occasions = 0
    for occasion in _occasions(content, flow):
        occasions += 1
        for name, problem in _check_occasion(content, flow, occasion):
            problems.setdefault((occasion.order.letter, name, occasion.where), problem)
    return Proven(
        problems=tuple(problems.values()),
        line=f"{content.workflow.id}: bij {occasions} briefopdrachten is elk verplicht veld zeker gevuld.",
    )


def _occasions(content: Content, flow: Dataflow) -> Iterator[_Occasion]:
    for entry in content.workflow.entries:
        for order in entry.letters:
            remedy = f'Zet {{}} onder requires van de ingang "{entry.id}"'
            yield _Occasion(
                order, f'De ingang "{entry.id}"', order.where or entry.where, flow.after_opening(entry), remedy
            )
    for transition in content.workflow.transitions:
        if transition.origin in flow.known:
            for order in transition.letters:
                remedy = f'Zet {{}} onder requires van de overgang "{transition.id}"'
                if transition.is_automatic:
                    remedy = f'Vereis {{}} voordat de zaak in "{transition.origin}" komt'
                yield _Occasion(
                    order,
                    f'De overgang "{transition.id}"',
                    order.where or transition.where,
                    flow.after_transition(transition),
                    remedy,
                )
    yield from _occasions_of_terms(content, flow)


def _occasions_of_terms(content: Content, flow: Dataflow) -> Iterator[_Occasion]:
    for term in content.terms():
        for state in flow.states_running(term.id):
            by, remedy = f'De termijn "{term.id}" (in "{state}")', f'Vereis {{}} voordat de zaak in "{state}" komt'
            for order in term.passing.letters:
                yield _Occasion(order, by, order.where or term.where, flow.after_passing(term, state), remedy)
            for reminder in term.reminders:
                for order in reminder.letters:
                    place = order.where or reminder.where or term.where
                    yield _Occasion(order, by, place, flow.when_running(term, state), remedy)


def _check_occasion(content: Content, flow: Dataflow, occasion: _Occasion) -> Iterator[tuple[str, Problem]]:
    template = content.letters.get(occasion.order.letter)
    if template is None:
        return
    knowledge = flow.when_told(occasion.knowledge, occasion.order.when)
    if knowledge.is_impossible:
        return
    for field in template.fields:
        if (
            not field.is_optional
            and not is_late(content, template, field)
            and not flow.is_known(field.value, knowledge)
        ):
            missing = _missing(flow, facts_in_expression(field.value), knowledge)
            yield (
                field.name,
                wrong(
                    "field_not_supplied",
                    f'Het veld "{field.name}" van de brief "{template.id}" kan leeg blijven.',
                    occasion.where,
                    f"{occasion.by} maakt de brief, maar {missing} is dan niet zeker bekend.",
                    f"{occasion.remedy.format(missing)}, geef de brief een when, of maak het veld optional.",
                ),
            )
    yield from _check_addressees(content, flow, occasion, knowledge)


def _check_addressees(
    content: Content, flow: Dataflow, occasion: _Occasion, knowledge: Knowledge
) -> Iterator[tuple[str, Problem]]:
    for name in occasion.order.to:
        addressee = content.rules.addressees.get(name)
        if addressee is not None and not flow.is_known(addressee.name, knowledge):
            missing = _missing(flow, facts_in_expression(addressee.name), knowledge)
            yield (
                f"to {name}",
                wrong(
                    "addressee_not_known",
                    f'De naam van de geadresseerde "{name}" van de brief "{occasion.order.letter}" kan ontbreken.',
                    occasion.where,
                    f"{occasion.by} maakt de brief, maar {missing} is dan niet zeker bekend.",
                    f"{occasion.remedy.format(missing)}, of geef de brief een when.",
                ),
            )


def _missing(flow: Dataflow, facts: frozenset[str], knowledge: Knowledge) -> str:
    return named(flow.missing_for(sorted(facts - knowledge.known), knowledge))


def is_late(content: Content, template: LetterTemplate, field: LetterField) -> bool:
    """True when the field is the last day of a term that begins with the sending of this very letter."""
    if not isinstance(field.value, FactRef):
        return False
    of_term = term_fact(field.value.fact)
    if of_term is None or of_term[1] != "last_day":
        return False
    return any(term.id == of_term[0] and template.id in term.sending_of for term in content.terms())


def prove_clauses(world: World) -> Proven:
    """Every letter with a clause names the last day of a term that its own sending starts."""
    problems: list[Problem] = []
    letters: dict[tuple[str, str], None] = {}
    for content in world.contents:
        ordered = {order.letter for order, _ in letter_orders(content)}
        for template in content.letters.values():
            if template.id in ordered and template.clause not in ("", "none"):
                letters[content.organisation.id, template.id] = None
                problems.extend(_check_clause(content, template))
    return Proven(
        problems=tuple(dict.fromkeys(problems)),
        line=f"{len(letters)} brieven met een clausule noemen de laatste dag die hun verzending laat ingaan.",
    )


def _check_clause(content: Content, template: LetterTemplate) -> Iterator[Problem]:
    if not any(is_late(content, template, field) for field in template.fields):
        yield wrong(
            "clause_without_last_day",
            f'De brief "{template.id}" heeft een clausule ({template.clause}) zonder laatste dag.',
            template.where,
            "De lezer moet kunnen zien tot welke dag hij iets kan doen.",
            f"Voeg een veld {{term: ...}} toe van een termijn met sending_of: [{template.id}].",
        )
