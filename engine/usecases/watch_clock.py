"""Does the clock of the machine make sense, and was anybody sweeping: asked before a sweep does anything.

A clock set back would fire nothing and date letters in the past; one far ahead would let every term pass at once, and
what has fired cannot be taken back. So a sweep stops and says so, until a person says that the clock is right.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.core.dutch import write_moment
from engine.core.errors import UsageError
from engine.core.quick_class import dataclass
from engine.runtime import Runtime
from engine.store.records import Waiting

SWEPT_AT = "swept_at"
# Two machines never agree to the second, and a clock that is put right a little is no reason to stop.
_SLACK = timedelta(minutes=10)
# An idle heartbeat writes nothing; that somebody sweeps is noted this often.
_NOTED_EVERY = timedelta(hours=1)
_NEXT_STEP = "Zet de klok van de machine goed. Is de klok goed, geef dan `trede due --clock-is-right`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Nobody swept between these moments (UTC)."""

    since: datetime
    until: datetime

    def told(self) -> str:
        """The one message of an absence."""
        return (
            f"Er is niets gedaan van {write_moment(self.since)} tot {write_moment(self.until)}: de planner was weg. "
            "Wat intussen aan de beurt kwam, gebeurt nu; van herinneringen gaat alleen de laatste uit."
        )


def watch_clock(runtime: Runtime, waiting: Waiting, now: datetime) -> Absence | None:
    """Note that a sweep begins; says since when none did, when that is longer than the settings call normal.

    Raises UsageError when the clock went back behind what was done already, or lies further ahead of the last sweep
    than the settings allow: then nothing may be done.
    """
    swept_at, settings = waiting.swept_at, runtime.settings
    last = swept_at or waiting.last_line_at
    if last is not None and now < last - _SLACK:
        why = f"Het is nu {write_moment(now)}, maar er is al iets gedaan op {write_moment(last)}."
        raise UsageError("De klok van de machine is teruggezet.", why=why, next_step=_NEXT_STEP)
    if swept_at is not None and now - swept_at > timedelta(days=settings.furthest_days):
        why = f"Het is nu {write_moment(now)}, en de vorige keer was {write_moment(swept_at)}."
        raise UsageError("De klok van de machine loopt ver vooruit.", why=why, next_step=_NEXT_STEP)
    if swept_at is None or now - swept_at >= _NOTED_EVERY:
        note_sweep(runtime, now)
    is_away = swept_at is not None and now - swept_at > timedelta(hours=settings.away_hours)
    return Absence(since=swept_at, until=now) if is_away and swept_at is not None else None


def note_sweep(runtime: Runtime, now: datetime) -> None:
    """From here on the clock is held against this moment: a sweep began, or a person says that the clock is right."""
    with runtime.store.transaction() as tx:
        tx.set_meta(SWEPT_AT, now.isoformat())
