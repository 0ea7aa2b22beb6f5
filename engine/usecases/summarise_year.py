"""The figures of a workplace, from its store: cases, terms, letters, the ladder, and why late cases stand still."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.core.deciding.case import ENGINE
from engine.core.deciding.situation import look
from engine.core.deciding.step import EntryKind
from engine.core.deciding.why import possibilities
from engine.core.evaluation.prepared import Content
from engine.core.evaluation.term_rules import terms_that_can_be_late
from engine.core.moment import local_day
from engine.line.asking import ask_about
from engine.reports.ladder_counts import count_rungs
from engine.reports.term_counts import count_terms
from engine.reports.year_summary import (
    Late,
    LetterCount,
    YearSummary,
    count_cases,
    count_letters,
    count_standstills,
)
from engine.runtime import Runtime
from engine.store.readings import Readings
from engine.store.records import InboxRow
from engine.store.snapshot import as_moment

_COUNTED = (EntryKind.OPENED, EntryKind.MOVED, EntryKind.CLOCK, EntryKind.TERM_PASSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """A line of the journal, as far as reports need it."""

    case_id: str
    at: datetime
    kind: EntryKind
    details: Mapping[str, object]


def summarise_year(runtime: Runtime) -> YearSummary:
    """Everything that happened in this workplace so far, in figures."""
    now, organisation = runtime.now(), runtime.settings.organisation
    today = local_day(now)
    names = runtime.catalogue.workflows(organisation)
    contents = {name: runtime.content(name, today) for name in names}
    with runtime.reading() as readings:
        journals = _journals(readings, organisation)
        counts = readings.counts(organisation)
        broken = {row.case_id: _broken(contents[row.workflow], row) for row in readings.inbox(organisation, now)}
        late = tuple(_explain(runtime, readings, case_id, terms, now) for case_id, terms in broken.items() if terms)
        letters = _letters(readings, organisation, contents)
        alarms = len(readings.alarms()) + len(readings.alarms(is_seen=True))
    numbers: dict[str, dict[str, int]] = defaultdict(dict)
    for (workflow, state, _), number in counts.items():
        numbers[workflow][state] = number
    return YearSummary(
        workflows=tuple(count_cases(contents[name], numbers[name]) for name in names),
        terms=tuple(count for name in names for count in count_terms(name, contents[name], journals[name])),
        letters=letters,
        rungs=tuple(count for name in names for count in count_rungs(contents[name], journals[name], now)),
        open_cases=sum(number for (_, _, is_closed), number in counts.items() if not is_closed),
        late_cases=len(late),
        standstills=count_standstills(late),
        alarms=alarms,
    )


def _journals(readings: Readings, organisation: str) -> dict[str, list[tuple[JournalLine, ...]]]:
    """The counted lines of each case, by workflow."""
    kinds = ", ".join(f"'{kind.value}'" for kind in _COUNTED)
    rows = readings.rows(
        "SELECT c.workflow, j.case_id, j.at, j.kind, j.details FROM journal j JOIN cases c ON c.id = j.case_id"
        f" WHERE j.organisation = :organisation AND j.kind IN ({kinds}) ORDER BY j.case_id, j.seq",
        organisation=organisation,
    )
    lines: dict[tuple[str, str], list[JournalLine]] = defaultdict(list)
    for row in rows:
        line = JournalLine(
            case_id=row["case_id"],
            at=as_moment(row["at"]),
            kind=EntryKind(row["kind"]),
            details=json.loads(row["details"]),
        )
        lines[(row["workflow"], row["case_id"])].append(line)
    journals: dict[str, list[tuple[JournalLine, ...]]] = defaultdict(list)
    for (workflow, _), found in lines.items():
        journals[workflow].append(tuple(found))
    return journals


def _broken(content: Content, row: InboxRow) -> tuple[str, ...]:
    """The broken terms, those of the law first, then the latest one."""
    terms = {term.id: term for term in content.terms()}
    passed = [(terms[one.term], one.due_at) for one in row.overdue if one.term in terms]
    can_be_late = terms_that_can_be_late(content)
    broken = [(term, due_at) for term, due_at in passed if term.id in can_be_late]
    broken.sort(key=lambda one: (one[0].kind != "statutory", -one[1].timestamp()))
    return tuple(term.id for term, _ in broken)


def _letters(readings: Readings, organisation: str, contents: Mapping[str, Content]) -> tuple[LetterCount, ...]:
    rows = readings.rows("SELECT letter, status FROM letters WHERE organisation = :o", o=organisation)
    titles = {letter.id: letter.title for content in contents.values() for letter in content.letters.values()}
    return count_letters(titles, ((row["letter"], row["status"]) for row in rows))


def _explain(runtime: Runtime, readings: Readings, case_id: str, terms: tuple[str, ...], now: datetime) -> Late:
    case = readings.load_case(case_id)
    situation = look(ask_about(runtime, readings, case, ENGINE, now))
    return Late(situation=situation, possibilities=possibilities(situation), terms=terms)
