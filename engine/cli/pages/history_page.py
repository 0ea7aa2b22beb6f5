"""The history of a case on the screen: who did what and when, both times where they differ, old and new values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from engine.cli.pages.history_of_letters import LETTERS
from engine.cli.pages.history_of_rules import less_text, opened_text, planned_text, repinned_text
from engine.cli.pages.register_words import changed
from engine.cli.pages.wording import ContentWords
from engine.core.deciding.step import EntryKind
from engine.core.dutch import join_words, write_day, write_moment
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import FactRule, FactType, Value
from engine.words.of_journal import LEDGER_WORDS, label_of, say_cause, say_notice
from engine.words.of_records import say_reader, say_record
from engine.words.of_terms import say_told

if TYPE_CHECKING:
    from engine.views.lists import EntryView, HistoryView


def history_page(history: HistoryView) -> list[str]:
    """The journal of a case: an entry a line, and below it the values that were written, with what they replaced."""
    words = ContentWords(history.content, history.names)
    return [line for entry in history.entries for line in _entry_lines(words, entry)]


def _entry_lines(words: ContentWords, entry: EntryView) -> Iterable[str]:
    happened = entry.details.get("happened_at")
    of = f" (gebeurd op {write_moment(datetime.fromisoformat(str(happened)))})" if happened else ""
    yield f"{write_moment(entry.at)}{of}  {_who(words, entry)}: {entry_text(words, entry.kind, entry.details)}"
    facts, was = entry.details.get("facts"), entry.details.get("was")
    if isinstance(facts, Mapping) and entry.kind is not EntryKind.SUBJECT:
        old = was if isinstance(was, Mapping) else {}
        yield from (_fact_line(words, fact, value, old.get(fact)) for fact, value in facts.items())


def _fact_line(words: ContentWords, fact: str, value: object, old: object) -> str:
    rule = words.content.rules.facts.get(fact)
    if rule is not None and rule.special_category:
        return f"    {words.fact(fact)}: (bijzonder persoonsgegeven; zie --json)"
    was = "" if old is None else f" (was: {words.value(fact, _as_value(rule, old))})"
    now = "onbekend" if value is None else words.value(fact, _as_value(rule, value))
    return f"    {words.fact(fact)}: {now}{was}"


def _as_value(rule: FactRule | None, plain: object) -> Value:
    """A value as the journal holds it; a day that is no day any more to this content stays the text it is."""
    if isinstance(plain, list):
        return tuple(str(one) for one in plain)
    if rule is not None and rule.type in (FactType.DATE, FactType.MOMENT) and isinstance(plain, str):
        return (date if rule.type is FactType.DATE else datetime).fromisoformat(plain)
    return plain if isinstance(plain, str | bool | int | float) else str(plain)


def _who(words: ContentWords, entry: EntryView) -> str:
    if not entry.actor.is_person:
        return "vanzelf"
    return words.body(entry.actor.role) + (f" ({entry.actor.name})" if entry.actor.name else "")


_SKIPPED = {"later": ", niet verstuurd: er was tegelijk een later bericht", "over": ", niet verstuurd: niet meer nodig"}


def entry_text(words: ContentWords, kind: EntryKind, details: Mapping[str, object]) -> str:
    """What an entry says, without who did it and when."""
    tell = _TOLD_AT_LENGTH.get(kind)
    if tell is not None:
        return tell(words, details)
    said = {key: str(value) for key, value in details.items()}
    match kind:
        case EntryKind.TERM_REMINDED:
            why = _SKIPPED.get(said.get("skipped", ""), "")
            return f"herinnering bij {_term_label(words, said['clock'])}{why}"
        case EntryKind.TERM_PASSED:
            return f"termijn verstreken: {_term_label(words, said['clock'])}"
        case EntryKind.LETTER_ORDERED | EntryKind.CASE_ORDERED:
            return _GONE_OUT[kind].format_map(said)
        case _:
            return f"vastgelegd door zaak {said['case']}" if "case" in said else "vastgelegd"


def _corrected_text(_: ContentWords, details: Mapping[str, object]) -> str:
    return f"verbeterd; reden: {details['reason']}"


def _reopened_text(words: ContentWords, details: Mapping[str, object]) -> str:
    behalf = f", namens {words.body(str(details['on_behalf_of']))}" if details.get("on_behalf_of") else ""
    return f"heropend{behalf} → '{words.state(str(details['target']))}'; reden: {details['reason']}"


def _undone_text(words: ContentWords, details: Mapping[str, object]) -> str:
    reason = details["reason"]
    if "parent" in details:
        return f"gesloten alsof nooit geopend: {details['parent']} nam de handeling terug; reden: {reason}"
    act = str(details["act"])
    if "target" not in details:
        return f"gesloten alsof nooit geopend; reden: {reason}"
    done = _DONE.get(act) or words.transition(act)
    return f"teruggenomen: {done} → '{words.state(str(details['target']))}'; reden: {reason}"


def _set_back_text(words: ContentWords, details: Mapping[str, object]) -> str:
    terms = details["terms"] if isinstance(details["terms"], list) else []
    named = join_words([_term_label(words, str(one)) for one in terms])
    return f"teruggezet, want het kwam binnen voor het einde van {named} → '{words.state(str(details['target']))}'"


def _assigned_text(words: ContentWords, details: Mapping[str, object]) -> str:
    was = f" (was {words.person(str(details['was']))})" if details.get("was") else ""
    return f"in handen van {words.person(str(details['to']))}{was}{_because(details)}"


def _note_text(_: ContentWords, details: Mapping[str, object]) -> str:
    return f"notitie: {details['text']}"


def _task_text(words: ContentWords, details: Mapping[str, object]) -> str:
    day = write_day(date.fromisoformat(str(details["on"])))
    return f"taak {details['number']} voor {words.body(str(details['to']))} op {day}: {details['text']}"


def _notice_done_text(words: ContentWords, details: Mapping[str, object]) -> str:
    return f"bericht afgehandeld: {_noted_text(words.content, details)}{_because(details)}"


def _notice_waits_text(words: ContentWords, details: Mapping[str, object]) -> str:
    day = write_day(date.fromisoformat(str(details["until"])))
    return f"bericht uitgesteld tot {day}: {_noted_text(words.content, details)}{_because(details)}"


def _because(details: Mapping[str, object]) -> str:
    return f"; reden: {details['reason']}" if details.get("reason") else ""


def _task_done_text(_: ContentWords, details: Mapping[str, object]) -> str:
    return f"taak {details['number']} gedaan: {details['text']}"


def _act_text(words: ContentWords, details: Mapping[str, object]) -> str:
    behalf = f", namens {words.body(str(details['on_behalf_of']))}" if details.get("on_behalf_of") else ""
    transition, target = (str(details[name]) for name in ("transition", "target"))
    done = label_of(words.content.workflow, transition, target)
    return f"{done}{behalf} → '{words.state(target)}'{_because(details)}"


def _notice_text(words: ContentWords, details: Mapping[str, object]) -> str:
    return f"bericht aan {words.body(str(details['to']))}: {_noted_text(words.content, details)}"


def _subject_text(words: ContentWords, details: Mapping[str, object]) -> str:
    return f"dossier gewijzigd: {'; '.join(changed(words, details))}"


_GONE_OUT: Mapping[EntryKind, str] = {
    EntryKind.LETTER_ORDERED: "brief {letter} klaargezet voor {addressee}",
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
    verb = LEDGER_WORDS.get(str(entry["kind"]), str(entry["kind"]))
    basis = f" ({entry['basis']})" if entry.get("basis") else ""
    line = f", regel {int(entry['cancels']) + 1} vervalt" if "cancels" in entry else ""
    said = say_cause(str(entry.get("cause", "")), str(entry.get("reason", "")))
    reason = f"; reden: {said}" if said else ""
    return f"termijn {verb}: {_term_label(words, str(details['clock']))}{line}{basis}{reason}"


def _moved_text(words: ContentWords, details: Mapping[str, object]) -> str:
    if "law" in details:
        return less_text(_term_label(words, str(details["clock"])), LEDGER_WORDS, details)
    if not details.get("clock"):
        return "herinneringen opnieuw berekend, omdat regels of kalender zijn gewijzigd"
    ends = f"was {details['was'] or 'onbekend'}, wordt {details['becomes'] or 'onbekend'}"
    told = details.get("told")
    why = " ".join(say_told(line) for line in told) if isinstance(told, list | tuple) else ""
    return (
        f"termijn opnieuw berekend: {_term_label(words, str(details['clock']))} ({ends}); regels of kalender gewijzigd."
        f" {why}".rstrip()
    )


def _term_label(words: ContentWords, clock: str) -> str:
    term, _, addressee = clock.partition("/")
    known = {rule.id: rule.label for rule in words.content.terms()}
    return f"'{known.get(term, term)}'" + (f" ({say_reader(addressee, words.content)})" if addressee else "")


_DONE = {"recorded": "gegevens vastleggen", "corrected": "gegevens verbeteren", "reopened": "heropenen"}
_TOLD_AT_LENGTH: Mapping[EntryKind, Callable[[ContentWords, Mapping[str, object]], str]] = {
    **LETTERS,
    EntryKind.OPENED: opened_text,
    EntryKind.MOVED: _act_text,
    EntryKind.CLOCK: _clock_text,
    EntryKind.NOTICE: _notice_text,
    EntryKind.RECORD: _record_text,
    EntryKind.CORRECTED: _corrected_text,
    EntryKind.REOPENED: _reopened_text,
    EntryKind.REPINNED: repinned_text,
    EntryKind.UNDONE: _undone_text,
    EntryKind.SET_BACK: _set_back_text,
    EntryKind.ASSIGNED: _assigned_text,
    EntryKind.NOTICE_DONE: _notice_done_text,
    EntryKind.NOTICE_WAITS: _notice_waits_text,
    EntryKind.NOTE: _note_text,
    EntryKind.TASK: _task_text,
    EntryKind.TASK_DONE: _task_done_text,
    EntryKind.SUBJECT: _subject_text,
    EntryKind.PLANNED: planned_text,
}
