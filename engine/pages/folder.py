"""Pages into a folder: each is whole or not there, and readable for its owner and group only."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from engine.core.errors import UsageError
from engine.letters.outbox_files import write_at_once


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write these files, by name; the folder is made when it is not there, and other files in it stay.

    Raises UsageError when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_at_once(folder / name, content, waits_for_disk=False)
    except OSError as wrong:
        raise UsageError(
            f"In de map '{folder}' kan niet worden geschreven.",
            why="Zij is geen map, is niet van u, of de schijf is vol.",
            next_step="Kies een andere map, of geef uzelf daar rechten.",
        ) from wrong
    return tuple(folder / name for name in files)
