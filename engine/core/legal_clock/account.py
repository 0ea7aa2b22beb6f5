"""Adds a ledger up: what its entries come to, and which of them contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from engine.core.dutch import write_day
from engine.core.errors import UsageError
from engine.core.legal_clock.known_entries import entries_known
from engine.core.legal_clock.ledger import (
    Deferred,
    Extended,
    LedgerEntry,
    Resumed,
    Started,
    Stopped,
    Suspended,
)
from engine.core.moment import ONE_DAY, start_of_day


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
class Account:
    """What a ledger comes to: the start that counts, the acts after it by day, and the stop."""

    start: Started | None = None
    acts: tuple[Act, ...] = ()
    stop: Stopped | None = None

    @property
    def open_suspension(self) -> Suspension | None:
        """The suspension that has not ended."""
        last = [act for act in self.acts if isinstance(act, Suspension)][-1:]
        return last[0] if last and last[0].end is None else None


def read_ledger(ledger: Sequence[LedgerEntry], as_of: datetime | None = None) -> Account:
    """Add the ledger up as it was known at `as_of` (None: everything).

    Raises UsageError when the entries contradict each other, such as resuming a clock that is not suspended.
    """
    if len(ledger) == 1 and as_of is None and type(ledger[0]) is Started:
        return Account(start=ledger[0])
    return add_up(entries_known(ledger, as_of))


def add_up(entries: Sequence[LedgerEntry]) -> Account:
    """What entries that all count, in order of their day, come to. Raises UsageError like `read_ledger`."""
    account = Account()
    for entry in entries:
        account = _add(account, entry)
    return account


def _add(account: Account, entry: LedgerEntry) -> Account:
    match entry:
        case Started():
            return _add_start(account, entry)
        case Stopped():
            return _add_stop(account, entry)
        case Suspended():
            return _add_suspension(account, entry)
        case Resumed():
            return _add_resumption(account, entry)
        case Extended() | Deferred():
            return _add_change(account, entry)
    raise TypeError(f"not a ledger entry: {entry!r}")


def _add_start(account: Account, entry: Started) -> Account:
    if account.start is not None:
        raise _illegal(
            f"De klok loopt al, sinds {write_day(account.start.act_day)}.",
            "Een klok begint maar een keer.",
            "Laat de klok opnieuw beginnen, of corrigeer eerst de eerdere start.",
        )
    entry.act_day  # noqa: B018  a start without day or moment is refused here
    return Account(start=entry)


def _add_stop(account: Account, entry: Stopped) -> Account:
    _check_runs(account, entry, "stoppen")
    return Account(start=account.start, acts=account.acts, stop=entry)


def _add_suspension(account: Account, entry: Suspended) -> Account:
    _check_runs(account, entry, "opschorten")
    open_one = account.open_suspension
    if open_one is not None:
        raise _illegal(
            f"De klok staat al stil, sinds {write_day(open_one.first_day)}.",
            "Een klok die stilstaat kan niet nog eens worden opgeschort.",
            "Laat de klok eerst hervatten.",
        )
    return Account(start=account.start, acts=(*account.acts, Suspension(entry)))


def _add_resumption(account: Account, entry: Resumed) -> Account:
    _check_runs(account, entry, "hervatten")
    open_one = account.open_suspension
    if open_one is None:
        raise _illegal(
            "De klok kan niet worden hervat.",
            "De klok staat niet stil.",
            "Schort de klok eerst op, of controleer de datum van de opschorting.",
        )
    acts = tuple(Suspension(act.begin, entry) if act is open_one else act for act in account.acts)
    return Account(start=account.start, acts=acts)


def _add_change(account: Account, entry: Extended | Deferred) -> Account:
    verb = "verlengen" if isinstance(entry, Extended) else "uitstellen"
    _check_runs(account, entry, verb)
    if isinstance(entry, Deferred) and account.open_suspension is not None:
        raise _illegal(
            "De laatste dag kan niet worden uitgesteld zolang de klok stilstaat.",
            "Een klok die stilstaat heeft geen laatste dag.",
            "Laat de klok eerst hervatten en noem dan de nieuwe laatste dag.",
        )
    return Account(start=account.start, acts=(*account.acts, entry))


def _check_runs(account: Account, entry: LedgerEntry, verb: str) -> None:
    if account.start is None:
        _not_running(verb)
    elif account.stop is not None:
        raise _illegal(
            f"De klok kan niet {_passive(verb)}.",
            f"Zij stopte op {write_day(account.stop.act_day)}; dit is van {write_day(entry.act_day)}.",
            "Corrigeer eerst de stop, of laat de klok opnieuw beginnen.",
        )


def _not_running(verb: str) -> NoReturn:
    raise _illegal(
        f"De klok kan niet {_passive(verb)}.",
        "De klok loopt niet: er is op die dag nog geen start.",
        "Start de klok eerst, of controleer de datum.",
    )


_PASSIVE = {
    "stoppen": "worden gestopt",
    "opschorten": "worden opgeschort",
    "hervatten": "worden hervat",
    "verlengen": "worden verlengd",
    "uitstellen": "worden uitgesteld",
}


def _passive(verb: str) -> str:
    return _PASSIVE.get(verb, verb)


def _illegal(what: str, why: str, next_step: str) -> UsageError:
    return UsageError(what, why=why, next_step=next_step)
