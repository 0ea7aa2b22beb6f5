"""What every kind of test may ask for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import settings

# How long an example takes says what else the machine does; times are measured in `bench/`.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

_ASKING = ("engine.runtime", "engine.usecases.init_workplace", "engine.cli.commands.publishing")


@pytest.fixture
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the machine stands still on 27 November 2026: a workplace in earnest has none that can be set."""
    for module in _ASKING:
        monkeypatch.setattr(f"{module}.system_now", lambda: datetime(2026, 11, 27, 9, tzinfo=UTC))
