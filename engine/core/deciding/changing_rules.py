"""A case goes on by another version of its workflow and rules: with a mandate, a reason, and seen beforehand."""

from __future__ import annotations

from engine.core.deciding.case import Case
from engine.core.deciding.checks import find_authority, find_entitled
from engine.core.deciding.clocks import Move
from engine.core.deciding.draft import Draft, Refused, decide, refuse_closed
from engine.core.deciding.lateness import open_deadlines, running_clocks
from engine.core.deciding.moved_dates import note_moved
from engine.core.deciding.moves import run_clocks, settle
from engine.core.deciding.opening import refuse_without_consent
from engine.core.deciding.question import Question
from engine.core.deciding.step import Blocker, BlockerKind, EntryKind, Refusal, Step
from engine.core.evaluation.prepared import Content
from engine.core.message import Message
from engine.core.moment import local_day
from engine.core.quick_class import replace

MOVE = "move"


def move_case(question: Question, target: Content, reason: str) -> Step | Refusal:
    """Let a case go on by the rules of `target`. Its ledgers stay, and are counted by the terms it then has.

    Refused when it is over, when its state does not exist there, and without consent to the version: the council of
    its sector did not agree to be under it. It is for who may put dates of the law right (`mending.anchors`), for the
    owner of the state where the workflow names nobody, or for who has a mandate for it.
    """
    before, case = question.content, question.case

    def change(draft: Draft) -> None:
        refuse_closed(case)
        behalf = _on_behalf_of(question)
        if not reason.strip():
            raise Refused(Blocker(kind=BlockerKind.REASON_MISSING, subject=MOVE))
        _refuse_misfit(case, target)
        draft.case = _pinned(case, target)
        refuse_without_consent(draft)
        run_clocks(draft, Move(transition="", origin=case.state))
        draft.note(
            EntryKind.REPINNED,
            was=_pins(case),
            becomes=_pins(draft.case),
            terms=_ends(before, case, draft),
            letters=_other_letters(before, target),
            reason=reason.strip(),
            on_behalf_of=behalf,
        )
        note_moved(draft, open_deadlines(before, case))
        settle(draft)

    return decide(replace(question, content=target, worked_out={}), MOVE, change)


def _on_behalf_of(question: Question) -> str:
    workflow = question.content.workflow
    # A move may shift terms of the law, as putting a date right may: with a school at move it is no school's to take.
    bodies = workflow.mending.anchors or (workflow.state(question.case.state).owner,)
    act, day = f"{workflow.id}.{MOVE}", local_day(question.moment)
    organisation, role = question.content.organisation, question.actor.role
    authority = find_authority(organisation, role, bodies, act, day)
    if authority is None:
        who = find_entitled(organisation, bodies, act, day)
        raise Refused(Blocker(kind=BlockerKind.NO_MANDATE, subject=MOVE, detail=role, supplied_by=who))
    return authority.on_behalf_of


def _refuse_misfit(case: Case, target: Content) -> None:
    name, version = case.workflow, target.workflow.valid_from
    if not target.workflow.has_state(case.state):
        said = Message("state_not_in_version", {"workflow": name, "version": version, "state": case.state})
    elif _pins(_pinned(case, target)) == _pins(case):
        said = Message("on_that_version", {"workflow": name, "version": version, "case": case.id})
    else:
        return
    raise Refused(Blocker(kind=BlockerKind.OUT_OF_REACH, subject=case.state, said=said))


def _pinned(case: Case, target: Content) -> Case:
    return replace(
        case,
        workflow_version=target.workflow.valid_from,
        rules_version=target.rules.valid_from,
        workflow_digest=target.workflow.digest,
        rules_digest=target.rules.digest,
        law_version=target.rules.law,
        lower_rules=target.rules.lower,
    )


def _pins(case: Case) -> dict[str, str | None]:
    law = case.law_version.isoformat() if case.law_version else ""
    return {
        "workflow": case.workflow_version.isoformat(),
        "rules": case.rules_version.isoformat(),
        "workflow_digest": case.workflow_digest,
        "rules_digest": case.rules_digest,
        "law": law,
        "lower": case.lower_rules,
    }


def _ends(before: Content, case: Case, draft: Draft) -> list[dict[str, str]]:
    """The last day of each clock that runs, by the rules it had and by those it gets; empty where it does not run."""
    was = {clock.key: _end(one.last_day) for clock, one in running_clocks(before, case)}
    becomes = {clock.key: _end(one.last_day) for clock, one in running_clocks(draft.content, draft.case)}
    return [
        {"clock": key, "was": was.get(key, ""), "becomes": becomes.get(key, "")}
        for key in dict.fromkeys((*was, *becomes))
    ]


def _end(day: object) -> str:
    return str(day or "")


def _other_letters(before: Content, target: Content) -> list[str]:
    """The letters whose text is another by the new rules, or that only one of both has."""
    known = {name: letter.digest for name, letter in before.letters.items()}
    new = {name: letter.digest for name, letter in target.letters.items()}
    return sorted(name for name in known.keys() | new.keys() if known.get(name) != new.get(name))
