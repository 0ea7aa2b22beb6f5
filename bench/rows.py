"""The rows an act wrote, and the same rows written by hand: through sqlite3 or psycopg, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Rows = dict[tuple[Any, ...], tuple[Any, ...]]
# Table, columns of its key, and the column that names the case.
TABLES = {
    "cases": (("organisation", "id"), "id"),
    "deadlines": (("organisation", "case_id", "key"), "case_id"),
    "letters": (("organisation", "case_id", "key"), "case_id"),
    "notices": (("id",), "case_id"),
    "journal": (("organisation", "seq"), "case_id"),
}
ORGANISATION = "almere"
Execute = Callable[[str, Sequence[Any]], Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its parameters, ready to run."""

    sql: str
    values: tuple[Any, ...]


class Writer:
    """Knows the columns of the tables; compares before and after; makes the statements of a hand-written program."""

    def __init__(self, columns: Mapping[str, Sequence[str]], mark: str) -> None:
        self._columns = columns
        self._mark = mark

    def rows_of(self, execute: Execute, case_id: str) -> dict[str, Rows]:
        """All rows about a case, by table and key."""
        found: dict[str, Rows] = {}
        for table, (key, owner) in TABLES.items():
            names = self._columns[table]
            at = [names.index(name) for name in key]
            where = f"organisation = {self._mark} AND {owner} = {self._mark}"
            rows = execute(f"SELECT {', '.join(names)} FROM {table} WHERE {where}", (ORGANISATION, case_id))
            found[table] = {tuple(row[index] for index in at): tuple(row) for row in rows}
        return found

    def statements(self, case_id: str, before: Mapping[str, Rows], after: Mapping[str, Rows]) -> list[Statement]:
        """What a careful hand writes: read the case and its deadlines, then every row that differs, and the chain."""
        mark, ours = self._mark, f"organisation = {self._mark}"
        made = [
            Statement(f"SELECT * FROM cases WHERE {ours} AND id = {mark}", (ORGANISATION, case_id)),
            Statement(
                f"SELECT key, status, last_day FROM deadlines WHERE {ours} AND case_id = {mark}",
                (ORGANISATION, case_id),
            ),
        ]
        for table, rows in after.items():
            for key, row in rows.items():
                old = before[table].get(key)
                if old is None:
                    made.append(self._insert(table, row))
                elif old != row:
                    made.append(self._update(table, key, old, row))
        last = max(after["journal"].values(), key=lambda row: row[self._columns["journal"].index("seq")])
        journal = dict(zip(self._columns["journal"], last, strict=True))
        made.append(Statement(f"SELECT seq, hash FROM chains WHERE organisation = {mark}", (journal["organisation"],)))
        head = (journal["seq"], journal["hash"], journal["organisation"])
        made.append(Statement(f"UPDATE chains SET seq = {mark}, hash = {mark} WHERE organisation = {mark}", head))
        return made

    def _insert(self, table: str, row: tuple[Any, ...]) -> Statement:
        names = self._columns[table]
        return Statement(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join([self._mark] * len(names))})", row
        )

    def _update(self, table: str, key: tuple[Any, ...], old: tuple[Any, ...], row: tuple[Any, ...]) -> Statement:
        changed = [(name, new) for name, was, new in zip(self._columns[table], old, row, strict=True) if was != new]
        sets = ", ".join(f"{name} = {self._mark}" for name, _ in changed)
        where = " AND ".join(f"{name} = {self._mark}" for name in TABLES[table][0])
        return Statement(f"UPDATE {table} SET {sets} WHERE {where}", (*(new for _, new in changed), *key))
