"""A letter is handed over once, completely or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.errors import LetterError
from engine.letters.handover import NOTES, FolderOutbox, HandoverProof, Parcel, file_stem
from engine.letters.rendering import RenderedLetter

LETTER = RenderedLetter(html="<p>é</p>", pdf=b"%PDF-1", text_hash="h")
PARCEL = Parcel(
    key="TLV-1/3/L-06/ouders",
    case_id="TLV-1",
    letter="L-06",
    addressee="ouders",
    sent_on=date(2026, 11, 23),
    rendered=LETTER,
)


def files(folder: Path) -> list[str]:
    """Whatever lies there of letters; what the outbox notes for itself is no letter."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(str(path) for path in found if path.parts[0] != NOTES)


def test_both_files_lie_in_the_folder_of_the_day(tmp_path: Path) -> None:
    receipt = FolderOutbox(folder=tmp_path).hand_over(PARCEL)
    stem = f"2026-11-23/TLV-1-L-06-ouders-{file_stem(PARCEL)[-8:]}"
    assert files(tmp_path) == [f"{stem}.html", f"{stem}.pdf"]
    assert receipt == HandoverProof(
        places=(str(tmp_path / f"{stem}.html"), str(tmp_path / f"{stem}.pdf")),
        sent_on=date(2026, 11, 23),
        was_there=False,
    )
    assert (tmp_path / f"{stem}.html").read_text(encoding="utf-8") == "<p>é</p>"
    assert (tmp_path / f"{stem}.pdf").read_bytes() == b"%PDF-1"


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_others_on_the_machine_cannot_read_a_letter(tmp_path: Path) -> None:
    receipt = FolderOutbox(folder=tmp_path).hand_over(PARCEL)
    assert all(Path(place).stat().st_mode & 0o007 == 0 for place in receipt.places)


def test_handing_over_again_is_harmless_and_seen(tmp_path: Path) -> None:
    outbox = FolderOutbox(folder=tmp_path)
    first = outbox.hand_over(PARCEL)
    before = {path: Path(path).stat().st_mtime_ns for path in first.places}
    assert outbox.hand_over(PARCEL) == replace(first, was_there=True)
    assert {path: Path(path).stat().st_mtime_ns for path in first.places} == before


def test_a_second_try_on_a_later_day_finds_the_first(tmp_path: Path) -> None:
    outbox = FolderOutbox(folder=tmp_path)
    first = outbox.hand_over(PARCEL)
    later = replace(PARCEL, sent_on=date(2026, 11, 24), rendered=replace(LETTER, pdf=b"%PDF-2"))
    assert outbox.hand_over(later) == replace(first, was_there=True)
    assert len(files(tmp_path)) == 2


def test_an_outbox_from_before_the_notes_finds_what_lies_there(tmp_path: Path) -> None:
    first = FolderOutbox(folder=tmp_path).hand_over(PARCEL)
    shutil.rmtree(tmp_path / NOTES)
    later = replace(PARCEL, sent_on=date(2026, 11, 24))
    assert FolderOutbox(folder=tmp_path).hand_over(later) == replace(first, was_there=True)
    assert len(files(tmp_path)) == 2


def test_a_note_without_a_letter_is_no_hand_over(tmp_path: Path) -> None:
    outbox = FolderOutbox(folder=tmp_path)
    for place in outbox.hand_over(PARCEL).places:
        Path(place).unlink()
    later = replace(PARCEL, sent_on=date(2026, 11, 24))
    receipt = outbox.hand_over(later)
    assert (receipt.was_there, receipt.sent_on) == (False, later.sent_on)
    third = replace(PARCEL, sent_on=date(2026, 11, 25))
    assert outbox.hand_over(third) == replace(receipt, was_there=True)


def test_finding_an_earlier_letter_looks_through_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Why: it cost more with every letter that was ever handed over."""
    outbox = FolderOutbox(folder=tmp_path)
    first = outbox.hand_over(PARCEL)
    for name in ("glob", "iterdir"):
        monkeypatch.setattr(Path, name, None)
    monkeypatch.setattr(os, "scandir", None)
    assert outbox.hand_over(replace(PARCEL, sent_on=date(2026, 11, 24))) == replace(first, was_there=True)
    outbox.hand_over(replace(PARCEL, key="TLV-1/4/L-06/ouders"))


def test_another_text_under_the_same_key_and_day_is_refused(tmp_path: Path) -> None:
    outbox = FolderOutbox(folder=tmp_path)
    outbox.hand_over(PARCEL)
    with pytest.raises(LetterError, match="al een andere brief"):
        outbox.hand_over(replace(PARCEL, rendered=replace(LETTER, pdf=b"%PDF-2")))


@pytest.mark.parametrize("dying_at", [1, 2, 3, 4])
def test_a_process_that_dies_on_the_way_leaves_no_half_letter(tmp_path: Path, dying_at: int) -> None:
    """Dies at the n-th step: after writing beside, or before the new name, of the first or the second file."""
    code = f"""
import os
from pathlib import Path
from tests.letters.test_handover import PARCEL, FolderOutbox
steps = iter(range(1, 9))
def dying(act):
    def acted(*arguments):
        if next(steps) == {dying_at}:
            os._exit(9)
        return act(*arguments)
    return acted
os.fsync, Path.replace = dying(os.fsync), dying(Path.replace)
FolderOutbox(folder=Path({str(tmp_path)!r})).hand_over(PARCEL)
"""
    root = Path(__file__).parents[2]
    died = subprocess.run([sys.executable, "-c", code], cwd=root, check=False)
    assert died.returncode == 9
    assert all(name.endswith((".part", ".html")) for name in files(tmp_path)), "no PDF: not handed over"
    receipt = FolderOutbox(folder=tmp_path).hand_over(PARCEL)
    assert not receipt.was_there
    assert len(files(tmp_path)) == 2, "nothing is left behind"
    assert Path(receipt.places[1]).read_bytes() == LETTER.pdf


def test_a_folder_that_cannot_be_written_is_a_letter_error(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("not a folder", encoding="utf-8")
    with pytest.raises(LetterError, match="kan niet worden weggelegd") as refused:
        FolderOutbox(folder=tmp_path / "outbox").hand_over(PARCEL)
    assert "outbox" in refused.value.where
    assert "staat een bestand met die naam" in refused.value.why
    assert refused.value.exit_code == 6


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_no_name_leads_out_of_the_folder(case_id: str, addressee: str) -> None:
    stem = file_stem(replace(PARCEL, case_id=case_id, addressee=addressee))
    assert not set(stem) & set('/\\:*?"<>|\0 ')
    assert not stem.startswith(".")
    assert len(stem) < 230


def test_two_letters_never_share_a_file() -> None:
    assert file_stem(PARCEL) != file_stem(replace(PARCEL, key="TLV-1/4/L-06/ouders"))
