"""What a sweep did, read from the journal it wrote: the record is the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.core.deciding.step import EntryKind
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.runtime import Runtime
from engine.store.figures import journal_since, last_line
from engine.store.records import JournalEntry

MOST_LINES = 40
_TOLD = (
    EntryKind.OPENED,
    EntryKind.MOVED,
    EntryKind.TERM_REMINDED,
    EntryKind.TERM_PASSED,
    EntryKind.NOTICE,
    EntryKind.LETTER_SENT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """The lines that were written, with the content of their cases by number; `more` lines are not among them.

    Those of cases in which a term of the law passed are always there before any other is.

    A case without content here is one whose content cannot be read any more.
    """

    entries: tuple[JournalEntry, ...]
    contents: Mapping[str, Content]
    more: int


def where_it_ends(runtime: Runtime) -> int:
    """The number of the last line of the journal so far."""
    with runtime.reading() as readings:
        return last_line(readings, runtime.settings.organisation)


def happened_since(runtime: Runtime, line: int) -> Happened:
    """What was written after this line of the journal that somebody wants to hear of."""
    with runtime.reading() as readings:
        found = journal_since(readings, runtime.settings.organisation, line, _TOLD)
        entries = weightiest(found)
        cases = [readings.load_case(one) for one in dict.fromkeys(entry.case_id for entry in entries)]
        today = local_day(runtime.moment_by(readings))
    contents: dict[str, Content] = {}
    for case in cases:
        try:
            contents[case.id] = runtime.content_of(case, today)
        except DefinitionError:
            continue
    return Happened(entries=entries, contents=contents, more=len(found) - len(entries))


def weightiest(lines: Sequence[JournalEntry], most: int = MOST_LINES) -> tuple[JournalEntry, ...]:
    """At most so many of these lines, in their own order: of a case in which a term of the law passed before others.

    After weeks of absence what is planned for everybody would fill the page, and the child who waits stand below it.
    """
    if len(lines) <= most:
        return tuple(lines)
    urgent = {line.case_id for line in lines if line.details.get("term_kind") == "statutory"}
    first = sorted(lines, key=lambda line: line.case_id not in urgent)[:most]
    told = {line.seq for line in first}
    return tuple(line for line in lines if line.seq in told)
