"""A document is named with where it lies and the fingerprint of its file; a contact is noted beside the procedure."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.terminal import Answer, Terminal
from tests.cli.test_dossier import OPEN, words

pytestmark = pytest.mark.long

CASE = "ESC-2026-0001"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    made = Terminal(tmp_path)
    made.run("init", ".", "--organisation", "almere", "--rehearsal", "--clock", "2026-09-07 09:00").expect(0)
    made.run(*words(OPEN)).expect(0)
    (tmp_path / "verslag.pdf").write_bytes(b"%PDF-1.7 een verslag")
    return made


def written(terminal: Terminal) -> list[dict[str, Any]]:
    """The records of the case, but for the one it opened with."""
    records: list[dict[str, Any]] = terminal.run("case", "show", CASE, "--json").expect(0).json["records"]
    return [one for one in records if one["kind"] != "doorbraak"]


def name_document(terminal: Terminal, file: str) -> Answer:
    said = ("document.soort=Verslag", "document.kenmerk=Archief 12", f"document.vingerafdruk={file}")
    pairs = [word for one in said for word in ("--set", one)]
    return terminal.run("case", "advance", CASE, "document_vastleggen", "--as", "toeleiding", *pairs)


def test_the_fingerprint_of_a_file_stands_in_the_case_and_the_file_does_not(terminal: Terminal) -> None:
    name_document(terminal, "verslag.pdf").expect(0)
    (record,) = written(terminal)
    fields = {name: one["value"] for name, one in record["fields"].items()}
    expected = hashlib.sha256(b"%PDF-1.7 een verslag").hexdigest()
    assert fields == {"soort": "Verslag", "kenmerk": "Archief 12", "vingerafdruk": expected}
    name_document(terminal, expected.upper()).expect(0)
    assert b"%PDF-1.7 een" not in (terminal.folder / "trede.db").read_bytes()


def test_what_is_no_file_is_refused_in_words(terminal: Terminal) -> None:
    os.mkfifo(terminal.folder / "pijp")
    assert "geen gewoon bestand" in name_document(terminal, "pijp").expect(2).err
    assert name_document(terminal, "weg.pdf").expect(2).err.strip()
    assert name_document(terminal, "n" * 64).expect(2).err.strip()
    assert written(terminal) == []


def test_a_contact_is_written_down_and_moves_nothing(terminal: Terminal) -> None:
    said = ("contact.op=2026-09-04", "contact.met=A. Jansen", "contact.verslag=De ouders bellen maandag terug")
    pairs = [word for one in said for word in ("--set", one)]
    before = terminal.run("case", "show", CASE, "--json").expect(0).json["state"]
    terminal.run("case", "advance", CASE, "contact_vastleggen", "--as", "toeleiding", *pairs).expect(0)
    assert terminal.run("case", "show", CASE, "--json").expect(0).json["state"] == before
    assert [record["kind"] for record in written(terminal)] == ["contact"]
    shown = terminal.run("case", "show", CASE).expect(0).out
    assert "De ouders bellen" not in shown, "what was said of a child at home is not read out by itself"
