"""Where a value stands in a file, and the problems that were found there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from engine.core.errors import DefinitionError
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass

Path = tuple[str | int, ...]
Mark = tuple[int, int]


@dataclass(slots=True, kw_only=True)
class Document:
    """One file as plain values, with the line and column (from 1) of every value and key.

    `problems` grows while the file is read; `path` is relative to the content root. `parameters` are the values
    of the organisation the file is read for.
    """

    path: str
    value: object
    marks: Mapping[Path, Mark]
    key_marks: Mapping[Path, Mark]
    parameters: Mapping[str, Value] = field(default_factory=dict)
    problems: list[DefinitionError] = field(default_factory=list)

    def read_for(self, parameters: Mapping[str, Value]) -> Document:
        """The same file, read for an organisation with these parameters; its problems start empty."""
        return replace(self, parameters=parameters, problems=[])

    @property
    def top(self) -> Place:
        """The place of the whole file."""
        return Place(self, ())

    def refuse_if_wrong(self) -> None:
        """Raise one DefinitionError that holds all problems, when there are any."""
        if self.problems:
            raise gathered(self.path, self.problems)


@dataclass(frozen=True, slots=True)
class Place:
    """One value within a document. `place / key` is the place of a part of it."""

    document: Document
    path: Path

    def __truediv__(self, part: str | int) -> Place:
        return Place(self.document, (*self.path, part))

    @property
    def where(self) -> str:
        """file:line:column of the value; of the nearest value around it when it was not written itself."""
        return self._written(self.document.marks)

    @property
    def key_where(self) -> str:
        """file:line:column of the key before the value."""
        return self._written(self.document.key_marks) if self.path in self.document.key_marks else self.where

    def _written(self, marks: Mapping[Path, Mark]) -> str:
        path = self.path
        while path and path not in marks:
            path = path[:-1]
        line, column = marks.get(path, (1, 1))
        return f"{self.document.path}:{line}:{column}"

    def report(self, what: str, *, why: str = "", next_step: str = "", at_key: bool = False) -> None:
        """Remember a problem with this value; reading goes on."""
        where = self.key_where if at_key else self.where
        self.document.problems.append(DefinitionError(what, where=where, why=why, next_step=next_step))


def gathered(subject: str, problems: list[DefinitionError] | tuple[DefinitionError, ...]) -> DefinitionError:
    """One error for several problems; a single problem is passed on as it is, with itself as its problem."""
    first = problems[0]
    if len(problems) == 1:
        return DefinitionError(
            first.what, where=first.where, why=first.why, next_step=first.next_step, problems=(first,)
        )
    lines = "\n".join(f"- {problem.text()}" for problem in problems)
    return DefinitionError(f"{subject} heeft {len(problems)} fouten:\n{lines}", problems=tuple(problems))
