"""A dossier, and who was found, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.cli.pages.hands_pages import standing
from engine.cli.pages.register_words import changed
from engine.cli.pages.wording import ContentWords
from engine.core.dutch import count_words, write_day, write_moment
from engine.core.moment import local_day

if TYPE_CHECKING:
    from engine.usecases.dossier import Found
    from engine.views.case_view import FactView
    from engine.views.dossier_view import DossierView, RecordView
    from engine.views.lists import CaseRowView

_HIDDEN = "(bijzonder persoonsgegeven; zie --json)"


def dossier_page(view: DossierView) -> list[str]:
    """Everything of one subject: what is known, its records, its cases, what changed."""
    words = ContentWords(view.content)
    still_open = sum(not row.is_closed for row in view.cases)
    cases = count_words(len(view.cases), "zaak", "zaken")
    lines = [f"{view.kind.label} {view.number}: {view.name or 'naam onbekend'}", f"{cases}, waarvan {still_open} open."]
    lines += ["", "Gegevens", *(f"  {words.fact(one.fact)}: {_shown(words, one)}  [{one.fact}]" for one in view.facts)]
    for record in view.records:
        lines += ["", *_record_lines(view, words, record)]
    if view.cases:
        lines += ["", "Zaken", *(f"  {_case_line(view, row)}" for row in view.cases)]
    lines += ["", "Gewijzigd"]
    for entry in view.changes:
        who = (
            f"{words.body(entry.actor.role)} ({entry.actor.name})" if entry.actor.name else words.body(entry.actor.role)
        )
        reason = f"; reden: {entry.details['reason']}" if entry.details.get("reason") else ""
        lines.append(f"  {write_moment(entry.at)}  {who}: {'; '.join(changed(words, entry.details))}{reason}")
    return lines


def _shown(words: ContentWords, one: FactView) -> str:
    return _HIDDEN if one.value is None else words.value(one.fact, one.value)


def _record_lines(view: DossierView, words: ContentWords, record: RecordView) -> list[str]:
    kind = view.kind.records[record.key.partition(".")[0]]
    rules, life = kind.fields, [kind.life_label(record.life)] if record.life else []
    told = ", ".join([*life, *([f"uit zaak {record.case}"] if record.case else [])])
    lines = [f"{record.label} [{record.key}]" + (f": {told}" if told else "")]
    for one in record.fields:
        value = _HIDDEN if one.value is None else words.value_of_rule(rules[one.fact], one.value)
        lines.append(f"  {rules[one.fact].label}: {value}")
    return lines


def _case_line(view: DossierView, row: CaseRowView) -> str:
    stands = "gesloten" if row.is_closed else "open"
    return f"{row.case_id}  {standing(row, view.contents)} ({stands}), geopend {write_day(local_day(row.opened_at))}"


def dossier_plain(view: DossierView) -> Mapping[str, object]:
    """The same for a program."""
    return {
        "kind": view.kind.id,
        "number": view.number,
        "name": view.name,
        "changes_so_far": view.version,
        "facts": {one.fact: one.value for one in view.facts if not one.is_hidden},
        "records": [
            {
                "record": one.key,
                **({"life": one.life} if one.life else {}),
                **({"case": one.case} if one.case else {}),
                "fields": {f.fact: f.value for f in one.fields if not f.is_hidden},
            }
            for one in view.records
        ],
        "cases": view.cases,
        "changes": [
            {"at": e.at, "by": e.actor, "case": e.case_id, "facts": e.details["facts"], "reason": e.details["reason"]}
            for e in view.changes
        ],
    }


def found_page(found: Sequence[Found]) -> list[str]:
    """Who was found, a line each."""
    if not found:
        return ["Niemand gevonden. Zoek op een deel van de naam, het nummer of de school."]
    return [f"{one.number}  {one.name or 'naam onbekend'}  ({_cases(one)})" for one in found]


def _cases(one: Found) -> str:
    return ", ".join(one.cases) if one.cases else "geen zaken"
