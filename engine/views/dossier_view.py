"""What the register says of one subject, with all cases about it, as somebody may see it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.content.subjects import SubjectKind
from engine.core.deciding.recognising import name_of
from engine.core.deciding.subject import Subject
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import FactRule, Value
from engine.core.quick_class import dataclass
from engine.store.records import CaseRow
from engine.store.records import JournalEntry as EntryView
from engine.views.case_view import FactView, Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """One record of a subject: `key` is how it is named to change it, `label` its kind in words.

    `life` is empty for a kind that has none, `case` for a record that no case wrote.
    """

    key: str
    label: str
    life: str
    case: str
    fields: tuple[FactView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """A subject with its cases (oldest first) and what changed in the register.

    `contents` has the content of the workflows of those cases that can be read today.
    """

    content: Content
    kind: SubjectKind
    number: str
    name: str
    version: int
    facts: tuple[FactView, ...]
    records: tuple[RecordView, ...]
    cases: tuple[CaseRow, ...]
    contents: Mapping[str, Content]
    changes: tuple[EntryView, ...]


def view_facts(
    reader: Reader, rules: Mapping[str, FactRule], values: Mapping[str, Value], prefix: str = ""
) -> tuple[FactView, ...]:
    """The values that this reader may see, in the order in which they are declared."""
    return tuple(_view(reader, rule, prefix + name, values[name]) for name, rule in rules.items() if name in values)


def _view(reader: Reader, rule: FactRule, name: str, value: Value) -> FactView:
    is_hidden = rule.special_category and not reader.is_shown_special_categories
    return FactView(fact=name, value=None if is_hidden else value, is_hidden=is_hidden)


def view_records(reader: Reader, kind: SubjectKind, subject: Subject) -> tuple[RecordView, ...]:
    """The records of a subject for this reader, by kind as declared, then by number."""
    found = []
    for one in kind.records.values():
        for record in subject.records:
            if record.kind == one.id:
                values = {name: known.value for name, known in record.fields.items()}
                fields = view_facts(reader, one.fields, values)
                view = RecordView(key=record.key, label=one.label, life=record.life, case=record.case, fields=fields)
                found.append(view)
    return tuple(found)


def view_dossier(
    reader: Reader,
    content: Content,
    kind: SubjectKind,
    subject: Subject,
    *,
    cases: tuple[CaseRow, ...],
    contents: Mapping[str, Content],
    changes: tuple[EntryView, ...],
) -> DossierView:
    """The dossier for this reader."""
    values = {fact: known.value for fact, known in subject.facts.items()}
    return DossierView(
        content=content,
        kind=kind,
        number=subject.number,
        name=name_of(kind, subject),
        version=subject.version,
        facts=view_facts(reader, kind.facts, values),
        records=view_records(reader, kind, subject),
        cases=cases,
        contents=contents,
        changes=changes,
    )
