"""What a check found in content: a fixed code with its particulars. `engine.words` says it to a person."""

from __future__ import annotations

from collections.abc import Mapping, Set
from enum import StrEnum

from engine.core.quick_class import dataclass

Told = str | int | None | tuple["Told", ...]


class Level(StrEnum):
    """How bad it is: content with an error may not be used, a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `kind` is a fixed code, `where` file:line:column of the part of the content it is about.

    `parameters` are plain texts, whole numbers and lists of texts, None where nothing is known, so that a finding can
    be kept and read again.
    """

    level: Level
    kind: str
    where: str
    parameters: Mapping[str, Told]

    def __hash__(self) -> int:
        return hash((self.kind, self.where))  # a mapping has no hash; equality does look at it


def fault(kind: str, where: str, **parameters: object) -> Finding:
    """A finding that makes the content unusable."""
    return found(Level.ERROR, kind, where, parameters)


def doubt(kind: str, where: str, **parameters: object) -> Finding:
    """A finding that a person must look at, but that does not stop the content."""
    return found(Level.WARNING, kind, where, parameters)


def found(level: Level, kind: str, where: str, parameters: Mapping[str, object]) -> Finding:
    """A finding of any level; each particular becomes plain, in the order it has (a set: by name)."""
    return Finding(level, kind, where, {name: _plain(value) for name, value in parameters.items()})


def _plain(value: object) -> Told:
    if isinstance(value, Set | Mapping):
        return tuple(sorted(map(str, value)))
    if isinstance(value, tuple | list):
        return tuple(map(_plain, value))
    return value if value is None or isinstance(value, int) else str(value)
