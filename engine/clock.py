"""What time it is: the only place that reads it. In a rehearsal the moment stands in the store instead."""

from __future__ import annotations

from datetime import UTC, datetime


def system_now() -> datetime:
    """The moment it is, aware, in UTC."""
    return datetime.now(UTC)
