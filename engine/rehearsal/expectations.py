"""Holds what came out against what a process owner expects: a finding for every difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.core.deciding.draft import plain_facts
from engine.core.deciding.situation import Situation, project_clock
from engine.core.deciding.step import BlockerKind, Refusal
from engine.core.deciding.why import possibilities
from engine.core.finding import Finding, fault
from engine.core.language.facts import Value
from engine.definitions.script import Expectation
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
        *_compare_names("other_reminders", expected.reminders, seen.reminders),
        *_compare_notices(expected, seen),
        *_compare_opened(expected, seen),
        *_compare_not_opened(expected, seen),
        *_compare_told(expected, seen),
    )


def compare_refusal(expected: Sequence[BlockerKind], refusal: Refusal | None) -> Finding | None:
    """Where a refusal (or a success) differs from what was expected; None when it does not."""
    if refusal is None:
        return fault("not_refused", "", expected=tuple(expected)) if expected else None
    reasons = [(one.kind.value, one.subject, one.detail) for one in refusal.blockers]
    if not expected:
        return fault("refused_instead", "", attempted=refusal.attempted, reasons=reasons)
    absent = [kind for kind in expected if kind not in {one.kind for one in refusal.blockers}]
    return fault("refused_otherwise", "", absent=absent, reasons=reasons) if absent else None


def _compare_state(expected: Expectation, situation: Situation) -> Iterator[Finding]:
    if expected.state and expected.state != situation.case.state:
        yield fault("other_state", "", expected=expected.state, actual=situation.case.state)


def _compare_values(kind: str, expected: Mapping[str, Value | None], situation: Situation) -> Iterator[Finding]:
    for fact, value in expected.items():
        actual = situation.lookup(fact)
        if fact in situation.content.person_facts and actual is not None:
            actual = situation.question.people.shown(actual)  # a story speaks of people by name
        same = set(actual) == set(value) if isinstance(actual, tuple) and isinstance(value, tuple) else actual == value
        if not same:
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
