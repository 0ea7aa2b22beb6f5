"""What SQLite takes PostgreSQL takes, and the other way round: a workplace can always move (F-90).

Every test of this folder runs on both; these are about what one of them would refuse of itself.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Column, Integer, String, Text
from sqlalchemy.dialects import postgresql, sqlite

from engine.core.deciding.case import Actor
from engine.core.errors import CaseError, UsageError
from engine.store.columns import _change
from engine.store.database import Store
from engine.store.schema import SCHEMA
from tests.store.samples import entry, letter, make_case, opening

COLUMNS = [
    pytest.param(column, id=f"{table.name}.{column.name}")
    for table in SCHEMA.sorted_tables
    for column in table.columns
    if type(column.type) in (String, Text, Integer)
]


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=lambda dialect: dialect.name)
@pytest.mark.parametrize("column", COLUMNS)
def test_no_column_takes_more_than_the_narrowest_database_does(column: Column[object], dialect: object) -> None:
    changing = _change(column.table, (column.name,), (), frozenset()).written_for(dialect)  # type: ignore[arg-type]
    fits, refused = most_and_more(column)
    for value in fits:
        bound = changing.bound({column.name: value})  # by place in a file, by name on a server
        assert [*(bound.values() if isinstance(bound, dict) else bound)] == [value]
    for value in refused:
        with pytest.raises(UsageError, match="niet worden bewaard") as caught:
            changing.bound({column.name: value})
        assert column.name in caught.value.where


def most_and_more(column: Column[object]) -> tuple[list[object], list[object]]:
    if isinstance(column.type, Integer):
        return [2**31 - 1, -(2**31)], [2**31, -(2**31) - 1]
    length = getattr(column.type, "length", None)
    longest: list[object] = ["é" * length] if length else ["é" * 100_000]
    return longest, [*(["x" * (length + 1)] if length else []), "a\0b", "a\udcffb"]


@pytest.mark.parametrize("wrong", ["x" * 201, "a\0b", "a\udcff"])
def test_a_step_with_what_only_one_of_them_takes_is_refused_whole_and_alike(store: Store, wrong: str) -> None:
    step = opening(make_case(subject=wrong), letters=[letter("b1")])
    with pytest.raises(UsageError, match="niet worden bewaard"), store.transaction() as tx:
        tx.append(step)
    with store.reading() as readings, pytest.raises(CaseError):
        readings.load_case("VOG-2026-0001")


def test_a_line_with_a_name_that_is_too_long_takes_its_whole_step_along(store: Store) -> None:
    named = replace(entry(), actor=Actor(role="loket", name="n" * 201))
    with pytest.raises(UsageError, match="niet worden bewaard"), store.transaction() as tx:
        tx.append(replace(opening(), entries=(named,)))
    with store.reading() as readings, pytest.raises(CaseError):
        readings.load_case("VOG-2026-0001")


def test_signs_of_every_kind_come_back_as_they_were(store: Store) -> None:
    words = "Zoë 'O''Brien' \"Ωmega\" \U0001f33b ﷽ n\u0303 %s :naam ?"
    with store.transaction() as tx:
        tx.append(opening(make_case(subject=words)))
        tx.set_meta("proef", words)
    with store.reading() as readings:
        assert readings.load_case("VOG-2026-0001").subject == words
        assert readings.meta("proef") == words
        _, found = readings.dossier(None, make_case("VOG-2026-0002", subject=words), with_cases=True)
        assert [case.subject for case in found] == [words]
