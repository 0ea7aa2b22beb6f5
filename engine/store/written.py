"""Statements of SQLAlchemy that SQLite gets as text: written out once, because writing one out costs more than it does.

On PostgreSQL they go through SQLAlchemy, whose driver has more to translate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Update

Given = Mapping[str, Any]
_Parameter = tuple[str, Callable[[Any], Any] | None, Any]
"""Name of what is given, how it is made a value of the database, and what it is when it is not given."""


class Written:
    """One statement. What is given to it has the same names every time."""

    def __init__(self, statement: Insert | Update | Delete | Select[Any]) -> None:
        # Inline: nobody asks for the number of a new row, unless the statement itself says so.
        self._statement = statement.inline() if type(statement) is Insert else statement
        self._texts: dict[frozenset[str], tuple[str, tuple[_Parameter, ...]]] = {}

    def run(self, connection: Connection, given: Given | Sequence[Given]) -> int:
        """Run it, for one or for each of many; the number of rows it changed."""
        if connection.dialect.name != "sqlite":
            return int(connection.execute(self._statement, given).rowcount)
        many = (given,) if isinstance(given, Mapping) else given
        text, parameters = self._text(connection, frozenset(many[0]))
        cursor = connection.connection.cursor()
        cursor.executemany(text, [_bound(parameters, one) for one in many])
        return int(cursor.rowcount)

    def rows(self, connection: Connection, given: Given) -> Sequence[Sequence[Any]]:
        """All rows of the answer; days and moments as the database holds them (`as_day`, `as_moment`)."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, given).all()
        text, parameters = self._text(connection, frozenset(given))
        cursor = connection.connection.cursor()
        cursor.execute(text, _bound(parameters, given))
        return list(cursor.fetchall())

    def _text(self, connection: Connection, names: frozenset[str]) -> tuple[str, tuple[_Parameter, ...]]:
        known = self._texts.get(names)
        if known is None:
            dialect = connection.dialect
            made: Any = self._statement.compile(dialect=dialect, column_keys=sorted(names))
            parameters = tuple(
                (name, made.binds[name].type.dialect_impl(dialect).bind_processor(dialect), made.binds[name].value)
                for name in made.positiontup
            )
            known = self._texts[names] = (str(made), parameters)
        return known


def _bound(parameters: Sequence[_Parameter], given: Given) -> list[Any]:
    values = ((given.get(name, standing), process) for name, process, standing in parameters)
    return [process(value) if process else value for value, process in values]
