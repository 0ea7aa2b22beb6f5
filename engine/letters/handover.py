"""Handing over a made letter: once, however often it is tried.

A folder is the way that exists; another way (mail) fits the same protocol.
"""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from engine.core.errors import LetterError
from engine.letters.rendering import RenderedLetter

UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
LONGEST_PART = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What is handed over: the letter with the names that make its key. `sent_on` is a local date."""

    key: str
    case_id: str
    letter: str
    addressee: str
    sent_on: date
    rendered: RenderedLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof of a hand-over: where it lies. `was_there`: an earlier try had already done it."""

    places: tuple[str, ...]
    was_there: bool


class Handover(Protocol):
    """A way out. Handing over the same parcel again must be harmless and give the same places."""

    def hand_over(self, parcel: Parcel) -> Receipt: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderOutbox:
    """Writes `<folder>/<yyyy-mm-dd>/<case>-<letter>-<addressee>-<key>.pdf` and `.html`.

    A file is there completely or not at all, also after a crash. The last part of the name is short and comes
    from the key, so that two letters of one case never share a file.
    """

    folder: Path

    def hand_over(self, parcel: Parcel) -> Receipt:
        """Write both files. Raises LetterError when the folder cannot be written, or when another text lies
        there under the same key: a letter that went out is never overwritten."""
        stem = self.folder / parcel.sent_on.isoformat() / file_stem(parcel)
        contents = {
            stem.with_name(f"{stem.name}.html"): parcel.rendered.html.encode(),
            stem.with_name(f"{stem.name}.pdf"): parcel.rendered.pdf,
        }
        try:
            written = [self._put(path, content) for path, content in contents.items()]
        except OSError as wrong:
            raise LetterError(
                f"Brief {parcel.letter} kan niet worden weggelegd.",
                where=str(wrong.filename or self.folder),
                why=wrong.strerror or str(wrong),
                next_step="Maak de map beschrijfbaar; de brief blijft klaarstaan.",
            ) from wrong
        return Receipt(places=tuple(map(str, contents)), was_there=not any(written))

    def _put(self, path: Path, content: bytes) -> bool:
        """True when the file was written, False when the same content lay there already."""
        if path.exists():
            _demand_equal(path, content)
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_at_once(path, content)
        return True


def file_stem(parcel: Parcel) -> str:
    """The name of the files without extension: only letters, digits, point, dash and underscore."""
    from hashlib import sha256

    parts = (parcel.case_id, parcel.letter, parcel.addressee)
    return "-".join((*map(_safe, parts), sha256(parcel.key.encode()).hexdigest()[:8]))


def _safe(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return UNSAFE.sub("_", plain).strip("._")[:LONGEST_PART] or "_"


def _demand_equal(path: Path, content: bytes) -> None:
    if path.read_bytes() != content:
        raise LetterError(
            "Onder deze naam ligt al een andere brief.",
            where=str(path),
            why="Een brief die is weggelegd, wordt nooit overschreven.",
            next_step="Zoek uit welke van de twee is verstuurd en haal de andere weg.",
        )


def _write_at_once(path: Path, content: bytes) -> None:
    """Write beside the file, to disk, and then give it its name: linking fails when the name was taken meanwhile."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o640)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
