"""The facts of a case on its page: what it comes to, and all that is known, by what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from engine.cli.pages.wording import ContentWords

if TYPE_CHECKING:
    from engine.views.case_view import CaseView, FactView

_NEEDS_NO_HEADINGS = 8


def heart_lines(words: ContentWords, view: CaseView) -> list[str]:
    """The heart of the case under its heading; nothing where the content names none, or nothing of it is known."""
    return ["", "Kern", *(_line(words, one) for one in view.heart)] if view.heart else []


def fact_lines(words: ContentWords, view: CaseView) -> list[str]:
    """What is known, a fact a line; many facts stand under the name of what they are about."""
    if len(view.facts) <= _NEEDS_NO_HEADINGS:
        return [_line(words, one) for one in view.facts]
    return list(_grouped(words, view.facts))


def _grouped(words: ContentWords, facts: Iterable[FactView]) -> Iterator[str]:
    groups = {about: list(found) for about, found in groupby(sorted(facts, key=_order), key=_about)}
    for about, found in groups.items():
        yield f"  {_heading(words, about)}"
        yield from (f"  {_line(words, one)}" for one in found)


def _order(fact: FactView) -> tuple[bool, str, str]:
    """What is about the case itself first, then by what it is about."""
    return _about(fact) != "", _about(fact), fact.fact


def _about(fact: FactView) -> str:
    return fact.fact.partition(".")[0] if "." in fact.fact else ""


def _heading(words: ContentWords, about: str) -> str:
    if not about:
        return "De zaak"
    if about == words.content.workflow.prefix.lower():
        return words.content.workflow.prefix
    kind, record = words.content.organisation.subjects.get(about), words.content.rules.records.get(about)
    label = kind.label if kind else record.label if record else about.replace("_", " ")
    return label[0].upper() + label[1:]


def _line(words: ContentWords, one: FactView) -> str:
    shown = "(bijzonder persoonsgegeven; zie --json)" if one.value is None else words.value(one.fact, one.value)
    return f"  {words.fact(one.fact)}: {shown}  [{one.fact}]"
