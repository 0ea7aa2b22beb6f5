"""What time it is: the only place that reads it.

The real clock cannot be set. A rehearsal clock stands where the store of a rehearsal workplace says it stands.
"""

from __future__ import annotations

from datetime import UTC, datetime

from engine.core.moment import to_utc
from engine.core.quick_class import dataclass


def system_now() -> datetime:
    """The moment it is, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class RehearsalClock:
    """Stands still at `moment`; a naive moment is refused with UsageError."""

    moment: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "moment", to_utc(self.moment, "oefenklok"))

    def now(self) -> datetime:
        """The moment at which it stands, in UTC."""
        return self.moment
