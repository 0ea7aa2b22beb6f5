"""What happened to a case, line by line, in Dutch words. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.cli.pages.register_words import changed
from engine.cli.pages.wording import ContentWords
from engine.core.deciding.step import EntryKind
from engine.core.dutch import write_moment
from engine.core.evaluation.prepared import Content
from engine.words.of_journal import say_cause, say_notice
from engine.words.of_records import say_reader, say_record
from engine.words.of_terms import say_told

if TYPE_CHECKING:
    from engine.views.lists import EntryView, HistoryView


def history_page(history: HistoryView) -> list[str]:
    """The journal of a case, one line an entry."""
    words = ContentWords(history.content)
    return [
        f"{write_moment(entry.at)}  {_who(words, entry)}: {_entry_text(words, entry.kind, entry.details)}"
        for entry in history.entries
    ]


def _who(words: ContentWords, entry: EntryView) -> str:
    if not entry.actor.is_person:
        return "vanzelf"
    return words.body(entry.actor.role) + (f" ({entry.actor.name})" if entry.actor.name else "")


def _entry_text(words: ContentWords, kind: EntryKind, details: Mapping[str, object]) -> str:
    said = {key: str(value) for key, value in details.items()}
    match kind:
        case EntryKind.OPENED:
            parent = f" vanuit {said['parent']}" if said.get("parent") else ""
            return f"geopend{parent}, ingang {said['entry']}, toestand '{words.state(said['state'])}'"
        case EntryKind.MOVED:
            reason = f"; reden: {said['reason']}" if said.get("reason") else ""
            behalf = f", namens {words.body(said['on_behalf_of'])}" if said.get("on_behalf_of") else ""
            return f"{words.transition(said['transition'])}{behalf} → '{words.state(said['target'])}'{reason}"
        case EntryKind.RECORDED | EntryKind.TOLD:
            facts = details.get("facts")
            names = [words.fact(fact) for fact in facts] if isinstance(facts, Mapping) else []
            source = f" door zaak {said['case']}" if "case" in said else ""
            return f"vastgelegd{source}: {', '.join(names)}"
        case EntryKind.SUBJECT:
            return f"dossier gewijzigd: {'; '.join(changed(words, details))}"
        case EntryKind.CLOCK:
            return _clock_text(words, details)
        case EntryKind.TERM_REMINDED:
            return f"herinnering bij {_term_label(words, said['clock'])}"
        case EntryKind.TERM_PASSED:
            return f"termijn verstreken: {_term_label(words, said['clock'])}"
        case EntryKind.LETTER_ORDERED | EntryKind.LETTER_SENT | EntryKind.CASE_ORDERED:
            return _GONE_OUT[kind].format_map(said)
        case EntryKind.NOTICE:
            return f"bericht aan {words.body(said['to'])}: {_noted_text(words.content, details)}"
        case EntryKind.RECORD:
            return _record_text(words, details)


_GONE_OUT: Mapping[EntryKind, str] = {
    EntryKind.LETTER_ORDERED: "brief {letter} klaargezet voor {addressee}",
    EntryKind.LETTER_SENT: "brief {letter} verstuurd aan {addressee} op {sent_on}",
    EntryKind.CASE_ORDERED: "zaak in '{workflow}' geopend",
}


def _record_text(words: ContentWords, details: Mapping[str, object]) -> str:
    """A record that was written, or what became of it."""
    key, kind = f"{details['record']}.{details['number']}", words.content.rules.records.get(str(details["record"]))
    fields = details.get("fields")
    facts = [words.fact(f"{details['record']}.{field}") for field in fields] if isinstance(fields, Mapping) else []
    life = str(details.get("life") or "")
    stands = [kind.life_label(life) if kind else life] if life else []
    return f"{say_record(key, words.content)}: {', '.join((*stands, *facts))}"


def _noted_text(content: Content, details: Mapping[str, object]) -> str:
    kind, term, text = (str(details.get(key, "")) for key in ("about", "term", "text"))
    parameters = details.get("parameters")
    return say_notice(
        kind, parameters if isinstance(parameters, Mapping) else {}, term=term, text=text, content=content
    )


def _clock_text(words: ContentWords, details: Mapping[str, object]) -> str:
    entry = details.get("entry")
    if not isinstance(entry, Mapping):
        return _moved_text(words, details)
    verb = _LEDGER_WORDS.get(str(entry["kind"]), str(entry["kind"]))
    basis = f" ({entry['basis']})" if entry.get("basis") else ""
    line = f", regel {int(entry['cancels']) + 1} vervalt" if "cancels" in entry else ""
    said = say_cause(str(entry.get("cause", "")), str(entry.get("reason", "")))
    reason = f"; reden: {said}" if said else ""
    return f"termijn {verb}: {_term_label(words, str(details['clock']))}{line}{basis}{reason}"


def _moved_text(words: ContentWords, details: Mapping[str, object]) -> str:
    if not details.get("clock"):
        return "herinneringen opnieuw berekend, omdat regels of kalender zijn gewijzigd"
    ends = f"was {details['was'] or 'onbekend'}, wordt {details['becomes'] or 'onbekend'}"
    told = details.get("told")
    why = " ".join(say_told(line) for line in told) if isinstance(told, list | tuple) else ""
    return (
        f"termijn opnieuw berekend: {_term_label(words, str(details['clock']))} ({ends}); regels of kalender gewijzigd."
        f" {why}".rstrip()
    )


_LEDGER_WORDS = {
    "started": "begint",
    "restarted": "begint opnieuw",
    "suspended": "staat stil",
    "resumed": "loopt weer",
    "extended": "verlengd",
    "deferred": "uitgesteld",
    "stopped": "klaar",
    "corrected": "gecorrigeerd",
}


def _term_label(words: ContentWords, clock: str) -> str:
    term, _, addressee = clock.partition("/")
    known = {rule.id: rule.label for rule in words.content.terms()}
    return f"'{known.get(term, term)}'" + (f" ({say_reader(addressee, words.content)})" if addressee else "")
