"""A case as somebody may see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.core.deciding.case import Case
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import KnownFact, Value
from engine.core.quick_class import dataclass
from engine.store.records import CaseRow, LetterRow
from engine.views.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A fact of a case; without its value when the reader may know that it is there, and not what it says."""

    fact: str
    value: Value | None
    is_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case at a moment (UTC), with what came out of it. `children` are the cases that were opened from it."""

    content: Content
    case: Case
    moment: datetime
    facts: tuple[FactView, ...]
    children: tuple[CaseRow, ...]
    letters: tuple[LetterRow, ...]


def view_case(
    reader: Reader,
    content: Content,
    case: Case,
    moment: datetime,
    *,
    children: Sequence[CaseRow],
    letters: Sequence[LetterRow],
) -> CaseView:
    """The case for this reader; facts in the order of their names."""
    return CaseView(
        content=content,
        case=case,
        moment=moment,
        facts=tuple(_view_fact(reader, content, fact, known) for fact, known in sorted(case.facts.items())),
        children=tuple(children),
        letters=tuple(letters),
    )


def _view_fact(reader: Reader, content: Content, fact: str, known: KnownFact) -> FactView:
    rule = content.rules.facts.get(fact)
    is_hidden = rule is not None and rule.special_category and not reader.is_shown_special_categories
    return FactView(fact=fact, value=None if is_hidden else known.value, is_hidden=is_hidden)
