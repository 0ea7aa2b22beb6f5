"""The small world of the command line tests, as a workplace in which cards and pages are made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import make_world
from tests.usecases.workplace import Office, make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(
        tmp_path / "kantoor", "2026-09-07 09:00", make_world(tmp_path / "inhoud"), organisation="volkstuin"
    )
    yield made
    made.close()
