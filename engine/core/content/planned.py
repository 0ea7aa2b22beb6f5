"""Work that belongs to no case yet: for whom, on which days, of all of them or of a draw, and which case it opens."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from engine.core.content.lengths import LengthOf
from engine.core.language.conditions import ALWAYS, Condition, Literal
from engine.core.language.facts import Declared, FactRule, FactType
from engine.core.language.orders import CaseOrder
from engine.core.legal_clock.period import Period
from engine.core.quick_class import dataclass

SCHOOLS, BOARDS, ORGANISATION = "schools", "boards", "organisation"
REGISTERS = (SCHOOLS, BOARDS, ORGANISATION)
"""Whom work can be for besides the kinds of subjects: one of each in a register, or the organisation itself."""


class Missed(StrEnum):
    """What becomes of work whose day went by while nobody swept."""

    EACH = "each"
    """Each is done, late."""
    LATEST = "latest"
    """Only the last one is done, late; those before it are passed over."""
    SKIP = "skip"
    """None is done: the next one comes on its own day."""


class Rounding(StrEnum):
    """How a share of a number of people becomes a number of people."""

    UP = "up"
    HALF_UP = "half_up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRule:
    """A draw of a `share` (above 0, at most 1) of those whom work is for, from each group that the fact `per` makes.

    `per` is empty when all are one group. Of each group at least `at_least` are drawn, as long as it has so many.
    """

    share: float
    rounding: Rounding = Rounding.UP
    at_least: int = 0
    per: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWork(Declared):
    """Work that comes up by the calendar, for each of `who`: a register, or the subjects of a kind.

    The days: `on` ("MM-DD", within the school year), or every so long (`every`, or `every_of` where a parameter says
    it) from the day `since` of each school year, or from school week `first_week` on. A day in a vacation or weekend
    goes to the next school day or working day (`moves`); empty: it stays. It is only for those for whom `when` surely
    holds in the case it `opens`, or for those of them that are drawn.
    """

    id: str
    label: str
    who: str
    on: tuple[str, ...] = ()
    every: Period | None = None
    every_of: LengthOf | None = None
    since: str = ""
    first_week: int = 1
    moves: str = ""
    missed: Missed = Missed.LATEST
    when: Condition = ALWAYS
    draw: DrawRule | None = None
    opens: CaseOrder

    @property
    def length(self) -> Period | None:
        """How long between two of them; None on days of their own, or where a parameter says 0: then it rests."""
        if self.every_of is None:
            return self.every
        amount = self.every_of.amount
        so_many = amount.value if isinstance(amount, Literal) else None
        whole = so_many if isinstance(so_many, int) and not isinstance(so_many, bool) else 0
        return Period(whole, self.every_of.unit) if whole > 0 else None

    @property
    def is_resting(self) -> bool:
        """Whether it never comes up here, because the parameter that says how often is 0."""
        return not self.on and self.length is None


_DAY, _ROUND, _YEAR = "planned.day", "planned.round", "planned.school_year"
NUMBER, NAME, PLACE, BOARD, SORTS = (f"planned.{one}" for one in ("number", "name", "place", "board", "types"))
_OF_ALL = {_DAY: FactType.DATE, _ROUND: FactType.NUMBER, _YEAR: FactType.TEXT, NUMBER: FactType.TEXT}
_OF_REGISTER: Mapping[str, Mapping[str, FactType]] = {
    SCHOOLS: {NAME: FactType.TEXT, PLACE: FactType.TEXT, BOARD: FactType.TEXT, SORTS: FactType.TEXTS},
    BOARDS: {NAME: FactType.TEXT, PLACE: FactType.TEXT},
    ORGANISATION: {NAME: FactType.TEXT},
}


def planned_facts(who: str) -> Mapping[str, FactRule]:
    """What work for these may hand over to the case it opens, besides what the content says itself."""
    types = {**_OF_ALL, **_OF_REGISTER.get(who, {})}
    return {fact: FactRule(id=fact, type=of, label=fact) for fact, of in types.items()}
