"""What people do in a rehearsal: acts at moments, on cases that are named or that fit a pattern; as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum

from engine.core.language.conditions import ALWAYS, Condition, Expression
from engine.core.legal_clock.period import Period
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One of several values, always the same one for the same case and fact."""

    choices: tuple[Expression, ...]


class ActKind(StrEnum):
    """What an act does: take a transition, record facts, or open a case."""

    TAKE = "do"
    RECORD = "record"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedAct:
    """One act of a person.

    `at` is a moment (UTC), or a local day on which an hour is chosen; without it the act comes `after` the one
    before (a length in hours counts exactly; in days it ends on a working day, in office hours). `spread` adds 0
    to that many days, by case. Outside `states` (when given), or when `only` does not hold, the act is passed
    over. `refused` names reasons of refusal that must occur; empty: the act must succeed.
    """

    kind: ActKind
    name: str
    role: str
    entry: str = ""
    facts: Mapping[str, Expression | Draw] = field(default_factory=dict)
    at: datetime | date | None = None
    after: Period | None = None
    spread: int = 0
    reason: str = ""
    refused: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    only: Condition = ALWAYS
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way in which things may go, with its share of the cases (0 to 1)."""

    name: str
    share: float
    acts: tuple[ScriptedAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Cases and the ways they go.

    With `opening` the cases are opened by a person, `count` of them. Without it these are cases of `workflow` that
    come to be by other means: of one `subject`, and for which `condition` holds; of those, one in `every`.
    """

    name: str
    workflow: str
    ways: tuple[Way, ...]
    opening: ScriptedAct | None = None
    count: int = 1
    subject: str = ""
    condition: Condition = ALWAYS
    every: int = 1
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterOrder:
    """The register to take over at the start: a file beside the script, through an entry, in a role."""

    file: str
    workflow: str
    entry: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A rehearsal from `starts_at` until `ends_at` (UTC)."""

    title: str
    starts_at: datetime
    ends_at: datetime
    register: RegisterOrder | None
    plans: tuple[Plan, ...]
    path: str = ""
