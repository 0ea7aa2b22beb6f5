"""The decision: case, command, facts, content and moment give a step, or a refusal with its reasons.

Pure: no clock, no store, no files. The same input always gives the same answer, so a dry run stops here and
a replay of the journal comes out the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from engine.core.content.workflow import EntryPoint, Transition
from engine.core.deciding.added import kinds_added_to, not_to_be_added
from engine.core.deciding.at_hand import is_about_others, not_at_hand, open_of_case, put_down
from engine.core.deciding.case import OWNER, Case
from engine.core.deciding.checks import (
    Authority,
    authority_for,
    check_days,
    check_facts,
    entitled_to,
    find_authority,
    transition_blockers,
)
from engine.core.deciding.clocks import Move
from engine.core.deciding.draft import Draft, Refused, decide, plain_facts, refuse_any, refuse_closed
from engine.core.deciding.messages import tell_bodies
from engine.core.deciding.moves import run_clocks, set_in_rounds, settle, take_transition
from engine.core.deciding.question import Question
from engine.core.deciding.record_keeping import add_to_record
from engine.core.deciding.situation import Situation
from engine.core.deciding.step import Blocker, BlockerKind, EntryKind, Refusal, Step
from engine.core.deciding.supplying import asked_by, check_news, check_supply, check_unknown
from engine.core.deciding.why import nearest, with_whole_reasons
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.moment import local_day
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A person takes a transition: with facts given along, and a reason where one is asked."""

    transition: str
    facts: Mapping[str, Value] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a case that was opened from this one reports back."""

    from_case: str
    facts: Mapping[str, Value]


def act(question: Question, command: Act) -> Step | Refusal:
    """Take a transition by the hand of a person."""
    content, case, actor = question.content, question.case, question.actor

    def change(draft: Draft) -> None:
        refuse_closed(case)
        transitions = _transitions_for(content, case, command.transition)
        refuse_any(not_at_hand(content, command.facts, transitions))
        authority = _authority(draft.look(), transitions)
        refuse_any(check_supply(question, command.facts, transitions, command.transition))
        refuse_any(check_unknown(question, command.facts, asked_by(content, transitions)))
        draft.set_facts(command.facts, actor.role)
        situation = draft.look()
        refuse_any(check_days(situation, command.facts))
        if not command.reason and any(transition.reason_required for transition in transitions):
            raise Refused(Blocker(kind=BlockerKind.REASON_MISSING, subject=command.transition))
        found: list[tuple[Transition, tuple[Blocker, ...]]] = []
        elsewhere: list[tuple[Transition, tuple[Blocker, ...]]] = []

        def permits(transition: Transition) -> bool:
            # What this one would leave unsaid another transition of the same name may be about.
            unfit = not_at_hand(content, command.facts, (transition,))
            blockers = unfit or transition_blockers(situation, transition)
            aside = unfit or is_about_others(content, transition, command.facts)
            (elsewhere if aside else found).append((transition, blockers))
            return not blockers

        taken = content.machine.act(case.state, command.transition, permits)
        if taken is None:
            raise Refused(*nearest([with_whole_reasons(situation, *met) for met in found or elsewhere]))
        loose = {fact: value for fact, value in command.facts.items() if not content.rules.facts[fact].record}
        if loose:
            draft.note_facts(loose)
        take_transition(draft, taken, reason=command.reason, on_behalf_of=authority.on_behalf_of)
        settle(draft)

    return decide(question, command.transition, change)


def record(question: Question, facts: Mapping[str, Value]) -> Step | Refusal:
    """Write down facts that came in; automatic transitions follow from them.

    Only what was not known yet, by who supplies it: the fact names him, or an act asks for it that he may take now.
    """
    content, case = question.content, question.case

    def change(draft: Draft) -> None:
        refuse_closed(case)
        kinds = kinds_added_to(content, case, facts)
        refuse_any(not_to_be_added(content, case, facts))
        refuse_any(check_supply(question, facts, content.workflow.transitions_from(case.state)))
        refuse_any(check_news(question, facts))
        draft.set_facts(facts, question.actor.role)
        refuse_any(check_days(draft.look(), facts))
        loose = {fact: value for fact, value in facts.items() if not content.rules.facts[fact].record}
        if loose or not kinds:
            draft.note_facts(loose)
        for kind in kinds:
            add_to_record(draft, kind)
        run_clocks(draft, Move(transition="", origin=case.state))
        draft.case = put_down(content, draft.case)
        if question.waiting:
            from engine.core.deciding.handling_letters import remake_waiting  # of most cases no letter waits

            remake_waiting(draft)
        settle(draft)

    return decide(question, "record", change)


def tell(question: Question, report: Report) -> Step | Refusal:
    """Take over facts that a case opened from this one reports back.

    A fact that does not fit here is left out, and the owner is told: nobody is there to be refused.
    """
    content, case, facts, from_case = question.content, question.case, report.facts, report.from_case

    def change(draft: Draft) -> None:
        refuse_closed(case)
        unfit = {blocker.subject for blocker in (*check_facts(content, facts), *not_at_hand(content, facts))}
        fitting = {fact: value for fact, value in facts.items() if fact not in unfit}
        trial = Draft(question)
        trial.set_facts(fitting, from_case)
        unfit |= {blocker.subject for blocker in check_days(trial.look(), fitting)} & fitting.keys()
        fitting = {fact: value for fact, value in fitting.items() if fact not in unfit}
        draft.set_facts(fitting, from_case)
        draft.note(EntryKind.TOLD, case=from_case, facts=plain_facts(fitting))
        for fact in sorted(unfit):
            tell_bodies(draft, (OWNER,), "fact_not_told", {"case": from_case, "fact": fact})
        run_clocks(draft, Move(transition="", origin=case.state))
        settle(draft)

    return decide(question, "tell", change)


def renew(question: Question, entry: EntryPoint, facts: Mapping[str, Value]) -> Step | Refusal:
    """Take over what a register says anew of a case that came from it by this entry; by who may take over.

    What the entry wrote as a record is said anew too.
    """
    content, case = question.content, question.case

    def change(draft: Draft) -> None:
        refuse_closed(case)
        refuse_any(check_facts(content, facts))
        act_name = f"{content.workflow.id}.renew"
        if find_authority(content.organisation, draft.actor.role, entry.by, act_name, local_day(draft.moment)) is None:
            raise Refused(
                Blocker(kind=BlockerKind.NO_MANDATE, subject="renew", detail=draft.actor.role, supplied_by=entry.by)
            )
        draft.set_facts(facts, draft.actor.role)
        draft.note(EntryKind.RECORDED, facts=plain_facts(facts))
        _renew_records(draft, entry)
        run_clocks(draft, Move(transition="", origin=case.state))
        settle(draft)

    return decide(question, "renew", change)


def _renew_records(draft: Draft, entry: EntryPoint) -> None:
    rules = draft.content.rules
    kinds = [kind for kind in (rules.records[one.kind] for one in entry.writes) if open_of_case(kind, draft.case)]
    said = {fact for kind in kinds for fact in kind.facts()}
    set_in_rounds(draft, tuple(one for one in entry.sets if one.fact in said))
    for kind in kinds:
        add_to_record(draft, kind)
    draft.case = put_down(draft.content, draft.case)


def _transitions_for(content: Content, case: Case, transition_id: str) -> tuple[Transition, ...]:
    here = tuple(one for one in content.workflow.transitions_from(case.state) if one.id == transition_id)
    if not here:
        everywhere = tuple(transition for transition in content.workflow.transitions if transition.id == transition_id)
        if not everywhere:
            raise Refused(Blocker(kind=BlockerKind.UNKNOWN_TRANSITION, subject=transition_id))
        raise Refused(
            Blocker(
                kind=BlockerKind.NOT_FROM_HERE,
                subject=transition_id,
                detail=case.state,
                supplied_by=tuple(dict.fromkeys(transition.origin for transition in everywhere)),
            )
        )
    by_hand = tuple(transition for transition in here if not transition.is_automatic)
    if not by_hand:
        raise Refused(Blocker(kind=BlockerKind.ONLY_BY_ITSELF, subject=transition_id, detail=here[0].on_term))
    return by_hand


def _authority(situation: Situation, transitions: tuple[Transition, ...]) -> Authority:
    for transition in transitions:
        authority = authority_for(situation, transition)
        if authority is not None:
            return authority
    raise Refused(
        Blocker(
            kind=BlockerKind.NO_MANDATE,
            subject=transitions[0].id,
            detail=situation.actor.role,
            supplied_by=entitled_to(situation, transitions),
            where=transitions[0].where,
        )
    )
