"""Handing over a made letter: once, however often it is tried.

A folder is the way that exists; another way (mail) fits the same protocol.
"""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from engine.core.errors import LetterError
from engine.core.quick_class import dataclass
from engine.letters.rendering import RenderedLetter

UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
LONGEST_PART = 60
READABLE_FOR = 0o640
NOTES = ".handed"
"""The folder that knows, by letter, on which day it was handed over."""
_NO_FOLDER = "Die map bestaat niet, of er staat een bestand met die naam."
_NOT_ALLOWED = "In deze map mag u niet schrijven."
# By number: what a system says of itself depends on its language.
_WHY_NOT = {
    errno.ENOSPC: "De schijf is vol.",
    errno.EDQUOT: "De schijf is vol.",
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: _NOT_ALLOWED,
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
}


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
class HandoverProof:
    """Proof of a hand-over: where it lies, and the local date on which it went.

    `was_there`: an earlier try had already done it, so that `sent_on` may be an earlier date than was asked.
    """

    places: tuple[str, ...]
    sent_on: date
    was_there: bool


class Handover(Protocol):
    """A way out. Handing over the same parcel again must be harmless and give the same places."""

    def hand_over(self, parcel: Parcel) -> HandoverProof:
        """Hand over once. Raises LetterError when it cannot be done; the letter then stays waiting."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderOutbox:
    """Writes `<folder>/<yyyy-mm-dd>/<case>-<letter>-<addressee>-<key>.html` and then `.pdf`.

    A file is there completely or not at all, also after a crash. The PDF comes last: where it lies, the letter
    was handed over. The last part of the name is short and comes from the key, so that two letters of one case
    never share a file. Finding a letter that was handed over before costs the same however many there are.
    """

    folder: Path
    survives_power_cut: bool = True

    def hand_over(self, parcel: Parcel) -> HandoverProof:
        """Write both files, unless this key was handed over before, on this day or an earlier one.

        Raises LetterError when the folder cannot be written, or when another text lies there under the same key
        and day: a letter that went out is never overwritten.
        """
        try:
            return self._earlier(parcel) or self._first(parcel)
        except OSError as wrong:
            raise LetterError(
                f"Brief {parcel.letter} kan niet worden weggelegd.",
                where=str(wrong.filename or self.folder),
                why=_WHY_NOT.get(wrong.errno or 0, "De schijf of het netwerk neemt het bestand niet aan."),
                next_step="Maak de map beschrijfbaar; de brief blijft klaarstaan.",
            ) from wrong

    def _earlier(self, parcel: Parcel) -> HandoverProof | None:
        stem = file_stem(parcel)
        for day in dict.fromkeys((parcel.sent_on.isoformat(), self._noted_day(stem))):
            pdf = self.folder / day / f"{stem}.pdf"
            if day and pdf.is_file():
                if day == parcel.sent_on.isoformat():
                    _demand_equal(pdf, parcel.rendered.pdf)
                places = (str(pdf.with_suffix(".html")), str(pdf))
                return HandoverProof(places=places, sent_on=date.fromisoformat(day), was_there=True)
        return None

    def _noted_day(self, stem: str) -> str:
        """The day on which a letter was tried; looking through all days would cost more with every letter."""
        if not (self.folder / NOTES).is_dir():
            self._note_all()
        try:
            return _note(self.folder / NOTES, stem).read_text()
        except FileNotFoundError:
            return ""

    def _note_all(self) -> None:
        """Once: what an outbox without notes holds. Under another name until it is complete."""
        draft = self.folder / f"{NOTES}.{os.getpid()}"
        draft.mkdir(parents=True, exist_ok=True)
        for pdf in self.folder.glob("[0-9]*/*.pdf"):
            _write_note(draft, pdf.stem, pdf.parent.name)
        with suppress(OSError):  # another sender was first, and noted the same
            draft.rename(self.folder / NOTES)

    def _first(self, parcel: Parcel) -> HandoverProof:
        day = self.folder / parcel.sent_on.isoformat()
        day.mkdir(parents=True, exist_ok=True)
        _write_note(
            self.folder / NOTES, file_stem(parcel), day.name
        )  # before the letter: a note alone promises nothing
        page, pdf = (day / f"{file_stem(parcel)}{suffix}" for suffix in (".html", ".pdf"))
        self._write(page, parcel.rendered.html.encode())
        self._write(pdf, parcel.rendered.pdf)
        return HandoverProof(places=(str(page), str(pdf)), sent_on=parcel.sent_on, was_there=False)

    def _write(self, path: Path, content: bytes) -> None:
        _write_at_once(path, content, waits_for_disk=self.survives_power_cut)


def file_stem(parcel: Parcel) -> str:
    """The name of the files without extension: only letters, digits, point, dash and underscore."""
    parts = (parcel.case_id, parcel.letter, parcel.addressee)
    return "-".join((*map(_safe, parts), sha256(parcel.key.encode()).hexdigest()[:8]))


def _note(notes: Path, stem: str) -> Path:
    # Spread over 256 folders by the end of the name, which comes from the key.
    return notes / stem[-2:] / stem


def _write_note(notes: Path, stem: str, day: str) -> None:
    path = _note(notes, stem)
    try:
        path.write_text(day)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(day)


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


def _write_at_once(path: Path, content: bytes, *, waits_for_disk: bool) -> None:
    """Write beside the file (and to disk), then give it its name. What a crash leaves behind, the next try takes."""
    temporary = path.with_name(f".{path.name}.part")
    with temporary.open("wb") as file:
        file.write(content)
        if waits_for_disk:
            file.flush()
            os.fsync(file.fileno())
    temporary.chmod(READABLE_FOR)
    temporary.replace(path)
    if waits_for_disk:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
