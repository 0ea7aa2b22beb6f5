"""What a piece of content was made from: files, folders, and the days for which the same files are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date, timedelta
from typing import NamedTuple

from engine.core.quick_class import dataclass

_ONE_DAY = timedelta(days=1)


class Pinned(NamedTuple):
    """What a case keeps: the versions of its workflow and rules, with the digests of their files where it has them.

    `law` is the first day of the newest layer under its rules when it was opened; None in a case of before that was
    kept, which goes by the law of the day.
    """

    workflow: date
    rules: date
    workflow_digest: str = ""
    rules_digest: str = ""
    law: date | None = None


@dataclass(slots=True)
class Footprint:
    """Grows while content is loaded.

    `files` gives the SHA-256 of each file as it was read. `first_day` and `last_day` (both inclusive) bound the
    days on which the same versions are chosen.
    """

    files: dict[str, str] = field(default_factory=dict)
    folders: dict[str, None] = field(default_factory=dict)
    first_day: date = date.min
    last_day: date = date.max

    @property
    def digest(self) -> str:
        """SHA-256 over the names and contents of all files used."""
        from hashlib import sha256  # who reads a compiled copy has the digest there

        listed = "\n".join(f"{path} {digest}" for path, digest in sorted(self.files.items()))
        return sha256(listed.encode()).hexdigest()

    def use_folder(self, path: str) -> None:
        """The names in this folder mattered."""
        self.folders[path] = None

    def choose(self, versions: Sequence[date], chosen: date | None) -> None:
        """Another day would choose another version before or after these bounds."""
        if chosen is not None:
            self.first_day = max(self.first_day, chosen)
        later = [version for version in versions if chosen is None or version > chosen]
        if later:
            self.last_day = min(self.last_day, min(later) - _ONE_DAY)
