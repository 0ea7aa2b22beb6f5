"""What one proof gives: what it found or, when that is nothing, a line of what was shown."""

from __future__ import annotations

from engine.core.finding import Finding
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What one proof gives: its findings and, when there are none, a short Dutch line of what was shown."""

    findings: tuple[Finding, ...] = ()
    line: str = ""
