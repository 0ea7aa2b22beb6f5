"""A length that follows from something else."""

from __future__ import annotations

from engine.core.language.conditions import Expression
from engine.core.legal_clock.period import Unit
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LengthOf:
    """A length that the case says: so many of this unit."""

    amount: Expression
    unit: Unit
