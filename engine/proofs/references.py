"""Names that cross from one file to another exist there: states and acts of terms, letters, acts of mandates.

Names within one file, and facts, bodies and addressees, are looked at when the file is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.core.content import Content
from engine.core.ruleset import TermRule
from engine.proofs import names
from engine.proofs.problems import Problem, Proven
from engine.proofs.world import World, letter_orders


def prove_references(world: World) -> Proven:
    """The states and transitions a term names, the letters that are ordered and the acts of mandates all exist."""
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
                reminder.ask, f'Een signaal van de termijn "{term.id}"', reminder.where or term.where
            )


def _prolonging_acts(term: TermRule) -> tuple[str, ...]:
    return tuple(part.by for part in (term.extension, term.deferral) if part is not None)


def _letters_used(_: World, content: Content) -> Iterator[Problem]:
    letters = names.letters(content.letters)
    for order, where in letter_orders(content):
        yield from letters.refuse_unknown(order.letter, "Een opdracht voor een brief", where)
    for term in content.terms():
        yield from letters.refuse_all_unknown(term.sending_of, f'De termijn "{term.id}"', term.where)


def _acts_of_mandates(world: World, content: Content) -> Iterator[Problem]:
    acts = {
        f"{other.workflow.id}.{name}"
        for other in world.of_organisation(content.organisation.id)
        for name in ("*", *(arc.id for arc in other.workflow.transitions))
    }
    for mandate in content.organisation.mandates:
        yield from names.acts(acts).refuse_all_unknown(mandate.acts, f'Het mandaat "{mandate.id}"', mandate.where)


FindsProblems = Callable[[World, Content], Iterator[Problem]]
_PROOFS: tuple[FindsProblems, ...] = (_moves_of_terms, _letters_used, _acts_of_mandates)
