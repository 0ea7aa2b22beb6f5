from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.usecases.lawful import under_law
from tests.usecases.workplace import Office, make_office, make_world


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """No test leaves a database open: Python 3.13 warns of it in whichever test happens to run next."""
    yield
    Office.close_all()


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the garden, to read only."""
    return make_world(tmp_path_factory.mktemp("wereld") / "inhoud")


@pytest.fixture
def own_world(tmp_path: Path) -> Path:
    """The content of the garden, to change."""
    return make_world(tmp_path / "inhoud")


@pytest.fixture
def ruled(own_world: Path) -> Path:
    """The garden under a law of eight weeks, of which the garden itself makes six; to change."""
    return under_law(own_world)


@pytest.fixture
def office(tmp_path: Path, world: Path) -> Iterator[Office]:
    """The garden office on a Monday in March."""
    made = make_office(tmp_path / "kantoor", "2026-03-02 09:00", world)
    yield made
    made.close()
