"""How answers reach the screen: JSON for programs, words for people; and never a sign that steers it.

A name in a register may hold anything; a terminal that gets it raw can be cleared, renamed or made to show other
words than are there. Such signs are written out (`\\u001b`), in JSON too, where that means the same.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from engine.core.evaluation.reasons import Reason

if TYPE_CHECKING:
    from engine.core.evaluation.prepared import Content
    from engine.core.language.facts import Value
    from engine.runtime import Runtime

_A_FEW_WORDS = 4  # so many blanks make more than a name: worth a look at its language
# All controls but the line break and the tab, the marks that turn the direction of text, and halves of signs.
_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    """The text with every sign that steers a screen written out."""
    return _STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def tell(message: object = "", **how: Any) -> None:
    """Print a message, as `click.echo` does and with what that takes, but harmless."""
    click.echo(harmless(str(message)), **how)


FORM = 2
"""The version of the form of every answer in JSON; what it promises stands in docs/json.md."""


def print_json(answer: Mapping[str, object]) -> None:
    """The answer as JSON, an object that begins with its `version`: dataclasses as objects, dates in ISO form."""
    told = {"version": FORM, **answer}
    assert told["version"] == FORM, "an answer has no version of its own"
    tell(json.dumps(to_plain(told), ensure_ascii=False, indent=2))


def answer(as_json: bool, plain: Callable[[], Mapping[str, object]], words: Callable[[], list[str]]) -> None:
    """The answer for a program, or in words for a person; only the one that is asked for is made."""
    if as_json:
        print_json(plain())
    else:
        print_lines(words())


class Printable(Protocol):
    """A page that was made: as HTML, and as a PDF."""

    @property
    def html(self) -> str: ...
    @property
    def pdf(self) -> bytes: ...


def answer_with_pages(as_json: bool, folder: Path, made: Mapping[str, Printable]) -> None:
    """Write each page under its name as HTML and as PDF, and tell where. Raises UsageError when that cannot be done."""
    from engine.pages.folder import write_files  # few commands write pages

    files = {f"{name}.html": one.html.encode() for name, one in made.items()}
    written = write_files(folder, files | {f"{name}.pdf": one.pdf for name, one in made.items()})
    told = [str(path) for path in written]
    answer(as_json, lambda: {"files": told}, lambda: [f"Geschreven: {path}" for path in told])


def to_plain(value: object) -> object:
    """Any value of the core as plain JSON values."""
    if isinstance(value, Reason):
        return to_plain(value.told())
    if is_dataclass(value) and not isinstance(value, type):
        shown = (field.name for field in fields(value) if not field.name.startswith("_"))
        return {name: to_plain(getattr(value, name)) for name in shown}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list | set | frozenset):
        return [to_plain(item) for item in value]
    return value


def print_lines(lines: list[str]) -> None:
    """Lines for a person: with colour on a terminal (unless NO_COLOR is set), bare when they go elsewhere."""
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        from engine.cli.colours import print_coloured  # Rich is slow to import, and of no use to a pipe

        print_coloured(harmless(line) for line in lines)
        return
    for line in lines:
        tell(line)


def tell_hard_words(runtime: Runtime, content: Content, facts: Mapping[str, Value], *, as_json: bool) -> None:
    """Say once what may be hard to read of a text that was typed and stands in a letter; it was taken all the same."""
    typed = {
        name: value for name, value in facts.items() if isinstance(value, str) and value.count(" ") >= _A_FEW_WORDS
    }
    if as_json or not typed:
        return
    from engine.usecases.judge_typed import judge_typed  # few acts come with a text
    from engine.words.saying import say

    for one in judge_typed(content, lambda: runtime.look_root, typed):
        tell(say(one).text())
