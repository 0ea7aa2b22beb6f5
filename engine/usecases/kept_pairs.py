"""What stands in the way of cases that run, kept for each pair of what they are pinned to and a day of the law.

To read such a pair takes a second or more, and once a later law exists every check would do it again. Kept is what was
found, without the cases: those differ from day to day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from engine.core.quick_class import dataclass
from engine.usecases.kept_check import plain, program_digest, read_sealed, write_sealed

_FILE = "pairs.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class InTheWay:
    """A thing found of a pair: whether cases cannot go on, or the law asks what they do not do; where, and in words."""

    stops: bool
    where: str
    because: str


class KeptPairs:
    """What was found of pairs, as long as the files with these digests, and this program, are as they were."""

    def __init__(self, folder: Path, digests: Iterable[str]) -> None:
        self._path = folder / _FILE
        self._seal = sha256("\0".join((program_digest(), *sorted(digests))).encode()).hexdigest()
        self._known = read_sealed(self._path, self._seal) or {}
        self._is_new = False

    def of(self, pair: Sequence[str], find: Callable[[], tuple[InTheWay, ...]]) -> tuple[InTheWay, ...]:
        """What is known of the pair, or is found now."""
        key = "\0".join(pair)
        if key not in self._known:
            self._known[key] = [plain(one) for one in find()]
            self._is_new = True
        return tuple(InTheWay(**one) for one in self._known[key])

    def keep(self) -> None:
        """Write what was found now; a folder that cannot be written costs time and nothing else."""
        if self._is_new:
            write_sealed(self._path, self._seal, self._known)
