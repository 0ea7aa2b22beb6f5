"""Holds what came out against what a process owner expects, and says in Dutch where they differ."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.deciding.situation import Situation, project_clock
from engine.core.deciding.step import Refusal
from engine.core.deciding.why import possibilities
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass
from engine.definitions.story import Expectation


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came out of a step: the situation after it (None when no case came about), or the refusal."""

    situation: Situation | None = None
    refusal: Refusal | None = None
    letters: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()


def compare(expected: Expectation, outcome: Outcome) -> tuple[str, ...]:
    """One Dutch sentence for every difference; none when all came true."""
    texts = list(_compare_refusal(expected, outcome))
    if outcome.situation is None:
        return tuple(texts)
    situation = outcome.situation
    texts.extend(_compare_state(expected, situation))
    texts.extend(_compare_values("gevolgtrekking", expected.conclusions, situation))
    texts.extend(_compare_values("gegeven", expected.facts, situation))
    texts.extend(_compare_values("gegeven", dict.fromkeys(expected.unknown), situation))
    texts.extend(_compare_missing(expected, situation))
    texts.extend(_compare_terms(expected, situation))
    texts.extend(_compare_possible(expected, situation))
    texts.extend(_compare_list("brieven", expected.letters, outcome.letters))
    texts.extend(_compare_list("geopende zaken", expected.opens, outcome.opened))
    return tuple(texts)


def _compare_refusal(expected: Expectation, outcome: Outcome) -> tuple[str, ...]:
    if outcome.refusal is None:
        return ("weigering verwacht, maar het is gelukt",) if expected.refused else ()
    kinds = tuple(dict.fromkeys(blocker.kind.value for blocker in outcome.refusal.blockers))
    said = ", ".join(
        f"{blocker.kind.value} ({blocker.subject} {blocker.detail})" for blocker in outcome.refusal.blockers
    )
    if not expected.refused:
        return (f"'{outcome.refusal.attempted}' is geweigerd: {said}",)
    absent = [kind for kind in expected.refused if kind not in kinds]
    return (f"weigering om {', '.join(absent)} verwacht, maar de redenen zijn: {said}",) if absent else ()


def _compare_state(expected: Expectation, situation: Situation) -> tuple[str, ...]:
    if not expected.state or expected.state == situation.case.state:
        return ()
    return (f"toestand '{expected.state}' verwacht, maar het is '{situation.case.state}'",)


def _compare_values(word: str, expected: Mapping[str, Value | None], situation: Situation) -> tuple[str, ...]:
    found = []
    for fact, value in expected.items():
        actual = situation.lookup(fact)
        same = set(actual) == set(value) if isinstance(actual, tuple) and isinstance(value, tuple) else actual == value
        if not same:
            found.append(f"{word} '{fact}': {say(value)} verwacht, maar het is {say(actual)}")
    return tuple(found)


def _compare_missing(expected: Expectation, situation: Situation) -> tuple[str, ...]:
    found = []
    for fact, asked in expected.missing.items():
        actual = situation.missing_facts((fact,)) if situation.lookup(fact) is None else ()
        if set(actual) != set(asked):
            found.append(f"voor '{fact}' moet gevraagd worden naar {say(asked)}, maar het is {say(actual)}")
    return tuple(found)


def _compare_terms(expected: Expectation, situation: Situation) -> tuple[str, ...]:
    found = []
    for key, last_day in expected.terms.items():
        clock = situation.case.clock(key)
        actual = None if clock is None else project_clock(situation.content, clock).last_day
        if actual != last_day:
            found.append(f"termijn '{key}': laatste dag {say(last_day)} verwacht, maar het is {say(actual)}")
    return tuple(found)


def _compare_possible(expected: Expectation, situation: Situation) -> tuple[str, ...]:
    if not expected.possible and not expected.not_possible:
        return ()
    is_open = {item.transition: item.is_open for item in possibilities(situation) if not item.is_automatic}
    shut = [f"overgang '{name}' moet kunnen, maar kan niet" for name in expected.possible if not is_open.get(name)]
    ajar = [f"overgang '{name}' mag niet kunnen, maar kan wel" for name in expected.not_possible if is_open.get(name)]
    return (*shut, *ajar)


def _compare_list(word: str, expected: tuple[str, ...] | None, actual: tuple[str, ...]) -> tuple[str, ...]:
    if expected is None or sorted(set(expected)) == sorted(set(actual)):
        return ()
    return (f"{word}: {say(expected)} verwacht, maar het is {say(actual)}",)


def say(value: Value | None) -> str:
    """A value in words for a message."""
    if value is None:
        return "onbekend"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, tuple):
        return ", ".join(value) or "niets"
    return str(value)
