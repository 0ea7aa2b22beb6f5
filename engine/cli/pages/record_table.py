"""The records of a case on the screen: a table for each kind, a line for each record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.cli.pages.wording import ContentWords
from engine.core.content.records import RecordKind
from engine.core.deciding.case import Record

if TYPE_CHECKING:
    from engine.views.case_view import CaseView

# A text can be a whole letter; a table that shows all of it is no table.
_WIDEST = 40


def record_lines(words: ContentWords, view: CaseView) -> list[str]:
    """Number, life, and the fields that any of the records has; a kind of which there is none is left out."""
    lines: list[str] = []
    for kind in view.content.rules.records.values():
        records = () if kind.subject else view.case.records_of(kind.id)  # those of the subject stand in its dossier
        if records:
            lines += ["", kind.label, *_aligned(_table(words, kind, records))]
    return lines


def _table(words: ContentWords, kind: RecordKind, records: Sequence[Record]) -> list[list[str]]:
    fields = [name for name in kind.fields if any(name in record.fields for record in records)]
    rows = [["nr", *(["stand"] if kind.life else []), *(kind.fields[name].label for name in fields)]]
    for record in records:
        life = [kind.life_label(record.life)] if kind.life else []
        rows.append([str(record.number), *life, *(_field_text(words, kind, record, name) for name in fields)])
    return rows


def _field_text(words: ContentWords, kind: RecordKind, record: Record, name: str) -> str:
    known, rule = record.fields.get(name), kind.fields[name]
    if known is not None and rule.special_category:
        return "(bijzonder; zie --json)"
    return words.value(rule.id, known.value if known else None)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    shortened = [[text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…" for text in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shortened, strict=True)]
    return ["  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in shortened]
