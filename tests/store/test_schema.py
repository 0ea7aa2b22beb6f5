from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from engine.core.errors import StoreError
from engine.store import schema
from engine.store.complaints import SCHEMA_VERSION
from engine.store.database import Store
from engine.store.snapshot import encode_snapshot
from engine.store.upgrading import MemoryStore, changing, create_or_upgrade, migration_config, schema_version
from tests.store.samples import days, make_case, opening
from tests.store.set_back import tables_at


def set_version(store: Store, version: str) -> None:
    with changing(store.links.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})


def test_the_schema_is_the_sum_of_its_migrations(store: Store) -> None:
    with changing(store.links.engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, schema.whole_schema()) == []


def test_the_sqlite_tables_are_made_by_the_same_words_as_the_schema_says(sqlite_original: Path, tmp_path: Path) -> None:
    # Autogenerate does not see checks, conditions of indexes and the order of columns; the text of SQLite does.
    declared = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    schema.SCHEMA.create_all(declared)
    migrated = create_engine(f"sqlite:///{sqlite_original}")
    assert read_sql(migrated) == read_sql(declared)
    declared.dispose()
    migrated.dispose()


def read_sql(engine: object) -> dict[str, list[str]]:
    """Per object its clauses, sorted: the order of constraints and the white space mean nothing."""
    listed = (
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger' AND name <> 'alembic_version'"
    )
    with engine.connect() as connection:  # type: ignore[attr-defined]
        found = connection.execute(text(listed)).all()
    # A table that SQLite had to make anew has its name between quotes.
    return {name: sorted(" ".join(one.split()) for one in _clauses(sql.replace('"', ""))) for name, sql in found}


def _clauses(sql: str) -> list[str]:
    # Not at a comma between brackets; and a column that was added later stands behind the others on one line.
    return re.split(r",\s*(?![^(]*\))", sql.strip().removesuffix(")"))


def test_the_conditions_of_the_indexes_are_the_same_on_every_database(store: Store) -> None:
    with changing(store.links.engine) as connection:
        found = {
            str(index["name"]): index.get("dialect_options", {})
            for table in ("cases", "deadlines", "letters", "notices")
            for index in inspect(connection).get_indexes(table)
        }
    words = {
        "ix_cases_late": "late_from",
        "ix_deadlines_due": "open",
        "ix_letters_outgoing": "waiting",
        "ix_letters_stuck": "held",
        "ix_notices_open": "done_at",
    }
    for name, word in words.items():
        assert word in " ".join(str(condition) for condition in found[name].values()), name


def test_the_version_of_this_program_is_its_newest_migration(store: Store) -> None:
    with changing(store.links.engine) as connection:
        assert ScriptDirectory.from_config(migration_config(connection)).get_current_head() == SCHEMA_VERSION
        assert schema_version(connection) == SCHEMA_VERSION


def test_a_database_of_an_older_schema_is_not_opened_and_names_the_command(store: Store) -> None:
    set_version(store, "0000")
    with pytest.raises(StoreError) as caught, store.transaction():
        pytest.fail("it was opened")
    assert caught.value.exit_code == 5
    assert "schemaversie 0000" in caught.value.what
    assert "`trede upgrade`" in caught.value.next_step
    with pytest.raises(StoreError, match="trede upgrade"), store.reading():
        pytest.fail("it was read")


def test_a_database_of_a_newer_schema_is_neither_opened_nor_upgraded(url: str, store: Store) -> None:
    set_version(store, "9999")
    for attempt in (store.reading, store.transaction):
        with pytest.raises(StoreError, match="nieuwere versie van trede"), attempt():
            pytest.fail("it was opened")
    with pytest.raises(StoreError, match="nieuwere versie van trede"):
        create_or_upgrade(url, organisation="dorp")
    set_version(store, SCHEMA_VERSION)


def test_a_database_without_tables_is_not_opened(empty_url: str) -> None:
    if empty_url.startswith("sqlite"):
        Path(empty_url.removeprefix("sqlite:///")).touch()
    store = Store(empty_url, "dorp")
    with pytest.raises(StoreError, match="geen database van trede"), store.transaction():
        pytest.fail("it was opened")
    with pytest.raises(StoreError, match="geen database van trede"), store.reading():
        pytest.fail("it was read")
    store.close()


def test_a_database_is_made_once_and_keeps_what_it_holds(empty_url: str) -> None:
    first = create_or_upgrade(empty_url, organisation="dorp", is_rehearsal=False)
    with first.transaction() as tx:
        tx.append(opening(make_case()))
    first.close()
    second = create_or_upgrade(empty_url, organisation="dorp", is_rehearsal=False)
    with second.reading() as readings:
        assert readings.load_case("VOG-2026-0001") == make_case()
    second.close()


def test_a_database_of_another_kind_or_organisation_is_not_taken_for_ones_own(empty_url: str) -> None:
    """F-84: it was accepted, and looked as if it had been made for who came second."""
    create_or_upgrade(empty_url, organisation="dorp", is_rehearsal=False).close()
    for organisation, is_rehearsal, words in (("dorp", True, "oefenen"), ("stad", False, "dorp")):
        with pytest.raises(StoreError, match=words):
            create_or_upgrade(empty_url, organisation=organisation, is_rehearsal=is_rehearsal)
    store = create_or_upgrade(empty_url, organisation="stad", is_rehearsal=True, joins=True)
    with store.reading() as readings:
        assert readings.is_rehearsal, "who comes beside another says so, and is apart in everything"
    store.close()


def test_a_revision_that_was_lost_is_not_made_up(empty_url: str) -> None:
    """F-84: tables without their version were made anew, or sent a person round in a circle."""
    store = create_or_upgrade(empty_url, organisation="dorp")
    with tables_at(store.url) as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    with pytest.raises(StoreError, match="reservekopie"):
        create_or_upgrade(empty_url, organisation="dorp")
    with pytest.raises(StoreError, match="reservekopie"), store.reading():
        pytest.fail("it was read")
    store.close()


def test_a_database_of_another_program_is_left_alone(empty_url: str) -> None:
    """F-84: whatever tables were there, trede put its own beside them."""
    if empty_url.startswith("sqlite"):
        Path(empty_url.removeprefix("sqlite:///")).touch()
    with tables_at(empty_url) as connection:
        connection.execute(text("CREATE TABLE facturen (nummer integer)"))
    with pytest.raises(StoreError, match="ander programma"):
        create_or_upgrade(empty_url, organisation="dorp")
    with tables_at(empty_url) as connection:
        assert inspect(connection).get_table_names() == ["facturen"]


def test_a_new_database_file_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "trede.db"
    store = create_or_upgrade(f"sqlite:///{path}", organisation="dorp")
    with store.transaction() as tx:
        tx.append(opening())
        assert [oct(one.stat().st_mode & 0o777) for one in tmp_path.glob("trede.db*")] == ["0o600"] * 3
    store.close()


def test_a_database_in_a_folder_that_does_not_exist_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="niet bereikbaar"):
        create_or_upgrade(f"sqlite:///{tmp_path / 'weg' / 'trede.db'}", organisation="dorp")


def test_a_database_in_memory_works_too() -> None:
    store = MemoryStore("dorp")
    with store.transaction() as tx:
        tx.append(opening())
    with store.reading() as readings:
        assert readings.load_case("VOG-2026-0001") == make_case()
    store.close()


def test_tables_that_could_not_all_be_made_leave_nothing_behind(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("engine.store.upgrading._remember", fail)
        with pytest.raises(RuntimeError):
            create_or_upgrade(empty_url, organisation="dorp")
    engine = create_engine(empty_url.replace("postgresql://", "postgresql+psycopg://"))
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    create_or_upgrade(empty_url, organisation="dorp").close()


def test_messages_of_the_schema_before_stay_readable(empty_url: str) -> None:
    make_first_edition(empty_url)
    store = create_or_upgrade(empty_url, organisation="dorp", is_rehearsal=True)
    with store.reading() as readings:
        (notice,) = readings.notices("VOG-2026-0001")
        assert (notice.kind, notice.text, notice.parameters) == ("term_passed", "Beslistermijn", {})
    store.close()


def make_first_edition(url: str) -> None:
    """A database as the first edition left it: one case, with a deadline, a line and a message."""
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).touch()
    case = make_case()
    given = {"id": case.id, "at": "2026-08-03T07:00:00.000000+00:00", "snapshot": encode_snapshot(case), "no": False}
    with tables_at(url) as connection:
        command.upgrade(migration_config(connection), "0001")
        for statement in _ROWS_OF_FIRST_EDITION:
            connection.execute(text(statement), given)


_ROWS_OF_FIRST_EDITION = (
    "INSERT INTO meta VALUES ('organisation', 'dorp'), ('is_rehearsal', 'yes')",
    """INSERT INTO cases VALUES (:id, 'dorp', 'vogelverschrikker', '2026-01-01', '2026-02-01', 'ingediend', 'loket',
       1, 'akker-7', NULL, :at, :at, :no, :at, :snapshot)""",
    """INSERT INTO deadlines VALUES (:id, 'p', 'beslissen', 'beslissen', 'passed', 0, :at, NULL, 'open', NULL)""",
    """INSERT INTO notices VALUES (1, 'dorp', :id, 'bestuur', 'term_passed', 'Beslistermijn', 'beslissen', '[]', :at,
       NULL, '')""",
)


def test_rows_of_the_first_edition_get_the_organisation_of_their_case(empty_url: str) -> None:
    """F-60"""
    make_first_edition(empty_url)
    store = create_or_upgrade(empty_url, organisation="dorp", is_rehearsal=True)
    with store.transaction() as tx:
        assert tx.load_case("VOG-2026-0001") == make_case()
        (due,) = tx.due(days(9), 9)
        assert tx.mark_fired(due.case_id, due.deadline.key, days(9))
        assert tx.is_rehearsal
    store.close()
