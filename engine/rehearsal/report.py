"""What came of a script or a story."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine.core.deciding.step import Refusal, Step
from engine.core.finding import Finding
from engine.core.quick_class import dataclass
from engine.definitions.script import ScriptedAct
from engine.words.saying import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Surprise:
    """Something that went otherwise than the script says: in which plan and act, of which case, and why.

    `outcome` is the refusal when an act was refused that should have succeeded, or for other reasons than expected.
    """

    plan: str
    act: str
    where: str
    case_id: str
    at: datetime
    finding: Finding
    outcome: Refusal | None = None

    @property
    def text(self) -> str:
        """What went otherwise, in words on one line."""
        return say(self.finding).text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An act that somebody did or tried, at a moment (UTC), after the line of the journal with this number."""

    at: datetime
    act: ScriptedAct
    outcome: Step | Refusal
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptReport:
    """What came of a script. `refused` are the refusals that were expected; `passed_over` acts did not apply.

    `failed` are deadlines and letters that could not be dealt with, `unmet` plans that no case ever fitted in;
    `cases` are the cases by plan, in the order they were met; `deeds` everything that a person did or tried.
    """

    acts: int
    refused: int
    passed_over: int
    deadlines: int
    letters: int
    surprises: tuple[Surprise, ...]
    failed: tuple[tuple[str, str], ...]
    unmet: tuple[str, ...]
    cases: Mapping[str, tuple[str, ...]]
    deeds: tuple[Deed, ...] = ()
