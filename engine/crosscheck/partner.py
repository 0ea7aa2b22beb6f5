"""The second evaluator: does durable-rules, in its own process, find of each rule what the truth found?

A crash, a hang, an error or a value outside the fence is a `Failure`: something to be told, never a wrong step.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from engine.core.errors import EngineError
from engine.core.evaluation.conclusions import Conclusions, PreparedRules
from engine.core.language.conditions import facts_in
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass
from engine.crosscheck.pipe import Pipe
from engine.crosscheck.translation import Program, translate_rules
from engine.words.of_errors import say_whole

COMMAND = (sys.executable, "-W", "ignore", "-m", "engine.crosscheck.child")
SECONDS_TO_ANSWER = 20.0
# durable-rules never gives back the memory of a ruleset, so after this many the child is replaced.
RULESETS_PER_CHILD = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Every rule compared has the same truth. `left_out` says of the other rules why they were not compared."""

    compared: int
    left_out: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The first rule on which the two do not agree, with the facts it reads; `also` names further rules."""

    rule: str
    facts: Mapping[str, Value]
    truth: bool | None
    other: bool | None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """The second evaluator gave no answer; `reason` is Dutch."""

    reason: str


Verdict = Agreement | Difference | Failure


def is_available() -> bool:
    """Whether durable-rules can run here."""
    return not why_absent()


def why_absent() -> str:
    """Why there is no second evaluator here, in Dutch; empty when there is one."""
    if sys.version_info >= (3, 13):
        found = f"{sys.version_info.major}.{sys.version_info.minor}"
        return (
            f"De tweede beoordelaar ontbreekt: durable-rules werkt niet op Python {found}. De regels worden wel"
            " beoordeeld, maar niet nagerekend. Gebruik Python 3.11 of 3.12 om na te rekenen."
        )
    if any(importlib.util.find_spec(name) is None for name in ("durable", "durable_rules_engine")):
        return (
            "De tweede beoordelaar ontbreekt: het pakket durable-rules is niet geïnstalleerd. De regels worden wel"
            " beoordeeld, maar niet nagerekend. Installeer durable-rules (daarvoor is een C-compiler nodig)."
        )
    return ""


class SecondEvaluator:
    """Keeps the child alive between comparisons and starts it again after a crash. For one thread.

    Nothing starts before the first comparison. Close it, or use it in `with`: then no process stays behind.
    """

    def __init__(self, *, seconds: float = SECONDS_TO_ANSWER, command: Sequence[str] = COMMAND) -> None:
        self._seconds, self._command = seconds, command
        self._pipe: Pipe | None = None
        self._loaded: set[str] = set()
        self._rulesets = 0
        self._translations: WeakKeyDictionary[PreparedRules, Program] = WeakKeyDictionary()

    def __enter__(self) -> SecondEvaluator:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The number of the child process, when there is one."""
        return self._pipe.process_id if self._pipe else None

    def close(self) -> None:
        """End the child. A later comparison starts a new one."""
        if self._pipe:
            self._pipe.close()
        self._pipe, self._rulesets = None, 0
        self._loaded.clear()

    def compare(self, known: Conclusions, truths: Mapping[str, bool | None]) -> Verdict:
        """Hold the truths that the rules have in a situation against what durable-rules fires there."""
        rules = known.prepared.rules
        try:
            program = self.program_of(known.prepared)
            other = program.truths(self._fire(program, program.prepare(known.__getitem__, known.around)))
        except EngineError as error:
            said = say_whole(error)
            return Failure(reason=f"De tweede beoordelaar gaf geen antwoord over regelset '{rules.id}': {said}")
        return _judge(known, truths, other, program)

    def program_of(self, prepared: PreparedRules) -> Program:
        """The translation of the rule set, made once as long as it is in use."""
        if prepared not in self._translations:
            self._translations[prepared] = translate_rules(prepared.rules)
        return self._translations[prepared]

    def _fire(self, program: Program, values: Mapping[str, Any]) -> frozenset[str]:
        if program.id not in self._loaded:
            self._load(program)
        return frozenset(self._ask({"evaluate": program.id, "values": values})["fired"])

    def _load(self, program: Program) -> None:
        rulesets = sum(len(stage) for stage in program.stages)
        if self._rulesets and self._rulesets + rulesets > RULESETS_PER_CHILD:
            self.close()
        self._ask({"load": program.id, "stages": program.stages, "targets": program.target_by_field})
        self._loaded.add(program.id)
        self._rulesets += rulesets

    def _ask(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            self._pipe = self._pipe or Pipe(self._command)
            answer = json.loads(self._pipe.ask(json.dumps(request), self._seconds))
            if not isinstance(answer, dict) or "error" in answer:
                raise EngineError(f"fout {answer['error']!r}" if isinstance(answer, dict) else "onleesbaar antwoord")
        except (EngineError, OSError, ValueError) as error:
            self.close()
            raise error if isinstance(error, EngineError) else EngineError(str(error)) from error
        return answer


def _judge(
    known: Conclusions, truths: Mapping[str, bool | None], other: Mapping[str, bool | None], program: Program
) -> Agreement | Difference:
    shared = [name for name in program.subjects if name in truths]
    differing = [name for name in shared if truths[name] is not other[name]]
    if not differing:
        return Agreement(compared=len(shared), left_out=program.left_out)
    first = differing[0]
    return Difference(
        rule=first, facts=_facts_read(known, first), truth=truths[first], other=other[first], also=tuple(differing[1:])
    )


def _facts_read(known: Conclusions, subject: str) -> dict[str, Value]:
    when = known.prepared.conditions[subject]
    return {fact: value for fact in sorted(facts_in(when)) if (value := known[fact]) is not None}
