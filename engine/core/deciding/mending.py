"""Putting right what a case knows: a correction with a reason, never an edit. The old value stays in the journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from engine.core.content.term_rules import TermRule
from engine.core.deciding.added import kinds_added_to, not_to_be_added, said_of_records, without_numbers
from engine.core.deciding.at_hand import correctable_records, put_down
from engine.core.deciding.checks import check_days, check_facts, find_authority, find_entitled
from engine.core.deciding.clocks import Move
from engine.core.deciding.draft import Draft, Refused, decide, plain_facts, refuse_any
from engine.core.deciding.handling_letters import remake_waiting
from engine.core.deciding.moves import run_clocks, settle
from engine.core.deciding.question import Question
from engine.core.deciding.record_keeping import add_to_record
from engine.core.deciding.step import Blocker, BlockerKind, EntryKind, Refusal, Step
from engine.core.deciding.supplying import check_supplier, is_fixed, is_of_another_kind, who_is_unclear
from engine.core.dutch import join_words
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import facts_in_expression
from engine.core.language.facts import KnownFact, Value
from engine.core.language.values import write_value
from engine.core.message import Message
from engine.core.moment import local_day
from engine.core.quick_class import dataclass

CORRECT = "correct_facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCorrection:
    """These facts are otherwise than the case says, for a `reason`."""

    facts: Mapping[str, Value]
    reason: str = ""


def correct_facts(question: Question, command: FactCorrection) -> Step | Refusal:
    """Replace known values; clocks and automatic transitions follow, as if it had been known from now on.

    By who supplies the fact or owns the state. A date on which a statutory term hangs, and anything in a case that is
    over, only by who the workflow names for that (`mending`). Refused for what a decision rests on.
    """
    case = question.case

    def change(draft: Draft) -> None:
        if not command.reason.strip():
            raise Refused(Blocker(kind=BlockerKind.REASON_MISSING, subject=CORRECT))
        refuse_any(check_facts(question.content, command.facts))
        refuse_any(_closed_blockers(question))
        content = question.content
        refuse_any(not_to_be_added(content, case, command.facts, correctable_records))
        kinds = kinds_added_to(content, case, command.facts, correctable_records)
        said = without_numbers(content, command.facts)
        known = {**question.facts, **said_of_records(content, case, command.facts, correctable_records)}
        refuse_any(tuple(_blockers(question, said, known)))
        refuse_any(who_is_unclear(question, command.facts))
        was = {fact: known[fact].value for fact in said}
        draft.set_facts(command.facts, draft.actor.role)
        refuse_any(check_days(draft.look(), said))
        draft.note(
            EntryKind.CORRECTED,
            facts=plain_facts(said),
            was=plain_facts(was),
            reason=command.reason.strip(),
        )
        _follow_subject(draft)
        for kind in kinds:
            add_to_record(draft, kind, correctable_records)
        days = {fact: day for fact, day in was.items() if isinstance(day, date)}
        run_clocks(draft, Move(transition="", origin=case.state, was=days))
        draft.case = put_down(content, draft.case)
        remake_waiting(draft)
        settle(draft)

    return decide(question, CORRECT, change)


def anchors_of(content: Content) -> Iterator[tuple[TermRule, frozenset[str]]]:
    """Every statutory term that hangs on facts, and those facts: also the ones from which its date follows."""
    for term in content.terms():
        if term.kind == "statutory":
            dates = term.dates
            named = (facts_in_expression(date) for date in dates if date is not None)
            yield term, content.prepared.rests_on(frozenset().union(*named))


def _closed_blockers(question: Question) -> tuple[Blocker, ...]:
    content, case = question.content, question.case
    if not case.is_closed:
        return ()
    bodies = content.workflow.mending.closed
    if _has_mandate(question, bodies):
        return ()
    if not bodies:
        return (Blocker(kind=BlockerKind.CLOSED, subject=case.state),)
    return (_no_mandate(question, bodies),)


def _blockers(
    question: Question, facts: Mapping[str, Value], known_facts: Mapping[str, KnownFact]
) -> Iterator[Blocker]:
    content, case = question.content, question.case
    for fact, value in facts.items():
        known, rule = known_facts.get(fact), content.rules.facts[fact]
        if fact in case.fixed:
            yield is_fixed(content, case, fact)
        elif known is None:
            said = Message("not_known_yet", {"fact": rule.label, "id": fact, "case": case.id})
            strange = is_of_another_kind(content, rule)
            yield strange or Blocker(kind=BlockerKind.NOT_KNOWN, subject=fact, said=said)
        elif known.value == value:
            said = Message(
                "same_value",
                {
                    "fact": rule.label,
                    "id": fact,
                    "value": write_value(question.people.shown_in(rule.type, value), rule),
                },
            )
            yield Blocker(kind=BlockerKind.SAME_VALUE, subject=fact, said=said)
        elif not case.is_closed:
            yield from _authority_blockers(question, fact)


def _authority_blockers(question: Question, fact: str) -> Iterator[Blocker]:
    content, case = question.content, question.case
    from engine.core.deciding.lines_of_day import hangs_on_day  # most acts put nothing right

    anchored = (term for term, facts in anchors_of(content) if fact in facts and _has_clock(question, term))
    guarded = next(anchored, None) or hangs_on_day(content, question.case, fact)
    if guarded is not None:
        bodies = content.workflow.mending.anchors
        if not _has_mandate(question, bodies):
            rule = content.rules.facts[fact]
            named = [f"{content.organisation.bodies[body].label} ({body})" for body in _entitled(question, bodies)]
            who = join_words(named, "of") or "niemand"
            said = Message("anchor_is_guarded", {"fact": rule.label, "id": fact, "term": guarded.label, "who": who})
            yield Blocker(kind=BlockerKind.ANCHOR, subject=fact, said=said)
        return
    owner = content.workflow.state(case.state).owner
    own_word = content.rules.facts[fact].own_word
    if own_word or not owner or not _has_mandate(question, (owner,)):
        blocker = check_supplier(question, fact)
        if blocker is not None:
            yield blocker


def _has_clock(question: Question, term: TermRule) -> bool:
    return any(clock.term == term.id for clock in question.case.clocks)


def _has_mandate(question: Question, bodies: tuple[str, ...]) -> bool:
    content, day = question.content, local_day(question.moment)
    name = f"{content.workflow.id}.correct"
    return find_authority(content.organisation, question.actor.role, bodies, name, day) is not None


def _entitled(question: Question, bodies: tuple[str, ...]) -> tuple[str, ...]:
    content, day = question.content, local_day(question.moment)
    return find_entitled(content.organisation, bodies, f"{content.workflow.id}.correct", day)


def _no_mandate(question: Question, bodies: tuple[str, ...]) -> Blocker:
    who = _entitled(question, bodies)
    return Blocker(kind=BlockerKind.NO_MANDATE, subject=CORRECT, detail=question.actor.role, supplied_by=who)


def _follow_subject(draft: Draft) -> None:
    """The case is found by the key of its subject, which may be what was mistyped."""
    key = draft.content.workflow.subject_key
    if key in draft.case.facts:  # else it is of the register, and no act makes a case one about somebody else
        draft.case = replace(draft.case, subject=str(draft.case.facts[key].value))
