"""A draw that can be done again: the same seed and the same people give the same list, in whatever order they come.

Each number gets a mark, the SHA-256 of seed and number; the lowest marks of a group are drawn. So nobody's chance
hangs on where they stand in a list, who comes or goes changes the list by little, and who knows the seed can check
every name by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from math import ceil, floor

from engine.core.content.planned import DrawRule, Rounding
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """One of those who can be drawn: the number, and the group it is drawn from (empty: there is one group)."""

    number: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How is drawn, as it was when that was done: the content may say otherwise since."""

    share: str
    rounding: str
    at_least: int
    per: str

    @classmethod
    def of(cls, draw: DrawRule) -> Sampling:
        """How the content draws now."""
        return cls(share=str(draw.share), rounding=draw.rounding.value, at_least=draw.at_least, per=draw.per)

    def size(self, many: int) -> int:
        """How many are drawn from so many. Exact: the share means the decimals it is written with."""
        exact = Fraction(self.share) * many
        rounded = {
            Rounding.UP: ceil(exact),
            Rounding.DOWN: floor(exact),
            Rounding.HALF_UP: floor(exact + Fraction(1, 2)),
        }[Rounding(self.rounding)]
        return min(many, max(rounded, self.at_least))

    def drawn(self, seed: str, population: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """Who is drawn, by group and then by number."""
        chosen = [
            member
            for group in groups_of(population).values()
            for member in sorted(group, key=lambda one: (_mark(seed, one.number), one.number))[: self.size(len(group))]
        ]
        return tuple(sorted(chosen, key=lambda one: (one.group, one.number)))


def groups_of(population: Iterable[Candidate]) -> Mapping[str, Sequence[Candidate]]:
    """The population by group, in order of group, each person once."""
    found: dict[str, list[Candidate]] = {}
    for member in sorted(set(population)):
        found.setdefault(member.group, []).append(member)
    return dict(sorted(found.items()))


def seed_of(organisation: str, work: str, slot: str) -> str:
    """The seed of one draw: it follows from what is drawn for whom and when, so nobody can choose it."""
    return sha256(f"{organisation}/{work}/{slot}".encode()).hexdigest()


def _mark(seed: str, number: str) -> str:
    return sha256(f"{seed}/{number}".encode()).hexdigest()
