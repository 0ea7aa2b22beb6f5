"""Last days that moved without an act, because the calendar or the law under a case did: each with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from engine.core.content.term_rules import TermRule
from engine.core.deciding.case import OWNER, Case
from engine.core.deciding.draft import Draft, Refused, decide
from engine.core.deciding.lateness import open_deadlines, running_clocks
from engine.core.deciding.messages import tell_bodies
from engine.core.deciding.question import Question
from engine.core.deciding.situation import project_clock
from engine.core.deciding.step import Blocker, BlockerKind, Deadline, DeadlineKind, EntryKind, Refusal, Step
from engine.core.evaluation.prepared import Content
from engine.core.legal_clock.explain import told_of
from engine.core.legal_clock.later_laws import moved_by_law, prolonging_on
from engine.core.legal_clock.runs import current_run
from engine.core.legal_clock.termspec import LaterProlonging
from engine.core.moment import local_day, start_of_day

ToldLaw = tuple[str, str]
"""A clock, and the first day of a law that lets it be made less long (ISO)."""


def reproject(question: Question, stored: tuple[Deadline, ...], told: Collection[ToldLaw] = ()) -> Step | Refusal:
    """Write the deadlines of a case anew, when the content under its open terms has changed since `stored`.

    Says of each moved term what its last day was and becomes, and of each that may be made less long by a law of after
    its rules, unless that was `told`. Refused with NOT_DUE when there is nothing to say.
    """
    content, case = question.content, question.case

    def change(draft: Draft) -> None:
        wanted = open_deadlines(content, case)
        has_moved = {deadline.key for deadline in wanted} != {deadline.key for deadline in stored}
        if has_moved:
            note_moved(draft, stored)
            if not draft.entries:
                draft.note(EntryKind.CLOCK, clock="", was="", becomes="")  # only reminders moved
        for clock, term, law, kinds in less_prolonging(content, case, local_day(question.moment)):
            if (clock, law.since.isoformat()) not in told:
                _note_less(draft, clock, term, law, kinds)
        if not (has_moved or draft.entries):
            raise Refused(Blocker(kind=BlockerKind.NOT_DUE, subject=case.id))

    return decide(question, "reproject", change)


def told_laws(lines: Iterable[Mapping[str, object]]) -> frozenset[ToldLaw]:
    """The clocks of which these lines of a journal say by which law they may be made less long."""
    return frozenset((str(told["clock"]), str(told["law"])) for told in lines if "law" in told)


def less_prolonging(
    content: Content, case: Case, day: date
) -> Iterator[tuple[str, TermRule, LaterProlonging, tuple[str, ...]]]:
    """Each clock that runs and may be made less long since a law that holds on this day: which, by which law, and how.

    Not of a clock that has had all that its own rules gave: the law takes nothing from it.
    """
    for clock, projection in running_clocks(content, case):
        term, run = content.term(clock.term), current_run(clock.ledger)
        held, law = prolonging_on(term, run, day) if term.later_prolongings else (term, None)
        if law is None or (projection.ends_at is not None and projection.ends_at <= start_of_day(law.since)):
            continue
        has_left = term.extension is not None and projection.extended_times < term.extension.times
        extends = has_left and held.extension != term.extension
        deferral = (term.deferrals, term.longest_deferral)
        defers = projection.deferred_times < term.deferrals and deferral != (held.deferrals, held.longest_deferral)
        kinds = tuple(kind for kind, is_less in (("extended", extends), ("deferred", defers)) if is_less)
        if kinds:
            yield clock.key, term, law, kinds


def _note_less(draft: Draft, clock: str, term: TermRule, law: LaterProlonging, kinds: Sequence[str]) -> None:
    """The line and the message of it: who had planned to take more time must hear that it is not there any more."""
    since = law.since.isoformat()
    draft.note(EntryKind.CLOCK, clock=clock, law=since, less=list(kinds), cited=law.cited)
    for kind in kinds:
        is_extended = kind == "extended"
        extension = law.extension if is_extended else None
        times = (extension.times if extension else 0) if is_extended else law.deferrals
        length = extension.period if extension else None if is_extended else law.longest_deferral
        granted = {"since": since, "allowed": [times, str(length) if length else ""]}
        tell_bodies(draft, (OWNER,), "law_extends_less" if is_extended else "law_defers_less", granted, term=term.id)


def note_moved(draft: Draft, stored: Sequence[Deadline]) -> None:
    """Add a line for each term of the draft that ends elsewhere than `stored` says."""
    content, case = draft.content, draft.case
    for clock, was, becomes in _moved_terms(content, case, stored):
        told = _told(content, case, clock)
        draft.note(EntryKind.CLOCK, clock=clock, was=_iso(was), becomes=_iso(becomes), told=told)
        _tell_of_law(draft, clock, was, becomes)


def _moved_terms(
    content: Content, case: Case, stored: Sequence[Deadline]
) -> Iterator[tuple[str, Deadline | None, Deadline | None]]:
    """Each clock of which the end lies elsewhere than `stored` says, with how it passed and how it passes now."""
    before = {deadline.clock: deadline for deadline in stored if deadline.kind is DeadlineKind.PASSED}
    wanted = open_deadlines(content, case)
    after = {deadline.clock: deadline for deadline in wanted if deadline.kind is DeadlineKind.PASSED}
    for clock in dict.fromkeys((*before, *after)):
        was, becomes = before.get(clock), after.get(clock)
        if _iso(was) != _iso(becomes):
            yield clock, was, becomes


def _tell_of_law(draft: Draft, key: str, was: Deadline | None, becomes: Deadline | None) -> None:
    """Tell the owner of a last day that another law moved: who had planned by the old one must hear it."""
    clock = draft.case.clock(key)
    term = draft.content.find_term(clock.term) if clock else None
    if clock is None or term is None or was is None:
        return
    law = moved_by_law(term, current_run(clock.ledger), draft.content.calendar, was.due_at)
    if law is not None:
        said = {
            "since": law.since.isoformat(),
            "length": str(law.period),
            "was": _iso(was),
            "becomes": _iso(becomes),
        }
        tell_bodies(draft, (OWNER,), "other_law", said, term=term.id)


def _told(content: Content, case: Case, key: str) -> list[dict[str, object]]:
    """How the end of a clock now comes about, step by step, by code."""
    clock = case.clock(key)
    told = told_of(project_clock(content, clock)) if clock else ()
    return [message.to_plain() | ({"article": article} if article else {}) for message, article in told]


def _iso(deadline: Deadline | None) -> str:
    if deadline is None:
        return ""
    return deadline.last_day.isoformat() if deadline.last_day else deadline.due_at.isoformat()
