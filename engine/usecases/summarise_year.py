"""The figures of a workplace, from its store: cases, terms, letters, the ladder, and why late cases stand still."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from itertools import groupby

from engine.core.deciding.case import ENGINE
from engine.core.deciding.lateness import RunStanding, runs_at
from engine.core.deciding.situation import look
from engine.core.deciding.step import Entry, EntryKind
from engine.core.deciding.why import possibilities
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.line.plan import ask_about
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
from engine.store.figures import journal_entries, letter_statuses
from engine.store.readings import Readings
from engine.store.records import InboxRow

_COUNTED = (EntryKind.OPENED, EntryKind.MOVED)


def summarise_year(runtime: Runtime) -> YearSummary:
    """Everything that happened in this workplace so far, in figures."""
    now, organisation = runtime.now(), runtime.settings.organisation
    today = local_day(now)
    names = runtime.catalogue.workflows(organisation)
    contents = {name: runtime.content(name, today) for name in names}
    with runtime.reading() as readings:
        journals = _journals(readings, organisation)
        counts = readings.counts(organisation)
        runs = _runs(runtime, readings, organisation, now)
        explained = [_explain(runtime, readings, row, now) for row in readings.late_cases(organisation, now)]
        late = tuple(one for one in explained if one.terms)
        letters = _letters(readings, organisation, contents)
        alarms = len(readings.alarms()) + len(readings.alarms(is_seen=True))
    numbers: dict[str, dict[str, int]] = defaultdict(dict)
    for (workflow, state, _), number in counts.items():
        numbers[workflow][state] = number
    return YearSummary(
        workflows=tuple(count_cases(contents[name], numbers[name]) for name in names),
        terms=tuple(count for name in names for count in count_terms(name, contents[name], runs[name])),
        letters=letters,
        rungs=tuple(count for name in names for count in count_rungs(contents[name], journals[name], now)),
        open_cases=sum(number for (_, _, is_closed), number in counts.items() if not is_closed),
        late_cases=len(late),
        standstills=count_standstills(late),
        alarms=alarms,
    )


def _journals(readings: Readings, organisation: str) -> dict[str, list[list[Entry]]]:
    """The counted entries of each case, by workflow."""
    journals: dict[str, list[list[Entry]]] = defaultdict(list)
    found = journal_entries(readings, organisation, _COUNTED)
    for (workflow, _), entries in groupby(found, key=lambda one: one[:2]):
        journals[workflow].append([entry for _, _, entry in entries])
    return journals


def _runs(runtime: Runtime, readings: Readings, organisation: str, now: datetime) -> dict[str, list[RunStanding]]:
    """How every run of every clock stands, by workflow: under the rules its case is pinned to."""
    runs: dict[str, list[RunStanding]] = defaultdict(list)
    for case in readings.each_case(organisation):
        runs[case.workflow] += runs_at(runtime.content_of(case, local_day(now)), case, now)
    return runs


def _letters(readings: Readings, organisation: str, contents: Mapping[str, Content]) -> tuple[LetterCount, ...]:
    titles = {letter.id: letter.title for content in contents.values() for letter in content.letters.values()}
    return count_letters(titles, letter_statuses(readings, organisation))


def _explain(runtime: Runtime, readings: Readings, row: InboxRow, now: datetime) -> Late:
    situation = look(ask_about(runtime, readings, readings.load_case(row.case_id), ENGINE, now))
    return Late(situation=situation, possibilities=possibilities(situation), terms=_broken(situation.content, row))


def _broken(content: Content, row: InboxRow) -> tuple[str, ...]:
    """The broken terms, those of the law first, then the latest one."""
    terms = ((content.find_term(one.term), one.due_at) for one in row.overdue)
    known = [(term.kind != "statutory", -due_at.timestamp(), term.id) for term, due_at in terms if term is not None]
    return tuple(term_id for _, _, term_id in sorted(known))
