"""Cases that answer to words: by number, subject, state, procedure, body or person."""

from __future__ import annotations

from collections.abc import Sequence

from engine.core.quick_class import dataclass
from engine.store.codec import read_row
from engine.store.inbox import LISTED
from engine.store.quick import RowSource
from engine.store.records import CaseRow
from engine.store.subject_readings import literal_part


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A word (plain, small letters), and what it may mean here: by column the values that it says.

    `states` are `workflow/state`, because another procedure may give the same state another name.
    """

    word: str
    workflows: Sequence[str] = ()
    states: Sequence[str] = ()
    owners: Sequence[str] = ()
    handlers: Sequence[str] = ()
    subjects: Sequence[str] = ()


_COLUMNS = {
    "workflows": "workflow",
    "states": "workflow || '/' || state",
    "owners": "owner",
    "handlers": "handler",
    "subjects": "subject",
}


def find_cases(source: RowSource, organisation: str, words: Sequence[Sought], limit: int) -> tuple[CaseRow, ...]:
    """The cases of which every word is said; open ones first, then by number."""
    asked: dict[str, object] = {"organisation": organisation, "limit": limit}
    conditions = ["organisation = :organisation"]
    for number, sought in enumerate(words):
        asked[f"w{number}"] = f"%{literal_part(sought.word)}%"
        parts = [f"lower({column}) LIKE :w{number} ESCAPE '!'" for column in ("id", "subject")]
        for name, column in _COLUMNS.items():
            values = {f"w{number}_{name}_{place}": value for place, value in enumerate(getattr(sought, name))}
            asked |= values
            if values:
                parts.append(f"{column} IN ({', '.join(f':{key}' for key in values)})")
        conditions.append(f"({' OR '.join(parts)})")
    sql = f"SELECT {LISTED} FROM cases WHERE {' AND '.join(conditions)} ORDER BY is_closed, id LIMIT :limit"
    return tuple(read_row(CaseRow, row) for row in source.rows(sql, **asked))
