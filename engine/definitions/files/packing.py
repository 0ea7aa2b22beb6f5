"""The plain values of content packed for reading fast: each value that returns stands there once.

Content says the same many times over: an act that may be done in every state, a condition, a kind of fact. Packed it
is a list of rows; each row names the rows it is made of, which stand before it. A row is made into a value once, and
whoever names it gets that same value: that halves the text, and takes a third of the time of making each anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from engine.definitions.files.codec import CLASSES, MARK, UNREADABLE, damaged, to_plain

_Row = list[Any]
_Read = Callable[[_Row, list[Any]], Any]

# A shape is the class with the fields that hold plain values and those that name rows; these have none.
_WITHOUT_CLASS: Mapping[str, _Read] = {
    "value": lambda row, _: row[1],
    "words": lambda row, _: tuple(row[1:]),
    "rows": lambda row, made: tuple([made[number] for number in row[1:]]),
    "map": lambda row, made: dict(zip(row[1], [made[number] for number in row[2:]], strict=True)),
    "pairs": lambda row, made: dict(made[number] for number in row[1:]),
    "set": lambda row, made: frozenset(made[number] for number in row[1:]),
    "moment": lambda row, _: datetime.fromisoformat(row[1]),
    "day": lambda row, _: date.fromisoformat(row[1]),
}


def pack(value: object) -> str:
    """A value of content as text. Raises TypeError for a class that is no content."""
    packer = _Packer()
    packer.number_of(to_plain(value))
    return _text([packer.shapes, packer.rows])


def unpack(text: str | bytes) -> Any:
    """The value that `pack` wrote. Raises DefinitionError when it cannot be read."""
    try:
        shapes, rows = json.loads(text)
        readers = [_reader_of(*shape) for shape in shapes]
        made: list[Any] = []
        add = made.append
        for row in rows:
            add(readers[row[0]](row, made))
        return made[-1]
    except UNREADABLE as error:
        raise damaged() from error


class _Packer:
    """Numbers shapes and rows as they are met; the last row is the whole value."""

    def __init__(self) -> None:
        self.shapes: list[list[Any]] = []
        self.rows: list[_Row] = []
        self._numbers: dict[tuple[bool, str], int] = {}

    def number_of(self, plain: Any) -> int:
        """The number of the row of a plain value."""
        if _is_word(plain):
            return self._row("value", (), (), [plain])
        if isinstance(plain, list):
            if all(map(_is_word, plain)):
                return self._row("words", (), (), plain)
            return self._row("rows", (), (), [self.number_of(one) for one in plain])
        kind, held = plain[MARK], {name: one for name, one in plain.items() if name != MARK}
        items = held.get("items", ())
        if kind == "map" and all(isinstance(key, str) for key, _ in items):
            keys = [key for key, _ in items]
            return self._row(kind, (), (), [keys, *(self.number_of(one) for _, one in items)])
        if kind in ("map", "set"):
            return self._row("pairs" if kind == "map" else kind, (), (), list(map(self.number_of, items)))
        if kind in _WITHOUT_CLASS:
            return self._row(kind, (), (), [held["value"]])
        words = [name for name, one in held.items() if _is_word(one)]
        others = [name for name in held if name not in words]
        return self._row(kind, words, others, [*map(held.get, words), *(self.number_of(held[one]) for one in others)])

    def _row(self, kind: str, words: Sequence[str], others: Sequence[str], said: list[Any]) -> int:
        shape = [kind, list(words), list(others)]
        at = self._number(shape, self.shapes)
        return self._number([at, *said], self.rows)

    def _number(self, what: list[Any], among: list[Any]) -> int:
        # Compared as text: to Python 1, 1.0 and true are the same.
        known = (among is self.rows, repr(what))
        if (number := self._numbers.get(known)) is None:
            number = self._numbers[known] = len(among)
            among.append(what)
        return number


def _is_word(plain: object) -> bool:
    return not isinstance(plain, list | dict)


def _text(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _reader_of(name: str, words: list[str], others: list[str]) -> _Read:
    """What makes values of a shape. Raises KeyError for a class or a field that is no content, or one that lacks."""
    if name in _WITHOUT_CLASS:
        return _WITHOUT_CLASS[name]
    kind = CLASSES[name]
    if issubclass(kind, StrEnum):
        members = {one.value: one for one in kind}
        return lambda row, _: members[row[1]]
    end = len(words) + 1
    names = [*words, *others]
    if "__slots__" not in kind.__dict__ or hasattr(kind, "__post_init__"):
        # One that works something out when it is made is made by itself.
        return lambda row, made: kind(**dict(zip(names, [*row[1:end], *map(made.__getitem__, row[end:])], strict=True)))
    return _filler_of(kind, words, others)


@cache
def _slots_of(kind: Any) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """What sets each field of a class; the defaults by name; what makes those that may not be shared."""
    parts = fields(kind)
    puts = {one.name: getattr(kind, one.name).__set__ for one in parts}
    defaults = {one.name: one.default for one in parts if one.default is not MISSING}
    return puts, defaults, {one.name: one.default_factory for one in parts if one.default_factory is not MISSING}


def _filler_of(kind: Any, words: list[str], others: list[str]) -> _Read:
    """Fills the slots of a value one by one; faster than its `__init__`, and nothing need be compiled for it."""
    puts, defaults, factories = _slots_of(kind)
    left = puts.keys() - {*words, *others}
    said, named = [puts[name] for name in words], [puts[name] for name in others]
    same = [(puts[name], defaults[name]) for name in left - factories.keys()]
    fresh = [(puts[name], factories[name]) for name in left & factories.keys()]
    end, new = len(words) + 1, object.__new__

    def read(row: _Row, made: list[Any]) -> Any:
        value = new(kind)
        for put, word in zip(said, row[1:end], strict=True):
            put(value, word)
        for put, number in zip(named, row[end:], strict=True):
            put(value, made[number])
        for put, default in same:
            put(value, default)
        for put, make in fresh:
            put(value, make())
        return value

    return read
