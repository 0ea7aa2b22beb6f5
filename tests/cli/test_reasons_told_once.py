"""A reason that is not yet clear names what it hangs on, and tells no reason twice."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from engine.cli.pages.reason_words import tell_open_question, tell_reason
from engine.core.evaluation.prepared import Content
from engine.core.evaluation.reasons import Asked, Reason, Trace
from engine.core.language.facts import Value


class Plain:
    """Words without a content: a fact is its own label."""

    content = cast(Content, SimpleNamespace(rules=SimpleNamespace(rules=())))

    def fact(self, fact_id: str) -> str:
        return fact_id.capitalize()

    def value(self, fact_id: str, value: Value | None) -> str:
        return str(value)


def asks(fact: str, *parts: Trace, wanted: bool = True) -> Trace:
    return (None, Asked(kind="test", fact=fact, operator="is", expected=wanted), None, parts, (fact,))


def group(kind: str, *parts: Trace) -> Reason:
    return Reason((None, Asked(kind=kind), None, parts, ()))


WORDS: Any = Plain()
HOME = asks("thuis", asks("verzuim"), asks("leerplichtig"))


def test_ways_that_are_not_yet_clear_are_said_in_one_line() -> None:
    way = group("any", asks("crisis"), asks("thuis"), asks("crisis", wanted=False)).trace
    assert list(tell_open_question(WORDS, group("all", way))) == [
        "  ? nog niet te zeggen; het hangt af van: Crisis; Thuis"
    ]


def test_one_thing_that_is_not_yet_clear_keeps_what_it_asks() -> None:
    assert list(tell_open_question(WORDS, group("all", asks("crisis", wanted=False)))) == [
        "  ? nog onbekend: Crisis (gevraagd: nee)"
    ]


def test_what_already_counts_is_no_question() -> None:
    known: Trace = (False, Asked(kind="test", fact="oud", operator="is", expected=True), False, (), ())
    told = list(tell_open_question(WORDS, group("any", known, asks("crisis"), asks("thuis"))))
    assert told == ["  ? nog niet te zeggen; het hangt af van: Crisis; Thuis"]


def test_why_a_fact_is_concluded_is_told_once() -> None:
    lines = list(tell_reason(WORDS, group("any", HOME, asks("thuis", asks("verzuim"), wanted=False))))
    assert lines == [
        "? een van:",
        "  ? nog onbekend: Thuis",
        "    ? nog onbekend: Verzuim",
        "    ? nog onbekend: Leerplichtig",
        "  ? nog onbekend: Thuis (gevraagd: nee), zie hierboven",
    ]


def test_a_fact_that_is_asked_both_ways_is_one_question() -> None:
    assert list(tell_reason(WORDS, group("any", asks("crisis"), asks("crisis", wanted=False)))) == [
        "? nog onbekend: Crisis"
    ]
