"""Forms of checks as branches: each branch is one rule without "or" or nesting, and few come of each form.

Writing everything out can double with each "or". Where it would, a piece gets a target of its own: an earlier
stage decides it, and what it fired comes back as a field.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from engine.core.quick_class import dataclass
from engine.crosscheck.checks import Checks, Every, FieldCheck, Some
from engine.crosscheck.fields import StageField

BRANCHES_AT_MOST = 12
CHECKS_AT_MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class FiringRule:
    """A rule for durable-rules: when every check holds, the target fires."""

    target: str
    checks: tuple[FieldCheck, ...]


class BranchBook:
    """Collects branches by stage. Equal pieces share one target."""

    def __init__(self) -> None:
        self.stages: list[list[FiringRule]] = []
        self._stage_by_target: dict[str, int] = {}
        self._check_by_piece: dict[Checks, FieldCheck] = {}

    def add(self, target: str, checks: Checks) -> None:
        """The branches that fire `target` when the form holds, in the first stage where all they read is known."""
        written = _write_out(self._limit(checks))
        stage = 1 + max((self._stage_of(check) for branch in written for check in branch), default=-1)
        while len(self.stages) <= stage:
            self.stages.append([])
        self._stage_by_target[target] = stage
        self.stages[stage].extend(FiringRule(target=target, checks=branch) for branch in written)

    def _stage_of(self, check: FieldCheck) -> int:
        return self._stage_by_target[check.field.target] if isinstance(check.field, StageField) else -1

    def _piece(self, checks: Checks) -> FieldCheck:
        if isinstance(checks, FieldCheck):
            return checks
        if checks not in self._check_by_piece:
            target = f"piece_{len(self._check_by_piece) + 1}"
            self._check_by_piece[checks] = FieldCheck(field=StageField(target=target), relation="eq", value=1)
            self.add(target, checks)
        return self._check_by_piece[checks]

    def _limit(self, checks: Checks) -> Checks:
        """The same form, with pieces split off until it can be written out within the limits."""
        if isinstance(checks, FieldCheck):
            return checks
        parts = [self._limit(part) for part in checks.parts]
        if isinstance(checks, Some):
            if sum(map(_count, parts)) > BRANCHES_AT_MOST:
                parts = self._shorten([self._piece(part) for part in parts], BRANCHES_AT_MOST, Some)
            return Some(parts=tuple(parts))
        while _product(parts) > BRANCHES_AT_MOST:
            largest = max(range(len(parts)), key=lambda n: _count(parts[n]))
            parts[largest] = self._piece(parts[largest])
        if sum(map(_longest, parts)) > CHECKS_AT_MOST:
            parts = self._shorten([self._piece(part) for part in parts], CHECKS_AT_MOST, Every)
        return Every(parts=tuple(parts))

    def _shorten(self, parts: Sequence[Checks], limit: int, kind: type[Every] | type[Some]) -> list[Checks]:
        found = list(parts)
        while len(found) > limit:
            found = [self._piece(kind(parts=tuple(found[n : n + limit]))) for n in range(0, len(found), limit)]
        return found


def _write_out(checks: Checks) -> tuple[tuple[FieldCheck, ...], ...]:
    """The branches of a form; none when it never holds, one without checks when it always does."""
    if isinstance(checks, FieldCheck):
        return ((checks,),)
    written = [_write_out(part) for part in checks.parts]
    if isinstance(checks, Some):
        return tuple(dict.fromkeys(branch for branches in written for branch in branches))
    joined = (tuple(dict.fromkeys(check for branch in chosen for check in branch)) for chosen in product(*written))
    return tuple(dict.fromkeys(joined))


def _count(checks: Checks) -> int:
    if isinstance(checks, FieldCheck):
        return 1
    return sum(map(_count, checks.parts)) if isinstance(checks, Some) else _product(checks.parts)


def _product(parts: Sequence[Checks]) -> int:
    total = 1
    for part in parts:
        total *= _count(part)
    return total


def _longest(checks: Checks) -> int:
    """The number of checks in the longest branch."""
    if isinstance(checks, FieldCheck):
        return 1
    lengths = [_longest(part) for part in checks.parts]
    return max(lengths, default=0) if isinstance(checks, Some) else sum(lengths)
