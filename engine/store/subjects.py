"""Writing the register of subjects: a row each, changed only by who knew how it stood."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from engine.core.deciding.recognising import sought_in
from engine.core.deciding.subject import Subject, SubjectChange
from engine.store.codec import encode_subject_snapshot
from engine.store.complaints import number_taken_meanwhile, subject_changed_meanwhile
from engine.store.link import Link
from engine.store.tables import subject_numbers, subjects

# A number that was given by mistake and is free again keeps its row: rows are changed here, and never taken away.
_NOBODY = ""
_KEY = ("organisation", "kind", "number")


def keep_subject(link: Link, changed: SubjectChange, at: datetime) -> None:
    """Write a subject as it has become. Raises OvertakenError when another changed it meanwhile, or made it first."""
    before, row = changed.before, _row(changed.after, changed.birth_day, at)
    key = {name: getattr(before, name) for name in _KEY}

    def refuse() -> None:
        raise subject_changed_meanwhile(before.key)

    if before.version:
        link.change_one(subjects, (row, key | {"version": before.version}), refuse)
    else:
        link.add_all_new(subjects, [key | row], refuse)
    _keep_numbers(link, changed)


def _keep_numbers(link: Link, changed: SubjectChange) -> None:
    """Who is first has a number. Raises OvertakenError when a person says one that another got meanwhile."""
    mine = {"subject": changed.after.number}
    for kind, number in changed.freed:
        key = {"organisation": changed.after.organisation, "kind": kind, "number": number}
        link.change(subject_numbers, ({"subject": _NOBODY}, key | mine))
    for kind, number in changed.taken:
        key = {"organisation": changed.after.organisation, "kind": kind, "number": number}
        added = link.add_new(subject_numbers, [key | mine])
        got = added or link.change(subject_numbers, (mine, key | {"subject": _NOBODY}))
        if got != 1 and changed.is_claim and not link.change(subject_numbers, (mine, key | mine)):
            raise number_taken_meanwhile(number)


def _row(subject: Subject, birth_day: date | None, at: datetime) -> dict[str, Any]:
    return {
        "version": subject.version,
        "sought": sought_in(subject),
        "birth_day": birth_day,
        "snapshot": encode_subject_snapshot(subject),
        "changed_at": at,
    }
