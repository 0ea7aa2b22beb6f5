"""What a clock comes to: its last day, and every step that led to it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

from engine.core.message import Message
from engine.core.moment import end_of_day, to_utc
from engine.core.quick_class import dataclass

# A sweep meets thousands of ledgers once each; what the steps of one case ask again fits many times over.
_MOST_KNOWN = 8000
Status = Literal["not_started", "running", "suspended", "stopped"]


class Lateness(StrEnum):
    """How a term stands at a moment, in the eyes of who asks whether it was kept."""

    OPEN = "open"
    LATE = "late"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"


class StepKind(StrEnum):
    """What a step of the explanation is about."""

    START = "start"
    COUNT = "count"
    COUNT_BACK = "count_back"
    FIXED_DAY = "fixed_day"
    EXTENSION = "extension"
    SUSPENSION = "suspension"
    DEFERRAL = "deferral"
    SCOPE = "scope"
    OUTSIDE = "outside"
    LENGTHENED = "lengthened"
    ROLL = "roll"
    STAYS = "stays"
    LAW = "law"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermStep:
    """One step of the explanation, with the article it rests on.

    `shift` is how far the step moves the end: day 0 plus all shifts is the last day (or, for hours, the end).
    `first_day`..`last_day` (both included) are the days the step is about.
    """

    kind: StepKind
    said: Message
    article: str = ""
    shift: timedelta = timedelta(0)
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """The state of one clock, computed from its ledger; nothing of it is stored.

    `last_day` counts in full, until 24:00; `ends_at` is the first moment after the term, in UTC. Both are
    None when the clock has not started and while it stands still; `earliest_last_day` (`earliest_ends_at`)
    then say when it ends if it is resumed on the first day that stands still. A clock that stopped keeps its
    last day. `raw_last_day` is the end before the Algemene termijnenwet or a roll moved it. For hours
    `last_day` is the day of the last instant. `suspended_days` are the whole days of ended suspensions.
    """

    status: Status
    last_day: date | None = None
    ends_at: datetime | None = None
    raw_last_day: date | None = None
    started_on: date | None = None
    started_at: datetime | None = None
    stopped_on: date | None = None
    stopped_at: datetime | None = None
    earliest_last_day: date | None = None
    earliest_ends_at: datetime | None = None
    still_since: date | None = None
    suspended_days: int = 0
    extended_times: int = 0
    deferred_times: int = 0
    in_hours: bool = False
    steps: tuple[TermStep, ...] = ()
    warnings: tuple[Message, ...] = ()

    @property
    def late_from(self) -> datetime | None:
        """The first moment (UTC) at which the term is late if nothing happens; None unless the clock runs.

        A clock that stands still cannot become late (Awb 4:15): its end is not known until it is resumed.
        """
        return self.ends_at if self.status == "running" else None


def lateness_at(projection: Projection, moment: datetime) -> Lateness:
    """How the term stands: the one meaning of late, for page, inbox, figures and whoever asks next.

    Late is what runs on from the first moment after its end, whether or not any sweep came by; done late what was
    stopped after its last day. A clock that never started or stands still is open.
    """
    if projection.status == "stopped":
        return Lateness.DONE_IN_TIME if was_in_time(projection) else Lateness.DONE_LATE
    late_from = projection.late_from
    return Lateness.LATE if late_from is not None and to_utc(moment) >= late_from else Lateness.OPEN


def passed_at(projection: Projection, moment: datetime) -> bool:
    """Whether the term had passed at this moment without what it waited for.

    A clock that was stopped in time never passes; one that was stopped too late stays passed.
    """
    if projection.ends_at is None or to_utc(moment) < projection.ends_at:
        return False
    return lateness_at(projection, moment) in (Lateness.LATE, Lateness.DONE_LATE)


def was_in_time(projection: Projection) -> bool:
    """Whether a stopped clock stopped on or before its last day (for hours: before its end).

    A clock that stood still when it stopped was in time. False for a clock that has not stopped.
    """
    if projection.stopped_on is None:
        return False
    if projection.ends_at is None:
        return projection.status == "stopped"
    if projection.stopped_at is not None:
        return projection.stopped_at < projection.ends_at
    if projection.in_hours:
        return end_of_day(projection.stopped_on) <= projection.ends_at
    return projection.last_day is not None and projection.stopped_on <= projection.last_day


class FoundOnce:
    """What was found of a ledger, or of a day: found once, however often one step asks it again."""

    def __init__(self) -> None:
        self._alike: dict[object, tuple[object, dict[object, Any]]] = {}
        self._known: dict[int, tuple[object, dict[object, Any]]] = {}

    def of(self, ledger: object) -> dict[object, Any]:
        """What was found of this ledger or one alike, by what it is; to look in, and to add to.

        Only what depends on nothing else than its key and the ledger, or the day.
        """
        whose, found = self._known.get(id(ledger), (None, None))
        return found if whose is ledger and found is not None else self._of_one_alike(ledger)

    def _of_one_alike(self, ledger: object) -> dict[object, Any]:
        # A case that is read anew has ledgers of its own: each is compared once, whatever is then asked of it.
        # By its last line, and then as a whole: to hash all its lines takes longer.
        alike = (len(ledger), ledger[-1]) if isinstance(ledger, tuple) and ledger else ledger
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
            self._alike.clear()
        first, found = self._alike.get(alike, (None, None))
        if found is None or first != ledger:
            found = {}
            self._alike[alike] = (ledger, found)
        # With the ledger itself, so that it lives as long as its number (`id`) is looked up.
        self._known[id(ledger)] = (ledger, found)
        return found
