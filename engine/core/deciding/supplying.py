"""Who may say what: the one check of facts that are given, on every way by which they come into a case.

Two things entitle somebody to a fact, and both stand in the content: the fact names who supplies it (`supplied_by`),
or an act asks for it that this body may take here. What somebody can only say of himself (`own_word`: an expert's
signature, a view) is entitled by the first alone: that an act asks for it does not let another sign. A fact that
neither names is set or worked out by the program, and nobody can type it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from engine.core.content.subjects import strange_kind
from engine.core.content.workflow import EntryPoint, Transition
from engine.core.deciding.added import said_of_records, without_numbers
from engine.core.deciding.case import Case
from engine.core.deciding.checks import check_facts, find_authority, find_entitled
from engine.core.deciding.question import Question
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import FactRule, KnownFact, Value
from engine.core.language.values import write_value
from engine.core.message import Message
from engine.core.moment import local_day

RECORD = "record"


def check_supply(
    question: Question, facts: Mapping[str, Value], transitions: Iterable[Transition], act: str = RECORD
) -> tuple[Blocker, ...]:
    """What keeps the actor from giving these facts, by an act that is one of these `transitions`.

    `act` is how a mandate names it. What the program itself hands over (a case to its child, a child to its parent)
    was written by the content, and is only held against the declaration of the fact.
    """
    return _check(question, facts, _asked_by(question, transitions), act)


def check_entry(question: Question, facts: Mapping[str, Value], entry: EntryPoint) -> tuple[Blocker, ...]:
    """The same for a case to be opened: what its entry asks for, and what its opener may record in the first state."""
    asked = {*entry.requires, *(column.fact for column in entry.columns), question.content.workflow.subject_key}
    fields = question.content.fields_by_kind  # to go through all facts for it took a sixth of an import
    asked = asked.union(*(fields.get(kind, ()) for kind in entry.kinds_at_hand))
    first = question.content.workflow.transitions_from(entry.state)
    return _check(question, facts, asked | _asked_by(question, first), entry.id)


def check_supplier(question: Question, fact: str) -> Blocker | None:
    """What keeps the actor from speaking as who supplies this fact; None when he is one of them, or acts for one."""
    rule = question.content.rules.facts[fact]
    if _is_entitled(question, rule, RECORD):
        return None
    return _not_his(question, rule, RECORD)


def check_unknown(
    question: Question,
    facts: Mapping[str, Value],
    replaces: frozenset[str],
    known_facts: Mapping[str, KnownFact] | None = None,
) -> tuple[Blocker, ...]:
    """What stands in the way of writing over a value: only an act that asks for a fact (`replaces`) may do so.

    The same value again is nothing new, and a list may grow: what was said in it stays said. What a decision that was
    taken rests on stays as it was, also when it was not known then. `known_facts` when records are spoken of too.
    """
    content, case = question.content, question.case
    known_facts = question.facts if known_facts is None else known_facts
    blockers: list[Blocker] = []
    for fact, value in facts.items():
        known = known_facts.get(fact)
        if fact == content.workflow.subject_key and fact in content.subject_facts:
            continue  # no act makes a case one about somebody else; the draft says so itself
        if fact in replaces or (known is not None and question.says_same(fact, known.value, value)):
            continue
        if fact in case.fixed:
            blockers.append(is_fixed(content, case, fact))
        elif known is not None and not _grows(known.value, value):
            blockers.append(_is_known(question, fact, known))
    return tuple(blockers)


def check_news(question: Question, facts: Mapping[str, Value]) -> tuple[Blocker, ...]:
    """What stands in the way of recording: `check_unknown`, and that all of it was known already."""
    known = {**question.facts, **said_of_records(question.content, question.case, facts)}
    facts = without_numbers(question.content, facts)
    if facts and all(
        fact in known and question.says_same(fact, known[fact].value, value) for fact, value in facts.items()
    ):
        return tuple(_is_known(question, fact, known[fact]) for fact in facts)
    return check_unknown(question, facts, frozenset(), known)


def asked_by(content: Content, acts: Iterable[Transition]) -> frozenset[str]:
    """The facts that these acts ask for: what they require, what may be given along, and what a record says."""
    acts = tuple(acts)
    kinds = {kind for act in acts for kind in act.kinds_at_hand}
    fields = (content.fields_by_kind.get(kind, ()) for kind in kinds)
    return frozenset(fact for act in acts for fact in (*act.requires, *act.asks)).union(*fields)


def is_fixed(content: Content, case: Case, fact: str) -> Blocker:
    """A decision rests on the fact: says which, and by which act a new one begins."""
    label, decision = content.rules.facts[fact].label, _act_label(content, case.fixed[fact])
    way = first_act_towards(content, case.state, lambda act: fact in (*act.requires, *act.asks))
    if not way:
        said = Message("fact_is_fixed_for_good", {"fact": label, "id": fact, "decision": decision})
        return Blocker(kind=BlockerKind.FIXED, subject=fact, said=said)
    begins = _act_label(content, way)
    said = Message(
        "fact_is_fixed",
        {"fact": label, "id": fact, "decision": decision, "case": case.id, "act": way, "label": begins},
    )
    return Blocker(kind=BlockerKind.FIXED, subject=fact, said=said)


def first_act_towards(content: Content, state: str, is_goal: Callable[[Transition], bool]) -> str:
    """The act to take now, on the shortest way by hand to an act that is the goal; empty when there is none."""
    ways, seen = [(state, "")], {state}
    for origin, first in ways:
        for transition in content.workflow.transitions_from(origin):
            if transition.is_automatic:
                continue
            begun = first or transition.id
            if is_goal(transition):
                return begun
            if transition.target not in seen:
                seen.add(transition.target)
                ways.append((transition.target, begun))
    return ""


def _check(question: Question, facts: Mapping[str, Value], asked: Iterable[str], act: str) -> tuple[Blocker, ...]:
    wrong = check_facts(question.content, facts)
    if wrong or not question.actor.is_person:
        return wrong
    asked = frozenset(asked)
    found = (_refused(question, question.content.rules.facts[fact], asked, act) for fact in facts)
    # Who is meant is asked of who may say it, and told to nobody else.
    return tuple(blocker for blocker in found if blocker is not None) or who_is_unclear(question, facts)


def who_is_unclear(question: Question, facts: Mapping[str, Value]) -> tuple[Blocker, ...]:
    """What must be asked about people among these facts; a name that passed no door is never taken for a person."""
    people = {fact: facts[fact] for fact in question.content.person_facts.intersection(facts)}
    if not people:
        return ()
    from engine.core.deciding.meant import not_numbered  # most acts name nobody

    return question.unclear or not_numbered(question.content, people)


def _refused(question: Question, rule: FactRule, asked: frozenset[str], act: str) -> Blocker | None:
    if rule.id not in asked and (strange := is_of_another_kind(question.content, rule)):
        return strange
    if _is_entitled(question, rule, act) or (rule.id in asked and not rule.own_word):
        return None
    if not rule.supplied_by and rule.id not in _asked_anywhere(question.content):
        return Blocker(kind=BlockerKind.NOT_TYPED, subject=rule.id, where=rule.where)
    return _not_his(question, rule, act)


def is_of_another_kind(content: Content, rule: FactRule) -> Blocker | None:
    """What the register holds of a school says nothing in a case about a pupil, and would stand there unread."""
    own = content.subject_kind
    kind = strange_kind(content.organisation.subjects, own, rule.id)
    if own is None or kind is None:
        return None
    said = Message("fact_of_another_kind", {"fact": rule.label, "id": rule.id, "kind": kind.label, "own": own.label})
    return Blocker(kind=BlockerKind.SUBJECT_RULE, subject=rule.id, where=rule.where, said=said)


def _not_his(question: Question, rule: FactRule, act: str) -> Blocker:
    content, day = question.content, local_day(question.moment)
    who = find_entitled(content.organisation, rule.supplied_by, f"{content.workflow.id}.{act}", day)
    role = question.actor.role
    return Blocker(kind=BlockerKind.NOT_SUPPLIER, subject=rule.id, detail=role, supplied_by=who, where=rule.where)


def _is_entitled(question: Question, rule: FactRule, act: str) -> bool:
    return _may(question, rule.supplied_by, act)


def _may(question: Question, bodies: tuple[str, ...], act: str) -> bool:
    if question.actor.role in bodies:  # as nearly always; else a mandate is looked for
        return True
    content, day = question.content, local_day(question.moment)
    name = f"{content.workflow.id}.{act}"
    return find_authority(content.organisation, question.actor.role, bodies, name, day) is not None


def _asked_by(question: Question, transitions: Iterable[Transition]) -> frozenset[str]:
    """What the acts ask for that the actor may take."""
    may = (one for one in transitions if not one.is_automatic and _may(question, one.by, one.id))
    return asked_by(question.content, may)


def _asked_anywhere(content: Content) -> frozenset[str]:
    entries = content.workflow.entries
    by_entry = (fact for entry in entries for fact in (*entry.requires, *(column.fact for column in entry.columns)))
    by_hand = (one for one in content.workflow.transitions if not one.is_automatic)
    return asked_by(content, by_hand).union(by_entry, (content.workflow.subject_key,))


def _is_known(question: Question, fact: str, known: KnownFact) -> Blocker:
    content, case = question.content, question.case
    rule = content.rules.facts[fact]
    # Health data is not read out to who merely tries to write it (GDPR art. 9).
    shown = write_value(question.people.shown_in(rule.type, known.value), rule)
    value = "(bijzonder persoonsgegeven)" if rule.special_category else shown
    by, on = _body(content, known.by), local_day(known.at)
    said = Message(
        "already_known", {"fact": rule.label, "id": fact, "case": case.id, "value": value, "by": by, "on": on}
    )
    return Blocker(kind=BlockerKind.ALREADY_KNOWN, subject=fact, said=said)


def _grows(known: Value, value: Value) -> bool:
    is_list = isinstance(known, tuple) and isinstance(value, tuple)
    return is_list and set(known) < set(value)  # type: ignore[arg-type]  # both are lists, as was just looked at


def _body(content: Content, by: str) -> str:
    body = content.organisation.bodies.get(by)
    return f"{body.label} ({by})" if body else by


def _act_label(content: Content, act: str) -> str:
    return next((one.label for one in content.workflow.transitions if one.id == act), act)
