"""Why a case stands as it stands: what can be done, what cannot, and what the rules conclude."""

from __future__ import annotations

from engine.core.deciding.case import ENGINE, Actor
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.why import Possibility, explain_fact, possibilities
from engine.core.errors import UsageError
from engine.core.evaluation.reasons import Reason
from engine.core.quick_class import dataclass
from engine.line.plan import ask_about
from engine.runtime import Runtime


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The situation of a case, its possibilities, and the reason of one fact when that was asked.

    When a fact was asked that people supply, there is neither a possibility nor a reason.
    """

    situation: Situation
    possibilities: tuple[Possibility, ...]
    reason: Reason | None = None


def explain_case(runtime: Runtime, case_id: str, subject: str = "", role: str = "") -> Explanation:
    """Explain a case, or one transition or concluded fact of it (`subject`), seen by somebody in `role`.

    Raises CaseError when there is no such case, UsageError when `subject` is neither a transition nor a fact.
    """
    moment = runtime.now()
    with runtime.reading() as readings:
        case, actor = readings.load_case(case_id), Actor(role=role) if role else ENGINE
        situation = look(ask_about(runtime, readings, case, actor, moment))
    found = possibilities(situation)
    if not subject:
        return Explanation(situation=situation, possibilities=found)
    chosen = tuple(item for item in found if item.transition == subject)
    if chosen:
        return Explanation(situation=situation, possibilities=chosen)
    return Explanation(situation=situation, possibilities=(), reason=_reason_of(situation, subject))


def _reason_of(situation: Situation, subject: str) -> Reason | None:
    reason = explain_fact(situation, subject)
    if reason is not None or subject in situation.content.rules.facts:
        return reason
    here = ", ".join(dict.fromkeys(item.transition for item in possibilities(situation)))
    raise UsageError(
        f"'{subject}' is geen overgang vanuit '{situation.case.state}' en geen gegeven.",
        next_step=f"Van hieruit is er: {here}.",
    )
