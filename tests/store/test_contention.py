from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import closing

import pytest

from engine.core.errors import CaseError, StoreError
from engine.store import quick
from engine.store.database import Store
from tests.store.samples import make_case, moving, opening

OpenStore = Callable[[], Store]


def test_two_writers_who_want_each_others_case_do_not_both_lose(open_store: OpenStore) -> None:
    stores = [open_store(), open_store()]
    if stores[0].url.startswith("sqlite"):
        pytest.skip("SQLite lets in one writer at a time, so they cannot come into this position")
    cases = [make_case("VOG-2026-0001"), make_case("VOG-2026-0002")]
    with stores[0].transaction() as tx:
        tx.append_many([opening(case) for case in cases])
    both_hold_one = threading.Barrier(2)
    refused: list[CaseError] = []

    def write(store: Store, mine: int) -> None:
        try:
            with store.transaction() as tx:
                tx.append(moving(cases[mine], f"door {mine}"))
                both_hold_one.wait(timeout=20)
                tx.append(moving(cases[1 - mine], f"door {mine}"))
        except CaseError as error:
            refused.append(error)

    threads = [threading.Thread(target=write, args=(store, mine)) for mine, store in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [error.what for error in refused] == ["Een ander werkte op hetzelfde moment aan dezelfde zaken."]
    with stores[0].reading() as readings:
        states = [readings.load_case(case.id).state for case in cases]
    assert states in (["door 0"] * 2, ["door 1"] * 2)


def test_a_writer_who_waits_too_long_is_told_that_the_database_is_busy(
    url: str, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not url.startswith("sqlite"):
        pytest.skip("PostgreSQL lets in several writers")
    monkeypatch.setitem(quick.OPTIONS, "timeout", 0.02)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="De database is bezet") as caught, open_store().transaction():
            pytest.fail("there were two writers")
        with open_store().reading() as readings:
            assert readings.open_case_ids("dorp", "", 9) == (), "a reader is not held up"
    assert caught.value.exit_code == 5


def test_without_the_package_for_postgresql_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match="psycopg is niet geïnstalleerd"):
        Store("postgresql://een@elders/trede", "dorp")
