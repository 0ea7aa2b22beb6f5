"""A version in force whose consent is said otherwise, and nothing else: that may be published as it is.

A council consents anew to the same text (a school year more), or withdraws. No case decides otherwise by it, for a case
keeps the rules it was opened under; only which version a new case opens under follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from engine.core.errors import DefinitionError
from engine.definitions.files.content_files import ContentFiles
from engine.definitions.reading.yaml_reader import read_yaml
from engine.store.publications import kept_text
from engine.store.readings import Readings

_CONSENT = "consent"


def with_other_consent(
    readings: Readings, root: Path, published: Mapping[str, str], paths: Iterable[str]
) -> frozenset[str]:
    """Those of these published files that the folder has with another `consent`, and with nothing else otherwise."""
    return frozenset(path for path in paths if _is_other_consent(readings, root, path, published[path]))


def _is_other_consent(readings: Readings, root: Path, path: str, digest: str) -> bool:
    try:
        was, now = (read_yaml(text, path).value for text in _texts(readings, root, path, digest))
    except (KeyError, DefinitionError):  # gone, or not to be read: that is told elsewhere
        return False
    if not (isinstance(was, dict) and isinstance(now, dict) and _CONSENT in was and _CONSENT in now):
        return False
    return {**was, _CONSENT: None} == {**now, _CONSENT: None}


def _texts(readings: Readings, root: Path, path: str, digest: str) -> tuple[str, str]:
    return kept_text(readings, digest)[1], ContentFiles(root).read(path)[0]
