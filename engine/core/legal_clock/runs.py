"""The one reading of a ledger: what its entries come to, run by run, and which of them contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from engine.core.errors import UsageError
from engine.core.legal_clock.known_entries import entries_by_run
from engine.core.legal_clock.ledger import (
    KINDS,
    Deferred,
    Extended,
    LedgerEntry,
    Resumed,
    Started,
    Stopped,
    Suspended,
)
from engine.core.moment import ONE_DAY, start_of_day
from engine.core.quick_class import dataclass, replace


@dataclass(frozen=True, slots=True)
class Suspension:
    """A stretch in which the clock stands still; open when `end` is None."""

    begin: Suspended
    end: Resumed | None = None

    @property
    def first_day(self) -> date:
        """The first whole day that stands still."""
        return self.begin.act_day + ONE_DAY

    @property
    def last_day(self) -> date | None:
        """The last day that stands still (before `first_day` when it ended at once); None while open."""
        return None if self.end is None else self.end.act_day - ONE_DAY

    @property
    def first_at(self) -> datetime:
        """For hours: the moment from which the clock stands still."""
        return self.begin.at or start_of_day(self.first_day)

    @property
    def last_at(self) -> datetime | None:
        """For hours: the moment from which the clock runs again; None while open."""
        if self.end is None:
            return None
        return max(self.end.at or start_of_day(self.end.act_day), self.first_at)


Act = Suspension | Extended | Deferred


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One running of a clock: the start that counts, the acts after it by day, and the stop that ended it.

    Without a start the clock never ran, or its start was taken back. `is_replaced`: the clock began anew before
    this run was stopped, so that it came to nothing, neither in time nor late.
    """

    start: Started | None = None
    acts: tuple[Act, ...] = ()
    stop: Stopped | None = None
    is_replaced: bool = False

    @property
    def open_suspension(self) -> Suspension | None:
        """The suspension that has not ended."""
        last = [act for act in self.acts if isinstance(act, Suspension)][-1:]
        return last[0] if last and last[0].end is None else None


def runs_of(ledger: Sequence[LedgerEntry], as_of: datetime | None = None) -> tuple[Run, ...]:
    """Every run of the clock, oldest first, as it was known at `as_of` (None: everything); the last one holds now.

    This is the only reading of a ledger. Raises UsageError when the entries contradict each other, such as
    resuming a clock that is not suspended.
    """
    runs = [add_up(entries) for entries in entries_by_run(ledger, as_of)]
    return (*(replace(run, is_replaced=run.stop is None) for run in runs[:-1]), runs[-1])


def current_run(ledger: Sequence[LedgerEntry], as_of: datetime | None = None) -> Run:
    """The last of `runs_of`: what lies before a new beginning no longer counts, and is not added up."""
    # Most clocks only ever start.
    if len(ledger) == 1 and as_of is None and type(ledger[0]) is Started:
        return Run(start=ledger[0])
    return add_up(entries_by_run(ledger, as_of)[-1])


def add_up(entries: Sequence[LedgerEntry]) -> Run:
    """What the entries of one run, in order of their day, come to. Raises UsageError like `runs_of`."""
    run = Run()
    for entry in entries:
        run = _add(run, entry)
    return run


def _add(run: Run, entry: LedgerEntry) -> Run:
    match entry:
        case Started():
            return _add_start(run, entry)
        case Stopped():
            return _add_stop(run, entry)
        case Suspended():
            return _add_suspension(run, entry)
        case Resumed():
            return _add_resumption(run, entry)
        case Extended() | Deferred():
            return _add_change(run, entry)
    raise TypeError(f"not a ledger entry: {entry!r}")


def _add_start(run: Run, entry: Started) -> Run:
    if run.start is not None:
        raise UsageError("clock_runs_already", since=run.start.act_day)
    entry.act_day  # noqa: B018  a start without day or moment is refused here
    return Run(start=entry)


def _add_stop(run: Run, entry: Stopped) -> Run:
    _check_runs(run, entry)
    return replace(run, stop=entry)


def _add_suspension(run: Run, entry: Suspended) -> Run:
    _check_runs(run, entry)
    open_one = run.open_suspension
    if open_one is not None:
        raise UsageError("clock_stands_still_already", since=open_one.first_day)
    return replace(run, acts=(*run.acts, Suspension(entry)))


def _add_resumption(run: Run, entry: Resumed) -> Run:
    _check_runs(run, entry)
    open_one = run.open_suspension
    if open_one is None:
        raise UsageError("clock_does_not_stand_still")
    acts = tuple(Suspension(act.begin, entry) if act is open_one else act for act in run.acts)
    return replace(run, acts=acts)


def _add_change(run: Run, entry: Extended | Deferred) -> Run:
    _check_runs(run, entry)
    if isinstance(entry, Deferred) and run.open_suspension is not None:
        raise UsageError("deferred_while_standing_still")
    return replace(run, acts=(*run.acts, entry))


def _check_runs(run: Run, entry: LedgerEntry) -> None:
    act = KINDS[type(entry)]
    if run.start is None:
        raise UsageError("clock_not_running", act=act)
    if run.stop is not None:
        raise UsageError("clock_has_stopped", act=act, stopped_on=run.stop.act_day, on=entry.act_day)
