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
AWAY = "away"
# Two machines never agree to the second, and a clock that is put right a little is no reason to stop.
_SLACK = timedelta(minutes=10)
# An idle heartbeat writes nothing; that somebody sweeps is noted this often.
_NOTED_EVERY = timedelta(hours=1)
_NEXT_STEP = "Zet de klok van de machine goed. Is de klok goed, geef dan `trede due --clock-is-right`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Nobody swept between these moments (UTC); without `until` nobody does yet."""

    since: datetime
    until: datetime | None

    def told(self) -> str:
        """The one message of an absence."""
        if self.until is None:
            return (
                f"De planner is weg sinds {write_moment(self.since)}: er gaat niets vanzelf. "
                "Start `trede serve`, of draai `trede due`."
            )
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
    is_away = swept_at is not None and now - swept_at > timedelta(hours=settings.away_hours)
    away = Absence(since=swept_at, until=now) if is_away and swept_at is not None else None
    if swept_at is None or now - swept_at >= _NOTED_EVERY:
        note_sweep(runtime, now, away)
    return away


def note_sweep(runtime: Runtime, now: datetime, away: Absence | None = None) -> None:
    """From here on the clock is held against this moment: a sweep began, or a person says that the clock is right.

    An absence that ended is kept, so that who was not at the terminal of the sweep hears of it too.
    """
    with runtime.store.transaction() as tx:
        tx.set_meta(SWEPT_AT, now.isoformat())
        if away is not None:
            tx.set_meta(AWAY, f"{away.since.isoformat()} {now.isoformat()}")


def absence_to_tell(runtime: Runtime, now: datetime) -> Absence | None:
    """The absence of the scheduler that people must know of: one that goes on, or the last, for as long as it lasted.

    Where nobody ever swept there is no scheduler to miss.
    """
    with runtime.reading() as readings:
        swept_at, away = readings.meta(SWEPT_AT), readings.meta(AWAY)
    if swept_at and now - datetime.fromisoformat(swept_at) > timedelta(hours=runtime.settings.away_hours):
        return Absence(since=datetime.fromisoformat(swept_at), until=None)
    if not away:
        return None
    since, until = (datetime.fromisoformat(one) for one in away.split())
    return Absence(since=since, until=until) if now - until <= until - since else None
