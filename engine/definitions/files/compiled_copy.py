"""What the cache folder of a workplace remembers: content that was compiled, and how the folder of it looked.

A short command need not parse YAML, nor read a text to know that it is the same.

A copy of what is published is known by the digest of the publication. One of a folder is used only when the same files
are there with the same content: that is asked of the file system first (size and time of change) and of the content
where that leaves doubt. Copies are plain JSON. A cache folder that cannot be written is passed over: it costs time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from engine import __version__
from engine.clock import system_now
from engine.core.errors import DefinitionError, UsageError
from engine.core.evaluation.prepared import Content
from engine.definitions.files.codec import shape_of_classes
from engine.definitions.files.footprint import Footprint
from engine.definitions.files.packing import pack, unpack
from engine.given_file import MOST_OF_REGISTER, read_bytes

# A file changed within this time of the copy may have changed again without a new time of change.
_DOUBT_NS = 2_000_000_000

RULES = ("rules", "workflows")
LETTERS = "templates/letters"
CONTENT = (*RULES, LETTERS, "templates/cards")
TEXTS = (".yaml", ".md")

Stamp = tuple[int, int, str]
"""Size, time of change in nanoseconds, SHA-256 of the content."""


class _Changed(Exception):
    """A file was changed after it was read."""


class CompiledCopies:
    """The copies of one content root, or of one publication, in one folder."""

    def __init__(self, folder: Path, root: Path, publication: str = "") -> None:
        self._folder = folder
        self._root = root.resolve()
        self._publication = publication

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
            manifest = {
                "of": self._what(wanted),
                **({"used": used.files} if self._publication else self._seen(used)),
                "first_day": used.first_day.isoformat(),
                "last_day": used.last_day.isoformat(),
            }
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}.new")
            draft.write_text(f"{json.dumps(manifest)}\n{pack(content)}", encoding="utf-8")
            draft.replace(path)
        except (OSError, _Changed):
            return

    def _seen(self, used: Footprint) -> dict[str, Any]:
        stamps = {file: self._stamp(file) for file in used.files}
        if any(stamps[file][2] != digest for file, digest in used.files.items()):
            raise _Changed
        return {"files": stamps, "folders": {folder: self._names(folder) for folder in used.folders}}

    def _path(self, wanted: tuple[object, ...]) -> Path:
        # A short sum is enough for a name, for the copy says itself what it is of. What makes long ones (`hashlib`)
        # brings a library of three milliseconds along, and a command that reads an unchanged copy needs it nowhere.
        return self._folder / f"{crc32(self._what(wanted).encode()):08x}.json"

    def _what(self, wanted: tuple[object, ...]) -> str:
        # With the shape of the classes: a newer program does not read an older program's copy.
        return "\0".join((self._publication or str(self._root), __version__, shape_of_classes(), *map(str, wanted)))

    def _is_same(self, manifest: Mapping[str, Any], written_ns: int) -> bool:
        if self._publication:
            return True  # what is published never changes
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
        files=manifest.get("used") or {file: stamp[2] for file, stamp in manifest["files"].items()},
        folders=dict.fromkeys(manifest.get("folders", ())),
        first_day=date.fromisoformat(manifest["first_day"]),
        last_day=date.fromisoformat(manifest["last_day"]),
    )


class WatchedFiles:
    """What some owners have below some folders of a content root: texts, and all that makes the look of letters.

    What was read is remembered, and read again when it may differ. With `kept`, a file in the cache of a workplace, it
    is remembered for the next process too. Who the `owners` are is asked when one of them says otherwise of itself.
    """

    def __init__(
        self,
        root: Path,
        owners: Callable[[], Sequence[str]],
        folders: tuple[str, ...] = CONTENT,
        kept: Path | None = None,
    ) -> None:
        self._root, self._find_owners, self._folders, self._kept = root, owners, folders, kept
        self._places: list[str] = []
        self._stamps: list[list[int]] = []
        self._digests: dict[str, str] = {}
        self._digest = ""
        if kept is not None:
            self._recall(kept)

    def digest(self) -> str:
        """A hash over every text, by name and content: that of a publication which has just these."""
        if not self._digest or self._look() != self._stamps:
            self._read()
        return self._digest

    def digests(self) -> Mapping[str, str]:
        """The SHA-256 of each file by its path below the root: all that decides or is seen, which tests are not."""
        self.digest()
        return self._digests

    def owners(self) -> Sequence[str]:
        """Whose files these are."""
        heads = {path: digest for path, digest in self._digests.items() if path.endswith("/organisation.yaml")}
        if heads and all(_digest_of(self._root / path) == digest for path, digest in heads.items()):
            return [path.split("/")[1] for path in heads]
        return self._find_owners()

    def _read(self) -> None:
        began_ns = int(system_now().timestamp() * 1e9)
        owners, within = self.owners(), str(self._root / LETTERS)
        found = (each for top in self._folders for one in owners for each in os.walk(self._root / top / one))
        walked = [(folder, names) for folder, _, names in found if Path(folder).name != "tests"]
        files = sorted(
            Path(folder, name)
            for folder, names in walked
            for name in names
            if (_is_seen(name) if folder.startswith(within) else name.endswith(TEXTS))
        )
        # The folders too (but those of tests, which decide nothing) and those above: their times tell of a new one.
        tops = {str(self._root / one) for top in self._folders for one in (top, top.partition("/")[0])}
        self._places = [*sorted(filter(os.path.isdir, tops)), *(folder for folder, _ in walked), *map(str, files)]
        self._stamps = self._look()
        self._digests = {path.relative_to(self._root).as_posix(): _digest_of(path) for path in files}
        self._digest = Footprint(files=self._digests).digest
        if any(max(stamp[:2]) > began_ns - _DOUBT_NS for stamp in self._stamps):
            self._stamps = []  # too fresh to be known by its time: read again at the next question
        elif self._kept is not None:
            self._remember(self._kept)

    def _look(self) -> list[list[int]]:
        try:
            found = map(os.stat, self._places)
            # The inode too: a file that was put in the place of another may bring its old time of change along.
            return [[one.st_mtime_ns, one.st_ctime_ns, one.st_size, one.st_ino] for one in found]
        except OSError:
            return []  # one is gone, or out of reach: to be read

    def _recall(self, kept: Path) -> None:
        try:
            told = json.loads(kept.read_bytes())
            if told["of"] == str(self._root):
                self._places, self._stamps, self._digests = told["places"], told["stamps"], told["digests"]
                self._digest = told["digest"]
        except (OSError, ValueError, KeyError, TypeError):
            return  # it only saves time

    def _remember(self, kept: Path) -> None:
        told = {"of": str(self._root), "digest": self._digest, "digests": self._digests}
        draft = kept.with_suffix(f".{os.getpid()}.new")
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(told | {"places": self._places, "stamps": self._stamps}), encoding="utf-8")
            draft.replace(kept)
        except OSError:
            return


def _is_seen(name: str) -> bool:
    """Whether a file is a letter or makes its look (a letterhead may read any other), and not a copy of an editor."""
    return not name.startswith(".") and not name.endswith("~")


def _digest_of(path: Path) -> str:
    from hashlib import sha256  # who finds everything as it was needs none

    try:
        return sha256(read_bytes(path, MOST_OF_REGISTER)).hexdigest()
    except UsageError as error:  # whoever needs this file is told; the watch goes on over the others
        return sha256(error.what.encode()).hexdigest()
