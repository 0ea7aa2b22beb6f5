"""Lists as somebody may see them: history, letters, inbox. Their rows are the records of the store, and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from engine.core.evaluation.prepared import Content
from engine.core.quick_class import dataclass
from engine.store.inbox import EVERYTHING, Looking
from engine.store.records import CaseRow as CaseRowView
from engine.store.records import Inbox as InboxView
from engine.store.records import InboxRow as InboxRowView
from engine.store.records import JournalEntry as EntryView
from engine.store.records import LetterRow as LetterView
from engine.store.records import NoticeRow as NoticeView

__all__ = [
    "EVERYTHING",
    "CaseRowView",
    "EntryView",
    "HistoryView",
    "InboxRowView",
    "InboxView",
    "LetterView",
    "Looking",
    "NoticeView",
    "OwedLetter",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """What happened in a case, oldest first, with the content that names it, and the names of people."""

    content: Content
    entries: tuple[EntryView, ...]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedLetter:
    """A letter that a case owes an addressee: it is made as soon as what is missing is there."""

    case_id: str
    letter: str
    addressee: str
