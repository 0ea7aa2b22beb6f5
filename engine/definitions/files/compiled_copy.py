"""A compiled copy of content in a cache folder, so that a short command need not parse YAML.

A copy is used only when the same files are there with the same content. Whether that is so is asked of the file
system first (size and time of change) and of the content where that leaves doubt. Copies are plain JSON. A cache
folder that cannot be written is passed over in silence: it only costs time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from engine import __version__
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.definitions.files.codec import shape_of_classes
from engine.definitions.files.footprint import Footprint
from engine.definitions.files.packing import pack, unpack

# A file changed within this time of the copy may have changed again without a new time of change.
_DOUBT_NS = 2_000_000_000

Stamp = tuple[int, int, str]
"""Size, time of change in nanoseconds, SHA-256 of the content."""


class CompiledCopies:
    """The copies of one content root in one folder."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._folder = folder
        self._root = root.resolve()

    def find(self, wanted: tuple[object, ...], on: date) -> tuple[Footprint, Content] | None:
        """The copy for this request when it is still right on this day; None otherwise."""
        path = self._path(wanted)
        try:
            head, _, body = path.read_bytes().partition(b"\n")
            manifest = json.loads(head)
            if manifest["of"] != self._what(wanted):
                return None  # another copy that came under the same name
            used = _footprint(manifest)
            if not used.first_day <= on <= used.last_day:
                return None
            if not self._is_same(manifest, path.stat().st_mtime_ns):
                return None
            content = unpack(body)
        except (OSError, ValueError, KeyError, TypeError, DefinitionError):
            return None
        return (used, content) if isinstance(content, Content) else None

    def keep(self, wanted: tuple[object, ...], used: Footprint, content: Content) -> None:
        """Write the copy for this request, replacing an older one in one move."""
        path = self._path(wanted)
        try:
            stamps = {file: self._stamp(file) for file in used.files}
            if any(stamps[file][2] != digest for file, digest in used.files.items()):
                return  # a file was changed after it was read
            manifest = {
                "of": self._what(wanted),
                "files": stamps,
                "folders": {folder: self._names(folder) for folder in used.folders},
                "first_day": used.first_day.isoformat(),
                "last_day": used.last_day.isoformat(),
            }
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}.new")
            draft.write_text(f"{json.dumps(manifest)}\n{pack(content)}", encoding="utf-8")
            draft.replace(path)
        except OSError:
            return

    def _path(self, wanted: tuple[object, ...]) -> Path:
        # A short sum is enough for a name, for the copy says itself what it is of. What makes long ones (`hashlib`)
        # brings a library of three milliseconds along, and a command that reads an unchanged copy needs it nowhere.
        return self._folder / f"{crc32(self._what(wanted).encode()):08x}.json"

    def _what(self, wanted: tuple[object, ...]) -> str:
        # With the shape of the classes: a newer program does not read an older program's copy.
        return "\0".join((str(self._root), __version__, shape_of_classes(), *map(str, wanted)))

    def _is_same(self, manifest: Mapping[str, Any], written_ns: int) -> bool:
        if any(self._names(folder) != names for folder, names in manifest["folders"].items()):
            return False
        return all(self._is_unchanged(file, stamp, written_ns) for file, stamp in manifest["files"].items())

    def _is_unchanged(self, file: str, stamp: list[Any], written_ns: int) -> bool:
        size, changed_ns, digest = stamp
        found = (self._root / file).stat()
        if found.st_size != size:
            return False
        if _changed_ns(found) == changed_ns and changed_ns < written_ns - _DOUBT_NS:
            return True
        return bool(self._digest(file) == digest)

    def _stamp(self, file: str) -> Stamp:
        found = (self._root / file).stat()
        return found.st_size, _changed_ns(found), self._digest(file)

    def _digest(self, file: str) -> str:
        from hashlib import sha256  # asked of a file that may have changed

        return sha256((self._root / file).read_bytes()).hexdigest()

    def _names(self, folder: str) -> list[str]:
        try:
            return sorted(path.name for path in (self._root / folder).iterdir())
        except FileNotFoundError:
            return []


def _changed_ns(found: os.stat_result) -> int:
    # A copying program can set the first back to an old time, not the second.
    return max(found.st_mtime_ns, found.st_ctime_ns)


def _footprint(manifest: Mapping[str, Any]) -> Footprint:
    return Footprint(
        files={file: stamp[2] for file, stamp in manifest["files"].items()},
        folders=dict.fromkeys(manifest["folders"]),
        first_day=date.fromisoformat(manifest["first_day"]),
        last_day=date.fromisoformat(manifest["last_day"]),
    )
