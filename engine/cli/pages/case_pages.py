"""How a case looks on the screen: its page, its history, its possibilities, the outcome of a step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from engine.cli.pages.wording import ContentWords
from engine.core.deciding.case import Case
from engine.core.deciding.lateness import ClockStanding, clocks_at
from engine.core.deciding.step import EntryKind, Step
from engine.core.dutch import write_day, write_moment
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.words.of_journal import say_cause, say_notice
from engine.words.of_terms import say_told

if TYPE_CHECKING:
    from engine.views.case_view import CaseView
    from engine.views.lists import EntryView, HistoryView

_STATUS = {"running": "loopt", "suspended": "staat stil", "stopped": "klaar", "not_started": "nog niet begonnen"}


def case_page(view: CaseView) -> list[str]:
    """Everything about a case that helps the reader on; what may not be shown is only named."""
    content, case = view.content, view.case
    words, state = ContentWords(content), content.workflow.state(case.state)
    lines = [f"{case.id}  {content.workflow.title}", f"  Toestand    {state.label} ({case.state}){_closed(case)}"]
    if state.explanation:
        lines.append(f"              {state.explanation}")
    if state.owner:
        lines.append(f"  Aan zet     {words.body(state.owner)} ({state.owner})")
    lines.append(f"  Sinds       {write_moment(case.entered_at)}; geopend {write_day(local_day(case.opened_at))}")
    lines.append(f"  Versies     {content.workflow.id} {case.workflow_version}, regels {case.rules_version}")
    if case.parent:
        lines.append(f"  Komt uit    {case.parent}")
    lines += [f"  Zaak eruit  {child.case_id} ({child.workflow}: {child.state})" for child in view.children]
    lines += ["", "Termijnen", *(_clock_lines(content, case, view.moment) or ["  geen"])]
    lines += ["", "Gegevens", *(_fact_lines(words, view) or ["  geen"])]
    letters = view.letters
    if letters:
        waiting = sum(1 for row in letters if row.status != "sent")
        state_of_post = f"{waiting} nog niet verstuurd" if waiting else "alle verstuurd"
        lines += ["", f"Brieven: {len(letters)}, {state_of_post} (trede case letters {case.id})"]
    if not case.is_closed:
        lines += ["", f"Wat kan er nu?  trede case why {case.id}"]
    return lines


def _closed(case: Case) -> str:
    return ", gesloten" if case.is_closed else ""


def _clock_lines(content: Content, case: Case, moment: datetime) -> list[str]:
    told = sorted(_told(content, case, moment), key=lambda one: one.projection.status == "stopped")
    return [_clock_line(content, one) for one in told]  # what still runs first


def _told(content: Content, case: Case, moment: datetime) -> Iterable[ClockStanding]:
    """The clocks whose term the content still has."""
    return (one for one in clocks_at(content, case, moment) if content.find_term(one.clock.term) is not None)


def _clock_line(content: Content, standing: ClockStanding) -> str:
    clock, projection = standing.clock, standing.projection
    label = content.term(clock.term).label + (f" ({clock.addressee})" if clock.addressee else "")
    if projection.status == "suspended":
        until = projection.earliest_last_day
        when = f"staat stil sinds {write_day(projection.still_since)}" if projection.still_since else "staat stil"
        when += f"; op zijn vroegst tot en met {write_day(until)}" if until else ""
    elif projection.in_hours and projection.ends_at:
        when = f"tot {write_moment(projection.ends_at)}, {_STATUS[projection.status]}"
    elif projection.last_day:
        when = f"t/m {write_day(projection.last_day)}, {_STATUS[projection.status]}"
    else:
        when = _STATUS[projection.status]
    late = "  TE LAAT" if standing.is_late else ""
    return f"  {label}: {when}{late}  [{clock.key}]"


def _fact_lines(words: ContentWords, view: CaseView) -> list[str]:
    lines = []
    for one in view.facts:
        shown = "(bijzonder persoonsgegeven; zie --json)"
        if one.value is not None:
            shown = words.value(one.fact, one.value)
        lines.append(f"  {words.fact(one.fact)}: {shown}  [{one.fact}]")
    return lines


def case_plain(view: CaseView) -> Mapping[str, object]:
    """The same for a program."""
    content, case = view.content, view.case
    shown = {one.fact for one in view.facts if not one.is_hidden}
    state = content.workflow.state(case.state)
    clocks = [
        {
            "clock": one.clock.key,
            "status": one.projection.status,
            "last_day": one.projection.last_day,
            "ends_at": one.projection.ends_at,
            "passed": one.has_passed,
        }
        for one in clocks_at(content, case, view.moment)
    ]
    return {
        "id": case.id,
        "workflow": case.workflow,
        "workflow_version": case.workflow_version,
        "rules_version": case.rules_version,
        "state": case.state,
        "owner": state.owner,
        "outcome": state.outcome,
        "is_closed": case.is_closed,
        "version": case.version,
        "subject": case.subject,
        "opened_at": case.opened_at,
        "entered_at": case.entered_at,
        "parent": case.parent,
        "children": [child.case_id for child in view.children],
        "clocks": clocks,
        "facts": {fact: known for fact, known in case.facts.items() if fact in shown},
        "letters": case.letters,
    }


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
        case EntryKind.CLOCK:
            return _clock_text(words, details)
        case EntryKind.TERM_REMINDED:
            return f"herinnering bij {_term_label(words, said['clock'])}"
        case EntryKind.TERM_PASSED:
            return f"termijn verstreken: {_term_label(words, said['clock'])}"
        case EntryKind.LETTER_ORDERED:
            return f"brief {said['letter']} klaargezet voor {said['addressee']}"
        case EntryKind.LETTER_SENT:
            return f"brief {said['letter']} verstuurd aan {said['addressee']} op {said['sent_on']}"
        case EntryKind.CASE_ORDERED:
            return f"zaak in '{said['workflow']}' geopend"
        case EntryKind.NOTICE:
            return f"bericht aan {words.body(said['to'])}: {_noted_text(words.content, details)}"


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
    return f"'{known.get(term, term)}'" + (f" ({addressee})" if addressee else "")


def step_page(content: Content, step: Step, *, dry_run: bool) -> list[str]:
    """What a step changed: the new state, terms, letters, cases, messages."""
    words, case = ContentWords(content), step.after
    verb = "zou komen te staan" if dry_run else "staat nu"
    name = case.id or "De nieuwe zaak"
    lines = [f"{name} {verb} in '{words.state(case.state)}' ({case.state})."]
    lines += [f"  {line}" for line in _changed_clocks(content, step)]
    lines += [f"  brief {item.letter} ({item.title}) aan {item.addressee_name}" for item in step.letters]
    lines += [f"  zaak geopend in '{order.workflow}'" for order in step.opens]
    for notice in step.notices:
        text = say_notice(notice.kind, notice.parameters, term=notice.term, content=content)
        lines.append(f"  bericht aan {words.body(notice.to)}: {text}")
    if step.letters and not dry_run:
        lines.append("  Versturen: trede letters send")
    if dry_run:
        lines.append("Er is niets gedaan (--dry-run).")
    return lines


def _changed_clocks(content: Content, step: Step) -> Iterable[str]:
    before = {clock.key: clock.ledger for clock in step.before.clocks} if step.before else {}
    for one in _told(content, step.after, step.entries[-1].at):
        if one.clock.ledger != before.get(one.clock.key):
            yield _clock_line(content, one).strip()
