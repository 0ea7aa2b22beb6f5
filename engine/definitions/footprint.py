"""What a piece of content was made from: files, folders, and the days for which the same files are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Footprint:
    """Grows while content is loaded. `first_day` and `last_day` (both inclusive) bound the same choice of versions."""

    files: dict[str, None] = field(default_factory=dict)
    folders: dict[str, None] = field(default_factory=dict)
    first_day: date = date.min
    last_day: date = date.max

    def use_file(self, path: str) -> None:
        """This file was read; it is a part of the digest."""
        self.files[path] = None

    def use_folder(self, path: str) -> None:
        """The names in this folder mattered."""
        self.folders[path] = None

    def choose(self, versions: Sequence[date], chosen: date | None, valid_through: date | None = None) -> None:
        """Another day would choose another version before or after these bounds."""
        if chosen is not None:
            self.first_day = max(self.first_day, chosen)
        later = [version for version in versions if chosen is None or version > chosen]
        if later:
            self.last_day = min(self.last_day, min(later) - _ONE_DAY)
        if valid_through is not None:
            self.last_day = min(self.last_day, valid_through)
