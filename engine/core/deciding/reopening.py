"""A case that is over goes on: by who the workflow names for it, with a reason, in the state the workflow says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from engine.core.deciding.case import Clock
from engine.core.deciding.checks import find_authority, find_entitled
from engine.core.deciding.clocks import ClockChange, Move
from engine.core.deciding.draft import Draft, Refused, decide
from engine.core.deciding.moves import enter_state, run_clocks, settle
from engine.core.deciding.question import Question
from engine.core.deciding.step import Blocker, BlockerKind, EntryKind, Refusal, Step
from engine.core.legal_clock.ledger import Corrected
from engine.core.legal_clock.ledger_lines import line_numbers
from engine.core.legal_clock.recording import record
from engine.core.legal_clock.runs import current_run
from engine.core.moment import local_day

REOPEN = "reopen"


def reopen_case(question: Question, reason: str) -> Step | Refusal:
    """Let a case go on that was over. What stopped because it ended runs on, as if it had never stopped.

    So a statutory term gets no longer by an end that was a mistake; what the new state does not ask for stops again.
    """

    def change(draft: Draft) -> None:
        state = draft.content.workflow.state(draft.case.state)
        if not draft.case.is_closed:
            raise Refused(Blocker(kind=BlockerKind.NOT_CLOSED, subject=state.id))
        if state.reopens is None:
            raise Refused(Blocker(kind=BlockerKind.ENDS_FOR_GOOD, subject=state.id))
        behalf = _on_behalf_of(question, state.reopens.by)
        if not reason.strip():
            raise Refused(Blocker(kind=BlockerKind.REASON_MISSING, subject=REOPEN))
        ended_at = draft.case.entered_at
        enter_state(draft, state.reopens.to)
        draft.note(
            EntryKind.REOPENED, origin=state.id, target=state.reopens.to, reason=reason.strip(), on_behalf_of=behalf
        )
        _undo_the_stop(draft, ended_at)
        run_clocks(draft, Move(transition="", origin=state.id))
        settle(draft)

    return decide(question, REOPEN, change)


def _undo_the_stop(draft: Draft, ended_at: datetime) -> None:
    content = draft.content
    changes: list[ClockChange] = []
    clocks: list[Clock] = []
    for clock in draft.case.clocks:
        term, stop = content.find_term(clock.term), current_run(clock.ledger).stop
        if term is not None and stop is not None and stop.recorded_at == ended_at:
            (number,) = line_numbers(clock.ledger, (stop,))
            counter = Corrected(recorded_at=draft.moment, by=draft.actor.role, cancels=number - 1, cause="reopened")
            clock = replace(clock, ledger=record(term, clock.ledger, content.calendar, counter))
            changes.append((clock.key, counter))
        clocks.append(clock)
    draft.case = replace(draft.case, clocks=tuple(clocks))
    draft.note_clocks(tuple(changes))


def _on_behalf_of(question: Question, bodies: tuple[str, ...]) -> str:
    content, role, day = question.content, question.actor.role, local_day(question.moment)
    act = f"{content.workflow.id}.{REOPEN}"
    authority = find_authority(content.organisation, role, bodies, act, day)
    if authority is None:
        who = find_entitled(content.organisation, bodies, act, day)
        raise Refused(Blocker(kind=BlockerKind.NO_MANDATE, subject=REOPEN, detail=role, supplied_by=who))
    return authority.on_behalf_of
