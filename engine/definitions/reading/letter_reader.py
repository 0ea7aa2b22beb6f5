"""A letter template: its YAML head and its Markdown text with the partials it uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import sha256

from engine.core.content.template import LetterTemplate
from engine.core.finding import fault
from engine.core.language.facts import Value
from engine.definitions.files.places import Document, Place, as_error
from engine.definitions.models.letter import LetterFile
from engine.definitions.reading.building import build
from engine.definitions.reading.model_check import fit
from engine.definitions.reading.yaml_reader import read_yaml

_INCLUDE = re.compile(r"""\{%-?\s*include\s+["']([^"']+)["']""")
_FENCE = "---"

FindPartial = Callable[[str], str | None]
"""Gives the text of a partial by its name; None when there is none."""


def split_letter(text: str, path: str) -> tuple[str, str, int]:
    """Head, body, and the line on which the body starts. Raises DefinitionError without a head."""
    lines = text.splitlines(keepends=True)
    # The line for the editor may stand before or within the head.
    start = next((n for n, line in enumerate(lines[:3]) if line.strip() == _FENCE), None)
    end = None if start is None else next(
        (n for n, line in enumerate(lines) if n > start and line.strip() == _FENCE), None
    )  # fmt: skip
    if start is None or end is None:
        raise as_error(fault("letter_without_head", f"{path}:1:1"))
    head = "".join(["#\n"] * (start + 1)) + "".join(lines[start + 1 : end])
    return head, "".join(lines[end + 1 :]), end + 2


def read_letter(
    text: str, path: str, organisation: str, parameters: Mapping[str, Value], find_partial: FindPartial
) -> tuple[LetterTemplate, Document]:
    """The template and its head as a document. Raises DefinitionError with all problems of the file."""
    head, body, first_line = split_letter(text, path)
    document = read_yaml(head, path).read_for(parameters)
    part = fit(document, LetterFile)
    at = document.top
    partials = _collect_partials(body, find_partial, Document(path=path, value=body, marks={(): (first_line, 1)},
                                 key_marks={}, findings=document.findings).top)  # fmt: skip
    letter: LetterTemplate = build(
        part, at, organisation=organisation, body=body, partials=partials, digest=_digest(head, body, partials)
    )
    document.refuse_if_wrong()
    return letter, document


def _collect_partials(body: str, find_partial: FindPartial, at: Place) -> tuple[tuple[str, str], ...]:
    """The partials of the text and of each other, every one once, by name."""
    found: dict[str, str] = {}
    waiting = _INCLUDE.findall(body)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        text = find_partial(name)
        if text is None:
            at.report("unknown_partial", name=name)
            continue
        found[name] = text
        waiting += _INCLUDE.findall(text)
    return tuple(sorted(found.items()))


def _digest(head: str, body: str, partials: tuple[tuple[str, str], ...]) -> str:
    whole = sha256()
    for text in (head, body, *(part for pair in partials for part in pair)):
        whole.update(text.encode())
        whole.update(b"\0")
    return whole.hexdigest()
