"""Reads a table from a CSV or XLSX file: a header, and rows that know their line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path

from engine.core.errors import UsageError
from engine.core.quick_class import dataclass
from engine.exchange.workbook import workbook_lines
from engine.given_file import MOST_OF_REGISTER, decoded, read_bytes

MOST_ROWS = 100_000
MOST_CELLS = 500
_MOST_SIGNS = 32_000  # of one cell: what a spreadsheet can hold
_DELIMITERS = ",;\t"
_TITLES = 10
IsHead = Callable[[Sequence[str]], bool]
_Lines = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row: its line in the file (the first is 1) and its cells by column name, trimmed."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTable:
    """A table with its columns in the order of the file. Empty lines are left out.

    `head_line` is the line with the names of the columns. `encoding` is what its text was written in (UTF-8, UTF-16,
    Windows-1252); empty for a workbook.
    """

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    head_line: int = 1
    encoding: str = ""


def read_table(path: Path, is_head: IsHead | None = None) -> FileTable:
    """Read a `.csv` (UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab) or `.xlsx` file (first sheet).

    A row of a `.csv` ends with CR, LF or both, and with nothing else that a cell may hold. Raises UsageError for
    another kind of file, a double or empty column name, for more rows or cells than a register has, and for a title
    above the names of the columns, when `is_head` knows these.
    """
    kind = path.suffix.lower()
    if kind not in (".csv", ".xlsx"):
        raise UsageError("no_kind_of_register", name=path.name)
    content = read_bytes(path, MOST_OF_REGISTER)
    if kind == ".xlsx":
        return _table(workbook_lines(content, path), path, "", is_head)
    written = decoded(content, path)
    return _table(_csv_lines(written.text, path), path, written.encoding, is_head)


def _table(found: _Lines, path: Path, encoding: str, is_head: IsHead | None) -> FileTable:
    lines = (line for line in _bounded(found, path) if any(cell.strip() for cell in line[1]))
    start = list(islice(lines, _TITLES))
    if not start:
        raise UsageError("table_is_empty", where=str(path))
    (line, names), *others = start
    if is_head and not is_head(names):
        head = next((number for number, cells in others if is_head(cells)), None)
        if head is not None:
            raise UsageError("table_has_title", where=f"{path}:{line}", line=head)
    columns = _named(names)
    _check_columns(columns, f"{path}:{line}")
    rows = tuple(_row(path, columns, *one) for one in chain(others, lines))
    return FileTable(columns=columns, rows=rows, head_line=line, encoding=encoding)


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns; empty ones behind the last are an accident of the program that wrote the file."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _bounded(lines: _Lines, path: Path) -> _Lines:
    """The same lines, as long as there are no more of them than a register can have."""
    for count, (line, cells) in enumerate(lines):
        if count > MOST_ROWS:
            raise UsageError("table_is_too_long", where=str(path), most=MOST_ROWS)
        if len(cells) > MOST_CELLS:
            raise UsageError("table_is_too_wide", where=f"{path}:{line}", line=line, most=MOST_CELLS)
        yield line, cells


def _row(path: Path, columns: Sequence[str], line: int, cells: Sequence[str]) -> TableRow:
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise UsageError("row_has_more_cells", where=f"{path}:{line}", line=line)
    padded = [*cells, *("" for _ in range(len(columns) - len(cells)))]
    return TableRow(line=line, cells={name: cell.strip() for name, cell in zip(columns, padded, strict=False)})


def _csv_lines(text: str, path: Path) -> _Lines:
    csv.field_size_limit(_MOST_SIGNS)
    # A StringIO with this newline ends a line at CR and LF only; str.splitlines also ends one at U+2028 and others.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter_of(text))
    before = 0
    try:
        for cells in reader:
            yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        raise UsageError("cell_is_too_long", where=f"{path}:{before + 1}", line=before + 1, most=_MOST_SIGNS) from error


def _delimiter_of(text: str) -> str:
    """What stands most between the names of the columns; a comma when nothing does."""
    head = text.lstrip("\r\n").partition("\n")[0]
    return max(_DELIMITERS, key=head.count)


def _check_columns(columns: Sequence[str], where: str) -> None:
    doubles = sorted({name for name in columns if name and columns.count(name) > 1})
    if doubles:
        raise UsageError("column_twice", where=where, column=doubles[0])
    if "" in columns:
        raise UsageError("column_without_name", where=where)
