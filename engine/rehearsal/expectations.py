"""Holds what came out against what a process owner expects: a finding for every difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.core.deciding.case import Record
from engine.core.deciding.draft import plain_facts
from engine.core.deciding.situation import Situation, project_clock
from engine.core.deciding.step import Refusal
from engine.core.deciding.why import possibilities
from engine.core.evaluation.reasons import Reason
from engine.core.finding import Finding, fault
from engine.core.language.facts import LIFE, Value
from engine.definitions.script import Expectation, ScriptedAct
from engine.rehearsal.seen import Seen


def compare(expected: Expectation, seen: Seen) -> tuple[Finding, ...]:
    """A finding, without a place, for every difference; none when all came true."""
    situation = seen.situation
    return (
        *_compare_state(expected, situation),
        *_compare_values("other_conclusion", expected.conclusions, situation),
        *_compare_values("other_fact", expected.facts, situation),
        *_compare_values("other_fact", dict.fromkeys(expected.unknown), situation),
        *_compare_missing(expected, situation),
        *_compare_terms(expected, situation),
        *_compare_possible(expected, situation),
        *_compare_letters("other_letters", expected.letters, seen.letters),
        *_compare_letters("other_waiting", expected.waiting, seen.waiting),
        *_compare_said(expected, seen),
        *_compare_names("other_reminders", expected.reminders, seen.reminders),
        *_compare_names("other_passed", expected.passed, seen.passed),
        *_compare_notices(expected, seen),
        *_compare_opened(expected, seen),
        *_compare_received(expected, seen),
        *_compare_not_opened(expected, seen),
        *_compare_told(expected, seen),
        *_compare_records(expected, situation),
    )


def compare_refusal(act: ScriptedAct, refusal: Refusal | None) -> Finding | None:
    """Where a refusal (or a success) differs from what was expected; None when it does not."""
    expected, about = act.refused, act.about
    if refusal is None:
        return fault("not_refused", "", expected=(*expected, *about)) if expected or about else None
    reasons = [(one.kind.value, one.subject, one.detail) for one in refusal.blockers]
    if not expected and not about:
        return fault("refused_instead", "", attempted=refusal.attempted, reasons=reasons)
    kinds = {one.kind for one in refusal.blockers}
    spoken = {name for one in refusal.blockers for name in (one.subject, one.detail, *blamed(one.reason))}
    absent = [*(kind for kind in expected if kind not in kinds), *(name for name in about if name not in spoken)]
    return fault("refused_otherwise", "", absent=absent, reasons=reasons) if absent else None


def blamed(reason: Reason | None, *, wanted: bool = True) -> Iterator[str]:
    """The facts because of which a condition does not hold: what came out as wanted is not to blame."""
    if reason is None or reason.truth is wanted:
        return
    if reason.fact:
        yield reason.fact
    for part in reason.parts:
        if reason.kind in ("all", "any", "not"):
            yield from blamed(part, wanted=not wanted if reason.kind == "not" else wanted)
        else:
            # Why the rules concluded what is tested here: that is to blame, however each part of it came out.
            yield from _named(part)


def _named(reason: Reason) -> Iterator[str]:
    if reason.fact:
        yield reason.fact
    for part in reason.parts:
        yield from _named(part)


def _compare_state(expected: Expectation, situation: Situation) -> Iterator[Finding]:
    if expected.state and expected.state != situation.case.state:
        yield fault("other_state", "", expected=expected.state, actual=situation.case.state)


def _compare_values(kind: str, expected: Mapping[str, Value | None], situation: Situation) -> Iterator[Finding]:
    for fact, value in expected.items():
        actual = situation.lookup(fact)
        if fact in situation.content.person_facts and actual is not None:
            actual = situation.question.people.shown(actual)  # a story speaks of people by name
        if not _is_same(value, actual):
            yield fault(kind, "", fact=fact, expected=value, actual=actual)


def _compare_missing(expected: Expectation, situation: Situation) -> Iterator[Finding]:
    for fact, asked in expected.missing.items():
        actual = situation.missing_facts((fact,)) if situation.lookup(fact) is None else ()
        if set(actual) != set(asked):
            yield fault("other_question", "", fact=fact, expected=asked, actual=actual)


def _compare_terms(expected: Expectation, situation: Situation) -> Iterator[Finding]:
    for key, last_day in expected.terms.items():
        clock = situation.case.clock(key)
        actual = None if clock is None else project_clock(situation.content, clock).last_day
        if actual != last_day:
            yield fault("other_last_day", "", term=key, expected=last_day, actual=actual)


def _compare_possible(expected: Expectation, situation: Situation) -> Iterator[Finding]:
    if not expected.possible and not expected.not_possible:
        return
    is_open = {item.transition: item.is_open for item in possibilities(situation) if not item.is_automatic}
    yield from (fault("not_possible", "", transition=one) for one in expected.possible if not is_open.get(one))
    yield from (fault("possible", "", transition=one) for one in expected.not_possible if is_open.get(one))


def _compare_letters(kind: str, expected: Sequence[str] | None, actual: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """A letter that is named with an addressee must go to exactly the addressees that are named."""
    if expected is None:
        return
    precise = {name.partition("/")[0] for name in expected if "/" in name}
    seen = [f"{letter}/{to}" if letter in precise else letter for letter, to in actual]
    yield from _compare_names(kind, [name for name in expected if "/" in name or name not in precise], seen)


def _compare_said(expected: Expectation, seen: Seen) -> Iterator[Finding]:
    for name, fields in expected.says.items():
        letter, _, to = name.partition("/")
        found = [said for one, addressee, said in seen.said if one == letter and to in ("", addressee)]
        if not found:
            ordered = tuple(dict.fromkeys(f"{one}/{addressee}" for one, addressee, _ in seen.said))
            yield fault("letter_not_of_step", "", letter=name, actual=ordered)
        for said in found:
            for field, value in fields.items():
                if not _is_same(value, actual := said.get(field)):
                    yield _other_field(name, field, value, actual)


def _other_field(letter: str, field: str, expected: Value | None, actual: Value | None) -> Finding:
    told = {"letter": letter, "field": field, "expected": expected, "actual": actual}
    if isinstance(expected, str) and isinstance(actual, tuple) and len(actual) > 1:
        return fault("field_is_a_list", "", **told, number=len(actual))
    return fault("other_field", "", **told)


def _is_same(expected: Value | None, actual: Value | None) -> bool:
    """Lists are sets: in which order things were written down is not what a process owner means.

    One text is a list of one, as it is wherever content may give either.
    """
    if isinstance(actual, tuple) and expected is not None:
        return set(actual) == (set(expected) if isinstance(expected, tuple) else {expected})
    return actual == expected


def _compare_names(kind: str, expected: Sequence[object] | None, actual: Sequence[object]) -> Iterator[Finding]:
    if expected is not None and set(expected) != set(actual):
        yield fault(kind, "", expected=tuple(expected), actual=tuple(dict.fromkeys(actual)))


def _compare_notices(expected: Expectation, seen: Seen) -> Iterator[Finding]:
    if expected.notices is not None:
        wanted = [(body, kind) for body, kinds in expected.notices.items() for kind in kinds]
        yield from _compare_names("other_notices", wanted, seen.notices)


def _compare_opened(expected: Expectation, seen: Seen) -> Iterator[Finding]:
    """How many of each, not only which: a second case that is not expected is a difference."""
    if expected.opens is not None and sorted(expected.opens) != sorted(seen.opened):
        refused = tuple(seen.not_opened.items())
        yield fault("other_opened", "", expected=expected.opens, actual=seen.opened, refused=refused)


def _compare_received(expected: Expectation, seen: Seen) -> Iterator[Finding]:
    for workflow, facts in expected.receives.items():
        found, plain = [given for one, given in seen.received if one == workflow], plain_facts(facts)
        if not found:
            yield fault("none_opened", "", workflow=workflow, actual=seen.opened)
        for given in found:
            for fact, value in facts.items():
                if given.get(fact) != plain[fact]:
                    told = {"workflow": workflow, "fact": fact, "expected": value, "actual": given.get(fact)}
                    yield fault("other_received", "", **told)


def _compare_not_opened(expected: Expectation, seen: Seen) -> Iterator[Finding]:
    for workflow, kinds in expected.not_opened.items():
        actual = seen.not_opened.get(workflow)
        if actual is None:
            yield fault("none_not_opened", "", workflow=workflow, expected=kinds)
        elif not set(kinds) <= set(actual):
            yield fault("not_opened_otherwise", "", workflow=workflow, expected=kinds, actual=actual)


def _compare_told(expected: Expectation, seen: Seen) -> Iterator[Finding]:
    plain = plain_facts(expected.tells)
    for fact, value in expected.tells.items():
        if (told := seen.told.get(fact)) != plain[fact]:
            yield fault("other_told", "", fact=fact, expected=value, actual=told)


def _compare_records(expected: Expectation, situation: Situation) -> Iterator[Finding]:
    """How many there are of a kind, and of each the fields that are named."""
    for kind, records in expected.records.items():
        found = situation.case.records_of(kind)
        if len(found) != len(records):
            yield fault("other_records", "", record=kind, expected=len(records), actual=len(found))
            continue
        for number, (fields, record) in enumerate(zip(records, found, strict=True), 1):
            for field, value in fields.items():
                if not _is_same(value, actual := _of_record(situation, record, field)):
                    told = {"record": kind, "number": number, "field": field, "expected": value, "actual": actual}
                    yield fault("other_record", "", **told)


def _of_record(situation: Situation, record: Record, field: str) -> Value | None:
    if field == LIFE:
        return record.life
    known = record.fields.get(field)
    rule = situation.content.rules.facts.get(f"{record.kind}.{field}")
    if known is None or rule is None:
        return None
    return situation.question.people.shown_in(rule.type, known.value)
