"""Empty an inbox: a message that is dealt with, or that is to be seen again on a later day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from engine.core.deciding.case import Actor
from engine.core.deciding.messages import put_off, settle_message
from engine.core.deciding.noting import finish_task
from engine.core.deciding.question import Question
from engine.core.deciding.step import TASK, Refusal, Step
from engine.core.errors import UsageError
from engine.core.moment import start_of_day
from engine.line.case_line import Line
from engine.store.records import NoticeRow
from engine.store.transaction import Transaction

Settled = tuple[tuple[NoticeRow, ...], Step | Refusal]
"""The messages that were meant, and what came of them."""


def settle(
    line: Line, case_id: str, numbers: Iterable[int], actor: Actor, *, reason: str = "", dry_run: bool = False
) -> Settled:
    """These messages of a case (without numbers: all that are for the body who acts) are dealt with, or none of them.

    Raises UsageError when one of them does not lie there.
    """

    def decide(question: Question, message: NoticeRow) -> Step | Refusal:
        if message.kind == TASK:
            done = message.parameters
            return finish_task(question, int(str(done["number"])), str(done["text"]))
        return settle_message(question, message, reason)

    def write(tx: Transaction, message: NoticeRow) -> None:
        tx.finish_notices(case_id, line.moment, actor.role, ids=(message.id,))

    return _each(line, _chosen(line, case_id, tuple(numbers), actor), actor, decide, None if dry_run else write)


def snooze(
    line: Line,
    case_id: str,
    numbers: Iterable[int],
    until: date,
    actor: Actor,
    *,
    reason: str = "",
    dry_run: bool = False,
) -> Settled:
    """The same messages lie there again from a later local day on; clocks run on meanwhile."""

    def write(tx: Transaction, message: NoticeRow) -> None:
        tx.put_off_notice(case_id, message.id, start_of_day(until))

    return _each(
        line,
        _chosen(line, case_id, tuple(numbers), actor),
        actor,
        lambda question, message: put_off(question, message, until, reason),
        None if dry_run else write,
    )


def _chosen(line: Line, case_id: str, numbers: tuple[int, ...], actor: Actor) -> tuple[NoticeRow, ...]:
    line.about(case_id, actor)  # first, so that an unknown case is told as one
    waiting = {row.id: row for row in line.work.notices(case_id, waiting=True) if row.at <= line.moment}
    chosen = numbers or tuple(number for number, row in waiting.items() if row.to == actor.role)
    missing = [number for number in chosen if number not in waiting]
    if missing or not chosen:
        known = ", ".join(f"{number} (voor {row.to})" for number, row in waiting.items()) or "geen"
        which = f"geen bericht {missing[0]}" if missing else f"geen bericht voor '{actor.role}'"
        raise UsageError(
            f"In zaak {case_id} ligt {which}.", next_step=f"Er ligt: {known}. Zie `trede inbox`.", where=case_id
        )
    return tuple(waiting[number] for number in dict.fromkeys(chosen))


def _each(
    line: Line,
    messages: Iterable[NoticeRow],
    actor: Actor,
    decide: Callable[[Question, NoticeRow], Step | Refusal],
    write: Callable[[Transaction, NoticeRow], None] | None,
) -> Settled:
    """Decide on every message before one is written; the first refusal is the answer for all."""
    outcome: Step | Refusal | None = None
    told = tuple(messages)
    for message in told:
        outcome = decide(line.about(message.case_id, actor), message)
        if isinstance(outcome, Refusal):
            return told, outcome
        if write is not None:
            line.add(outcome)
    assert outcome is not None
    if write is not None:
        with line.work.writing() as tx:  # the lines of the journal and the inbox change together, or not at all
            for message in told:
                write(tx, message)
            line.write()
    return told, outcome
