"""Puts the reason tree of a condition into Dutch lines: what was asked, what was found, which rule said so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from engine.core.dutch import join_words
from engine.core.evaluation.prepared import Content
from engine.core.evaluation.reasons import Reason
from engine.core.language.facts import Value

_ASKED = {
    "is": "{0}",
    "is_not": "niet {0}",
    "in": "{0}",
    "not_in": "geen van {0}",
    "less": "minder dan {0}",
    "at_most": "hoogstens {0}",
    "more": "meer dan {0}",
    "at_least": "minstens {0}",
    "before": "voor {0}",
    "on_or_before": "op of voor {0}",
    "after": "na {0}",
    "on_or_after": "op of na {0}",
    "contains": "met {0} erin",
    "contains_all": "met alle van {0}",
    "contains_any": "met een van {0}",
    "subset_of": "niets buiten {0}",
    "in_last_school_year_of": "in het laatste schooljaar voor {0}",
}
_MARKS = {True: "✓", False: "✗", None: "?"}
_NO_LIMIT = 99


class Labels(Protocol):
    """What this module needs to know of the words of a content."""

    content: Content

    def fact(self, fact_id: str) -> str:
        """The label of a fact."""

    def value(self, fact_id: str, value: Value | None) -> str:
        """A value in words."""


def tell_reason(words: Labels, reason: Reason, depth: int = 0, *, levels: int = _NO_LIMIT) -> Iterator[str]:
    """The tree of a reason, one line a node, two spaces a level; parts that do not matter are left out.

    `levels` is how many tests deep it goes; headings ("een van:") do not count.
    """
    text = _text_of(words, reason)
    if text:
        yield f"{'  ' * depth}{_MARKS[reason.truth]} {text}"
        depth += 1
        levels -= reason.kind == "test"
    if levels > 0:
        for part in _telling_parts(reason):
            yield from tell_reason(words, part, depth, levels=levels)


def _telling_parts(reason: Reason) -> tuple[Reason, ...]:
    """The parts that made the outcome: of a failed `all` those that are not true, of an `any` all of them."""
    if reason.kind == "all" and reason.truth is not True:
        return tuple(part for part in reason.parts if part.truth is not True)
    return reason.parts


def _text_of(words: Labels, reason: Reason) -> str:
    if reason.kind == "test":
        return _test_text(words, reason)
    if reason.kind in ("rule", "table"):
        return ""
    rule = next((rule for rule in words.content.rules.rules if rule.id == reason.subject), None)
    if rule is not None:
        return f"regel: {rule.label} [{', '.join(rule.source) or reason.subject}]"
    if reason.kind == "any":
        return "een van:"
    return "niet:" if reason.kind == "not" else ""


def _test_text(words: Labels, reason: Reason) -> str:
    label = words.fact(reason.fact)
    if reason.operator == "known":
        found = _yes_no(reason.actual is not None, "bekend")
        return f"{label}: {found}" + ("" if reason.truth else f" (gevraagd: {_yes_no(reason.expected, 'bekend')})")
    if isinstance(reason.expected, bool) and reason.operator in ("is", "is_not"):
        return _yes_no_text(label, reason)
    if reason.operator == "empty":
        asked = _yes_no(reason.expected, "leeg")
    else:
        asked = _ASKED[reason.operator].format(_expected(words, reason))
    if reason.actual is None:
        return f"nog onbekend: {label} (gevraagd: {asked})"
    found = words.value(reason.fact, reason.actual) or "leeg"
    return f"{label}: {found}" if reason.truth and reason.operator == "is" else f"{label}: {found} (gevraagd: {asked})"


def _yes_no_text(label: str, reason: Reason) -> str:
    if reason.actual is None:
        wanted = reason.expected if reason.operator == "is" else not reason.expected
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
