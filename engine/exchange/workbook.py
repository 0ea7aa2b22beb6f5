"""The rows of the first sheet of a workbook (.xlsx), one after the other; what only bears that name is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from engine.core.errors import EngineError, UsageError

MOST_UNPACKED = 150_000_000
"""The most bytes that may come out of a workbook: a small one can be packed from any number of equal bytes."""
_MOST_BESIDES = 20_000_000
_LOCKED = b"\xd0\xcf\x11\xe0"


def workbook_lines(content: bytes, path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows with their number, as a person would type the cells. Raises UsageError for what is no workbook."""
    _refuse_others(content, path)
    try:
        yield from _lines(content)
    except EngineError:
        raise
    except Exception as error:
        # openpyxl lets through whatever zip, XML and its own parts raise: a dozen classes, documented nowhere.
        raise UsageError("workbook_is_none", where=str(path)) from error


def _refuse_others(content: bytes, path: Path) -> None:
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise UsageError("workbook_is_page", where=str(path))
    if content.startswith(_LOCKED):
        raise UsageError("workbook_is_locked", where=str(path))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            sizes = {part.filename: part.file_size for part in book.infolist()}
    except Exception as error:  # zipfile too raises more than it says
        raise UsageError("workbook_is_none", where=str(path)) from error
    # Everything but cells and their texts is kept in memory as a whole, many times its size.
    besides = sum(size for name, size in sizes.items() if not name.startswith(("xl/worksheets/", "xl/sharedStrings")))
    if sum(sizes.values()) > MOST_UNPACKED or besides > _MOST_BESIDES:
        raise UsageError("workbook_is_too_big", where=str(path), most=MOST_UNPACKED // 1_000_000)


def _lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # only for workbooks

    sheet: Any = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
    # Some programs write a size that is too small; openpyxl would believe it and lose the rows below.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, [_cell_text(cell) for cell in cells]


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
