"""The question every decision answers: this content, this case, by this actor, at this moment, beside these others.

Made here and nowhere else (`ask`), so that whoever judges a case judges the same situation: the act, the sweep,
the second look, the explanation and the report. A fact that lies in the other cases of the same subject is part
of the question; leave it out, and a rule that reads it silently answers about another situation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from engine.core.content.records import RecordKind
from engine.core.deciding.at_hand import current_record, own_facts, put_down
from engine.core.deciding.case import Actor, Case, Record
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.deciding.people import NOBODY_KNOWN, People, involved_in, named_in
from engine.core.deciding.step import Blocker, Step
from engine.core.deciding.subject import NOBODY, Subject
from engine.core.deciding.subject_lists import known_of, not_registered
from engine.core.evaluation.prepared import Content
from engine.core.evaluation.viewing import Row
from engine.core.language.facts import KnownFact, Value
from engine.core.quick_class import dataclass, replace

Gathered = Mapping[str, tuple[str, ...]]
"""Values of gathered facts, from the other cases of the same subject."""
Beside = Mapping[str, tuple[Row, ...]]
"""The other cases of the same subject, as rows that views look at, by the kind that the rule set calls them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLetter:
    """A letter of the case that is there and has not left: `waiting`, `failed`, `held`, or `withdrawn` for good."""

    letter: OutgoingLetter
    status: str
    ordered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a decision is about. `moment` (UTC) was read once for the whole command; a new case has version 0.

    `beside` are the other cases about the same subject that views look at, by their kind.
    `subject` is whom the case is about, as the register holds it.
    `people` are those who are meant by what stands in the cases.
    `waiting` are the letters of the case that have not left; only who mends something is told of them.
    `unclear` is what must be asked about the people whose names were given.
    `worked_out` is what follows from parts that most questions of one command share: it goes along from each to the
    next, with the parts themselves, by which is seen whether it still holds.
    `writing` are the kinds of record that the act under judgement writes: of those only what the act says is known.
    """

    content: Content
    case: Case
    actor: Actor
    moment: datetime
    gathered: Gathered
    beside: Beside = field(default_factory=dict)
    subject: Subject = NOBODY
    people: People = NOBODY_KNOWN
    writing: tuple[str, ...] = ()
    unclear: tuple[Blocker, ...] = ()
    worked_out: dict[object, tuple[Any, ...]] = field(default_factory=dict, compare=False, repr=False)
    waiting: tuple[WaitingLetter, ...] = ()

    @property
    def facts(self) -> Mapping[str, KnownFact]:
        """What is known: of the subject, and what is left of the case. A copy that an old case has never goes first."""
        return {**self.case.facts, **self._of_subject}

    @property
    def _of_subject(self) -> Mapping[str, KnownFact]:
        whose, known = self.worked_out.get("subject", (None, {}))
        if whose is not self.subject:
            known = known_of(self.content.subject_kind, self.subject)
            self.worked_out["subject"] = (self.subject, known)
        return known  # type: ignore[no-any-return]  # what was worked out above

    def known(self, fact: str) -> KnownFact | None:
        """What is known of one fact: a recorded value goes before what the fields of a record mean."""
        found = self._of_subject.get(fact) or self.case.facts.get(fact)
        if found is not None or fact not in self.content.single_fields:
            return found
        kind_id, _, name = fact.rpartition(".")
        kind = self.content.single_kinds[kind_id]
        record = self._current(kind)
        if record is None:
            return None
        return record.fields.get(name) if name in kind.fields else own_facts(kind, record).get(fact)

    def known_among(self, facts: frozenset[str]) -> frozenset[str]:
        """Those of these facts that are known: of many, of which few are."""
        fields = filter(self.known, facts & self.content.single_fields)
        return facts.intersection(self.case.facts).union(facts.intersection(self._of_subject), fields)

    def given(self, fact: str) -> Value | None:
        """The value of what is known; everybody who is meant by it has the number of today."""
        known = self.known(fact)
        if known is None:
            return None
        is_of_people = self.people.meant and fact in self.content.person_facts
        return self.people.numbers(known.value) if is_of_people else known.value

    def overruled(self) -> dict[str, Value]:
        """What is given of facts that the rules conclude."""
        derived = self.content.prepared.derived
        if derived.isdisjoint(self.case.facts) and derived.isdisjoint(self._of_subject):
            derived = self.content.single_fields.intersection(derived)  # none, mostly
        return {fact: value for fact in derived if (value := self.given(fact)) is not None}

    def _current(self, kind: RecordKind) -> Record | None:
        """The record that the bare fields of a kind mean, of which one counts (`current_record`)."""
        case, part = self.case, (kind.id, self.writing)
        own, of_subject, found = self.worked_out.get(part, (None, None, None))
        if own is not case.records or of_subject is not case.of_subject:
            found = current_record(self.content, case, self.writing, kind)
            self.worked_out[part] = (case.records, case.of_subject, found)
        return found  # type: ignore[no-any-return]  # what was worked out above

    def with_numbers(self, values: dict[str, Value]) -> dict[str, Value]:
        """Values by fact, in which everybody who is meant has the one number of today: so rules compare people."""
        held = self.content.person_facts.intersection(values) if self.people.meant else ()
        return values | {fact: self.people.numbers(values[fact]) for fact in held} if held else values

    def says_same(self, fact: str, one: Value, other: Value) -> bool:
        """Whether two values of a fact say the same: two numbers that became one do."""
        return one == other or self.with_numbers({fact: one}) == self.with_numbers({fact: other})

    def by(self, actor: Actor) -> Question:
        """The same question, asked by somebody."""
        return self if actor == self.actor else replace(self, actor=actor)

    def for_writing(self, kinds: tuple[str, ...]) -> Question:
        """The same question within an act that writes records of these kinds."""
        return self if kinds == self.writing else replace(self, writing=kinds)

    def about(self, case: Case, subject: Subject | None = None) -> Question:
        """The same question when the case (and its subject) became this: nothing else changes within a command."""
        whom = self.subject if subject is None else subject
        return replace(self, case=with_records_of(whom, case), subject=whom)


def ask(
    content: Content,
    case: Case,
    actor: Actor,
    moment: datetime,
    cases: Iterable[Case],
    subject: Subject | None = None,
    people: People = NOBODY_KNOWN,
) -> Question:
    """The question about a case, with what the other `cases` of its subject say (the case itself is passed over).

    Without a `subject` from the register, known of it is what the case says itself.
    """
    whom = not_registered(content.subject_kind, case) if subject is None else subject
    others = tuple(other for other in cases if other.id != case.id)
    gathered, beside = _gather(content, others, people), _rows_beside(content, others)
    bare = put_down(content, case)
    if bare is not case:
        from engine.core.deciding.taken_over import with_loose_fields_as_records  # only a case of the first edition

        case = with_loose_fields_as_records(content, case, bare)
    case = with_records_of(whom, case)
    return Question(
        content=content, case=case, actor=actor, moment=moment, gathered=gathered, beside=beside, subject=whom,
        people=people,
    )  # fmt: skip


def with_records_of(subject: Subject, case: Case) -> Case:
    """The case as it is judged: the records of its subject beside its own, so that whoever reads records reads both."""
    # The same case is not looked at anew: whoever decides compares cases by identity.
    return case if case.of_subject is subject.records else replace(case, of_subject=subject.records)


def gathers(content: Content) -> bool:
    """Whether any fact lies in other cases of the same subject, so that those must be read at all."""
    return bool(content.gathered_facts or content.kinds_of_cases)


def sees_change(content: Content, step: Step) -> bool:
    """Whether a case with this content sees something else of the case of the step than before it."""
    # Of others only what is their own is read, so what lies with the subject may not hide that.
    was, now = [tuple(replace(one, of_subject=()) for one in (case,) if one) for case in (step.before, step.after)]
    return (
        _gather(content, was, NOBODY_KNOWN) != _gather(content, now, NOBODY_KNOWN)
        or _rows_beside(content, was) != _rows_beside(content, now)
        or _may_name(content, was) != _may_name(content, now)
    )


def _may_name(content: Content, cases: tuple[Case, ...]) -> set[str]:
    """The texts in which people may be named that are gathered: whom they mean stands in a register not read here."""
    rules = [rule for rule in content.gathered_facts.values() if "named" in rule.people]
    read = (one for one in cases if any(not rule.workflows or one.workflow in rule.workflows for rule in rules))
    return {text for one in read for text in named_in(one)}


def is_seen_beside(step: Step) -> bool:
    """Whether a case that looks at this one, or at the subject of both, may see something else after the step."""
    before, after = step.before, step.after
    if before is None or step.subject is not None or before.state != after.state:
        return True
    return before.facts is not after.facts or before.records is not after.records


def _rows_beside(content: Content, others: tuple[Case, ...]) -> Beside:
    if not (others and content.kinds_of_cases):
        return {}
    from engine.core.deciding.viewed_rows import rows_of_cases  # few cases look at another

    rows = {kind.id: rows_of_cases(kind, others) for kind in content.kinds_of_cases}
    return {kind: found for kind, found in rows.items() if found}


def _gather(content: Content, others: tuple[Case, ...], people: People) -> Gathered:
    # Never unknown: without another case the list is empty, and that is known.
    found: dict[str, tuple[str, ...]] = {}
    for fact, rule in content.gathered_facts.items():
        values: list[str] = []
        for other in others:
            if not rule.workflows or other.workflow in rule.workflows:
                values.extend(_values_of(other, rule.facts))
                values.extend(involved_in(other, rule.people, people))
        gathered = tuple(dict.fromkeys(values))
        found[fact] = people.each_number(gathered) if fact in content.person_facts else gathered
    return found


def _values_of(case: Case, facts: tuple[str, ...]) -> list[str]:
    values: list[str] = []
    for fact in facts:
        for known in (case.facts.get(fact), *_in_records(case, fact)):
            if known is not None:
                values.extend(known.value if isinstance(known.value, tuple) else (str(known.value),))
    return values


def _in_records(case: Case, fact: str) -> Iterable[KnownFact | None]:
    kind, _, field = fact.rpartition(".")
    return (record.fields.get(field) for record in case.records_of(kind))
