"""Does every part of the house say what the other parts say: cases, journal, deadlines, letters, clock, outbox."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from engine.core.dutch import count_words, write_moment
from engine.core.quick_class import dataclass
from engine.letters.outbox_files import read_receipt
from engine.runtime import Runtime
from engine.store.audit import (
    cases_behind_their_journal,
    cases_without_their_deadline,
    last_moment,
    letters_handed_over,
    sent_files,
)
from engine.usecases.audit_cases import BOUND, Lost, look_through

Seen = str | tuple[str, str]
"""What was seen when all is sound; with what to do when it is not."""
_RESTORE = "Er is buiten het programma om geschreven. Zet een reservekopie terug en zoek uit door wie."
_DAYS = 14
_SHOWN = 5


@dataclass(frozen=True)
class _House:
    """The house as it is looked at once: all of it (`whole`), or what is latest."""

    runtime: Runtime
    whole: bool

    @cached_property
    def lost(self) -> Lost:
        """What the cases miss, looked up once for all that is asked of it."""
        with self.runtime.reading() as readings:
            return look_through(self.runtime, readings, whole=self.whole)

    def cases(self, _: Runtime) -> Seen:
        """Whether each case stands as its journal says."""
        with self.runtime.reading() as readings:
            behind = cases_behind_their_journal(readings)
        if behind:
            text = f"het logboek mist regels van {count_words(len(behind), 'zaak', 'zaken')}: {_some(behind)}"
            return text, _RESTORE
        if self.lost.changed:
            return (
                f"anders dan in het logboek: {_some(self.lost.changed)}",
                f"Kijk met `trede audit replay`. {_RESTORE}",
            )
        return f"gelijk aan het logboek ({_looked_at(self.lost.cases, whole=self.whole)})"

    def deadlines(self, _: Runtime) -> Seen:
        """Whether each running term is watched."""
        with self.runtime.reading() as readings:
            lost = cases_without_their_deadline(readings) or self.lost.deadlines
        if lost:
            return f"termijnen zonder bewaking: {_some(lost)}", _RESTORE
        if old := tuple(dict.fromkeys(self.lost.old)):
            step = "Draai `trede due`. Helpt dat niet, dan `trede upgrade`: die berekent elke termijn opnieuw."
            return f"termijnen die dit programma anders berekent: {_some(old)}", step
        return "elke lopende termijn wordt bewaakt"

    def letters(self, _: Runtime) -> Seen:
        """Whether each letter that a case waits for is there."""
        lost = self.lost.letters
        return (f"brieven waarop een zaak wacht zijn weg: {_some(lost)}", _RESTORE) if lost else "geen zijn zoek"

    def _since(self) -> str:
        """From which day on the letters are looked at: the last days on which any left."""
        days = sorted(self.runtime.settings.outbox.glob("[0-9]*-[0-9]*-[0-9]*"), reverse=True)
        return days[:_DAYS][-1].name if days else ""

    def outbox(self, _: Runtime) -> Seen:
        """Whether the outbox is ours, holds what it was given, and every file in it is of a letter we know."""
        from engine.usecases.own_outbox import look_at_outbox

        is_ours = look_at_outbox(self.runtime).is_ours
        if is_ours is False:
            return "dit is niet de map van deze database", "Zie `trede letters outbox`."
        outbox, latest = self.runtime.settings.outbox, "" if self.whole else self._since()
        with self.runtime.reading() as readings:
            known = frozenset(sent_files(readings))
            # Before this database knew an outbox, nobody kept which folder its letters were put in.
            sent = letters_handed_over(readings, latest) if is_ours else ()
        wrong = tuple(key for key, text_hash, pdf in sent if not _holds(outbox / pdf, key, text_hash))
        if wrong:
            step = "Zoek de bestanden terug in een reservekopie van de map. Wat niet ging, legt u vast bij de zaak."
            return f"verstuurd volgens de database, maar weg of anders: {_some(wrong)}", step
        strangers = tuple(sorted(_strangers(outbox, known, whole=self.whole)))
        if not strangers:
            return "bevat alleen brieven die de database kent"
        step = "Draai `trede letters send`. Blijven ze staan, dan horen ze bij een andere of oudere database."
        return f"bestanden die de database niet kent: {_some(strangers)}", step


def looks_at_house(runtime: Runtime, *, whole: bool) -> Mapping[str, Callable[[Runtime], Seen]]:
    """What is compared, by the name a person reads."""
    house = _House(runtime, whole)
    return {
        "zaken": house.cases,
        "bewaking": house.deadlines,
        "wachtende brieven": house.letters,
        "klok": _clock,
        "uitvoer": house.outbox,
    }


def _clock(runtime: Runtime) -> Seen:
    with runtime.reading() as readings:
        now, last = runtime.moment_by(readings), last_moment(readings)
    if last is not None and last > now:
        text = f"het is {write_moment(now)}, maar het logboek is al bij {write_moment(last)}"
        return text, "Zet de klok van deze computer goed."
    return "loopt niet achter op het logboek"


def _holds(pdf: Path, key: str, text_hash: str) -> bool:
    """Whether a letter lies where it was put, and says what it said; one of before the receipts must only be there."""
    try:
        receipt = read_receipt(pdf)
        if receipt is None:
            return pdf.is_file()
        said = (receipt.key, receipt.text_hash) == (key, text_hash)
        return said and sha256(pdf.read_bytes()).hexdigest() == receipt.pdf_hash
    except (OSError, ValueError):
        return False


def _strangers(outbox: Path, known: Collection[str], *, whole: bool) -> Iterator[str]:
    days = sorted(outbox.glob("[0-9]*-[0-9]*-[0-9]*"), reverse=True)
    for day in days if whole else days[:_DAYS]:
        names = (f"{day.name}/{path.name}" for path in day.iterdir() if path.suffix in (".html", ".pdf"))
        yield from (name for name in names if name not in known)


def _some(names: Collection[str]) -> str:
    shown = list(names)[:_SHOWN]
    return ", ".join(shown) + (f" en nog {len(names) - _SHOWN}" if len(names) > _SHOWN else "")


def _looked_at(number: int, *, whole: bool) -> str:
    seen = count_words(number, "zaak", "zaken")
    return f"{seen} nagespeeld" if whole or number < BOUND else f"de laatste {seen} nagespeeld; --all speelt alle na"
