"""The files of a content root, each read and parsed once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from engine.core.finding import Finding
from engine.core.language.facts import Value
from engine.definitions.files.content_files import ContentFiles
from engine.definitions.files.footprint import Footprint
from engine.definitions.files.places import Document, as_error
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

    def fresh(self, path: str, parameters: Mapping[str, Value], used: Footprint) -> Document:
        """The file as a document of its own, with no findings yet, read with these parameters."""
        self.text(path, used)
        return self.document(path).read_for(parameters)

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


def check_name(document: Document, key: str, folder: str) -> None:
    """Raise DefinitionError when the id in the file is not the name of its folder."""
    value = document.value.get(key, folder) if isinstance(document.value, dict) else folder
    if value != folder:
        (document.top / key).report("wrong_folder", key=key, value=value, folder=folder)
        document.refuse_if_wrong()


def check_version(document: Document, version: date) -> None:
    """Raise DefinitionError when `valid_from` is not the date in the name of the file."""
    value = document.value.get("valid_from", version) if isinstance(document.value, dict) else version
    if isinstance(value, date) and value != version:
        (document.top / "valid_from").report("wrong_first_day", value=value, version=version)
        document.refuse_if_wrong()
