"""Before a case is opened: is this somebody we know under another number, and does such a case run already?

A slip in a number makes a second child of one, and the two then live apart: two dossiers, two requests, letters to one
of them. So who looks alike is shown first, and only a person who looked says that it is somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engine.core.content.subjects import SubjectKind
from engine.core.deciding.recognising import (
    birth_day_of,
    known_as_other,
    looks_like_known,
    name_of,
    numbers_like,
)
from engine.core.deciding.step import Blocker
from engine.core.deciding.subject import Subject, number_in
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.language.names import plain_name
from engine.store.readings import Readings
from engine.store.records import CaseRow


def running_beside(readings: Readings, content: Content, facts: Mapping[str, Value]) -> tuple[CaseRow, ...]:
    """The cases of the same workflow about the same subject that still run."""
    number = number_in(content, facts)
    if content.subject_kind is None or not number:
        return ()
    rows = readings.case_rows_of_subject(content.organisation.id, number)
    return tuple(row for row in rows if row.workflow == content.workflow.id and not row.is_closed)


def doubts_about(readings: Readings, content: Content, facts: Mapping[str, Value]) -> tuple[Blocker, ...]:
    """What a person must look at first: somebody who looks alike, or the same number under another name."""
    kind, number = content.subject_kind, str(facts.get(content.workflow.subject_key, ""))
    if kind is None or not number:
        return ()
    known = readings.load_subject(content.organisation.id, kind.id, number)
    if known is not None:
        return known_as_other(kind, known, facts)
    alike = _alike(readings, content.organisation.id, kind, number, facts)
    return (looks_like_known(kind, number, alike),) if alike else ()


def _alike(
    readings: Readings, organisation: str, kind: SubjectKind, number: str, facts: Mapping[str, Value]
) -> list[Subject]:
    """Who has the same name and birth day, or a number that lost its zeros, or a slip away under the same name.

    A slip alone says nothing: numbers that were given out one after the other are all a digit apart.
    """
    name = plain_name(str(facts.get(kind.fact(kind.name), ""))) if kind.name else ""
    born = facts.get(kind.fact(kind.birth_day)) if kind.birth_day else None
    found: dict[str, Subject] = {}
    for one in readings.subjects_with(organisation, kind.id, sorted(numbers_like(number))):
        is_same = name and plain_name(name_of(kind, one)) == name
        if is_same or (born is not None and birth_day_of(kind, one) == born) or _bare(one.number) == _bare(number):
            found[one.number] = one
    if name and isinstance(born, date):
        for one in readings.subjects_born_on(organisation, kind.id, born):
            if plain_name(name_of(kind, one)) == name:
                found[one.number] = one
    return list(found.values())


def _bare(number: str) -> str:
    return number.lstrip("0")
