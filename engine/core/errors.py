"""Everything that can go wrong, in one tree.

EngineError                what · where · why · next step
├── DefinitionError        content is wrong (file:line:column)                  exit 3
├── UsageError             a value typed by a person cannot be understood       exit 2
├── CaseError              not found · changed meanwhile · closed               exit 4
│   └── OvertakenError     somebody else wrote first: look again and decide again
├── StoreError             cannot reach · wrong schema version                  exit 5
└── LetterError            cannot be made · cannot be handed over               exit 6

A refusal is not an error: it is a normal answer (`engine.core.deciding.step.Refusal`, exit 1).
The core says what is wrong by a code; `engine.words.of_errors.say` makes the Dutch words where a person reads them.
"""

from __future__ import annotations

from typing import Self, TypeVar

from engine.core.finding import Finding
from engine.core.message import Message

IS_DONE = "is_done"
"""The note on an error that came after something was written: who reads it must not do the same again."""

AnError = TypeVar("AnError", bound="EngineError")


class EngineError(Exception):
    """Base of all errors that become words for a person.

    `what` happened, `where` (file:line:column, case or table row), `why`, and the `next_step` to take. In the core
    `what` is a code, and `parameters` are what it speaks of; a room above it may give the words themselves.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", why: str = "", next_step: str = "", **parameters: object) -> None:
        self.what, self.where, self.why, self.next_step = what, where, why, next_step
        self.parameters = parameters
        super().__init__(self.text())

    @classmethod
    def saying(cls, said: Message, where: str = "") -> Self:
        """The error that says this, at its place."""
        return cls(said.code, where=where, why="", next_step="", **said.parameters)

    @property
    def said(self) -> Message:
        """The code and its parameters, without the place: as a refusal keeps them."""
        return Message(self.what, self.parameters)

    def placed(self, kind: type[AnError], where: str) -> AnError:
        """The same, as an error of another kind, at the place that the catcher knows."""
        return kind(self.what, where=where, why=self.why, next_step=self.next_step, **self.parameters)

    def text(self) -> str:
        """The whole message on one line: where, what, why, next step."""
        return on_one_line(self.where, self.what, self.why, self.next_step)


def on_one_line(where: str, what: str, why: str, next_step: str) -> str:
    """A message as every command shows it; parts that are empty leave no trace."""
    head = f"{where}: {what}" if where else what
    return " ".join(part for part in (head, why, next_step) if part)


class DefinitionError(EngineError):
    """A rule file, workflow or letter template is wrong; `findings` holds all that were found."""

    exit_code = 3

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        why: str = "",
        next_step: str = "",
        findings: tuple[Finding, ...] = (),
        **parameters: object,
    ) -> None:
        super().__init__(what, where=where, why=why, next_step=next_step, **parameters)
        self.findings = findings


class UsageError(EngineError):
    """A value that a person gave cannot be understood (wrong type, bare number as a length, naive moment)."""

    exit_code = 2


class CaseError(EngineError):
    """A case is not there, is closed, or was changed by somebody else meanwhile."""

    exit_code = 4


class OvertakenError(CaseError):
    """Somebody else wrote first. Nothing was stored; what decides by itself may look again and try once more."""


class StoreError(EngineError):
    """The store cannot be reached, or its schema is not the one this program knows."""

    exit_code = 5


class LetterError(EngineError):
    """A letter cannot be made (a field is missing, a character has no glyph) or cannot be handed over."""

    exit_code = 6


class OutboxError(LetterError):
    """The way out is closed: no fault of the letter, which waits for as long as that lasts."""
