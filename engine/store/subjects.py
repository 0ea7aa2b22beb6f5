"""Writing the register of subjects: a row each, changed only by who knew how it stood."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from engine.core.deciding.recognising import sought_in
from engine.core.deciding.subject import Subject, SubjectChange
from engine.store.complaints import subject_changed_meanwhile
from engine.store.link import Link
from engine.store.schema import subjects
from engine.store.snapshot import encode_subject_snapshot

_KEY = ("organisation", "kind", "number")


def keep_subject(link: Link, changed: SubjectChange, at: datetime) -> None:
    """Write a subject as it has become. Raises OvertakenError when another changed it meanwhile, or made it first."""
    before, row = changed.before, _row(changed.after, changed.birth_day, at)
    key = {name: getattr(before, name) for name in _KEY}
    if before.version:
        written = link.change(subjects, (row, key | {"version": before.version}))
    else:
        written = link.add_now(subjects, [key | row], unless_there=True)
    if written != 1:
        raise subject_changed_meanwhile(before.key)


def _row(subject: Subject, birth_day: date | None, at: datetime) -> dict[str, Any]:
    return {
        "version": subject.version,
        "sought": sought_in(subject),
        "birth_day": birth_day,
        "snapshot": encode_subject_snapshot(subject),
        "changed_at": at,
    }
