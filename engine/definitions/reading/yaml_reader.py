"""YAML 1.2 to plain values with a position for each; a smaller language than YAML allows.

Plain scalars: `true`/`false`, whole numbers, decimal numbers, dates (2026-08-01), moments (2026-08-01 10:00,
local time of the Netherlands), and text for everything else; so `no`, `on` and `12:30` stay text. Empty values,
double keys, anchors, aliases, tags and tabs are refused, because each of them has surprised an author before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from engine.core.finding import fault
from engine.core.language.facts import Value
from engine.core.moment import LOCAL_ZONE
from engine.definitions.files.places import Document, Mark, Path
from engine.definitions.reading.yaml_events import NotQuickError, careful_events, quick_events
from engine.definitions.reading.yaml_syntax import APOSTROPHE, SYNTAX

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}")
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_DEEPEST = 40
_LONGEST_NUMBER = 17


def read_yaml(text: str, path: str, *, first_line: int = 1, is_form: bool = False) -> Document:
    """The values of one YAML text. `path` is named in messages; `first_line` is the line the text starts on.

    In a form a value may be left empty: it is None then.
    Raises DefinitionError with all findings of reading.
    """
    with suppress(NotQuickError):
        document = _EventReader(path, first_line, is_form).read(text, quick_events)
        if not document.findings:
            return document
    document = _EventReader(path, first_line, is_form).read(text, careful_events)
    document.refuse_if_wrong()
    return document


class _TooDeep(Exception):
    """A text is nested deeper than any content is."""


class _EventReader:
    """Walks over the parser's events once; keeps marks and findings."""

    def __init__(self, path: str, first_line: int, is_form: bool) -> None:
        self._shift, self._is_form = first_line, is_form
        self._marks: dict[Path, Mark] = {}
        self._key_marks: dict[Path, Mark] = {}
        self._document = Document(path=path, value=None, marks=self._marks, key_marks=self._key_marks)

    def read(self, text: str, events_of: Callable[[str], Iterator[Event]]) -> Document:
        if "\t" in text:
            self._report_tab(text)
            return self._document
        try:
            self._document.value = self._read_events(events_of(text))
        except YAMLError as error:
            self._report_syntax(error, text)
        except _TooDeep:
            pass  # reported where it stood
        return self._document

    def _read_events(self, events: Iterator[Event]) -> object:
        value: object = None
        count = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                count += 1
                if count > 1:
                    self._report(event, "two_documents")
            elif isinstance(event, MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent):
                value = self._read_value(event, events, ())
        if count == 0:
            self._mistake((1, 1), "empty_file")
        return value

    def _read_value(self, event: Event, events: Iterator[Event], path: Path) -> object:
        self._marks.setdefault(path, self._mark(event))
        self._refuse_extras(event)
        if len(path) > _DEEPEST:
            # Not a step further: below this any text of a thousand brackets would end the program.
            self._report(event, "too_deep")
            raise _TooDeep
        if isinstance(event, MappingStartEvent):
            return self._read_mapping(events, path, is_flow=bool(event.flow_style))
        if isinstance(event, SequenceStartEvent):
            return self._read_list(events, path)
        return self._read_scalar(event, path) if isinstance(event, ScalarEvent) else ""

    def _read_mapping(self, events: Iterator[Event], path: Path, *, is_flow: bool) -> dict[str, object]:
        found: dict[str, object] = {}
        before: tuple[str, object] | None = None
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._read_key(event, events, path)
            if key in found:
                line, _ = self._key_marks[(*path, key)]
                self._report(event, "double_key", key=key, line=line)
            else:
                self._key_marks[(*path, key)] = self._mark(event)
            behind = next(events)
            if is_flow and before and isinstance(before[1], str) and _says_nothing(behind):
                # What was meant as text after a comma: within braces a comma ends the value, and this became a key.
                self._report(event, "comma_in_braces", key=before[0], text=f"{before[1]}, {key}")
                continue
            value = self._read_value(behind, events, (*path, key))
            found.setdefault(key, value)
            before = key, value
        return found

    def _read_key(self, event: Event, events: Iterator[Event], path: Path) -> str:
        if isinstance(event, ScalarEvent):
            self._refuse_extras(event)
            return str(event.value)
        self._report(event, "key_is_no_word")
        self._read_value(event, events, (*path, "?"))
        return "?"

    def _read_list(self, events: Iterator[Event], path: Path) -> list[object]:
        found: list[object] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            found.append(self._read_value(event, events, (*path, len(found))))
        return found

    def _read_scalar(self, event: ScalarEvent, path: Path) -> object:
        text = str(event.value)
        if event.style:
            return text
        if text in _EMPTY:
            if self._is_form and len(path) == 1:
                return None
            # An empty value stands nowhere; the parser marks whatever comes after it.
            mark = self._marks[path] = self._key_marks.get(path, self._mark(event))
            self._mistake(mark, "no_value")
            return ""
        if len(text) > _LONGEST_NUMBER and _NUMBER.fullmatch(text):
            self._report(event, "number_too_long", most=_LONGEST_NUMBER)
            return 0
        try:
            return read_scalar(text)
        except (ValueError, OverflowError):  # no such day, or a moment before the year 1 in UTC
            self._report(event, "no_such_day", text=text)
            return text

    def _refuse_extras(self, event: Event) -> None:
        if isinstance(event, AliasEvent):
            self._report(event, "alias", name=event.anchor)
        elif getattr(event, "anchor", None):
            self._report(event, "anchor", name=_of(event, "anchor"))
        elif getattr(event, "ctag", None):
            self._report(event, "tag", name=_of(event, "ctag"))

    def _mark(self, event: Event) -> Mark:
        mark: Any = event.start_mark
        return mark.line + self._shift, mark.column + 1

    def _report(self, event: Event, kind: str, **told: object) -> None:
        self._mistake(self._mark(event), kind, **told)

    def _mistake(self, mark: Mark, kind: str, **told: object) -> None:
        self._document.findings.append(fault(kind, f"{self._document.path}:{mark[0]}:{mark[1]}", **told))

    def _report_tab(self, text: str) -> None:
        self._mistake(self._mark_at(text, text.index("\t")), "tab")

    def _place_in(self, text: str, error: YAMLError) -> Mark:
        """Where an unreadable character stands, which the parser tells in characters."""
        return self._mark_at(text, int(getattr(error, "position", 0)))

    def _mark_at(self, text: str, position: int) -> Mark:
        line_start = text.rfind("\n", 0, position) + 1
        return text.count("\n", 0, position) + self._shift, position - line_start + 1

    def _report_syntax(self, error: YAMLError, text: str) -> None:
        mark: Any = getattr(error, "problem_mark", None) if isinstance(error, MarkedYAMLError) else None
        opened = APOSTROPHE.search(text)
        if opened and (mark is None or text.count("\n", 0, opened.start()) <= mark.line):
            self._mistake(self._mark_at(text, opened.start(1)), "yaml_apostrophe", word=opened[1])
            return
        at = (mark.line + self._shift, mark.column + 1) if mark else self._place_in(text, error)
        words = f"{getattr(error, 'problem', '')} {getattr(error, 'context', '')} {getattr(error, 'reason', '')}"
        self._mistake(at, next((kind for part, kind in SYNTAX if part in words), "no_yaml"))


def _says_nothing(event: Event) -> bool:
    return isinstance(event, ScalarEvent) and not event.style and str(event.value) == ""


def _of(event: Event, name: str) -> object:
    return getattr(event, name, "")


def read_scalar(text: str) -> Value:
    """What an unquoted word means. Raises ValueError for a day or time that does not exist."""
    if text in _TRUTHS:
        return _TRUTHS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        return date.fromisoformat(text)
    if _MOMENT.fullmatch(text):
        return _read_moment(text)
    return text


def _read_moment(text: str) -> datetime:
    local = datetime.fromisoformat(text).replace(tzinfo=LOCAL_ZONE)
    moment = local.astimezone(UTC)
    # A time skipped by summer time does not come back as itself.
    if moment.astimezone(LOCAL_ZONE).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(text)
    return moment
