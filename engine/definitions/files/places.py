"""Where a value stands in a file, and what was found there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from engine.core.errors import DefinitionError, EngineError
from engine.core.finding import Finding, fault
from engine.core.language.facts import Pattern, Value
from engine.core.quick_class import dataclass

Path = tuple[str | int, ...]
Mark = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedParts:
    """What a file may say by its name: lists of answers and facts that go along, of the organisation it is read for,
    and groups of letters of the file itself."""

    choices: Mapping[str, Mapping[str, str]]
    handovers: Mapping[str, tuple[str, ...]]
    letter_groups: Mapping[str, list[object]]


NOTHING_NAMED = NamedParts(choices={}, handovers={}, letter_groups={})


@dataclass(slots=True, kw_only=True)
class Document:
    """One file as plain values, with the line and column (from 1) of every value and key.

    `findings` grows while the file is read; `path` is relative to the content root. `parameters` are the values
    of the organisation the file is read for, `patterns` its forms of numbers, `named` what it gave a name.
    """

    path: str
    value: object
    marks: Mapping[Path, Mark]
    key_marks: Mapping[Path, Mark]
    parameters: Mapping[str, Value] = field(default_factory=dict)
    patterns: Mapping[str, Pattern] = field(default_factory=dict)
    named: NamedParts = NOTHING_NAMED
    findings: list[Finding] = field(default_factory=list)

    def read_for(
        self,
        parameters: Mapping[str, Value],
        patterns: Mapping[str, Pattern] | None = None,
        named: NamedParts = NOTHING_NAMED,
    ) -> Document:
        """The same file, read for an organisation with these parameters and names; its findings start empty."""
        return replace(self, parameters=parameters, patterns=patterns or {}, named=named, findings=[])

    @property
    def top(self) -> Place:
        """The place of the whole file."""
        return Place(self, ())

    def refuse_if_wrong(self) -> None:
        """Raise one DefinitionError that holds all findings, when there are any."""
        if self.findings:
            raise as_error(*self.findings, subject=self.path)


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

    def report(self, kind: str, *, at_key: bool = False, **parameters: object) -> None:
        """Remember a fault in this value; reading goes on."""
        self.document.findings.append(fault(kind, self.key_where if at_key else self.where, **parameters))

    def refused(self, error: DefinitionError) -> None:
        """Remember that the core does not take this value."""
        self.document.findings.append(moved(error, self.where))


def findings_of(error: EngineError) -> tuple[Finding, ...]:
    """What was found; an error that knows no findings is one."""
    return getattr(error, "findings", ()) or (moved(error, error.where),)


def moved(error: EngineError, where: str) -> Finding:
    """What a room below says is wrong with a part, at the place in the content where it comes from.

    An error with words of its own, from a room above the core, is a finding that keeps them.
    """
    from engine.words.saying import WORDS  # content is nearly always right

    if error.what in WORDS:
        return fault(error.what, where, **error.parameters)
    return fault("refused", where, what=error.what, why=error.why, next_step=error.next_step)


def as_error(*findings: Finding, subject: str = "") -> DefinitionError:
    """The error to raise for what was found; several are told under the subject that has them."""
    from engine.words.saying import say  # only who is refused needs words

    first = say(findings[0])
    if len(findings) == 1:
        return DefinitionError(
            first.what, where=first.where, why=first.why, next_step=first.next_step, findings=findings
        )
    lines = "\n".join(f"- {say(finding).text()}" for finding in findings)
    return DefinitionError(f"{subject} heeft {len(findings)} fouten:\n{lines}", findings=findings)
