"""What was found of each change, kept in a file: a run goes on where the last one stopped.

What was noticed stays so while who noticed it and the files that one is played on are the same; that nothing noticed,
while this holds for everybody who could have, and nobody came.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from tools.removals.changes import Change
from tools.removals.judges import Judges, bare


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """By whom a change was noticed (empty: nobody), and the digest of all that this rests on."""

    noticed: str
    digest: str


class Kept:
    """The verdicts, by the text of their change. Lines are added; of two about the same the last one counts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, Verdict] = {}
        if path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                told = json.loads(line)
                self._known[told["change"]] = Verdict(noticed=told["noticed"], digest=told["digest"])

    def before(self, change: Change) -> str:
        """Who noticed it at some time."""
        known = self._known.get(change.text)
        return known.noticed if known else ""

    def last(self, change: Change) -> Verdict | None:
        """What was found the last time, also when a file that it rests on is another by now; None: never tried."""
        return self._known.get(change.text)

    def holding(self, change: Change, judges: Judges) -> Verdict | None:
        """What is known and still so; None when it must be tried."""
        known = self._known.get(change.text)
        return known if known and known.digest == rests_on(change, known.noticed, judges) else None

    def add(self, change: Change, verdict: Verdict) -> None:
        """Keep one more."""
        self._known[change.text] = verdict
        self._path.parent.mkdir(parents=True, exist_ok=True)
        told = {"change": change.text, "noticed": verdict.noticed, "digest": verdict.digest}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(told, ensure_ascii=False) + "\n")


def rests_on(change: Change, noticed: str, judges: Judges) -> str:
    """The digest of the files and tests that this verdict rests on."""
    whole = judges.whole
    by = tuple(one for one in judges.seeing(change) if not noticed or one.text == bare(noticed))
    own = frozenset().union(*(whole.files[key] for key in whole.using(change.path)), {change.path})
    return whole.digest_of(own.union(*(one.sight.files for one in by)), *(one.mark for one in by))
