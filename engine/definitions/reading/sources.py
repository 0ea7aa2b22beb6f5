"""The files of a content root, each read and parsed once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from engine.core.content.organisation import Organisation
from engine.core.finding import Finding
from engine.definitions.files.content_files import ContentFiles
from engine.definitions.files.footprint import Footprint
from engine.definitions.files.places import Document, NamedParts, as_error
from engine.definitions.reading.yaml_reader import read_yaml


class Sources:
    """Texts and parsed documents by path. A snapshot: make a new one to see changes."""

    def __init__(self, files: ContentFiles) -> None:
        self.files = files
        self._texts: dict[str, tuple[str, str]] = {}
        self._documents: dict[str, Document] = {}

    def document(self, path: str) -> Document:
        """A YAML file as values with positions, read once."""
        if path not in self._documents:
            self._documents[path] = read_yaml(self.text(path, Footprint()), path)
        return self._documents[path]

    def fresh(self, path: str, reader: Organisation | None, used: Footprint) -> Document:
        """The file as a document of its own, with no findings yet, read for this organisation."""
        self.text(path, used)
        document = self.document(path)
        if reader is None:
            return document.read_for({})
        named = NamedParts(choices=reader.choices, handovers=reader.handovers, letter_groups={})
        return document.read_for(reader.parameters, reader.patterns, named)

    def text(self, path: str, used: Footprint) -> str:
        """The text of a file; `used` remembers that it was read."""
        if path not in self._texts:
            self._texts[path] = self.files.read(path)
        text, used.files[path] = self._texts[path]
        return text


def raise_all(subject: str, findings: Iterable[Finding]) -> None:
    """Raise one DefinitionError for all findings; nothing when there are none."""
    found = tuple(findings)
    if found:
        raise as_error(*found, subject=subject)


def check_head(document: Document, key: str, folder: str, version: date | None = None) -> None:
    """Raise DefinitionError when the file names itself otherwise than its folder, or than its own name's date."""
    written = document.value if isinstance(document.value, dict) else {}
    if written.get(key, folder) != folder:
        (document.top / key).report("wrong_folder", key=key, value=written[key], folder=folder)
    first = written.get("valid_from", version)
    if version is not None and isinstance(first, date) and first != version:
        (document.top / "valid_from").report("wrong_first_day", value=first, version=version)
    document.refuse_if_wrong()
