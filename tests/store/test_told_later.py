"""What must be known before anything is kept, and need not be waited for while it is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.core.errors import CaseError, OvertakenError, StoreError
from engine.store.database import Store
from engine.store.tables import meta
from engine.store.transaction import Transaction
from tests.store.samples import days, deadline, make_case, moving, opening

OpenStore = Callable[[], Store]
STALE = {"organisation": "dorp", "key": "maat", "value": "1"}


def test_a_row_that_is_gone_is_told_before_anything_is_kept(store: Store) -> None:
    def refuse() -> None:
        raise OvertakenError("another_case_changed", where="VOG-2026-0001")

    with store.transaction() as tx:
        tx.set_meta("maat", "2")
    with pytest.raises(OvertakenError), store.transaction() as tx:
        change_what_is_gone(tx, refuse)
    with store.reading() as readings:
        assert (readings.meta("maat"), readings.meta("kleur")) == ("2", "")


def test_a_row_that_is_there_is_changed_and_nobody_is_called(store: Store) -> None:
    with store.transaction() as tx:
        tx.set_meta("maat", "1")
    with store.transaction() as tx:
        tx._link.change_one(meta, ({"value": "3"}, STALE), pytest.fail)
    with store.reading() as readings:
        assert readings.meta("maat") == "3"


def test_who_finds_no_row_may_change_another_in_the_same_transaction(store: Store) -> None:
    with store.transaction() as tx:
        tx.set_meta("maat", "2")
        tx._link.change_one(
            meta,
            ({"value": "3"}, STALE),
            lambda: tx._link.change_one(meta, ({"value": "4"}, {**STALE, "value": "2"}), pytest.fail),
        )
    with store.reading() as readings:
        assert readings.meta("maat") == "4"


@pytest.mark.parametrize("many", [1, 3, 20])
def test_new_rows_of_which_one_is_there_already_are_told_however_many(store: Store, many: int) -> None:
    rows = [{"organisation": "dorp", "key": f"sleutel {number}", "value": ""} for number in range(many)]

    def refuse() -> None:
        raise OvertakenError("another_case_changed", where="VOG-2026-0001")

    with store.transaction() as tx:
        tx._link.add_all_new(meta, rows, pytest.fail)
    with pytest.raises(OvertakenError), store.transaction() as tx:
        tx._link.add_all_new(meta, [*rows[:-1], {**rows[-1], "key": "nieuw"}] if many > 1 else rows, refuse)
    with store.reading() as readings:
        assert readings.meta("nieuw") == ""


def test_an_answer_is_of_the_moment_of_the_question_and_is_told_before_anything_is_kept(store: Store) -> None:
    told: list[str] = []
    question = "SELECT value FROM meta WHERE organisation = :organisation AND key = 'maat'"
    with store.transaction() as tx:
        tx.set_meta("maat", "1")
        tx._link.ask_later(question, {"organisation": "dorp"}, lambda found: told.append(found[0]["value"]))
        tx.set_meta("maat", "2")
    assert told == ["1"]
    with pytest.raises(RuntimeError), store.transaction() as tx:
        ask_and_write(tx, question)
    with store.reading() as readings:
        assert readings.meta("maat") == "2"


def change_what_is_gone(tx: Transaction, refuse: Callable[[], None]) -> None:
    tx._link.change_one(meta, ({"value": "3"}, STALE), refuse)
    tx.set_meta("kleur", "rood")


def ask_and_write(tx: Transaction, question: str) -> None:
    tx.set_meta("maat", "3")
    tx._link.ask_later(question, {"organisation": "dorp"}, raise_what_is_found)


def raise_what_is_found(found: object) -> None:
    raise RuntimeError(found)


def test_who_comes_second_is_told_so_and_not_what_the_database_refused_because_of_it(open_store: OpenStore) -> None:
    """Why: the second writes a deadline that the first has written; the server refuses that before anybody looked."""
    first, second, case = open_store(), open_store(), make_case()
    with first.transaction() as tx:
        tx.append(opening(case))
    step = moving(case, deadlines=[deadline("beslissen/1", days(9))])
    with first.transaction() as tx:
        tx.append(step, there={})
    with pytest.raises(CaseError, match="intussen gewijzigd") as caught, second.transaction() as tx:
        tx.append(step, there={})
    assert not isinstance(caught.value, StoreError)
    with first.reading() as readings:
        assert readings.load_case(case.id).version == 2
        assert [row.deadline.key for row in readings.deadlines(case.id)] == ["beslissen/1"]
    with second.transaction() as tx:  # the connection is of use still
        tx.set_meta("maat", "1")
