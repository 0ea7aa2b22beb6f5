"""What follows from the terms of the content together."""

from __future__ import annotations

from engine.core.content.ruleset import TermRule
from engine.core.evaluation.prepared import Content


def suspending_states(content: Content, term: TermRule) -> tuple[str, ...]:
    """The states in which the clock stands still: its own, and those of the term it follows."""
    followed = content.term(term.follows).suspended_in if term.follows else ()
    return (*term.suspended_in, *followed)


def terms_that_can_be_met(content: Content) -> frozenset[str]:
    """The terms that somebody keeps or breaks: something stops their clock before they pass.

    Not a term that a transition waits for: that it passes is what was meant to happen. Nor one that only passes,
    such as the time in which another may object (Awb 6:7): nobody has to do anything within it.
    """
    waited = {transition.on_term for transition in content.workflow.transitions}
    return frozenset(
        term.id
        for term in content.terms()
        if term.id not in waited and (term.stops_in or term.stops_on or term.starts_in)
    )


def terms_that_can_be_late(content: Content) -> frozenset[str]:
    """Of the terms that can be met those of which somebody is late once they have passed.

    A term that is no law only when its passing is told to somebody; else it merely says what is aimed at.
    """
    can_be_met = terms_that_can_be_met(content)
    binding = (term.id for term in content.terms() if term.kind == "statutory" or term.passing.tells)
    return can_be_met.intersection(binding)
