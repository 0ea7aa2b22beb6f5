"""A case as somebody may see it, and who that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum

from engine.core.deciding.case import Case, Record
from engine.core.deciding.question import Question
from engine.core.deciding.situation import look
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import KnownFact, Value
from engine.core.quick_class import dataclass
from engine.store.records import CaseRow, LetterRow, NoticeRow


class Purpose(StrEnum):
    """What a view is for, which decides what is in it (GDPR art. 5(1)(b) and (c): no more than the purpose asks)."""

    HANDLING = "handling"  # somebody works on the case: special categories are named, and not shown
    HANDING_OVER = "handing_over"  # another program takes the case over, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who looks, in which role (empty: nobody in particular), and what for."""

    person: str = ""
    role: str = ""
    purpose: Purpose = Purpose.HANDLING

    @property
    def is_shown_special_categories(self) -> bool:
        """Whether values of special categories (health and the like, GDPR art. 9) are shown to this reader."""
        return self.purpose is Purpose.HANDING_OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A fact of a case; without its value when the reader may know that it is there, and not what it says."""

    fact: str
    value: Value | None
    is_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case at a moment (UTC), with what came out of it. `children` are the cases that were opened from it.

    `heart` is what it comes to in a few facts, where they are known, concluded ones too.
    `known` is what is known of the case and of its subject; `records` holds of each record what may be shown; `names`
    are those of the people who are named in it, by number.
    """

    content: Content
    case: Case
    moment: datetime
    known: Mapping[str, KnownFact]
    facts: tuple[FactView, ...]
    records: tuple[Record, ...]
    children: tuple[CaseRow, ...]
    letters: tuple[LetterRow, ...]
    tasks: tuple[NoticeRow, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    heart: tuple[FactView, ...] = ()


def view_case(
    reader: Reader,
    question: Question,
    *,
    children: Sequence[CaseRow],
    letters: Sequence[LetterRow],
    tasks: Sequence[NoticeRow] = (),
) -> CaseView:
    """The case for this reader; facts in the order of their names."""
    return CaseView(
        content=question.content,
        case=question.case,
        moment=question.moment,
        known=question.facts,
        facts=tuple(_view_fact(reader, question.content, fact, one) for fact, one in sorted(question.facts.items())),
        records=tuple(_view_record(reader, question.content, one) for one in question.case.records),
        children=tuple(children),
        letters=tuple(letters),
        tasks=tuple(tasks),
        names=question.people.names,
        heart=tuple(_heart(reader, question)),
    )


def _heart(reader: Reader, question: Question) -> Iterator[FactView]:
    if not question.content.workflow.heart:
        return
    situation = look(question)
    for fact in question.content.workflow.heart:
        value = situation.lookup(fact)
        if value is not None:
            known = question.facts.get(fact) or KnownFact(value=value, by="", at=question.moment)
            yield _view_fact(reader, question.content, fact, known)


def _view_record(reader: Reader, content: Content, record: Record) -> Record:
    kind = content.rules.records.get(record.kind)
    if kind is None or reader.is_shown_special_categories:
        return record
    hidden = {name for name, rule in kind.fields.items() if rule.special_category}
    return replace(record, fields={name: known for name, known in record.fields.items() if name not in hidden})


def _view_fact(reader: Reader, content: Content, fact: str, known: KnownFact) -> FactView:
    rule = content.rules.facts.get(fact)
    is_hidden = rule is not None and rule.special_category and not reader.is_shown_special_categories
    return FactView(fact=fact, value=None if is_hidden else known.value, is_hidden=is_hidden)
