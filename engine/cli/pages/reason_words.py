"""Puts the reason tree of a condition into Dutch lines: what was asked, what was found, which rule said so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from engine.core.dutch import join_words
from engine.core.evaluation.operators import OPERATIONS, Operand
from engine.core.evaluation.prepared import Content
from engine.core.evaluation.reasons import Reason
from engine.core.language.conditions import Operator
from engine.core.language.facts import Value
from engine.core.language.values import write_value
from engine.core.legal_clock.period import in_dutch
from engine.words.of_operators import OPERATORS

_MARKS = {True: "✓", False: "✗", None: "?"}
_NO_LIMIT = 99


class Labels(Protocol):
    """What this module needs to know of the words of a content."""

    content: Content

    def fact(self, fact_id: str) -> str:
        """The label of a fact."""

    def value(self, fact_id: str, value: Value | None) -> str:
        """A value in words."""


def tell_reason(
    words: Labels, reason: Reason, depth: int = 0, *, levels: int = _NO_LIMIT, told: set[str] | None = None
) -> Iterator[str]:
    """The tree of a reason, one line a node, two spaces a level; parts that do not matter are left out.

    `levels` is how many tests deep it goes; headings ("een van:") do not count. Why a fact is concluded is told once:
    `told` are the facts of which the reader has seen it, and grows.
    """
    told = set() if told is None else told
    if _is_one_question(reason):
        yield f"{'  ' * depth}{_MARKS[None]} nog onbekend: {words.fact(reason.parts[0].fact)}"
        return
    text = _text_of(words, reason)
    again = reason.kind == "test" and bool(reason.parts) and levels > 1 and reason.fact in told
    if text:
        yield f"{'  ' * depth}{_MARKS[reason.truth]} {text}" + (", zie hierboven" if again else "")
        depth += 1
        levels -= reason.kind == "test"
    if levels > 0 and not again:
        if reason.kind == "test":
            told.add(reason.fact)
        for part in _telling_parts(reason):
            yield from tell_reason(words, part, depth, levels=levels, told=told)


def _is_one_question(reason: Reason) -> bool:
    """Whether every way asks the same fact that nobody gave: then it is no matter which answer each of them asks."""
    ways = reason.parts
    return (
        reason.kind == "any"
        and len(ways) > 1
        and all(way.kind == "test" and way.actual is None and not way.parts for way in ways)
        and len({way.fact for way in ways}) == 1
    )


def tell_open_question(words: Labels, reason: Reason) -> Iterator[str]:
    """What an unknown condition hangs on, for who was refused: the facts it asks for first, each once.

    Where any of several may do, a tree of what is not known says nothing: the facts to give stand below it.
    """
    asked = tuple(_tests_asked(reason))
    if len(asked) > 1 and _has_ways(reason):
        labels = dict.fromkeys(words.fact(one.fact) for one in asked)
        yield f"  ? nog niet te zeggen; het hangt af van: {'; '.join(labels)}"
        return
    yield from tell_reason(words, reason, 1, levels=1)


def _tests_asked(reason: Reason) -> Iterator[Reason]:
    if reason.kind == "test":
        yield from () if reason.truth is not None else (reason,)
        return
    for part in _telling_parts(reason):
        yield from _tests_asked(part)


def _has_ways(reason: Reason) -> bool:
    if reason.kind == "test":
        return False
    return (reason.kind == "any" and len(reason.parts) > 1) or any(map(_has_ways, _telling_parts(reason)))


def _telling_parts(reason: Reason) -> tuple[Reason, ...]:
    """The parts that made the outcome: of a failed `all` those that are not true, of an `any` all of them."""
    if reason.kind == "all" and reason.truth is not True:
        return tuple(part for part in reason.parts if part.truth is not True)
    return reason.parts


def _text_of(words: Labels, reason: Reason) -> str:
    if reason.kind == "test":
        return _test_text(words, reason)
    if reason.kind == "view":
        return _view_text(words, reason)
    if reason.kind in ("rule", "table"):
        return ""
    if reason.kind == "sum":
        return reason.subject + (" (delen door 0 heeft geen uitkomst)" if reason.operator else "")
    if reason.kind == "record":
        return _record_text(words, reason)
    if reason.kind == "stretch":
        return _stretch_text(words, reason)
    rule = next((rule for rule in words.content.rules.rules if rule.id == reason.subject), None)
    if rule is not None:
        return f"regel: {rule.label} [{', '.join(rule.source) or reason.subject}]"
    if reason.kind == "any":
        return "een van:"
    return "niet:" if reason.kind == "not" else ""


def _view_text(words: Labels, reason: Reason) -> str:
    """Where records count because they are like the one that is said: how to say that it is another."""
    view = words.content.rules.views[reason.subject]
    if not view.alike or not any(part.truth for part in reason.parts):
        return ""
    facts = [words.content.rules.records[view.of].fact_of(name) for name in view.alike]
    return f"Is dit een ander? Zeg dan wat verschilt: {join_words(facts, 'of')}."


def _stretch_text(words: Labels, reason: Reason) -> str:
    """Of a record that fits, and does not count: which stretch of time it would have to lie in."""
    view = words.content.rules.views[reason.subject]
    assert view.full is not None  # or there would be no such reason
    full, kind = view.full, words.content.rules.records[view.of]
    amount = write_value(full.at_least, kind.fields[full.added])
    label = words.fact(kind.fact_of(full.added))
    return f"ligt niet in de eerste {in_dutch(full.within)} die vol zijn ({label}: samen {amount})"


def _record_text(words: Labels, reason: Reason) -> str:
    kind, _, number = reason.subject.rpartition(".")
    counts = {True: "telt mee", False: "telt niet mee", None: "nog onbekend of dit meetelt"}[reason.truth]
    return f"{words.content.rules.records[kind].label} {number}: {counts}"


def _test_text(words: Labels, reason: Reason) -> str:
    label = words.fact(reason.fact)
    operator = Operator(reason.operator)
    row, words_asked = OPERATIONS[operator], OPERATORS[operator].asked
    if row.sees_unknown:
        found = _yes_no(reason.actual is not None, words_asked)
        return f"{label}: {found}" + ("" if reason.truth else f" (gevraagd: {_yes_no(reason.expected, words_asked)})")
    if isinstance(reason.expected, bool) and row.operand is Operand.SAME_CHOICE:
        return _yes_no_text(label, reason, is_denied=row.denies is not None)
    if row.operand is Operand.YES_NO:
        asked = _yes_no(reason.expected, words_asked)
    else:
        asked = words_asked.format(_expected(words, reason))
    if reason.actual is None:
        return f"nog onbekend: {label} (gevraagd: {asked})"
    found = words.value(reason.fact, reason.actual) or "leeg"
    says_it_all = reason.truth and row.operand is Operand.SAME_CHOICE and row.denies is None
    return f"{label}: {found}" if says_it_all else f"{label}: {found} (gevraagd: {asked})"


def _yes_no_text(label: str, reason: Reason, *, is_denied: bool) -> str:
    if reason.actual is None:
        wanted = bool(reason.expected) is not is_denied
        return f"nog onbekend: {label}" + ("" if wanted else " (gevraagd: nee)")
    return f"{label}: {'ja' if reason.actual else 'nee'}"


def _yes_no(expected: Value | None, word: str) -> str:
    return word if expected else f"niet {word}"


def _expected(words: Labels, reason: Reason) -> str:
    if reason.expected is None:
        return "iets wat nog onbekend is"
    if isinstance(reason.expected, tuple):
        return join_words([words.value(reason.fact, (item,)) for item in reason.expected], "of") or "een lege lijst"
    return words.value(reason.fact, reason.expected)
