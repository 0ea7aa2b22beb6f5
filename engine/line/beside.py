"""What steps bring about in the other open cases of the same subject: those that look at them go on with them.

Without it a case that waits for another (`other_cases`, gathered facts, records of its subject) would stand still until
something happens in itself. A case that cannot go on, because its own content is gone or its parent cannot take over
what it says, stays where it is: it never undoes the step of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.core.deciding.case import ENGINE
from engine.core.deciding.following import catch_up, refuse_circle
from engine.core.deciding.question import sees_change
from engine.core.deciding.step import Refusal
from engine.core.errors import CaseError, DefinitionError
from engine.core.moment import local_day
from engine.line.plan import Plan, Planned, ask_about

if TYPE_CHECKING:
    from engine.runtime import Runtime

PlanStep = Callable[..., None]


def bring_along(runtime: Runtime, plan: Plan, begin: int, plan_step: PlanStep) -> Plan:
    """The plan with what follows beside its steps from number `begin` on, and beside what follows from those.

    Raises DefinitionError when cases send each other round without an end.
    """
    followed: Counter[str] = Counter()
    at = begin
    while at < len(plan.steps):
        planned = plan.steps[at]
        for case_id in plan.open_beside(planned.step):
            known = len(plan.steps)
            plan = _follow(runtime, plan, planned, case_id, plan_step)
            if len(plan.steps) > known:
                followed[case_id] += 1
                refuse_circle(plan.steps[known].question, followed[case_id])
        at += 1
    return plan


def _follow(runtime: Runtime, plan: Plan, planned: Planned, case_id: str, plan_step: PlanStep) -> Plan:
    """The plan with the step of one onlooker, or as it was when nothing follows there."""
    branch, seen = plan.branch(), planned.step
    try:
        case, moment = branch.load_case(case_id), planned.question.moment
        if seen.subject is None and not sees_change(runtime.content_of(case, local_day(moment)), seen):
            return plan
        asked = ask_about(runtime, branch, case, ENGINE, moment)
        # What its letters say of the subject may be otherwise too. Those of a case that moves here stand in no row yet.
        if any(mark.is_waiting for mark in case.letters) and not branch.moves(case_id):
            from engine.line.waiting_letters import waiting_in  # in most acts no letter of another case waits

            asked = waiting_in(branch.readings, asked)
        outcome = catch_up(asked)
        if isinstance(outcome, Refusal):
            return plan
        plan_step(runtime, branch, asked, outcome, follows=True)
    except (DefinitionError, CaseError):
        return plan
    return branch
