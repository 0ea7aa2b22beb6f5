"""The sweep: do what is due, oldest first, each deadline once; the same from the scheduler, cron or by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.core.deciding.falling_due import fall_due
from engine.core.deciding.happening import passed_as_of
from engine.core.deciding.moved_dates import reproject
from engine.core.deciding.question import Question
from engine.core.deciding.step import Deadline, DeadlineKind, Refusal, Step
from engine.core.errors import CaseError, OvertakenError
from engine.line.case_line import Line, open_line
from engine.line.fence import Fence, Swept
from engine.runtime import Runtime
from engine.store.records import DeadlineRow
from engine.words.short_reasons import say_shortly

# Written together, so that the disk is waited for once; few enough that no consultant notices the wait.
BATCH = 50
_TRIES = 3


def run_due(runtime: Runtime, *, on_done: Callable[[int], None] | None = None) -> Swept:
    """Deal with every deadline whose moment has come, in transactions of at most BATCH.

    One that fails, whatever the reason, is reported and stays open for the next sweep; it does not hold up the others.
    """
    done, fence = 0, Fence("termijnen")
    behind: DeadlineRow | None = None
    while True:
        with open_line(runtime) as line:
            found = line.work.due(line.moment, BATCH, after=behind)
            handled = _deal_with(runtime, line, found, fence)
        if not found:
            break
        behind = found[-1] if fence.failed else None
        done += handled
        if on_done:
            on_done(done)
    fence.remember(runtime)
    return Swept(done=done, failed=fence.failed)


def _deal_with(runtime: Runtime, line: Line, found: Sequence[DeadlineRow], fence: Fence) -> int:
    handled = 0
    try:
        for item in found:
            with fence.around(item.case_id, item.deadline.key):
                handled += _decide(line, item)
        line.write()
    except Exception:  # one of them cannot be written, or somebody wrote first: nothing of it is there
        return sum(_deal_with_one(runtime, item, fence) for item in found)
    return handled


def _deal_with_one(runtime: Runtime, item: DeadlineRow, fence: Fence) -> int:
    case_id, key = item.case_id, item.deadline.key
    with fence.around(case_id, key):
        for tries_left in reversed(range(_TRIES)):
            try:
                with open_line(runtime) as line:
                    handled = _decide(line, item)
                    line.write()
                fence.forget(case_id, key)
                return handled
            except OvertakenError:
                if not tries_left:
                    raise
    return 0


def _fall_due(question: Question, deadline: Deadline) -> Step | Refusal:
    """What the deadline brings: a word now, or a term that passes as of its own moment."""
    if deadline.kind is DeadlineKind.REMINDER:
        return fall_due(question, deadline.key)
    return passed_as_of(question, deadline.due_at, lambda asked: fall_due(asked, deadline.key))


def _decide(line: Line, item: DeadlineRow) -> int:
    question, key = line.about(item.case_id), item.deadline.key
    outcome = _fall_due(question, item.deadline)
    if line.add(outcome, fires=key):
        return 1
    # An earlier deadline of this batch may have cancelled this one: then it is not fired.
    stored = line.plan.open_deadlines(item.case_id)
    if all(deadline.key != key for deadline in stored):
        return 0
    # The deadline may lie elsewhere now: the calendar or the law under it has changed since it was written.
    if not line.add(reproject(question, stored), alone=True):
        assert isinstance(outcome, Refusal)
        raise CaseError(
            f"De termijn '{item.deadline.clock}' is aan de beurt, maar kan niet worden afgehandeld.",
            where=item.case_id,
            why=f"Redenen: {say_shortly(outcome.blockers)}.",
            next_step=f"Bekijk de zaak met `trede case why {item.case_id}` en neem de reden weg.",
        )
    return 0
