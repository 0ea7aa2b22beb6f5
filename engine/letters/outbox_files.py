"""What lies in an outbox beside the letters: its own name, a note of the day of each letter, and its receipt."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from engine.core.quick_class import dataclass

READABLE_FOR = 0o640
NOTES = ".handed"
"""The folder that knows, by letter, on which day it was handed over."""
_NAME = ".outbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What lies beside a letter: its key, the hash of its words, and the hash of the file that bears them."""

    key: str
    text_hash: str
    pdf_hash: str


def read_name(folder: Path) -> str:
    """The name that an outbox was given; empty when it has none, or when there is no folder."""
    try:
        return (folder / _NAME).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def give_name(folder: Path) -> str:
    """The name of an outbox, given to it for good when it has none. Raises OSError when it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    # Written beside and linked: two who come at once must end with one and the same name.
    draft = folder / f"{_NAME}.{os.getpid()}"
    draft.write_text(os.urandom(8).hex() + "\n", encoding="ascii")
    with suppress(FileExistsError):
        draft.rename(folder / _NAME) if os.name != "posix" else os.link(draft, folder / _NAME)
    draft.unlink(missing_ok=True)
    return read_name(folder)


def receipt_for(key: str, text_hash: str, pdf: bytes) -> Slip:
    """The receipt of a letter that is handed over."""
    return Slip(key=key, text_hash=text_hash, pdf_hash=sha256(pdf).hexdigest())


def read_receipt(pdf: Path) -> Slip | None:
    """The receipt beside a letter; None where a program of before the receipts put it. Raises ValueError if damaged."""
    try:
        read = json.loads(pdf.with_suffix(".json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    try:
        return Slip(**read)
    except TypeError as wrong:
        raise ValueError(pdf.name) from wrong


def receipt_bytes(receipt: Slip) -> bytes:
    """A receipt as it is written."""
    plain = {"key": receipt.key, "pdf_hash": receipt.pdf_hash, "text_hash": receipt.text_hash}
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def noted_day(folder: Path, stem: str) -> str:
    """The day on which a letter was tried; looking through all days would cost more with every letter."""
    if not (folder / NOTES).is_dir():
        _note_all(folder)
    try:
        return _note(folder / NOTES, stem).read_text()
    except FileNotFoundError:
        return ""


def note_day(folder: Path, stem: str, day: str) -> None:
    """Note on which day a letter is tried."""
    _write_note(folder / NOTES, stem, day)


def _note_all(folder: Path) -> None:
    """Once: what an outbox without notes holds. Under another name until it is complete."""
    draft = folder / f"{NOTES}.{os.getpid()}"
    draft.mkdir(parents=True, exist_ok=True)
    for pdf in folder.glob("[0-9]*/*.pdf"):
        _write_note(draft, pdf.stem, pdf.parent.name)
    with suppress(OSError):  # another sender was first, and noted the same
        draft.rename(folder / NOTES)


def _note(notes: Path, stem: str) -> Path:
    # Spread over 256 folders by the end of the name, which no two letters share.
    return notes / stem[-2:] / stem


def _write_note(notes: Path, stem: str, day: str) -> None:
    path = _note(notes, stem)
    try:
        path.write_text(day)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(day)


def write_at_once(path: Path, content: bytes, *, waits_for_disk: bool) -> None:
    """Write beside the file (and to disk), then give it its name. What a crash leaves behind, the next try takes."""
    temporary = path.with_name(f".{path.name}.part")
    with temporary.open("wb") as file:
        file.write(content)
        if waits_for_disk:
            file.flush()
            os.fsync(file.fileno())
    temporary.chmod(READABLE_FOR)
    temporary.replace(path)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where a system can say so."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
