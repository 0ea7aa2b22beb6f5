"""The sweep: do what is due, oldest first, each deadline once; the same from the scheduler, cron or by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from engine.core.deciding.falling_due import fall_due
from engine.core.deciding.step import Step
from engine.core.errors import CaseError, EngineError
from engine.line.case_line import Line
from engine.runtime import Runtime
from engine.store.records import DueDeadline
from engine.store.transaction import Transaction
from engine.usecases.reproject_cases import reproject_case
from engine.words.short_reasons import say_shortly

BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReport:
    """How many deadlines were dealt with, and which could not be, with the reason."""

    done: int = 0
    failed: tuple[tuple[str, str, str], ...] = ()


def run_due(runtime: Runtime, *, on_done: Callable[[int], None] | None = None) -> DueReport:
    """Deal with every deadline whose moment has come, in transactions of at most BATCH.

    One that fails is tried again on its own, reported, and stays open for the next sweep; it does not hold up
    the others.
    """
    done = 0
    failed: list[tuple[str, str, str]] = []
    behind: DueDeadline | None = None
    while True:
        moment = runtime.now()
        try:
            handled, last = _run_batch(runtime, moment, behind, BATCH)
        except EngineError:
            handled, last, wrong = _run_singly(runtime, moment, behind)
            failed.extend(wrong)
        if handled == BATCH:
            runtime.keep_rules_compiled()  # pays from here on, not for a handful
        if last is None:
            return DueReport(done=done, failed=tuple(failed))
        behind = last if failed else None
        done += handled
        if on_done:
            on_done(done)


def _run_batch(
    runtime: Runtime, moment: datetime, behind: DueDeadline | None, limit: int
) -> tuple[int, DueDeadline | None]:
    with runtime.store.transaction() as tx:
        found = tx.due(moment, limit, after=behind)
        handled = sum(_run_one(runtime, tx, item, moment) for item in found)
    return handled, found[-1] if found else None


def _run_singly(
    runtime: Runtime, moment: datetime, behind: DueDeadline | None
) -> tuple[int, DueDeadline | None, list[tuple[str, str, str]]]:
    handled, last = 0, behind
    wrong: list[tuple[str, str, str]] = []
    for _ in range(BATCH):
        next_one = _peek(runtime, moment, last)
        if next_one is None:
            return handled, last if last is not behind else None, wrong
        try:
            with runtime.store.transaction() as tx:
                handled += _run_one(runtime, tx, next_one, moment)
        except EngineError as error:
            wrong.append((next_one.case_id, next_one.deadline.key, error.text()))
        last = next_one
    return handled, last, wrong


def _peek(runtime: Runtime, moment: datetime, behind: DueDeadline | None) -> DueDeadline | None:
    with runtime.store.transaction() as tx:
        found = tx.due(moment, 1, after=behind)
    return found[0] if found else None


def _run_one(runtime: Runtime, tx: Transaction, item: DueDeadline, moment: datetime) -> int:
    # An earlier deadline of this batch may have cancelled this one: then the core refuses, and it is not fired.
    line = Line(runtime, tx, moment)
    outcome = line.keep(fall_due(line.about(item.case_id), item.deadline.key))
    if isinstance(outcome, Step):
        tx.mark_fired(item.case_id, item.deadline.key, moment)
        return 1
    # The deadline may lie elsewhere now: the calendar or the law under it has changed since it was written.
    if _is_open(tx, item) and not reproject_case(line, item.case_id):
        reasons = say_shortly(outcome.blockers)
        raise CaseError(
            f"De termijn '{item.deadline.clock}' is aan de beurt, maar kan niet worden afgehandeld.",
            where=item.case_id,
            why=f"Redenen: {reasons}.",
            next_step=f"Bekijk de zaak met `trede case why {item.case_id}` en neem de reden weg.",
        )
    return 0


def _is_open(tx: Transaction, item: DueDeadline) -> bool:
    return any(row.deadline.key == item.deadline.key and row.status == "open" for row in tx.deadlines(item.case_id))
