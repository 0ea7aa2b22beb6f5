"""A fence around each row of a sweep: whatever goes wrong with one row, the others are dealt with.

One place for all sweeps (deadlines, letters, recomputing, the second look). It catches everything but what a person
or the system does to stop the program: a mistake in the program, met in one case, must not keep the terms of all
other cases from running out unseen. What failed is named, in the output and by `trede doctor`, until a later sweep
passes without it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import TYPE_CHECKING

from engine.core.errors import EngineError
from engine.core.quick_class import dataclass

if TYPE_CHECKING:
    from engine.runtime import Runtime
    from engine.store.readings import Readings

LOG = logging.getLogger("trede.sweep")
_KEY = "left_behind."


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A row that could not be dealt with: the case, what of it (a deadline, a letter), and why."""

    case_id: str
    subject: str
    why: str

    @property
    def named(self) -> tuple[str, str]:
        """What is called by name in the output, and why: a letter by its key (its case stands in it), else the case."""
        return self.subject if self.subject.startswith(f"{self.case_id}/") else self.case_id, self.why


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """How many rows a sweep dealt with, and which it could not."""

    done: int = 0
    failed: tuple[Failed, ...] = ()


@dataclass
class Fence:
    """What one sweep (`sweep` is its name) could not deal with."""

    sweep: str
    _failed: dict[tuple[str, str], Failed] = field(default_factory=dict)

    @contextmanager
    def around(self, case_id: str, subject: str = "") -> Iterator[None]:
        """Go on after the block whatever it raises, but for KeyboardInterrupt and SystemExit."""
        try:
            yield
        except Exception as error:
            self._failed[case_id, subject] = Failed(case_id=case_id, subject=subject, why=words_of(error))
            if not isinstance(error, EngineError):  # a mistake in the program: who mends it needs the trace
                LOG.exception("%s: %s %s", self.sweep, case_id, subject)

    def forget(self, case_id: str, subject: str = "") -> None:
        """It went well after all."""
        self._failed.pop((case_id, subject), None)

    @property
    def failed(self) -> tuple[Failed, ...]:
        """What failed, in the order it was met."""
        return tuple(self._failed.values())

    def remember(self, runtime: Runtime) -> None:
        """Let `trede doctor` know; writes nothing when nothing changed."""
        key, text = _KEY + self.sweep, ""
        if self._failed:
            text = json.dumps([[one.case_id, one.subject, one.why] for one in self.failed], ensure_ascii=False)
        with runtime.reading() as readings:
            if readings.meta(key) == text:
                return
        with runtime.store.transaction() as tx:
            tx.set_meta(key, text)


def words_of(error: Exception) -> str:
    """What went wrong, for a person; a mistake in the program says that it is one."""
    if isinstance(error, EngineError):
        from engine.words.of_errors import say_whole  # a sweep where all goes well says nothing

        return say_whole(error)
    return f"Onverwachte fout in het programma: {type(error).__name__}: {error}"


def left_behind(readings: Readings) -> tuple[Failed, ...]:
    """What the last sweep of each kind could not deal with."""
    found = readings.metas(_KEY)
    rows = (row for text in found.values() if text for row in json.loads(text))
    return tuple(Failed(case_id=case_id, subject=subject, why=why) for case_id, subject, why in rows)
