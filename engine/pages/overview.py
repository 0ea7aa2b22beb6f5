"""What a body, or the director, can see at once without a terminal: pages that stand on their own, in a folder."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from importlib.resources import files

from engine.core.quick_class import dataclass
from engine.pages.markup import write_markup
from engine.reports.ladder_counts import RungCount


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewRow:
    """A case on a page. `day` is the last day that was missed, or by which somebody must act; `what` says for what.

    `why` says on whom it waits, and for what; empty where that was not asked. `about` is the number of the subject.
    """

    case_id: str
    about: str
    procedure: str
    state: str
    owner: str
    handler: str
    what: str
    day: date | None
    since: date
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAtRest:
    """A letter that did not leave: to whom, how it stands, and what went wrong."""

    key: str
    title: str
    to: str
    status: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What would go out or move on a local day when nobody does anything."""

    on: date
    case_id: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Climbed:
    """The rungs of one procedure, low to high."""

    procedure: str
    rungs: tuple[RungCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything on the pages. `body` is whose they are (empty: of the whole organisation); `made_at` in local time.

    `late_cases` and `soon_cases` count all; of `late` and `soon` only the first are told.
    """

    organisation: str
    body: str
    made_at: datetime
    open_cases: int
    late_cases: int
    soon_cases: int
    late: tuple[OverviewRow, ...]
    soon: tuple[OverviewRow, ...]
    stuck: tuple[OverviewRow, ...]
    ladders: tuple[Climbed, ...]
    letters: tuple[LetterAtRest, ...]
    through: date
    coming: tuple[Coming, ...] = ()


_PAGES = {
    "index.html": "index.html",
    "te-laat.html": "late.html",
    "binnenkort.html": "soon.html",
    "vastgelopen.html": "stuck.html",
    "ladder.html": "ladder.html",
    "post.html": "coming.html",
}
"""The file of each page, and the template it is made with."""


def write_overview(overview: Overview) -> dict[str, bytes]:
    """The pages by the name of their file. They need nothing but each other: no server, no script, no other file."""
    return {
        name: write_markup(template, overview=overview, here=name, style=_style()).encode()
        for name, template in _PAGES.items()
    }


@cache
def _style() -> str:
    return (files("engine.pages") / "html" / "page.css").read_text(encoding="utf-8")
