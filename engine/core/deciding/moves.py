"""Taking a transition, with all it brings along, and letting a case settle; all on a draft."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from engine.core.content.term_rules import Passing
from engine.core.content.workflow import Transition
from engine.core.deciding.anchors import without_length
from engine.core.deciding.at_hand import needed_fields, put_down, record_blockers, with_changed_at_hand, written_by
from engine.core.deciding.case import ENGINE_ROLE, OWNER
from engine.core.deciding.checks import at_hand_for, missing_fact
from engine.core.deciding.clocks import Move, adjust_clocks
from engine.core.deciding.correspondence import order_letters
from engine.core.deciding.draft import Draft, Refused
from engine.core.deciding.messages import tell_bodies
from engine.core.deciding.record_keeping import write_records
from engine.core.deciding.situation import Situation
from engine.core.deciding.step import Blocker, BlockerKind, CaseToOpen, EntryKind
from engine.core.errors import DefinitionError, UsageError
from engine.core.language.facts import Value
from engine.core.language.orders import CaseOrder, Conclusion, LetterOrder
from engine.core.quick_class import replace

if TYPE_CHECKING:
    from engine.core.evaluation.machine import Taken


def take_transition(draft: Draft, taken: Taken, *, reason: str = "", on_behalf_of: str = "") -> None:
    """Bring the case to where the machine says, with all that the transition brings along.

    Raises Refused when a fact to be set or a field of a letter is unknown. When nobody is there to supply it (a
    deadline, a letter that left) the case moves all the same, and the owner of its state is told what is missing.
    """
    transition, origin = taken.transition, draft.case.state
    write_along(draft, transition)
    _fix_facts(draft, transition)
    enter_state(draft, taken.state)
    draft.note(
        EntryKind.MOVED,
        transition=transition.id,
        origin=origin,
        target=taken.state,
        reason=reason,
        on_behalf_of=on_behalf_of,
        answers_rung=transition.answers_rung,
        where=transition.where,
    )
    run_clocks(draft, Move(transition=transition.id, origin=origin, happened_on=transition.day_asked))
    if transition.tells:
        tell_bodies(draft, transition.tells, "transition", {"transition": transition.id, "target": transition.target})
    if draft.actor.is_person:
        write_letters(draft, transition.letters, on_behalf_of, transition.id)
    else:
        write_letters_or_tell(draft, transition.letters, act=transition.id)
    open_cases(draft, transition.opens)
    tell_parent(draft, transition.tells_parent)
    draft.case = put_down(draft.content, draft.case)


def write_along(draft: Draft, transition: Transition) -> None:
    """Write the facts and records that a transition brings along; nothing moves, and what it says stays at hand."""
    draft.case = with_changed_at_hand(draft.content, draft.case, transition)
    # What is written hangs on what the act says, not on what the act sets: so it is asked before that.
    writings = written_by(draft.content, transition, draft.case.facts)
    draft.begin_writing(tuple(one.kind for one in transition.writes))
    _set_facts_along(draft, transition)
    write_records(draft, transition, writings)
    draft.begin_writing(())


def _set_facts_along(draft: Draft, transition: Transition) -> None:
    if draft.actor.is_person:
        # A day that somebody said (that of a receipt by post) goes before the day on which it is typed.
        given = draft.case.facts.keys() & set(transition.asks)
        set_in_rounds(draft, tuple(one for one in transition.sets if one.fact not in given))
        return
    for sets in draft.content.in_rounds(transition.sets):
        known = known_facts(draft.look(), sets)
        draft.set_facts(known, ENGINE_ROLE)
        for said in sets:
            if said.fact not in known and not draft.content.rules.can_lack(said.fact):
                tell_bodies(draft, (OWNER,), "fact_not_set", {"transition": transition.id, "fact": said.fact})


def set_in_rounds(draft: Draft, sets: tuple[Conclusion, ...]) -> None:
    """Set these facts. Raises Refused with the facts to ask for when one is unknown."""
    for one in draft.content.in_rounds(sets):
        draft.set_facts(compute_facts(draft.look(), one), ENGINE_ROLE)


def _fix_facts(draft: Draft, transition: Transition) -> None:
    """What the decision rests on no longer changes, also what is not known: it was decided without it."""
    if transition.fixes:
        rules = draft.content.rules.facts
        rests_on = draft.content.prepared.rests_on(transition.fixes)
        fixed = {fact: transition.id for fact in sorted(rests_on) if fact in rules}
        draft.case = replace(draft.case, fixed={**draft.case.fixed, **fixed})


def enter_state(draft: Draft, state_id: str) -> None:
    """Put the case in a state; the moment of entry only changes with the state."""
    if state_id != draft.case.state:
        is_end = draft.content.workflow.state(state_id).is_end
        draft.case = replace(draft.case, state=state_id, entered_at=draft.moment, is_closed=is_end)


def run_clocks(draft: Draft, move: Move) -> None:
    """Bring the clocks in line with the move. Raises Refused when the law of the ledger forbids it."""
    try:
        clocks, changes = adjust_clocks(draft.look(), move)
    except UsageError as error:
        raise Refused(Blocker(kind=BlockerKind.TERM_RULE, subject=move.transition, said=error.said)) from error
    if changes:
        draft.case = replace(draft.case, clocks=clocks)
        draft.note_clocks(changes)
    for term, facts in without_length(draft.look(), move.transition, came=move.origin != draft.case.state):
        tell_bodies(draft, (OWNER,), "term_without_length", {"facts": facts}, term=term.id)


def settle(draft: Draft) -> None:
    """Take automatic transitions until none holds. Raises DefinitionError when they run in a circle."""
    for _ in range(2 * len(draft.content.workflow.states) + 2):
        situation = draft.look()
        taken = draft.content.machine.settle(draft.case.state, partial(holds_now, situation))
        if taken is None:
            return
        take_transition(draft, taken)
    raise DefinitionError("moves_in_circle", where=draft.content.workflow.where, state=draft.case.state)


def holds_now(situation: Situation, transition: Transition) -> bool:
    """True when the transition's condition is true and all it requires is known."""
    situation = at_hand_for(situation, transition)
    content, case = situation.content, situation.case
    required = (*transition.requires, *needed_fields(content, transition, case.facts))
    known = all(situation.lookup(fact) is not None for fact in required)
    return known and situation.holds(transition.when) and not record_blockers(content, case, transition)


def compute_facts(situation: Situation, conclusions: tuple[Conclusion, ...]) -> Mapping[str, Value]:
    """The values to be set. Raises Refused with the facts to ask for when one is unknown.

    A field that its record can do without stays out of it then.
    """
    values: dict[str, Value] = {}
    for said in conclusions:
        value = situation.value_of(said.value)
        if value is not None:
            values[said.fact] = value
        elif not situation.content.rules.can_lack(said.fact):
            raise Refused(missing_fact(situation, said.fact))
    return values


def known_facts(situation: Situation, conclusions: tuple[Conclusion, ...]) -> Mapping[str, Value]:
    """The values that are known, for handing over to another case; what is unknown is left out."""
    found = ((said.fact, situation.value_of(said.value)) for said in conclusions)
    return {fact: value for fact, value in found if value is not None}


def write_letters(draft: Draft, orders: tuple[LetterOrder, ...], on_behalf_of: str = "", act: str = "") -> None:
    """Order letters. Raises Refused when one cannot be made."""
    if not orders:
        return
    made = order_letters(draft.look(), orders, on_behalf_of)
    if made.blockers:
        raise Refused(*made.blockers)
    draft.post(made.letters, act)


def open_cases(draft: Draft, orders: tuple[CaseOrder, ...]) -> None:
    """Order other cases to be opened, where the condition holds."""
    for order in orders:
        situation = draft.look()
        if situation.holds(order.when):
            facts = known_facts(situation, order.facts)
            draft.opens.append(
                CaseToOpen(workflow=order.workflow, entry=order.entry, facts=facts, several=order.several)
            )
            draft.note(EntryKind.CASE_ORDERED, workflow=order.workflow, entry=order.entry)


def tell_parent(draft: Draft, conclusions: tuple[Conclusion, ...]) -> None:
    """Collect facts for the parent case; nothing happens when there is none."""
    if draft.case.parent and conclusions:
        draft.told_parent.update(known_facts(draft.look(), conclusions))


def apply_passing(draft: Draft, term_id: str, passing: Passing, about: Mapping[str, object]) -> None:
    """What the content wants when a term passes; `about` names the record of which it is the term, if of any.

    A letter that cannot be made never holds up the clock of the law: the owner is told instead.
    """
    draft.set_facts(known_facts(draft.look(), passing.sets), ENGINE_ROLE)
    tell_bodies(draft, passing.tells, "term_passed", {}, term=term_id, about=about)
    write_letters_or_tell(draft, passing.letters, term_id)
    open_cases(draft, passing.opens)


def write_letters_or_tell(draft: Draft, orders: tuple[LetterOrder, ...], term_id: str = "", act: str = "") -> None:
    """Order letters; of one that cannot be made the owner hears what is missing, and the case goes on owing it."""
    if not orders:
        return
    made = order_letters(draft.look(), orders, "")
    draft.post(made.letters, act)
    if made.owed:
        draft.case = replace(draft.case, owed=(*draft.case.owed, *((*one, act) for one in made.owed)))
    for blocker in made.blockers:
        missing = {"letter": blocker.subject, "field": blocker.detail}
        tell_bodies(draft, (OWNER,), "letter_not_made", missing, term=term_id)
