"""Holds what came out against what a process owner expects, and says in Dutch where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.core.deciding.draft import plain_facts
from engine.core.deciding.situation import Situation, project_clock
from engine.core.deciding.step import BlockerKind, Refusal
from engine.core.deciding.why import possibilities
from engine.core.language.facts import Value
from engine.definitions.script import Expectation
from engine.rehearsal.seen import Seen


def compare(expected: Expectation, seen: Seen) -> tuple[str, ...]:
    """One Dutch sentence for every difference; none when all came true."""
    situation = seen.situation
    return (
        *_compare_state(expected, situation),
        *_compare_values("gevolgtrekking", expected.conclusions, situation),
        *_compare_values("gegeven", expected.facts, situation),
        *_compare_values("gegeven", dict.fromkeys(expected.unknown), situation),
        *_compare_missing(expected, situation),
        *_compare_terms(expected, situation),
        *_compare_possible(expected, situation),
        *_compare_letters("brieven", expected.letters, seen.letters),
        *_compare_letters("brieven die klaarstaan", expected.waiting, seen.waiting),
        *_compare_names("herinneringen", expected.reminders, seen.reminders),
        *_compare_notices(expected, seen),
        *_compare_opened(expected, seen),
        *_compare_not_opened(expected, seen),
        *_compare_told(expected, seen),
    )


def compare_refusal(expected: Sequence[BlockerKind], refusal: Refusal | None) -> str:
    """Where a refusal (or a success) differs from what was expected; empty when it does not."""
    if refusal is None:
        return f"Dit is gelukt, maar had moeten worden geweigerd om {say(tuple(expected))}." if expected else ""
    said = ", ".join(f"{one.kind.value} ({one.subject} {one.detail})" for one in refusal.blockers)
    if not expected:
        return f"'{refusal.attempted}' is geweigerd: {said}"
    kinds = {one.kind for one in refusal.blockers}
    absent = tuple(kind for kind in expected if kind not in kinds)
    return f"weigering om {say(absent)} verwacht, maar de redenen zijn: {said}" if absent else ""


def _compare_state(expected: Expectation, situation: Situation) -> Iterator[str]:
    if expected.state and expected.state != situation.case.state:
        yield f"toestand '{expected.state}' verwacht, maar het is '{situation.case.state}'"


def _compare_values(word: str, expected: Mapping[str, Value | None], situation: Situation) -> Iterator[str]:
    for fact, value in expected.items():
        actual = situation.lookup(fact)
        same = set(actual) == set(value) if isinstance(actual, tuple) and isinstance(value, tuple) else actual == value
        if not same:
            yield f"{word} '{fact}': {say(value)} verwacht, maar het is {say(actual)}"


def _compare_missing(expected: Expectation, situation: Situation) -> Iterator[str]:
    for fact, asked in expected.missing.items():
        actual = situation.missing_facts((fact,)) if situation.lookup(fact) is None else ()
        if set(actual) != set(asked):
            yield f"voor '{fact}' moet gevraagd worden naar {say(asked)}, maar het is {say(actual)}"


def _compare_terms(expected: Expectation, situation: Situation) -> Iterator[str]:
    for key, last_day in expected.terms.items():
        clock = situation.case.clock(key)
        actual = None if clock is None else project_clock(situation.content, clock).last_day
        if actual != last_day:
            yield f"termijn '{key}': laatste dag {say(last_day)} verwacht, maar het is {say(actual)}"


def _compare_possible(expected: Expectation, situation: Situation) -> Iterator[str]:
    if not expected.possible and not expected.not_possible:
        return
    is_open = {item.transition: item.is_open for item in possibilities(situation) if not item.is_automatic}
    yield from (f"overgang '{name}' moet kunnen, maar kan niet" for name in expected.possible if not is_open.get(name))
    yield from (
        f"overgang '{name}' mag niet kunnen, maar kan wel" for name in expected.not_possible if is_open.get(name)
    )


def _compare_letters(word: str, expected: Sequence[str] | None, actual: Sequence[tuple[str, str]]) -> Iterator[str]:
    """A letter that is named with an addressee must go to exactly the addressees that are named."""
    if expected is None:
        return
    precise = {name.partition("/")[0] for name in expected if "/" in name}
    seen = [f"{letter}/{to}" if letter in precise else letter for letter, to in actual]
    yield from _compare_names(word, [name for name in expected if "/" in name or name not in precise], seen)


def _compare_names(word: str, expected: Sequence[str] | None, actual: Sequence[str]) -> Iterator[str]:
    if expected is not None and set(expected) != set(actual):
        seen = tuple(dict.fromkeys(actual))
        yield f"{word}: {say(tuple(expected))} verwacht, maar het is {say(seen)}"


def _compare_notices(expected: Expectation, seen: Seen) -> Iterator[str]:
    if expected.notices is not None:
        wanted = [f"{kind} aan {body}" for body, kinds in expected.notices.items() for kind in kinds]
        yield from _compare_names("berichten", wanted, [f"{kind} aan {body}" for body, kind in seen.notices])


def _compare_opened(expected: Expectation, seen: Seen) -> Iterator[str]:
    """How many of each, not only which: a second case that is not expected is a difference."""
    if expected.opens is not None and sorted(expected.opens) != sorted(seen.opened):
        refused = "".join(f"; {name} is geweigerd: {say(why)}" for name, why in seen.not_opened.items())
        yield f"geopende zaken: {say(tuple(expected.opens))} verwacht, maar het is {say(seen.opened)}{refused}"


def _compare_not_opened(expected: Expectation, seen: Seen) -> Iterator[str]:
    for workflow, kinds in expected.not_opened.items():
        actual = seen.not_opened.get(workflow)
        if actual is None:
            yield f"een zaak '{workflow}' moest geweigerd worden om {say(kinds)}, maar er is er geen geweigerd"
        elif not set(kinds) <= set(actual):
            yield f"een zaak '{workflow}' moest geweigerd worden om {say(kinds)}, maar het is om {say(actual)}"


def _compare_told(expected: Expectation, seen: Seen) -> Iterator[str]:
    plain = plain_facts(expected.tells)
    for fact, value in expected.tells.items():
        if (told := seen.told.get(fact)) != plain[fact]:
            yield f"aan de bovenliggende zaak '{fact}': {say(value)} verwacht, maar het is {say(told)}"


def say(value: object) -> str:
    """A value in words for a message."""
    if value is None:
        return "onbekend"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, tuple | list):
        return ", ".join(str(one) for one in value) or "niets"
    return str(value)
