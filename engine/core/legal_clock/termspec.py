"""What a term is, before any clock runs: a length or a fixed day, its kind, and which rules move its end."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from engine.core.errors import DefinitionError
from engine.core.legal_clock.calendar import OfficeHours
from engine.core.legal_clock.ledger import Started
from engine.core.legal_clock.period import Period, Unit
from engine.core.quick_class import dataclass, replace

TermKind = Literal["statutory", "agreed", "target"]
Roll = Literal["", "forward", "backward", "none"]

_ROLL_BY_KIND: dict[TermKind, Roll] = {"statutory": "none", "agreed": "forward", "target": "backward"}
_SCHOOL_UNITS = (Unit.SCHOOL_DAYS, Unit.SCHOOL_WEEKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """How much a term may be extended at a time, how often, and by which act (empty without a case).

    It is counted from the raw end of the term, the safe reading; `from_moved_end` counts it from the end as
    the Algemene termijnenwet moved it.
    """

    period: Period
    times: int = 1
    by: str = ""
    from_moved_end: bool = False


class Holds(StrEnum):
    """How a length of a later law holds for a clock that ran already when the law came."""

    SOONER = "sooner"
    LATER = "later"
    FROM_THE_NEXT = "from_the_next"
    ANYWAY = "anyway"


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterLength:
    """The length that a law of after the rules of a case gives a term, from its first day `since` on.

    `SOONER` ends a term before the older length does (time of a body), `LATER` behind it (time of a citizen).
    `FROM_THE_NEXT` is of public order: a clock that ran already never loses by it what was told, a later one has
    just this. `ANYWAY` holds for running clocks too, also when it is looser, because the law says so.
    """

    since: date
    period: Period
    holds: Holds
    cited: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterProlonging:
    """What a law of after the rules of a case lets make a term longer, by an act of its first day `since` or later.

    Without an `extension` it may not be extended any more; `deferrals` and `longest_deferral` are as those of a term.
    `holds` says for which clocks, as of a length. What was done before that day stays done.
    """

    since: date
    holds: Holds
    extension: Extension | None = None
    deferrals: int = 0
    longest_deferral: Period | None = None
    cited: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermSpec:
    """What the clock must know of a term; the rule of the content is one, and says besides when its clock runs.

    Exactly one of three forms: `period` forward from day 0; `period` with `counted_back`, before day 0; or, without
    `period`, the last day that the start names (`Started.until`). `termijnenwet` says that the Algemene
    termijnenwet governs the end, `in_decree` that it does so by its article 5; `roll` is what happens otherwise
    with an end on a free day. Without `roll` a statutory term stays, an agreed deadline moves forward, a target
    moves backward, and fixed days and back-counted terms stay. Hours never move: they run around the clock, or with
    `hours` "office" while the `office` is open. `region` and `school` choose the school vacations. `deferrals` is how
    often the last day may be replaced (Awb 4:14), `longest_deferral` by how much at a time: "a reasonable term" (Awb
    4:14(3)) is a number that only the content can give. `later_laws` are lengths of laws that came after the rules of
    the case, oldest first, and `later_prolongings` what those let make it longer. `where` is the place in the content,
    if any.
    Raises DefinitionError when the parts contradict each other.
    """

    id: str = ""
    label: str = ""
    period: Period | None = None
    counted_back: bool = False
    kind: TermKind = "statutory"
    termijnenwet: bool = False
    in_decree: bool = False
    roll: Roll = ""
    region: str = ""
    school: str = ""
    hours: Literal["", "continuous", "office"] = ""
    office: OfficeHours | None = None
    basis: tuple[str, ...] = ()
    extension: Extension | None = None
    deferrals: int = 1
    longest_deferral: Period | None = None
    later_laws: tuple[LaterLength, ...] = ()
    later_prolongings: tuple[LaterProlonging, ...] = ()
    where: str = ""

    def __post_init__(self) -> None:
        if self.counted_back and self.period is None:
            raise DefinitionError("counted_back_without_length", where=self.where, term=self.name)
        if self.termijnenwet and self.roll not in ("", "none"):
            raise DefinitionError("statute_and_own_roll", where=self.where, term=self.name)
        if self.hours == "office" and self.office is None:
            raise DefinitionError("no_office_hours", where=self.where, term=self.name)
        if self.unit in _SCHOOL_UNITS and not (self.region or self.school):
            raise DefinitionError("school_days_without_region", where=self.where, term=self.name)

    @property
    def effective_roll(self) -> Roll:
        """What happens with an end on a free day where the Algemene termijnenwet does not decide."""
        if self.roll:
            return self.roll
        if self.unit is None or self.counted_back or self.is_in_hours:
            return "none"
        return _ROLL_BY_KIND[self.kind]

    @property
    def unit(self) -> Unit | None:
        """What its length counts, known or not; None for a term that ends on a day."""
        return self.period.unit if self.period is not None else None

    @property
    def newest_length(self) -> Period | None:
        """The length of a clock that would start now; None where the case says it, or it ends on a day."""
        return self.later_laws[-1].period if self.later_laws else self.period

    @property
    def is_in_hours(self) -> bool:
        """Whether the term counts hours instead of days."""
        return self.unit is Unit.HOURS

    @property
    def name(self) -> str:
        """The name for messages."""
        return self.label or self.id or "termijn"

    @property
    def cited(self) -> str:
        """The legal basis in one line."""
        return ", ".join(self.basis)


def settled_by(spec: TermSpec, start: Started | None) -> TermSpec:
    """The term with the length and the school that the start of its clock settled, where the term leaves those open."""
    if start is None or not (start.period or start.school):
        return spec
    period, school, region = start.period or spec.period, start.school or spec.school, start.region or spec.region
    return replace(spec, period=period, school=school, region=region)
