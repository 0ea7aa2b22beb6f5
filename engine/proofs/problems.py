"""What a proof finds: a problem with its place, cause and next step, in Dutch."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from engine.core.quick_class import dataclass

_PLACE = re.compile(r"^(?P<path>.*?)(?::(?P<line>[0-9]+))?(?::(?P<column>[0-9]+))?$")


class Level(StrEnum):
    """How bad it is: content with an error may not be used, a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding. `kind` is a fixed word for programs; the rest is Dutch text for a person.

    `where` is file:line:column of the part of the content it is about.
    """

    level: Level
    kind: str
    what: str
    where: str = ""
    why: str = ""
    next_step: str = ""

    def text(self) -> str:
        """The whole message on one line: where, what, why, next step."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return " ".join(part for part in (head, self.why, self.next_step) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What one proof gives: its problems and, when there are none, a short Dutch line of what was shown."""

    problems: tuple[Problem, ...] = ()
    line: str = ""


def wrong(kind: str, what: str, where: str, why: str = "", next_step: str = "") -> Problem:
    """A problem that makes the content unusable."""
    return Problem(level=Level.ERROR, kind=kind, what=what, where=where, why=why, next_step=next_step)


def doubtful(kind: str, what: str, where: str, why: str = "", next_step: str = "") -> Problem:
    """A problem that a person must look at, but that does not stop the content."""
    return Problem(level=Level.WARNING, kind=kind, what=what, where=where, why=why, next_step=next_step)


def place_key(where: str) -> tuple[str, int, int]:
    """A key that sorts places by file, then line, then column."""
    match = _PLACE.match(where)
    assert match is not None  # the pattern takes any text on one line
    return match["path"], int(match["line"] or 0), int(match["column"] or 0)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems without doubles, errors first, then by place; the same order every time."""
    levels = list(Level)
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda found: (levels.index(found.level), place_key(found.where), found.kind, found.what),
        )
    )
