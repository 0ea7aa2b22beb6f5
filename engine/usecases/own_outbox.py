"""A database hands over to one outbox, which it knows by name (F-81).

Two machines that share a database and have an outbox each would hand a letter over twice when one of them dies: what
the one put in its folder the other cannot see. So the first outbox that letters go to is remembered, and another is
refused until a person says that it takes its place.
"""

from __future__ import annotations

from engine.core.errors import OutboxError
from engine.core.quick_class import dataclass
from engine.runtime import Runtime
from engine.store.readings import Readings
from engine.store.transaction import Transaction

_KEY = "outbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOutbox:
    """The folder that letters go to here, seen from the workplace.

    `is_ours` is None while no letter was handed over by this database.
    """

    folder: str
    name: str
    is_ours: bool | None


def demand_own_outbox(runtime: Runtime, readings: Readings, name: str = "") -> str:
    """The name of the outbox, which is remembered when the database knows none and may be written to.

    Raises OutboxError when letters of this database go to another, or when the folder has lost its name.
    """
    known = readings.meta(_KEY)
    # A folder without a name, where the database knows one, is another folder: of a disk that is away, for instance.
    name = name or runtime.outbox.name() or ("" if known else runtime.outbox.give_name())
    if not known and isinstance(readings, Transaction):
        known = readings.settle_meta(_KEY, name)
    if known and known != name:
        raise OutboxError(
            "Dit is niet de uitvoermap van deze database.",
            where=_place(runtime),
            why=f"De brieven gaan naar een map met het kenmerk {known}; deze heeft {name or 'er geen'}.",
            next_step="Koppel die map weer aan. Neemt deze map het voorgoed over: `trede letters outbox --adopt`.",
        )
    return name


def look_at_outbox(runtime: Runtime) -> OwnOutbox:
    """Which folder this is, and whether it is the one of the database."""
    with runtime.reading() as readings:
        known = readings.meta(_KEY)
    name = runtime.outbox.name()
    return OwnOutbox(folder=_place(runtime), name=name, is_ours=known == name if known else None)


def _place(runtime: Runtime) -> str:
    return runtime.settings.place(runtime.settings.outbox)


def adopt_outbox(runtime: Runtime) -> OwnOutbox:
    """From here on the letters of this database go to this folder. Raises OutboxError when it cannot be written."""
    name = runtime.outbox.give_name()
    with runtime.store.transaction() as tx:
        tx.set_meta(_KEY, name)
    return look_at_outbox(runtime)
