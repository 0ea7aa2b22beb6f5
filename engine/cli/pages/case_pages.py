"""How a case looks on the screen: its page, its possibilities, the outcome of a step."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from engine.cli.arguments import Acting
from engine.cli.output import answer
from engine.cli.pages.fact_groups import fact_lines, heart_lines
from engine.cli.pages.letter_pages import became
from engine.cli.pages.record_table import record_lines
from engine.cli.pages.wording import ContentWords
from engine.core.content.term_rules import SUSPENDED_WHILE
from engine.core.deciding.case import Case
from engine.core.deciding.lateness import ClockStanding, clocks_at
from engine.core.deciding.step import Refusal, Step
from engine.core.dutch import join_words, write_day, write_moment
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.words.of_journal import say_notice
from engine.words.of_records import say_reader

if TYPE_CHECKING:
    from engine.core.deciding.sending import Awaited
    from engine.views.case_view import CaseView
    from engine.views.lists import NoticeView

_STATUS = {"running": "loopt", "suspended": "staat stil", "stopped": "klaar", "not_started": "nog niet begonnen"}


def case_page(view: CaseView) -> list[str]:
    """Everything about a case that helps the reader on; what may not be shown is only named."""
    content, case = view.content, view.case
    words, state = ContentWords(content, view.names), content.workflow.state(case.state)
    is_void = _is_void(content, case)
    closed = f", {_AS_IF_NEVER}" if is_void else ", gesloten" if case.is_closed else ""
    lines = [f"{case.id}  {content.workflow.title}", f"  Toestand    {state.label} ({case.state}){closed}"]
    if state.explanation and not is_void:
        lines.append(f"              {state.explanation}")
    if state.owner and not is_void:
        lines.append(f"  Aan zet     {words.body(state.owner)} ({state.owner})")
    if case.handler:
        lines.append(f"  Behandelaar {words.person(case.handler)}")
    lines.append(f"  Sinds       {write_moment(case.entered_at)}; geopend {write_day(local_day(case.opened_at))}")
    lines.append(f"  Versies     {content.workflow.id} {case.workflow_version}, regels {case.rules_version}")
    if case.parent:
        lines.append(f"  Komt uit    {case.parent}")
    lines += [f"  Zaak eruit  {child.case_id} ({child.workflow}: {child.state})" for child in view.children]
    lines += heart_lines(words, view)
    lines += ["", "Termijnen", *(_clock_lines(content, case, view.moment) or ["  geen"])]
    lines += ["", "Gegevens", *(fact_lines(words, view) or ["  geen"])]
    lines += record_lines(words, view)
    letters = view.letters
    if letters:
        waiting = sum(1 for row in letters if row.status != "sent")
        state_of_post = f"{waiting} nog niet verstuurd" if waiting else "alle verstuurd"
        lines += ["", f"Brieven: {len(letters)}, {state_of_post} (trede case letters {case.id})"]
    if view.tasks:
        lines += ["", "Taken", *(f"  {_task_line(words, task)}" for task in view.tasks)]
    if not case.is_closed:
        lines += ["", f"Wat kan er nu?  trede case why {case.id}"]
    return lines


def _task_line(words: ContentWords, task: NoticeView) -> str:
    day = write_day(local_day(task.at))
    return f"{task.parameters['number']}. {words.body(task.to)}, vanaf {day}: {task.parameters['text']}"


_AS_IF_NEVER = "gesloten alsof nooit geopend"


def _is_void(content: Content, case: Case) -> bool:
    """Whether the opening was taken back: the case is over in a state that is no end."""
    return case.is_closed and not content.workflow.state(case.state).is_end


def _clock_lines(content: Content, case: Case, moment: datetime) -> list[str]:
    # What still runs comes first.
    told = sorted(_told(content, case, moment), key=lambda one: one.projection.status == "stopped")
    today = local_day(moment)
    lines = [line for one in told for line in (_clock_line(content, case, one), *_start_line(content, one, today))]
    return [*lines, *_awaited_lines(content, case)]


def _awaited_lines(content: Content, case: Case) -> list[str]:
    """What a term waits for: letters that were ordered and still have to leave."""
    if not content.counted_from_sending:
        return []
    from engine.core.deciding.sending import awaited_by

    return list(map(_awaited_line, awaited_by(content, case)))


def _awaited_line(awaited: Awaited) -> str:
    term, name = awaited.term, awaited.sending.of
    waits = "wacht op"
    if name in (*term.suspended_in, *term.suspends_on, SUSPENDED_WHILE):
        waits = "staat pas stil na"
    elif name not in (*term.starts_in, *term.starts_on):
        waits = "nieuwe laatste dag telt pas na"
    readers = join_words(list(dict.fromkeys(one.partition(".")[0] for one in awaited.readers)))
    return f"  {term.label}: {waits} verzending van {awaited.sending.letter} aan {readers}  [{term.id}]"


def _told(content: Content, case: Case, moment: datetime) -> Iterable[ClockStanding]:
    """The clocks whose term the content still has."""
    return (one for one in clocks_at(content, case, moment) if content.find_term(one.clock.term) is not None)


def _clock_line(content: Content, case: Case, standing: ClockStanding) -> str:
    clock, projection = standing.clock, standing.projection
    about = f" ({say_reader(clock.addressee, content, case)})" if clock.addressee else ""
    label = content.term(clock.term).label + about
    status = _STATUS[projection.status]
    if standing.has_passed and projection.status == "running" and not standing.is_late:
        status = "voorbij"  # a clock that nothing stops goes on ticking, but nobody waits for it any more
    if projection.status == "suspended":
        until = projection.earliest_last_day
        when = f"staat stil sinds {write_day(projection.still_since)}" if projection.still_since else "staat stil"
        when += f"; op zijn vroegst tot en met {write_day(until)}" if until else ""
    elif projection.in_hours and projection.ends_at:
        when = f"tot {write_moment(projection.ends_at)}, {status}"
    elif projection.last_day:
        when = f"t/m {write_day(projection.last_day)}, {status}"
    else:
        when = status
    late = "  TE LAAT" if standing.is_late else ""
    return f"  {label}: {when}{late}  [{clock.key}]"


def _start_line(content: Content, standing: ClockStanding, today: date) -> Iterable[str]:
    """When the next act must be done, where that is before the last day; nothing once somebody is late."""
    start = standing.start
    if start is None or standing.is_late or start.day == standing.projection.last_day:
        return
    act = start.way[0].transition
    label = next(one.label for one in content.workflow.transitions if one.id == act)
    if start.day < today:
        yield f"    KRAP: '{label}' moest uiterlijk {write_day(start.day)}; wat daarna komt, past niet meer  [{act}]"
    else:
        yield f"    uiterlijk {write_day(start.day)} verder met '{label}'  [{act}]"


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
            "latest_start": one.start.day if one.start else None,
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
        "case_version": case.version,
        "subject": case.subject,
        "opened_at": case.opened_at,
        "entered_at": case.entered_at,
        "parent": case.parent,
        "children": [child.case_id for child in view.children],
        "clocks": clocks,
        **({"awaits": awaits} if (awaits := _plain_awaits(content, case)) else {}),
        "facts": {fact: known for fact, known in view.known.items() if fact in shown},
        "records": view.records,
        **({"handler": case.handler} if case.handler else {}),
        **({"people": view.names} if view.names else {}),
        "letters": case.letters,
    }


def _plain_awaits(content: Content, case: Case) -> list[dict[str, object]]:
    from engine.core.deciding.sending import awaited_by

    return [
        {"term": one.term.id, "of": one.sending.of, "letter": one.sending.letter, "readers": one.readers}
        for one in awaited_by(content, case)
    ]


def step_page(content: Content, step: Step, *, dry_run: bool) -> list[str]:
    """What a step changed: the new state, terms, letters, cases, messages."""
    words, case = ContentWords(content), step.after
    verb = "zou komen te staan" if dry_run else "staat nu"
    name = case.id or "De nieuwe zaak"
    where = f"in '{words.state(case.state)}' ({case.state})"
    if _is_void(content, case):
        verb, where = "zou zijn" if dry_run else "is nu", _AS_IF_NEVER
    lines = [f"{name} {verb} {where}."]
    lines += [f"  {line}" for line in _changed_clocks(content, step)]
    lines += [f"  brief {item.letter} ({item.title}) aan {item.addressee_name}" for item in step.letters]
    lines += [f"  brief {one.key}: {became(one)}" for one in step.letter_changes]
    lines += [f"  zaak geopend in '{order.workflow}'" for order in step.opens]
    for notice in step.notices:
        text = say_notice(notice.kind, notice.parameters, term=notice.term, content=content)
        lines.append(f"  bericht aan {words.body(notice.to)}: {text}")
    if step.letters:
        lines += _awaited_lines(content, case)
    if step.letters and not dry_run:
        lines.append("  Versturen: trede letters send")
    if dry_run:
        lines.append("Er is niets gedaan (--dry-run).")
    return lines


def _changed_clocks(content: Content, step: Step) -> Iterable[str]:
    before = {clock.key: clock.ledger for clock in step.before.clocks} if step.before else {}
    for one in _told(content, step.after, step.entries[-1].at):
        if one.clock.ledger != before.get(one.clock.key):
            yield _clock_line(content, step.after, one).strip()


def show_outcome(
    content: Content, outcome: Step | Refusal, acting: Acting, names: Mapping[str, str] | None = None
) -> None:
    """Print what came of it; a refusal ends the command with exit code 1. `names` are those of people, by number."""
    if isinstance(outcome, Refusal):
        answer(acting.as_json, lambda: {"refused": outcome}, lambda: ContentWords(content, names).refusal(outcome))
        sys.exit(1)
    dry_run = acting.dry_run
    answer(
        acting.as_json,
        lambda: {"dry_run": dry_run, "step": outcome},
        lambda: step_page(content, outcome, dry_run=dry_run),
    )
