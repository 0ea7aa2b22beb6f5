"""Does a letter that goes by itself promise what somebody will do? Then an act follows, and a term watches over it.

A person who orders a letter knows what she promises. A machine does not (F-24): parents were told four times that they
would be called, and nobody had been asked to. So the head of such a letter says which act keeps each promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.core.content.template import LetterTemplate, Promise
from engine.core.errors import LetterError
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, fault
from engine.letters.blocks import parse_blocks
from engine.letters.letter_rules import LetterRules
from engine.letters.plain_words import linearise, sentences_of


def check_promises(content: Content, rules: LetterRules) -> Iterator[Finding]:
    """What the letters that this content orders without a person promise, held against what follows there."""
    words = _either(rules.promise_words)
    for name, states in sorted(_ordered_by_themselves(content).items()):
        template = content.letters.get(name)
        if template is not None and words is not None:
            try:
                yield from _check(content, template, words, states)
            except LetterError:
                continue  # a text that cannot be read is a finding already


def _either(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE) if phrases else None


def _ordered_by_themselves(content: Content) -> dict[str, set[str]]:
    """The letters that no person orders, with the states in which the case is then."""
    found: dict[str, set[str]] = {}
    for transition in content.workflow.transitions:
        if transition.is_automatic:
            for order in transition.letters:
                found.setdefault(order.letter, set()).add(transition.target or transition.origin)
    for term in content.terms():
        orders = (*term.passing.letters, *(order for reminder in term.reminders for order in reminder.letters))
        for order in orders:
            found.setdefault(order.letter, set()).update(term.starts_in)
    return found


def _check(content: Content, template: LetterTemplate, words: re.Pattern[str], states: set[str]) -> Iterator[Finding]:
    sentences = sentences_of(parse_blocks(linearise(template)))
    for sentence in dict.fromkeys(sentences):
        if words.search(sentence) and not any(one.says in sentence for one in template.promises):
            yield fault("promise_undeclared", template.where, letter=template.id, sentence=sentence)
    for promise in template.promises:
        if not any(promise.says in sentence for sentence in sentences):
            yield fault("promise_not_said", promise.where, letter=template.id, says=promise.says)
        for state in sorted(states):
            if not _is_kept(content, promise, state):
                told = {"letter": template.id, "says": promise.says, "state": state, "acts": promise.kept_by}
                yield fault("promise_kept_by_nobody", promise.where, **told)


def _is_kept(content: Content, promise: Promise, state: str) -> bool:
    """Whether a person can do there what keeps the promise, while a term runs that says so when nobody does."""
    acts = (one for one in content.workflow.transitions if one.origin == state and not one.is_automatic)
    watched = any(state in term.starts_in for term in content.terms())
    return watched and any(one.id in promise.kept_by for one in acts)
