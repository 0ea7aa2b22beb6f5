"""A register is the same register in every kind of file that people keep it in."""

from __future__ import annotations

import os
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from engine.core.errors import UsageError
from engine.exchange import tables, workbook
from engine.exchange.tables import MOST_CELLS, read_table
from engine.words.of_errors import say, say_whole

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
    typed = read_table(tmp_path / "register.csv")
    assert (spreadsheet.columns, spreadsheet.rows) == (typed.columns, typed.rows)


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
    assert "wachtwoord" in say_whole(caught.value) or "webpagina" in say_whole(caught.value)
    assert say(caught.value).next_step


def test_a_workbook_that_holds_something_else_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("brief.txt", "geen werkmap")
    with pytest.raises(UsageError):
        read_table(path)


def test_a_workbook_with_a_time_of_day_is_read_as_it_stands(tmp_path: Path) -> None:
    table = read_table(write_workbook(tmp_path / "register.xlsx", [["1", "x", time(9, 30)]]))
    assert table.rows[0].cells["einde"] == "09:30:00"


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "register.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(path: Path) -> str:
    with pytest.raises(UsageError) as caught:
        read_table(path)
    assert "{" not in say_whole(caught.value)
    assert say(caught.value).next_step
    return caught.value.what


@pytest.mark.parametrize("sign", ["\u000b", "\u000c", "\u001c", "\u0085", "\u2028", "\u2029"])
def test_only_cr_and_lf_end_a_row(tmp_path: Path, sign: str) -> None:
    """F-63: what a word processor or a web form leaves in a cell does not split the row."""
    table = read_table(written(tmp_path, f"nummer,naam\r\n1,Sam{sign}Lam\r2,Bo\n3,Cas\n"))
    assert [(row.line, row.cells["nummer"]) for row in table.rows] == [(2, "1"), (3, "2"), (4, "3")]
    assert table.rows[0].cells["naam"] == f"Sam{sign}Lam"


@pytest.mark.parametrize(
    ("coding", "said"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")]
)
def test_a_register_of_an_office_program_is_read_and_its_letters_are_named(
    tmp_path: Path, coding: str, said: str
) -> None:
    """F-63: Excel and DUO write Windows-1252 and UTF-16, with semicolons or tabs."""
    table = read_table(written(tmp_path, "nummer;naam\r\n1;Zoë\r\n".encode(coding)))
    assert (table.rows[0].cells["naam"], table.encoding) == ("Zoë", said)
    assert read_table(written(tmp_path, "nummer\tnaam\r\n1\tZoë\r\n".encode(coding))).rows == table.rows


def test_a_row_bears_the_line_it_begins_on(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, 'nummer,adres\n1,"Dorpsstraat 1\nAlmere"\n2,x\n'))
    assert [row.line for row in table.rows] == [2, 4]


def test_a_quotation_mark_that_is_never_closed_is_named(tmp_path: Path) -> None:
    assert refused(written(tmp_path, 'nummer,naam\n1,"Sam\n' + "2,Bo\n" * 9000)) == "cell_is_too_long"


def test_a_register_has_a_largest_length_and_width(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(written(tmp_path, "x," * MOST_CELLS + "y\n")) == "table_is_too_wide"
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    assert len(read_table(written(tmp_path, "nummer\n1\n2\n")).rows) == 2
    assert refused(written(tmp_path, "nummer\n1\n2\n3\n")) == "table_is_too_long"


def test_a_workbook_that_claims_a_far_row_or_column_is_refused_at_once(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "register.xlsx", [["1", "x", ""]])
    _rewrite_member(path, "xl/worksheets/sheet1.xml", b'r="2"', b'r="99999999999"')
    assert refused(path) == "table_is_too_long"
    path = write_workbook(tmp_path / "register.xlsx", [["1", "x", ""]])
    _rewrite_member(path, "xl/worksheets/sheet1.xml", b'r="C2"', b'r="XFD2"')
    assert refused(path) == "table_is_too_wide"


def test_a_workbook_that_unpacks_to_more_than_a_register_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_workbook(tmp_path / "register.xlsx", [["1", "x", ""]])
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 1000)
    assert refused(path) == "workbook_is_too_big"


def test_a_pipe_or_folder_that_is_called_a_register_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.csv")
    (tmp_path / "map.csv").mkdir()
    assert refused(tmp_path / "pijp.csv") == "file_is_no_file"
    assert refused(tmp_path / "map.csv") == "file_is_folder"
    assert refused(tmp_path / "register.doc") == "no_kind_of_register"
