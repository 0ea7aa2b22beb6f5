"""News in an inbox, gathered: what says the same of many cases of others stands there once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from engine.core.quick_class import dataclass
from engine.store.records import InboxRow, NoticeRow

_OF_ONE_RECORD = ("record", "fields")
"""What a message says of the record it is about: of many cases together nobody reads that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What was told of one or more cases of one procedure to one body; the messages, each with its case, newest first.

    `parameters` are those that all of them have: nothing of the record that one of them is about.
    """

    workflow: str
    to: str
    kind: str
    term: str
    text: str
    parameters: Mapping[str, object]
    messages: tuple[tuple[InboxRow, NoticeRow], ...]

    @property
    def number(self) -> int:
        """The number by which it is called: that of its newest message."""
        return self.messages[0][1].id


def gather_news(rows: Iterable[InboxRow]) -> tuple[News, ...]:
    """The news of these cases by what it says; what was told last stands first."""
    found: dict[tuple[str, ...], list[tuple[InboxRow, NoticeRow]]] = defaultdict(list)
    for row in rows:
        for notice in row.notices:
            said = repr(sorted(_shared(notice).items()))
            found[row.workflow, notice.to, notice.kind, notice.term, notice.text, said].append((row, notice))
    gathered = (
        News(workflow=workflow, to=to, kind=kind, term=term, text=text, parameters=_shared(told[0][1]),
             messages=tuple(sorted(told, key=_newest_first)))
        for (workflow, to, kind, term, text, _), told in found.items()
    )  # fmt: skip
    return tuple(sorted(gathered, key=lambda one: _newest_first(one.messages[0])))


def _newest_first(told: tuple[InboxRow, NoticeRow]) -> tuple[float, int]:
    return -told[1].at.timestamp(), -told[1].id


def _shared(notice: NoticeRow) -> dict[str, object]:
    return {name: value for name, value in notice.parameters.items() if name not in _OF_ONE_RECORD}
