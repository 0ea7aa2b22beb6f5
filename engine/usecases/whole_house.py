"""Does every part of the house say what the other parts say: cases, journal, deadlines, letters, clock, outbox."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from engine.core.dutch import count_words, write_moment
from engine.core.quick_class import dataclass
from engine.runtime import Runtime
from engine.store.audit import cases_behind_their_journal, cases_without_their_deadline, last_moment, sent_files
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
        return (f"termijnen zonder bewaking: {_some(lost)}", _RESTORE) if lost else "elke lopende termijn wordt bewaakt"

    def letters(self, _: Runtime) -> Seen:
        """Whether each letter that a case waits for is there."""
        lost = self.lost.letters
        return (f"brieven waarop een zaak wacht zijn weg: {_some(lost)}", _RESTORE) if lost else "geen zijn zoek"

    def outbox(self, _: Runtime) -> Seen:
        """Whether every file in the outbox is of a letter that the database knows."""
        with self.runtime.reading() as readings:
            known = frozenset(_name(Path(path)) for path in sent_files(readings))
        strangers = tuple(sorted(_strangers(self.runtime.settings.outbox, known, whole=self.whole)))
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


def _strangers(outbox: Path, known: Collection[str], *, whole: bool) -> Iterator[str]:
    days = sorted(outbox.glob("[0-9]*-[0-9]*-[0-9]*"), reverse=True)
    for day in days if whole else days[:_DAYS]:
        names = (_name(path) for path in day.iterdir() if path.suffix in (".html", ".pdf"))
        yield from (name for name in names if name not in known)


def _name(path: Path) -> str:
    # A workplace may have been moved: the day and the file stay the same.
    return "/".join(path.parts[-2:])


def _some(names: Collection[str]) -> str:
    shown = list(names)[:_SHOWN]
    return ", ".join(shown) + (f" en nog {len(names) - _SHOWN}" if len(names) > _SHOWN else "")


def _looked_at(number: int, *, whole: bool) -> str:
    seen = count_words(number, "zaak", "zaken")
    return f"{seen} nagespeeld" if whole or number < BOUND else f"de laatste {seen} nagespeeld; --all speelt alle na"
