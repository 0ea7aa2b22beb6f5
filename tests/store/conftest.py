"""The same tests on every database: SQLite always, PostgreSQL when TREDE_TEST_POSTGRES_URL names a server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from engine.store.complaints import SCHEMA_VERSION
from engine.store.database import Store
from engine.store.upgrading import create_or_upgrade

POSTGRES_URL = os.environ.get("TREDE_TEST_POSTGRES_URL", "")


@pytest.fixture(scope="session")
def sqlite_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("original") / "trede.db"
    create_or_upgrade(f"sqlite:///{path}", organisation="dorp", is_rehearsal=True).close()
    return path


@pytest.fixture(scope="session")
def postgres_original() -> Iterator[str]:
    if not POSTGRES_URL:
        pytest.skip("TREDE_TEST_POSTGRES_URL is not set: no PostgreSQL to test on")
    with new_postgres_database() as url:
        create_or_upgrade(url, organisation="dorp", is_rehearsal=True).close()
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of its own for this test, made for rehearsal by organisation `dorp`."""
    if request.param == "sqlite":
        copy = tmp_path / "trede.db"
        shutil.copyfile(request.getfixturevalue("sqlite_original"), copy)
        yield f"sqlite:///{copy}"
        return
    original = request.getfixturevalue("postgres_original")
    empty_again(original)
    yield original


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    if not POSTGRES_URL:
        pytest.skip("TREDE_TEST_POSTGRES_URL is not set: no PostgreSQL to test on")
    with new_postgres_database() as fresh:
        yield fresh


@pytest.fixture
def open_store(url: str) -> Iterator[Callable[..., Store]]:
    """Opens the store once more, as another program would, or another organisation in the same database."""
    opened: list[Store] = []

    def open_another(organisation: str = "dorp") -> Store:
        opened.append(Store(url, organisation))
        return opened[-1]

    yield open_another
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[..., Store]) -> Store:
    return open_store()


@pytest.fixture
def town(open_store: Callable[..., Store]) -> Store:
    """What another organisation has in the same database."""
    return open_store("stad")


def empty_again(url: str) -> None:
    """Bring a database of PostgreSQL back to how it was made; a new one for each test takes half a second."""
    import psycopg

    tables = "alarms, notices, letters, template_texts, deadlines, journal, chains, case_numbers, cases"
    tables += ", subjects, subject_numbers, persons, meta, planned_works, planned_occasions, draws"
    with psycopg.connect(url) as connection:
        # As a replica, so that the journal lets itself be emptied.
        connection.execute("SET session_replication_role = replica")
        connection.execute(f"TRUNCATE {tables} RESTART IDENTITY")
        connection.execute("ALTER TABLE journal ENABLE TRIGGER USER")
        connection.execute("INSERT INTO meta (organisation, key, value) VALUES ('dorp', 'is_rehearsal', 'yes')")
        connection.execute("UPDATE alembic_version SET version_num = %s", (SCHEMA_VERSION,))


class new_postgres_database:  # noqa: N801 - used as a function
    """A database with a name of its own, dropped afterwards."""

    def __init__(self) -> None:
        self._name = f"trede_{uuid4().hex[:12]}"

    def __enter__(self) -> str:
        self._run(f'CREATE DATABASE "{self._name}"')
        return f"{POSTGRES_URL.rpartition('/')[0]}/{self._name}"

    def __exit__(self, *_: object) -> None:
        self._run(f'DROP DATABASE "{self._name}" WITH (FORCE)')

    def _run(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(POSTGRES_URL, autocommit=True) as connection:
            connection.execute(sql)  # type: ignore[arg-type]
