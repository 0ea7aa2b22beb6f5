"""Reads a table from a CSV or XLSX file: a header, and rows that know their line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from engine.core.errors import UsageError
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row: its line in the file (the header is line 1) and its cells by column name, trimmed."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTable:
    """A table with its columns in the order of the file. Empty lines are left out."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def read_table(path: Path) -> FileTable:
    """Read a `.csv` (UTF-8, comma or semicolon) or `.xlsx` file (first sheet).

    Raises UsageError for another kind of file, a double or empty column name, or text that is not UTF-8.
    """
    kinds = {".csv": _csv_lines, ".xlsx": _xlsx_lines}
    reader = kinds.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"'{path.name}' is geen CSV- of XLSX-bestand.", next_step="Sla het op als .csv of .xlsx.")
    lines = [line for line in reader(path) if any(cell.strip() for cell in line[1])]
    if not lines:
        raise UsageError("Het bestand is leeg.", where=str(path), next_step="De eerste regel noemt de kolommen.")
    columns = tuple(cell.strip() for cell in lines[0][1])
    _check_columns(columns, path)
    return FileTable(columns=columns, rows=tuple(_row(path, columns, *line) for line in lines[1:]))


def _row(path: Path, columns: Sequence[str], line: int, cells: Sequence[str]) -> TableRow:
    extra = [cell for cell in cells[len(columns) :] if cell.strip()]
    if extra:
        raise UsageError(
            f"Regel {line} heeft meer cellen dan er kolommen zijn.",
            where=f"{path}:{line}",
            next_step="Zet een waarde met een scheidingsteken tussen aanhalingstekens.",
        )
    padded = [*cells, *("" for _ in range(len(columns) - len(cells)))]
    return TableRow(line=line, cells={name: cell.strip() for name, cell in zip(columns, padded, strict=False)})


def _csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("Het bestand is geen UTF-8.", where=str(path), next_step="Sla het op als UTF-8.") from error
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    for cells in reader:
        yield reader.line_num, cells


def _xlsx_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # only for spreadsheets

    try:
        with path.open("rb") as file:
            sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
            # Some programs write a size that is too small; openpyxl would believe it and lose the rows below.
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                yield number, [_cell_text(cell) for cell in cells]
    except Exception as error:
        # openpyxl lets through whatever zip, XML and its own parts raise: a dozen classes, documented nowhere.
        raise UsageError(
            "Het bestand is geen leesbare XLSX-werkmap.",
            where=str(path),
            why="Het is iets anders met die naam, het is beschadigd, of er zit een wachtwoord op.",
            next_step="Open het in uw rekenblad en sla het op als .xlsx zonder wachtwoord, of als .csv.",
        ) from error


def _cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    # A spreadsheet keeps whole numbers as 12.0.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _check_columns(columns: Sequence[str], path: Path) -> None:
    doubles = sorted({name for name in columns if columns.count(name) > 1})
    if doubles or "" in columns:
        what = (
            f"De kolom '{doubles[0]}' staat er twee keer."
            if doubles[0:1] != [""] and doubles
            else "Een kolom mist een naam."
        )
        raise UsageError(what, where=f"{path}:1", next_step="Geef elke kolom een eigen naam.")
