"""Whether rules, calendar or workflows changed: asked at every heartbeat, so asked of the file system first."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from engine.clock import system_now
from engine.core.errors import UsageError
from engine.given_file import read_bytes

# A file changed this shortly before it was read may have changed again without a new time of change.
_DOUBT_NS = 2_000_000_000
_FOLDERS = ("rules", "workflows")


class WatchedRules:
    """The files of one content root. What was read is remembered, and read again when a file may differ."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._stamps: list[tuple[int, ...]] = []
        self._places: list[str] = []
        self._digest = ""

    def digest(self) -> str:
        """A hash over every rule, calendar and workflow file, by name and content; letters move no term."""
        if not self._digest or self._look() != self._stamps:
            self._read()
        return self._digest

    def _read(self) -> None:
        began_ns = int(system_now().timestamp() * 1e9)
        # The folders too: a new file is seen by the time of change of its folder.
        folders = [folder for name in _FOLDERS for folder, _, _ in os.walk(self._root / name)]
        files = [path for name in _FOLDERS for path in sorted((self._root / name).rglob("*.yaml"))]
        files = [path for path in files if path.parent.name != "tests"]
        self._places = [*folders, *map(str, files)]
        self._stamps = self._look()
        hashed = sha256()
        for path in files:
            hashed.update(f"{path.relative_to(self._root)}\0".encode())
            hashed.update(_content(path))
        self._digest = hashed.hexdigest()
        if any(max(stamp[:2]) > began_ns - _DOUBT_NS for stamp in self._stamps):
            self._stamps = []  # too fresh to be known by its time: read again at the next question

    def _look(self) -> list[tuple[int, ...]]:
        try:
            found = map(os.stat, self._places)
            # The inode too: a file that was put in the place of another may bring its old time of change along.
            return [(one.st_mtime_ns, one.st_ctime_ns, one.st_size, one.st_ino) for one in found]
        except OSError:
            return []  # one is gone, or out of reach: to be read


def _content(path: Path) -> bytes:
    try:
        return read_bytes(path)
    except UsageError as error:  # whoever needs this file is told; the watch goes on over the others
        return error.what.encode()
