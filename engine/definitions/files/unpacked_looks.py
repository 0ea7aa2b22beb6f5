"""The looks of a publication as files: who sets a letter opens a letterhead and fonts from a disk, not out of a store.

They lie in the cache of a workplace, each set once under its digest, whatever number of publications has it.
"""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from engine.definitions.files.compiled_copy import LETTERS
from engine.definitions.files.footprint import Footprint
from engine.definitions.files.frozen_files import FrozenFiles

_TEXT = ".md"
_LETTERHEAD = ".typ"


def look_root(folder: Path, publication: str, files: Callable[[], FrozenFiles], otherwise: Path) -> Path:
    """The root under which `templates/letters` has what is published of it, but for the letters themselves.

    `folder` is where such roots lie. A publication of before looks were published has none: then it is `otherwise`.
    Raises DefinitionError when the store has lost one of them.
    """
    note = folder / f"{publication[:16]}.txt"
    try:
        told = note.read_text(encoding="utf-8")
    except (OSError, ValueError):
        told = ""
    if told and _is_whole(folder / told):
        return folder / told
    frozen = files()
    wanted = {path: digest for path, digest in frozen.digests.items() if _is_of_look(path)}
    if not any(path.endswith(_LETTERHEAD) for path in wanted):
        return otherwise
    name = Footprint(files=wanted).digest[:16]
    try:
        root = _unpacked(folder / name, wanted, frozen)
        note.write_text(name, encoding="utf-8")
    except OSError:  # a cache that cannot be written costs time, and nothing else
        root = _unpacked(_passing_folder() / name, wanted, frozen)
    return root


def _is_of_look(path: str) -> bool:
    return path.startswith(f"{LETTERS}/") and not path.endswith(_TEXT)


def _unpacked(root: Path, wanted: Mapping[str, str], files: FrozenFiles) -> Path:
    if _is_whole(root):
        return root
    draft = root.with_name(f"{root.name}.{os.getpid()}.new")
    shutil.rmtree(draft, ignore_errors=True)
    for path in wanted:
        place = draft / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(files.bytes_of(path))
    (draft / _LIST).write_text(_listed(wanted), encoding="utf-8")
    shutil.rmtree(root, ignore_errors=True)  # one that was damaged
    try:
        draft.rename(root)
    except OSError:  # another process was first
        shutil.rmtree(draft, ignore_errors=True)
        if not _is_whole(root):
            raise
    return root


_LIST = "digests.txt"


def _listed(wanted: Mapping[str, str]) -> str:
    return "".join(f"{digest} {path}\n" for path, digest in sorted(wanted.items()))


def _is_whole(root: Path) -> bool:
    """Whether every file is there as it was published, and is that of the name of this root."""
    try:
        lines = (root / _LIST).read_text(encoding="utf-8").splitlines()
        wanted = {path: digest for digest, _, path in (line.partition(" ") for line in lines)}
        is_named = Footprint(files=wanted).digest[:16] == root.name
        return is_named and all(sha256((root / path).read_bytes()).hexdigest() == one for path, one in wanted.items())
    except (OSError, ValueError):
        return False


def _passing_folder() -> Path:
    made = Path(mkdtemp(prefix="trede-looks-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made
