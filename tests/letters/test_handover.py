"""A letter is handed over once, completely or not at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.errors import LetterError
from engine.letters.handover import FolderOutbox, HandoverProof, Label, Parcel, file_stem
from engine.letters.outbox_files import NOTES
from engine.letters.rendering import RenderedLetter

pytestmark = pytest.mark.long

LETTER = RenderedLetter(html="<p>é</p>", pdf=b"%PDF-1", text_hash="h")
LABEL = Label(
    key="TLV-1/3/L-06/ouders", identity="0123456789abcdef", case_id="TLV-1", letter="L-06", addressee="ouders"
)
PARCEL = Parcel(label=LABEL, sent_on=date(2026, 11, 23), rendered=LETTER)
STEM = "2026-11-23/TLV-1-L-06-ouders-0123456789abcdef"


def files(folder: Path) -> list[str]:
    """Whatever lies there of letters; what the outbox notes for itself is no letter."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(str(path) for path in found if path.parts[0] != NOTES)


def test_the_files_lie_in_the_folder_of_the_day_with_a_receipt_beside_them(tmp_path: Path) -> None:
    proof = FolderOutbox(folder=tmp_path).hand_over(PARCEL)
    assert files(tmp_path) == [f"{STEM}.html", f"{STEM}.json", f"{STEM}.pdf"]
    assert proof == HandoverProof(
        places=(f"{STEM}.html", f"{STEM}.pdf"), sent_on=date(2026, 11, 23), was_there=False
    ), "seen from the outbox, which may be moved"
    assert (tmp_path / f"{STEM}.html").read_text(encoding="utf-8") == "<p>é</p>"
    assert (tmp_path / f"{STEM}.pdf").read_bytes() == b"%PDF-1"
    assert json.loads((tmp_path / f"{STEM}.json").read_text(encoding="utf-8")) == {
        "key": LABEL.key,
        "text_hash": "h",
        "pdf_hash": sha256(b"%PDF-1").hexdigest(),
    }


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_others_on_the_machine_cannot_read_a_letter(tmp_path: Path) -> None:
    receipt = FolderOutbox(folder=tmp_path).hand_over(PARCEL)
    assert all((tmp_path / place).stat().st_mode & 0o007 == 0 for place in receipt.places)


def test_handing_over_again_is_harmless_and_seen(tmp_path: Path) -> None:
    outbox = FolderOutbox(folder=tmp_path)
    first = outbox.hand_over(PARCEL)
    before = {path: (tmp_path / path).stat().st_mtime_ns for path in first.places}
    assert outbox.hand_over(PARCEL) == replace(first, was_there=True)
    assert {path: (tmp_path / path).stat().st_mtime_ns for path in first.places} == before


def test_a_second_try_on_a_later_day_finds_the_first(tmp_path: Path) -> None:
    outbox = FolderOutbox(folder=tmp_path)
    first = outbox.hand_over(PARCEL)
    assert outbox.earlier_day(LABEL) == first.sent_on, "so it is made anew as it was on that day"
    later = replace(PARCEL, sent_on=date(2026, 11, 24), rendered=replace(LETTER, pdf=b"%PDF-2"))
    assert outbox.hand_over(later) == replace(first, was_there=True), "the same words in another look"
    assert len(files(tmp_path)) == 3


def test_an_outbox_from_before_the_notes_finds_what_lies_there(tmp_path: Path) -> None:
    first = FolderOutbox(folder=tmp_path).hand_over(PARCEL)
    shutil.rmtree(tmp_path / NOTES)
    later = replace(PARCEL, sent_on=date(2026, 11, 24))
    assert FolderOutbox(folder=tmp_path).hand_over(later) == replace(first, was_there=True)
    assert len(files(tmp_path)) == 3


def test_a_letter_from_before_the_receipts_is_known_by_its_bytes(tmp_path: Path) -> None:
    outbox = FolderOutbox(folder=tmp_path)
    first = outbox.hand_over(PARCEL)
    (tmp_path / f"{STEM}.json").unlink()
    assert outbox.hand_over(PARCEL) == replace(first, was_there=True)
    with pytest.raises(LetterError, match="een brief zonder bewijs"):
        outbox.hand_over(replace(PARCEL, rendered=replace(LETTER, pdf=b"%PDF-2")))


def test_a_note_without_a_letter_is_no_hand_over(tmp_path: Path) -> None:
    outbox = FolderOutbox(folder=tmp_path)
    for place in outbox.hand_over(PARCEL).places:
        (tmp_path / place).unlink()
    later = replace(PARCEL, sent_on=date(2026, 11, 24))
    receipt = outbox.hand_over(later)
    assert (receipt.was_there, receipt.sent_on) == (False, later.sent_on)
    third = replace(PARCEL, sent_on=date(2026, 11, 25))
    assert outbox.hand_over(third) == replace(receipt, was_there=True)
    assert not list((tmp_path / "2026-11-23").iterdir()), "what the first try left there is taken away"


def test_finding_an_earlier_letter_looks_through_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Why: it cost more with every letter that was ever handed over."""
    outbox = FolderOutbox(folder=tmp_path)
    first = outbox.hand_over(PARCEL)
    for name in ("glob", "iterdir"):
        monkeypatch.setattr(Path, name, None)
    monkeypatch.setattr(os, "scandir", None)
    assert outbox.hand_over(replace(PARCEL, sent_on=date(2026, 11, 24))) == replace(first, was_there=True)
    outbox.hand_over(replace(PARCEL, label=replace(LABEL, identity="f" * 16)))


def test_any_difference_is_an_error_that_names_both(tmp_path: Path) -> None:
    outbox = FolderOutbox(folder=tmp_path)
    outbox.hand_over(PARCEL)
    for other in (
        replace(PARCEL, rendered=replace(LETTER, text_hash="g")),
        replace(PARCEL, label=replace(LABEL, key="TLV-1/L-06/ouders/2")),
        replace(PARCEL, sent_on=date(2026, 11, 30), rendered=replace(LETTER, text_hash="g")),
    ):
        with pytest.raises(LetterError, match="al een andere brief") as refused:
            outbox.hand_over(other)
        assert refused.value.where == str(tmp_path / f"{STEM}.pdf")
        assert f"Daar ligt {LABEL.key} (h)" in refused.value.why
        assert f"nu zou {other.label.key} ({other.rendered.text_hash})" in refused.value.why


@pytest.mark.parametrize("damaged", [".pdf", ".json"])
def test_a_file_that_is_not_what_its_receipt_says_is_no_hand_over(tmp_path: Path, damaged: str) -> None:
    outbox = FolderOutbox(folder=tmp_path)
    outbox.hand_over(PARCEL)
    (tmp_path / f"{STEM}{damaged}").write_bytes(b"{}")
    with pytest.raises(LetterError, match="al een andere brief"):
        outbox.hand_over(PARCEL)


def test_an_outbox_is_named_once_and_a_folder_that_is_not_there_has_no_name(tmp_path: Path) -> None:
    outbox = FolderOutbox(folder=tmp_path / "uit")
    assert outbox.name() == ""
    given = outbox.give_name()
    assert (outbox.name(), outbox.give_name()) == (given, given)
    assert FolderOutbox(folder=tmp_path / "elders").give_name() != given
    assert [path.name for path in (tmp_path / "uit").iterdir()] == [".outbox"]


@pytest.mark.parametrize("dying_at", [1, 2, 3, 4, 5, 6])
def test_a_process_that_dies_on_the_way_leaves_no_half_letter(tmp_path: Path, dying_at: int) -> None:
    """Dies at the n-th step: after writing beside, or before the new name, of one of the three files."""
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
    assert all(name.endswith((".part", ".html", ".json")) for name in files(tmp_path)), "no PDF: not handed over"
    receipt = FolderOutbox(folder=tmp_path).hand_over(PARCEL)
    assert not receipt.was_there
    assert len(files(tmp_path)) == 3, "nothing is left behind"
    assert (tmp_path / receipt.places[1]).read_bytes() == LETTER.pdf


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
    stem = file_stem(replace(LABEL, case_id=case_id, addressee=addressee))
    assert not set(stem) & set('/\\:*?"<>|\0 ')
    assert not stem.startswith(".")
    assert len(stem) < 230


def test_two_letters_never_share_a_file() -> None:
    assert file_stem(LABEL) != file_stem(replace(LABEL, identity="f" * 16))
