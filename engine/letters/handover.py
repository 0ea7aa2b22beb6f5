"""Handing over a made letter: once, however often it is tried.

A folder is the way that exists; another way (mail) fits the same protocol.
"""

from __future__ import annotations

import errno
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Protocol, TypeVar

from engine.core.errors import LetterError, OutboxError
from engine.core.quick_class import dataclass
from engine.letters.outbox_files import (
    Slip,
    give_name,
    note_day,
    noted_day,
    read_name,
    read_receipt,
    receipt_bytes,
    receipt_for,
    sync_folder,
    write_at_once,
)
from engine.letters.rendering import RenderedLetter

T = TypeVar("T")

UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
LONGEST_PART = 60
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
class Label:
    """By what a letter is found again. `identity` is given to one letter and to no other, in whatever database."""

    key: str
    identity: str
    case_id: str
    letter: str
    addressee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What is handed over, and under which label. `sent_on` is a local date."""

    label: Label
    sent_on: date
    rendered: RenderedLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverProof:
    """Proof of a hand-over: where it lies (seen from the outbox), and the local date on which it went.

    `was_there`: an earlier try had already done it, so that `sent_on` may be an earlier date than was asked.
    """

    places: tuple[str, ...]
    sent_on: date
    was_there: bool


class Handover(Protocol):
    """A way out. Handing over the same parcel again must be harmless and give the same places."""

    def name(self) -> str:
        """What this way out is called, so that a database knows its own; empty when it has no name (yet)."""
        ...

    def give_name(self) -> str:
        """The name, given for good when there is none. Raises OutboxError when that cannot be done."""
        ...

    def earlier_day(self, label: Label) -> date | None:
        """The day on which a letter was handed over already; None when it was not."""
        ...

    def hand_over(self, parcel: Parcel) -> HandoverProof:
        """Hand over once. Raises LetterError when it cannot be done; the letter then stays waiting."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderOutbox:
    """Writes `<folder>/<yyyy-mm-dd>/<case>-<letter>-<addressee>-<identity>.html`, then `.json` and `.pdf`.

    A file is there completely or not at all, also after a crash. The PDF comes last: where it lies, the letter was
    handed over, and the receipt beside it says which letter that is. A number of a case is given out again when an
    older backup is put back, so no letter is recognised by its case: only by its identity, and then by its words.
    Finding a letter that was handed over before costs the same however many there are.
    """

    folder: Path
    survives_power_cut: bool = True

    def name(self) -> str:
        """The name in the folder; empty when it has none, or is not there. Raises OutboxError if unreadable."""
        return self._trying("De uitvoermap kan niet worden gelezen.", lambda: read_name(self.folder))

    def give_name(self) -> str:
        """Name the folder, which is made when it is not there."""
        return self._trying("De uitvoermap kan niet worden beschreven.", lambda: give_name(self.folder))

    def earlier_day(self, label: Label) -> date | None:
        """The day in whose folder the letter lies, whatever it says."""
        found = self._trying(f"Naar brief {label.letter} kan niet worden gezocht.", lambda: self._earlier(label))
        return date.fromisoformat(found.parent.name) if found else None

    def hand_over(self, parcel: Parcel) -> HandoverProof:
        """Write the files, unless this letter was handed over before, on this day or an earlier one.

        Raises OutboxError when the folder cannot be written, and LetterError when another text lies there under the
        same identity: a letter that went out is never overwritten.
        """
        what = f"Brief {parcel.label.letter} kan niet worden weggelegd."
        return self._trying(what, lambda: self._again(parcel) or self._first(parcel))

    def _trying(self, what: str, act: Callable[[], T]) -> T:
        try:
            return act()
        except OSError as wrong:
            raise OutboxError(
                what,
                where=str(wrong.filename or self.folder),
                why=_WHY_NOT.get(wrong.errno or 0, "De schijf of het netwerk neemt het bestand niet aan."),
                next_step="Maak de map beschrijfbaar; de brief blijft klaarstaan.",
            ) from wrong

    def _earlier(self, label: Label) -> Path | None:
        stem = file_stem(label)
        day = noted_day(self.folder, stem)
        pdf = self.folder / day / f"{stem}.pdf"
        return pdf if day and pdf.is_file() else None

    def _again(self, parcel: Parcel) -> HandoverProof | None:
        pdf = self._earlier(parcel.label)
        if pdf is None:
            return None
        _demand_same(pdf, parcel)
        return _proof(pdf, was_there=True)

    def _first(self, parcel: Parcel) -> HandoverProof:
        stem, day = file_stem(parcel.label), self.folder / parcel.sent_on.isoformat()
        self._clear(stem, day.name)
        day.mkdir(parents=True, exist_ok=True)
        note_day(self.folder, stem, day.name)  # before the letter: a note alone promises nothing
        pdf = day / f"{stem}.pdf"
        receipt = receipt_for(parcel.label.key, parcel.rendered.text_hash, parcel.rendered.pdf)
        self._write(pdf.with_suffix(".html"), parcel.rendered.html.encode())
        self._write(pdf.with_suffix(".json"), receipt_bytes(receipt))
        self._write(pdf, parcel.rendered.pdf)
        if self.survives_power_cut:
            sync_folder(day)
        return _proof(pdf, was_there=False)

    def _clear(self, stem: str, today: str) -> None:
        """Take away what a try on another day left there without getting as far as the letter."""
        day = noted_day(self.folder, stem)
        if day and day != today:
            for suffix in (".html", ".json"):
                (self.folder / day / f"{stem}{suffix}").unlink(missing_ok=True)

    def _write(self, path: Path, content: bytes) -> None:
        write_at_once(path, content, waits_for_disk=self.survives_power_cut)


def file_stem(label: Label) -> str:
    """The name of the files without extension: only letters, digits, point, dash and underscore."""
    return "-".join((*map(_safe, (label.case_id, label.letter, label.addressee)), label.identity))


def _proof(pdf: Path, *, was_there: bool) -> HandoverProof:
    # Seen from the outbox: a workplace may be moved.
    places = tuple(f"{pdf.parent.name}/{pdf.stem}{suffix}" for suffix in (".html", ".pdf"))
    return HandoverProof(places=places, sent_on=date.fromisoformat(pdf.parent.name), was_there=was_there)


def _safe(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return UNSAFE.sub("_", plain).strip("._")[:LONGEST_PART] or "_"


def _demand_same(pdf: Path, parcel: Parcel) -> None:
    """What lies there must be this very letter, by its words; a letter of before the receipts by its bytes."""
    found, wanted = pdf.read_bytes(), parcel.rendered
    try:
        lies = read_receipt(pdf)
    except ValueError:
        lies = Slip(key="een brief met een beschadigd bewijs", text_hash="", pdf_hash="")
    if lies is None and found == wanted.pdf:
        return
    said = (parcel.label.key, wanted.text_hash)
    if lies and (lies.key, lies.text_hash) == said and sha256(found).hexdigest() == lies.pdf_hash:
        return
    there = f"{lies.key} ({lies.text_hash[:8] or '?'})" if lies else "een brief zonder bewijs"
    raise LetterError(
        "Onder deze naam ligt al een andere brief.",
        where=str(pdf),
        why=f"Daar ligt {there}; nu zou {said[0]} ({said[1][:8]}) worden weggelegd. Een brief die is weggelegd, "
        "wordt nooit overschreven.",
        next_step="Zoek uit welke van de twee is verstuurd en haal de andere weg.",
    )
