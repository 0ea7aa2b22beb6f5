"""A register is the same register in every kind of file that people keep it in."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from engine.core.errors import UsageError
from engine.exchange.tables import read_table

HEAD = ["nummer", "naam", "einde"]


def write_workbook(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in [HEAD, *rows]:
        sheet.append(row)
    book.create_sheet("toelichting").append(["wordt niet gelezen"])
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (date(2027, 7, 31), "2027-07-31"),
        (datetime(2027, 7, 31), "2027-07-31"),  # noqa: DTZ001  a spreadsheet knows no time zone
        (datetime(2027, 7, 31, 14, 30), "2027-07-31 14:30:00"),  # noqa: DTZ001
        (900000001.0, "900000001"),
        (2.5, "2.5"),
        (True, "ja"),
        (False, "nee"),
        (None, ""),
        ("  Sam 't Lam ", "Sam 't Lam"),
    ],
)
def test_a_cell_of_a_spreadsheet_is_read_as_a_person_would_type_it(tmp_path: Path, cell: object, text: str) -> None:
    table = read_table(write_workbook(tmp_path / "register.xlsx", [["1", "x", cell]]))
    assert table.rows[0].cells["einde"] == text


def test_only_the_first_sheet_counts_and_empty_rows_do_not(tmp_path: Path) -> None:
    table = read_table(
        write_workbook(tmp_path / "register.xlsx", [["1", "Sam", ""], [None, None, None], ["2", "Bo", ""]])
    )
    assert table.columns == tuple(HEAD)
    assert [(row.line, row.cells["naam"]) for row in table.rows] == [(2, "Sam"), (4, "Bo")]


_CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(rows=st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_the_same_rows_say_the_same_in_both_kinds_of_file(tmp_path: Path, rows: list[list[str]]) -> None:
    # A text that begins with "=" is a formula in a spreadsheet, and has no value until that program computed it.
    rows = [[f"t{cell}" for cell in row] for row in rows]
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [HEAD, *rows]]
    (tmp_path / "register.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    spreadsheet = read_table(write_workbook(tmp_path / "register.xlsx", [list(row) for row in rows]))
    assert spreadsheet == read_table(tmp_path / "register.csv")


def test_rows_are_counted_and_not_believed_from_what_the_sheet_declares(tmp_path: Path) -> None:
    """F-87: a sheet that declares a smaller size than it has lost rows without a word."""
    path = write_workbook(tmp_path / "register.xlsx", [[str(number), "x", ""] for number in range(5)])
    _rewrite_member(path, "xl/worksheets/sheet1.xml", b'ref="A1:C6"', b'ref="A1:C3"')
    assert [row.cells["nummer"] for row in read_table(path).rows] == ["0", "1", "2", "3", "4"]


def _rewrite_member(path: Path, member: str, right: bytes, wrong: bytes) -> None:
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert right in parts[member]
    parts[member] = parts[member].replace(right, wrong)
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body>een webpagina</body></html>",
        b"",
        b"PK\x03\x04 kapot",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 een werkmap met een wachtwoord",
    ],
)
def test_what_is_called_a_spreadsheet_and_is_none_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        read_table(path)
    assert "register.xlsx" in caught.value.where
    assert "wachtwoord" in caught.value.text()
    assert caught.value.next_step


def test_a_workbook_that_holds_something_else_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("brief.txt", "geen werkmap")
    with pytest.raises(UsageError):
        read_table(path)


def test_a_workbook_with_a_time_of_day_is_read_as_it_stands(tmp_path: Path) -> None:
    table = read_table(write_workbook(tmp_path / "register.xlsx", [["1", "x", time(9, 30)]]))
    assert table.rows[0].cells["einde"] == "09:30:00"
