"""What stands in the way of an act: mandate (Awb 10:1-10:11), missing facts, conditions; each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from engine.core.content.organisation import Mandate, Organisation
from engine.core.content.workflow import Transition
from engine.core.deciding.at_hand import needed_fields, record_blockers, with_changed_at_hand
from engine.core.deciding.question import Question
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.evaluation.expressions import KIND_BY_TYPE
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import TODAY, FactRule, Value
from engine.core.language.limits import broken_limit, day_of, is_of_kind, limit_fault
from engine.core.moment import local_day
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """The right to act: in one's own name, or under `mandate` in the name of its giver."""

    role: str
    mandate: Mandate | None = None

    @property
    def on_behalf_of(self) -> str:
        """The body in whose name the act is done; empty when it is done in one's own name."""
        return self.mandate.giver if self.mandate else ""


def find_authority(
    organisation: Organisation, role: str, entitled: tuple[str, ...], act: str, day: date
) -> Authority | None:
    """The authority of `role` for `act` (workflow.transition) on a local day; None when it has none.

    `entitled` are the bodies the content lets act. A mandate counts from its first through its last day.
    """
    if role in entitled:
        return Authority(role=role)
    mandate = next(
        (
            mandate
            for mandate in organisation.mandates
            if mandate.holder == role
            and mandate.giver in entitled
            and covers(mandate, act)
            and is_valid_on(mandate, day)
        ),
        None,
    )
    return Authority(role=role, mandate=mandate) if mandate else None


def find_entitled(organisation: Organisation, entitled: tuple[str, ...], act: str, day: date) -> tuple[str, ...]:
    """Everybody who may do the act on a local day: the bodies themselves, then who holds a mandate of one of them."""
    holders = (
        mandate.holder
        for mandate in organisation.mandates
        if mandate.giver in entitled and covers(mandate, act) and is_valid_on(mandate, day)
    )
    return tuple(dict.fromkeys((*entitled, *holders)))


def covers(mandate: Mandate, act: str) -> bool:
    """True when the mandate names this act, or all acts of its workflow with `workflow.*`."""
    return act in mandate.acts or f"{act.split('.')[0]}.*" in mandate.acts


def is_valid_on(mandate: Mandate, day: date) -> bool:
    """True from the first through the last day of the mandate."""
    through = mandate.valid_through
    return mandate.valid_from <= day and (through is None or day <= through)


def check_facts(content: Content, facts: Mapping[str, Value]) -> tuple[Blocker, ...]:
    """Blockers for facts that do not exist, are concluded by rules, or have a value of the wrong type."""
    blockers: list[Blocker] = []
    for fact, value in facts.items():
        rule = content.rules.facts.get(fact)
        if rule is None:
            blockers.append(Blocker(kind=BlockerKind.UNKNOWN_FACT, subject=fact))
        elif fact in content.prepared.producers or rule.gathered or rule.viewed or rule.is_of_engine:
            blockers.append(Blocker(kind=BlockerKind.DERIVED_FACT, subject=fact, where=rule.where))
        elif wrong := _wrong_value(content, rule, value):
            blockers.append(Blocker(kind=BlockerKind.WRONG_VALUE, subject=fact, detail=wrong, where=rule.where))
        elif said := broken_limit(rule, value):
            blockers.append(Blocker(kind=BlockerKind.WRONG_VALUE, subject=fact, where=rule.where, said=said))
    return tuple(blockers)


def check_days(situation: Situation, facts: Collection[str]) -> tuple[Blocker, ...]:
    """Blockers for days beyond a first or last day that follows from another fact; `facts` were just given.

    A limit looks both ways: the request may be no later than the advice upon it, whichever of the two comes last.
    Where either day is unknown, nothing is known to be wrong.
    """
    content, limited = situation.content, situation.content.limited
    meant = {fact for given in facts for fact in limited.touched_by.get(given, ())}
    found = (_misplaced(situation, content.rules.facts[fact]) for fact in limited.limits if fact in meant)
    return tuple(blocker for blocker in found if blocker is not None)


def check_consequences(question: Question, after: Situation) -> tuple[Blocker, ...]:
    """Blockers for days that were in their place until this act moved the day that limits them.

    What the act itself writes (the day of submission) and what the rules then conclude counts too. Not held against
    today: that passes by itself, and makes nothing wrong that was right when it was given.
    """
    content, standing = after.content, after.content.limited.standing
    # What only somebody can give is not asked for further: of all the days with a limit few are known.
    known, given = after.question.known_among(standing), content.only_given
    here = (content.rules.facts[one] for one in content.limited.limits if one in standing)
    asked = (rule for rule in here if rule.id in known or rule.id not in given)
    found = [(rule, one) for rule in asked if (one := _misplaced(after, rule, but=TODAY)) is not None]
    if not found:  # as nearly always: then how it was before is not asked
        return ()
    before = look(question)
    return tuple(one for rule, one in found if _misplaced(before, rule, but=TODAY) is None)


def _misplaced(situation: Situation, rule: FactRule, *, but: str = "") -> Blocker | None:
    """The blocker for the first limit that the fact lies beyond, leaving out those that follow from `but`."""
    given = situation.lookup(rule.id)
    if not isinstance(given, date):
        return None
    for bound, which, day in situation.content.limited.limits[rule.id]:
        limit = situation.value_of(day) if bound.fact != but else None
        if isinstance(limit, date):
            said = limit_fault(day_of(given), which, day_of(limit), bound)
            if said is not None:
                return Blocker(kind=BlockerKind.WRONG_VALUE, subject=rule.id, where=rule.where, said=said)
    return None


def _wrong_value(content: Content, rule: FactRule, value: Value) -> str:
    """The value that does not fit, as text; empty when all is well."""
    if not is_of_kind(value, KIND_BY_TYPE[rule.type]):
        return str(value)
    items = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
    allowed = content.organisation.choices_of(rule)
    return next((item for item in items if allowed is not None and item not in allowed), "")


def authority_for(situation: Situation, transition: Transition) -> Authority | None:
    """The authority of the actor for this transition, today; None when there is none."""
    return find_authority(
        situation.content.organisation,
        situation.actor.role,
        transition.by,
        f"{situation.content.workflow.id}.{transition.id}",
        local_day(situation.moment),
    )


def entitled_to(situation: Situation, transitions: tuple[Transition, ...]) -> tuple[str, ...]:
    """Who may take these transitions of one name: the bodies the content names, and who holds their mandate today."""
    content, day = situation.content, local_day(situation.moment)
    named = tuple(dict.fromkeys(body for transition in transitions for body in transition.by))
    return find_entitled(content.organisation, named, f"{content.workflow.id}.{transitions[0].id}", day)


def entitled_in(content: Content, state: str) -> tuple[str, ...]:
    """Who may write down what is known in a state, or put it right: its owner, and who may act in it."""
    acting = (body for transition in content.workflow.transitions_from(state) for body in transition.by)
    return (content.workflow.state(state).owner, *acting)


def missing_requirements(situation: Situation, requires: tuple[str, ...]) -> tuple[Blocker, ...]:
    """A blocker for every base fact a person must still supply, with the bodies that can."""
    unknown = tuple(fact for fact in requires if situation.lookup(fact) is None)
    return tuple(missing_fact(situation, fact) for fact in situation.missing_facts(unknown))


def missing_fact(situation: Situation, fact: str) -> Blocker:
    """The blocker for one unknown fact: its question, and who can supply it."""
    rule = situation.content.rules.facts.get(fact)
    return Blocker(
        kind=BlockerKind.MISSING_FACT,
        subject=fact,
        detail=(rule.question or rule.label) if rule else "",
        supplied_by=rule.supplied_by if rule else (),
        where=rule.where if rule else "",
    )


def condition_blockers(situation: Situation, transition: Transition) -> tuple[Blocker, ...]:
    """Why the transition's condition does not hold: the reason, and the facts to ask for when it is unknown."""
    if situation.holds(transition.when):
        return ()
    reason = situation.explain(transition.when)
    missing = situation.missing_facts(reason.missing_facts())
    asked = tuple(missing_fact(situation, fact) for fact in missing)
    return (Blocker(kind=BlockerKind.CONDITION, subject=transition.id, reason=reason, where=transition.where), *asked)


def at_hand_for(situation: Situation, transition: Transition) -> Situation:
    """The situation in which the transition is judged: with the records that it changes at hand."""
    if not (transition.changes or transition.writes):
        return situation
    case = with_changed_at_hand(situation.content, situation.case, transition)
    return look(situation.question.for_writing(tuple(one.kind for one in transition.writes)).about(case))


def _day_to_say(situation: Situation, transition: Transition) -> tuple[str, ...]:
    """The day on which it happened, of which the actor cannot mean that it is now; nobody asks it while all is open."""
    asked = transition.happened_on
    if asked is None or situation.actor.role in asked.now_for or (asked.now_for and not situation.actor.is_person):
        return ()
    return (asked.fact,)


def transition_blockers(situation: Situation, transition: Transition) -> tuple[Blocker, ...]:
    """Everything but the mandate and the stated reason that keeps this transition from being taken now."""
    situation = at_hand_for(situation, transition)
    content, case = situation.content, situation.case
    required = (
        *transition.requires,
        *needed_fields(content, transition, case.facts),
        *_day_to_say(situation, transition),
    )
    records = record_blockers(content, case, transition)
    found = (
        *records,
        *missing_requirements(situation, required),
        *condition_blockers(situation, transition),
        *_law_blockers(situation, transition),
    )
    gone = {_kind_of(one.subject) for one in records if one.kind is BlockerKind.WHICH_RECORD and not one.supplied_by}
    if gone:  # of a record that is not there nothing is missing
        found = tuple(
            one for one in found if one.kind is not BlockerKind.MISSING_FACT or _kind_of(one.subject) not in gone
        )
    return tuple({(blocker.kind, blocker.subject): blocker for blocker in found}.values())


def _kind_of(field: str) -> str:
    """The kind of record of a field, by its full id."""
    return field.rpartition(".")[0]


def _law_blockers(situation: Situation, transition: Transition) -> tuple[Blocker, ...]:
    if not situation.content.rules.later_obligations:
        return ()
    from engine.core.deciding.later_obligations import law_blockers  # few cases meet another law on their way

    return tuple(law_blockers(situation, transition))
