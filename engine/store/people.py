"""The register of people in the store: a row each, changed only by who knew how it stood."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from engine.core.content.organisation import PeopleRegister
from engine.core.deciding.people import DayRange, During, People, Person, plain_person, values_of_people
from engine.core.errors import OvertakenError
from engine.store.quick import RowSource, in_lists
from engine.store.snapshot import Row, from_json, maybe_day, to_json

if TYPE_CHECKING:
    from engine.core.deciding.case import Case
    from engine.core.deciding.keeping_people import PersonChange
    from engine.core.deciding.subject import Subject
    from engine.core.evaluation.prepared import Content
    from engine.store.link import Link

_ALL = "SELECT * FROM persons WHERE organisation = :organisation ORDER BY number"


def keep_person(link: Link, changed: PersonChange, at: datetime) -> None:
    """Write somebody as they have become. Raises OvertakenError when another changed this person meanwhile."""
    from engine.store.tables_beside import persons  # who only asks needs no tables

    before, after = changed.before, changed.after
    key = {"organisation": after.organisation, "number": after.number}
    row = {
        "version": after.version,
        "merged_into": after.merged_into,
        "snapshot": to_json(plain_person(after)),
        "changed_at": at,
    }
    if before.version:
        written = link.change(persons, (row, key | {"version": before.version}))
    else:
        written = link.add_new(persons, [key | row])
    if written != 1:
        raise OvertakenError("person_changed_meanwhile", number=after.number)


def read_people(source: RowSource, organisation: str) -> tuple[Person, ...]:
    """Everybody in the register of an organisation, who left and who was merged too; by number."""
    return tuple(_decode(row) for row in source.rows(_ALL, organisation=organisation))


def people_in(source: RowSource, content: Content, cases: Sequence[Case], subject: Subject) -> People:
    """Who is meant by what stands in these cases, and in the register of subjects."""
    values, organisation = values_of_people(content, cases, subject), content.organisation
    return people_meant(source, organisation.id, values, organisation.people) if values else People()


def people_meant(source: RowSource, organisation: str, values: Collection[str], register: PeopleRegister) -> People:
    """Who is meant by these values: numbers, and names that were written before there was a register."""
    if not all(register.is_number(value) for value in values):
        return _by_name(read_people(source, organisation), values, register)
    found = _with_numbers(source, organisation, values)
    others = {one.merged_into for one in found.values() if one.merged_into} - found.keys()
    found |= _with_numbers(source, organisation, others)
    asked = ((number, found[number]) for number in sorted(found.keys() & set(values)))
    return People(meant={number: found.get(one.merged_into, one) for number, one in asked})


def _by_name(everybody: tuple[Person, ...], values: Collection[str], register: PeopleRegister) -> People:
    from engine.core.deciding.meant import who_is  # only a name of before there were numbers asks for it

    meant = {}
    for value in values:
        who, is_sure = who_is(value, everybody, register)
        if is_sure:
            meant[value] = who[0]
    return People(meant=meant)


def _with_numbers(source: RowSource, organisation: str, numbers: Collection[str]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for names, asked in in_lists(sorted(numbers)):
        sql = f"SELECT * FROM persons WHERE organisation = :organisation AND number IN ({names})"
        for row in source.rows(sql, organisation=organisation, **asked):
            found[row["number"]] = _decode(row)
    return found


def _decode(row: Row) -> Person:
    return _person(row["organisation"], row["number"], row["version"], row["snapshot"])


# The same few people are meant in case after case of a sweep; a version of somebody never changes.
@lru_cache(maxsize=1024)
def _person(organisation: str, number: str, version: int, snapshot: str) -> Person:
    plain: dict[str, Any] = from_json(snapshot)
    dated = {name: tuple(During(of=of, period=_period(*days)) for of, *days in plain[name])
             for name in ("bodies", "stand_ins")}  # fmt: skip
    return Person(
        organisation=organisation,
        number=number,
        version=version,
        **plain | dated | {"period": _period(*plain["period"])},
    )


def _period(since: str, until: str) -> DayRange:
    return DayRange(since=maybe_day(since or None), until=maybe_day(until or None))
