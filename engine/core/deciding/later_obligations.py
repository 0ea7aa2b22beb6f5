"""A law that asks more of a decision than the rules of a case knew: from its first day on, whoever decides does it.

What it asks may be met in the case itself (a fact that is written down, somebody who is asked). Where the rules of the
case have no way to do it, the case is moved to rules that have: `rules check` refuses a law that leaves no such rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.content.obligations import DecisionKind, LaterObligation, Obligation
from engine.core.content.workflow import Transition
from engine.core.deciding.checks import missing_requirements
from engine.core.deciding.situation import Situation
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.evaluation.prepared import Content
from engine.core.message import Message
from engine.core.moment import local_day


def law_blockers(situation: Situation, transition: Transition) -> Iterator[Blocker]:
    """What later laws ask of this act and is not so, each with the law; and the facts that would make it so."""
    content, day = situation.content, local_day(situation.moment)
    for later in content.rules.later_obligations:
        asked = later.obligation
        if later.since > day or not takes(content, transition, later) or _is_excused(situation, asked):
            continue
        unknown = tuple(fact for fact in (*asked.must_be_true, *asked.must_be_known) if _is_unknown(situation, fact))
        if unknown or not _is_met(situation, transition, asked):
            told = {"since": later.since, "label": asked.label, "cited": ", ".join(asked.source),
                    "case": situation.case.id}  # fmt: skip
            said = Message("law_asks", told)
            yield Blocker(kind=BlockerKind.LAW, subject=transition.id, where=asked.where, said=said)
            yield from missing_requirements(situation, tuple(one for one in unknown if one in content.rules.facts))


def takes(content: Content, transition: Transition, later: LaterObligation) -> bool:
    """Whether an act takes a decision that the law speaks of: it says so, or does what only that decision does."""
    if transition.decides in later.obligation.decides:
        return True
    return not transition.decides and any(does(content, transition, one) for one in later.decisions)


def does(content: Content, transition: Transition, decision: DecisionKind) -> bool:
    """Whether an act does what only this decision does, whatever it says."""
    begun = {(one.kind, one.to) for one in transition.begins}
    return (
        bool(begun & {(one.kind, one.to) for one in decision.begins})
        or any(order.letter in decision.letters for order in transition.letters)
        or ends(content, transition, decision)
        or prolongs(content, transition, decision)
    )


def ends(content: Content, transition: Transition, decision: DecisionKind) -> bool:
    """Whether an act ends the case with an outcome of this decision."""
    return content.workflow.state(transition.target).outcome in decision.ends_as


def prolongs(content: Content, transition: Transition, decision: DecisionKind) -> bool:
    """Whether an act makes a term longer that this decision does; one of terms that these rules do not have is none."""
    terms = (content.rules.terms.get(name) for name in decision.prolongs)
    return any(term is not None and transition.id in term.prolonged_by for term in terms)


def _is_excused(situation: Situation, asked: Obligation) -> bool:
    return asked.unless is not None and situation.holds(asked.unless)


def _is_unknown(situation: Situation, fact: str) -> bool:
    return fact not in situation.content.rules.facts or situation.lookup(fact) is None


def _is_met(situation: Situation, transition: Transition, asked: Obligation) -> bool:
    is_true = all(situation.lookup(fact) is True for fact in asked.must_be_true)
    may = situation.actor.role not in asked.not_by
    return is_true and may and _is_told(situation, transition, asked) and _is_heard(situation, asked)


def _is_told(situation: Situation, transition: Transition, asked: Obligation) -> bool:
    """Whether the act itself sends each of them a letter, with the clause."""
    letters = situation.content.letters
    sent = {
        reader
        for order in transition.letters
        if (not asked.clause or order.letter not in letters or letters[order.letter].clause == asked.clause)
        and situation.holds(order.when)
        for reader in order.to
    }
    return set(asked.sends_to) <= sent


def _is_heard(situation: Situation, asked: Obligation) -> bool:
    """Whether each of them was asked for a view in this case, by a letter that was not withdrawn."""
    marks = (one for one in situation.case.letters if one.letter in asked.asked_with and not one.is_withdrawn)
    return set(asked.must_have_heard) <= {one.addressee.partition(".")[0] for one in marks}
