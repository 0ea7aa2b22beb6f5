"""The escalation ladder as data: rungs, parallel tracks, direct entry."""

from __future__ import annotations

from engine.core.language.conditions import ALWAYS, Condition
from engine.core.language.facts import Declared
from engine.core.language.orders import Changing, LetterOrder
from engine.core.legal_clock.period import Period
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung(Declared):
    """One step of the ladder.

    `owner` is the body that must answer, `together_with` the bodies at its table. `mandate` says in words what
    it may decide. `entry` must hold before a case may stand here. `maximum` is the longest stay; `target` the
    aim, to be made in `target_share` (0..1) of situations. `answer` are facts an answer must hold; `guard`
    must hold before the answer counts; the answer `changes` the lives of these records. `letters` go out when the case
    comes to stand here. `enabled: false` leaves the rung out.
    """

    id: str
    label: str
    owner: str
    mandate: str
    maximum: Period
    together_with: tuple[str, ...] = ()
    entry: Condition = ALWAYS
    guard: Condition = ALWAYS
    changes: tuple[Changing, ...] = ()
    target: Period | None = None
    target_share: float | None = None
    answer: tuple[str, ...] = ()
    letters: tuple[LetterOrder, ...] = ()
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Track(Declared):
    """A way beside the ladder that is always open."""

    id: str
    label: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectEntry(Declared):
    """A situation that starts the case on a higher rung."""

    to: str
    when: Condition
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder(Declared):
    """Rungs from low to high, with the tracks beside them and the direct entries."""

    id: str
    label: str
    rungs: tuple[Rung, ...]
    tracks: tuple[Track, ...] = ()
    direct: tuple[DirectEntry, ...] = ()

    def enabled_rungs(self) -> tuple[Rung, ...]:
        """The rungs in use, low to high."""
        return tuple(rung for rung in self.rungs if rung.enabled)
