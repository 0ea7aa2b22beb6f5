"""Drawing letters: here, or by processes beside this one once so many are drawn that starting them pays.

Whatever goes wrong with those processes, the letters are drawn: a worker that dies, or a pool that cannot start,
leaves the work to this process, and the log says so. The bytes are the same wherever a letter is drawn.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from engine.core.content.organisation import Organisation
from engine.core.content.template import LetterTemplate
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.quick_class import dataclass
from engine.letters.rendering import RenderedLetter, render

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

LOG = logging.getLogger("trede.letters")
WORTHWHILE = 50
"""A worker costs as much to start as some thirty letters to draw, and there is one for each core."""
MOST_WORKERS = 4
"""More only wait: one process claims, hands over and confirms for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingOrder:
    """A letter to be drawn: what it says, in which words, from whom, and its local date."""

    letter: OutgoingLetter
    template: LetterTemplate
    organisation: Organisation
    sent_on: date
    case_id: str


Drawn = Callable[[], RenderedLetter]
"""Gives the letter when it is wanted. Raises LetterError when it cannot be made."""


class DrawingRoom:
    """Where the letters of one content root are drawn. Close it: then no process stays behind. For one thread."""

    def __init__(self, content_root: Path, *, workers: int | None = None, worthwhile: int = WORTHWHILE) -> None:
        self._root, self._worthwhile = content_root, worthwhile
        self._workers = min(_cores(), MOST_WORKERS) if workers is None else workers
        self._ordered = 0
        self._pool: ProcessPoolExecutor | None = None

    def draw(self, order: DrawingOrder) -> RenderedLetter:
        """The letter, drawn in this process. Raises LetterError when it cannot be made."""
        return _draw(self._root, order)

    def begin(self, orders: Sequence[DrawingOrder]) -> Sequence[Drawn]:
        """Begin on these letters, when there are workers; each is given, or its error raised, when it is asked for."""
        self._ordered += len(orders)
        return [self._begin_one(order) for order in orders]

    def close(self) -> None:
        """End the workers. A later letter may start them again."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _begin_one(self, order: DrawingOrder) -> Drawn:
        if self._workers < 2 or self._ordered < self._worthwhile:
            return partial(self.draw, order)
        try:
            self._pool = self._pool or _start(self._workers)
            return partial(self._fetch, self._pool.submit(_draw_or_leave, self._root, order), order)
        except Exception as error:
            self._give_up(error)
            return partial(self.draw, order)

    def _fetch(self, future: Future[RenderedLetter | None], order: DrawingOrder) -> RenderedLetter:
        try:
            drawn = future.result()
        except Exception as error:  # the worker is gone; what goes wrong in a letter it leaves to this process
            self._give_up(error)
            drawn = None
        return drawn or self.draw(order)

    def _give_up(self, error: Exception) -> None:
        """From here on everything is drawn here; told once."""
        if self._workers:
            LOG.warning("Brieven worden verder in één proces gemaakt: %s: %s", type(error).__name__, error)
        self._workers = 0
        self.close()


def _start(workers: int) -> ProcessPoolExecutor:
    import multiprocessing  # most commands draw too little for it
    from concurrent.futures import ProcessPoolExecutor

    # Never forked: a copy of this process would have its connections to the database, and its threads half.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_settle_in)


def _settle_in() -> None:
    """In a worker: Ctrl-C is for the parent to hear, and without a parent there is nobody to draw for."""
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    # A worker waits for work on a pipe that it holds open itself, so the end of the parent does not end its waiting.
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
    os._exit(0)


def _draw_or_leave(root: Path, order: DrawingOrder) -> RenderedLetter | None:
    """In a worker: None when it does not work out. Not every error can be sent over; drawn again, it is raised."""
    try:
        return _draw(root, order)
    except Exception:
        return None


def _draw(root: Path, order: DrawingOrder) -> RenderedLetter:
    return render(
        order.letter,
        order.template,
        order.organisation,
        sent_on=order.sent_on,
        case_id=order.case_id,
        content_root=root,
    )


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
