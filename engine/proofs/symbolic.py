"""The solver that reasons by symbols, with z3: for as many situations as there are.

It chooses among the same values and outcomes as the `Enumerator`, and the truth of each single question is taken from
there: what a comparison means is said in one place. Only how questions hang together is left to z3.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any

import z3

from engine.core.content.ruleset import RuleSet
from engine.core.evaluation.outcomes import Producer
from engine.core.language.conditions import Condition, SidedAlgebra, Test, fold_sided
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass
from engine.proofs.knowledge import NOTHING, Knowledge
from engine.proofs.situations import Opaque, Space, TriedSituation, space_of

_SIDES_AT_MOST = 5_000
"""How many ways one single question may be looked at from."""


class TooWideError(Exception):
    """One question hangs on more than can be looked at."""


@dataclass(frozen=True, slots=True)
class Symbolic:
    """Answers `example` and `always` of the port; what comes of a producer it leaves to who can try them all."""

    rules: RuleSet

    def example(self, condition: Condition, knowledge: Knowledge = NOTHING) -> TriedSituation | None:
        """A situation in which the condition is true. Raises TooWideError."""
        space = space_of(self.rules, (condition,), knowledge=knowledge, with_unknown=False)
        return _find(space, lambda formulas: fold_sided(condition, formulas))

    def always(self, condition: Condition, knowledge: Knowledge) -> bool:
        """Whether the condition is true in every situation. Raises TooWideError."""
        space = space_of(self.rules, (condition,), knowledge=knowledge)
        return _find(space, lambda formulas: z3.Not(fold_sided(condition, formulas))) is None

    def outcomes(self, producer: Producer, knowledge: Knowledge) -> tuple[bool, frozenset[Value] | None]:
        """Not answered here."""
        raise TooWideError


def _find(space: Space, wanted: Any) -> TriedSituation | None:
    formulas = _Formulas(space)
    solver = z3.Solver()
    solver.add(*formulas.bounds(), wanted(formulas))
    if solver.check() != z3.sat:
        return None
    model = solver.model()
    return TriedSituation(
        {fact: options[formulas.chosen(model, fact)] for fact, options in space.values.items()},
        {key: options[formulas.chosen(model, key)] for key, options in space.outcomes.items()},
        space.types,
    )


class _Formulas(SidedAlgebra[Any]):
    """Conditions as formulas over one number for each fact and comparison: which of its options it has."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self._options: dict[str | Opaque, tuple[Any, ...]] = dict(space.values.items())
        self._options.update(space.outcomes.items())
        self._symbols = {key: z3.Int(f"x{number}") for number, key in enumerate(self._options)}

    def bounds(self) -> Iterator[Any]:
        """Each number names an option."""
        for key, symbol in self._symbols.items():
            yield z3.And(symbol >= 0, symbol < len(self._options[key]))

    def chosen(self, model: Any, key: str | Opaque) -> int:
        """The number of the option in a model."""
        return int(model.eval(self._symbols[key], model_completion=True).as_long())

    def test(self, test: Test, wanted: bool) -> Any:
        """The choices of options with which the question has this answer."""
        facts, opaque = self._space.about(test)
        keys: tuple[str | Opaque, ...] = (*facts, *opaque)
        if prod(len(self._options[key]) for key in keys) > _SIDES_AT_MOST:
            raise TooWideError
        sides = product(*(range(len(self._options[key])) for key in keys))
        return z3.Or(*(self._are(keys, side) for side in sides if self._truth(test, keys, side, len(facts)) is wanted))

    def join(self, parts: tuple[Any, ...], decisive: bool) -> Any:
        """All of the formulas, or any of them."""
        return z3.Or(*parts) if decisive else z3.And(*parts)

    def _are(self, keys: tuple[str | Opaque, ...], side: tuple[int, ...]) -> Any:
        return z3.And(*(self._symbols[key] == number for key, number in zip(keys, side, strict=True)))

    def _truth(self, test: Test, keys: tuple[Any, ...], side: tuple[int, ...], facts: int) -> bool | None:
        chosen = {key: self._options[key][number] for key, number in zip(keys, side, strict=True)}
        values = {key: chosen[key] for key in keys[:facts]}
        return TriedSituation(values, {key: chosen[key] for key in keys[facts:]}, self._space.types).test(test)
