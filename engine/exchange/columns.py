"""Which column of a register holds which fact: by the names that the entry point gives it, however they are typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from engine.core.content.workflow import Column, EntryPoint
from engine.core.errors import UsageError
from engine.core.quick_class import dataclass
from engine.exchange.tables import FileTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The columns of a file by the fact they hold, as the file itself names them."""

    by_fact: Mapping[str, str]

    def names_of(self, facts: Collection[str]) -> str:
        """The columns that hold these facts, in the order of the file's entry point."""
        return ", ".join(name for fact, name in self.by_fact.items() if fact in facts)


def fit_columns(entry: EntryPoint, table: FileTable, path: Path, ignored: Collection[str] = ()) -> Fitted:
    """Find the columns of an entry point in a file; those named in `ignored` are passed over.

    Capitals, blanks and underscores make no difference. Raises UsageError, with what was expected, for a column that
    is required and absent, unknown, or there under two of its names.
    """
    passed = {_bare(name) for name in ignored}
    headers: dict[str, str] = {}
    for name in table.columns:
        if headers.setdefault(_bare(name), name) != name:
            raise UsageError("column_twice", where=f"{path}:{table.head_line}", column=name)
    headers = {bare: name for bare, name in headers.items() if bare not in passed}
    found = {column.fact: _headers_of(column, headers) for column in entry.columns}
    twice = [" en ".join(names) for names in found.values() if len(names) > 1]
    used = {name for names in found.values() for name in names}
    unknown = [name for name in headers.values() if name not in used]
    absent = [c.names[0] for c in entry.columns if not found[c.fact] and c.fact in entry.requires]
    parts = [("ontbreekt", absent), ("onbekend", unknown), ("dubbel", twice)]
    wrong = "; ".join(f"{what}: {', '.join(names)}" for what, names in parts if names)
    if wrong:
        expected = ", ".join(column.names[0] for column in entry.columns)
        code = "columns_unknown" if unknown else "columns_wrong"
        raise UsageError(code, where=f"{path}:{table.head_line}", wrong=wrong, expected=expected)
    return Fitted(by_fact={fact: names[0] for fact, names in found.items() if names})


def heads(entry: EntryPoint, cells: Sequence[str]) -> bool:
    """Whether a row holds the names of the columns: most of those that a register must have."""
    bare = {_bare(cell) for cell in cells}
    required = [column for column in entry.columns if column.fact in entry.requires] or list(entry.columns)
    return 2 * sum(any(_bare(name) in bare for name in column.names) for column in required) > len(required)


def spelled(entry: EntryPoint, fact: str, text: str) -> str:
    """What is meant by the text of a cell, when the entry point knows it as another spelling; else the text itself."""
    known = entry.spellings.get(fact)
    if not known:
        return text
    by_bare = {_bare(spelling): meant for spelling, meant in known.items()}
    return by_bare.get(_bare(text), text)


def _headers_of(column: Column, headers: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(headers[_bare(name)] for name in column.names if _bare(name) in headers))


def _bare(name: str) -> str:
    return "".join(name.casefold().replace("_", " ").split())
