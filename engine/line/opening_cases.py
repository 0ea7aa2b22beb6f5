"""Opening cases: under the version of the day, or the latest older one that its sector consented to (F-49)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from engine.core.deciding.case import ENGINE, Case
from engine.core.deciding.draft import noted
from engine.core.deciding.opening import Opening, open_case, sectors_asked
from engine.core.deciding.question import Question
from engine.core.deciding.step import CaseToOpen, Entry, EntryKind, Notice, Refusal, Step
from engine.core.errors import DefinitionError, OvertakenError
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, doubt
from engine.core.moment import local_day
from engine.definitions.files.content_files import Kind
from engine.definitions.files.footprint import pins_on
from engine.line.plan import Plan, ask_to_open, series_of

if TYPE_CHECKING:
    from engine.runtime import Runtime
    from engine.store.numbering import Series
    from engine.store.transaction import Transaction


def way_to_open(runtime: Runtime, content: Content, opening: Opening, day: date) -> tuple[Content, Opening]:
    """Under what a case with these facts opens when `content` is in force on the day, and an opening that says so.

    A sector that did not consent to it stays on the latest older version that it did consent to and that holds that
    day: as a case that runs on it would go on, under the law since. Where there is none it is refused in earnest; a
    rehearsal says so once and goes on.
    """
    sectors = sectors_asked(content, opening.facts)
    lacking = tuple(one for one in sectors if not content.rules.is_open_to(one, day))
    if not lacking:
        return content, opening
    older = next(older_versions(runtime, content, sectors, day), None)
    labels = tuple(content.organisation.sectors[one].label for one in lacking)
    told = {"rules": content.rules.id, "first": content.rules.valid_from, "labels": labels}
    if older is not None:
        _say_once(runtime, doubt("opens_on_older", "", **told, older=older.rules.valid_from))
        return older, replace(opening, passed_over=content.rules.valid_from)
    if runtime.settings.is_rehearsal and all(map(content.rules.is_for, lacking)):
        _say_once(runtime, doubt("opens_without_consent", "", **told))
        return content, replace(opening, tries_without=lacking)
    return content, opening


def older_versions(runtime: Runtime, content: Content, sectors: Collection[str], day: date) -> Iterator[Content]:
    """The older versions that all these sectors may open a case under on the day, the latest first."""
    catalogue, owner = runtime.catalogue, content.rules.organisation
    here = (content.organisation.id, content.workflow.id)
    days = [one for one in catalogue.versions(Kind.RULES, owner, content.rules.id) if one <= content.rules.valid_from]
    for first, followed in reversed(tuple(pairwise(days))):
        try:  # with the workflow and the law of its last day: those it was consented to with
            then = catalogue.content(*here, followed - timedelta(days=1))
            if then.rules.valid_from != first or not all(then.rules.is_open_to(one, day) for one in sectors):
                continue
            yield catalogue.content(*here, day, pinned=pins_on(then))
        except DefinitionError:
            continue  # it does not hold any more, or cannot be read: one before it may


def _say_once(runtime: Runtime, finding: Finding) -> None:
    if finding not in runtime.told:
        runtime.told.append(finding)


def decide_child(
    runtime: Runtime, plan: Plan, question: Question, parent: Case, order: CaseToOpen
) -> tuple[Question, Step] | Refusal:
    """The case that a step of its parent orders, with the question it answers; the plan is not written to."""
    content = runtime.content(order.workflow, local_day(question.moment))
    is_of_same = content.subject_kind is not None and content.subject_kind == question.content.subject_kind
    subject = parent.subject if is_of_same else ""
    opening = Opening(entry=order.entry, facts=order.facts, parent=parent.id, subject=subject)
    content, opening = way_to_open(runtime, content, opening, local_day(question.moment))
    asked = ask_to_open(plan, content, opening, ENGINE, question.moment)
    outcome = open_case(asked, opening)
    return outcome if isinstance(outcome, Refusal) else (asked, outcome)


def take_numbers(tx: Transaction, plan: Plan) -> None:
    """Give the cases that the plan opens their numbers. Raises OvertakenError when somebody else took one."""
    wanted: dict[Series, list[str]] = {}
    for planned in plan.steps:
        if planned.step.before is None:
            series = series_of(planned.question.content, planned.question.moment)
            wanted.setdefault(series, []).append(planned.step.after.id)
    # Always in the same order of series, so that two writers cannot wait for each other.
    for series in sorted(wanted):
        given = tx.new_case_numbers(series, len(wanted[series]))
        for number, decided in zip(given, wanted[series], strict=True):
            if number != decided:
                raise OvertakenError("number_was_given", number=decided)


def tell_owner(step: Step, question: Question, why: Mapping[str, object]) -> Step:
    """The step with a message for the body that now has to open the case by hand."""
    notice = Notice(to=question.content.workflow.state(step.after.state).owner, kind="case_not_opened", parameters=why)
    entry = Entry(kind=EntryKind.NOTICE, at=question.moment, actor=ENGINE, details=noted(notice))
    return replace(step, notices=(*step.notices, notice), entries=(*step.entries, entry))
