"""Keeping the register of people: who is added, changed, merged with another, and who stands in for whom.

Nothing is taken out: who left keeps a number, and who was merged goes on being found under both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from engine.core.content.organisation import Organisation
from engine.core.deciding.case import Actor
from engine.core.deciding.checks import find_authority
from engine.core.deciding.meant import describe_person, who_is
from engine.core.deciding.people import DayRange, During, Person, plain_person
from engine.core.deciding.step import Blocker, BlockerKind, Entry, EntryKind, Refusal
from engine.core.language.names import read_name
from engine.core.message import Message
from engine.core.moment import local_day
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Who keeps the register, when (UTC), and who stands in it, by number."""

    organisation: Organisation
    everybody: Mapping[str, Person]
    actor: Actor
    moment: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """What is written of one person. `before` has version 0 for somebody new; the store refuses it when that moved."""

    before: Person
    after: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Everybody as they become, and the lines of the journal that say so. The first is whom it was about."""

    changes: tuple[PersonChange, ...]
    entries: tuple[Entry, ...]


def add_person(keeping: Keeping, person: Person, *, is_sure: bool) -> Kept | Refusal:
    """Somebody new, under the next number. Who looks like somebody known is asked about, until `is_sure`."""
    register = keeping.organisation.people
    place = 1 + max((int(number.rpartition("-")[2]) for number in keeping.everybody), default=0)
    person = replace(person, organisation=keeping.organisation.id, number=register.number(place))
    blockers = [*_not_allowed(keeping), *_wrong(keeping.organisation, person)]
    who, _ = who_is(person.shown, keeping.everybody.values(), register)
    if who and not is_sure:
        known = tuple(describe_person(one) for one in who)
        said = Message("person_looks_like_known", {"name": person.shown, "known": known})
        blockers.append(_blocker(person.number, said))
    before = Person(organisation=person.organisation, number=person.number, name="")
    return _kept("add_person", blockers, keeping, (before, person, ""))


def change_person(keeping: Keeping, person: Person, after: Person, reason: str) -> Kept | Refusal:
    """Change what is said of somebody; bodies and dates are given whole."""
    blockers = [*_not_allowed(keeping), *_wrong(keeping.organisation, after)]
    if after == person:
        said = Message("person_says_so_already", {"number": person.number, "name": person.shown})
        blockers.append(_blocker(person.number, said))
    return _kept("change_person", blockers, keeping, (person, after, reason))


def merge_people(keeping: Keeping, old: Person, into: Person, reason: str) -> Kept | Refusal:
    """From now on `old` means `into`, wherever the number stands; so does everybody who was merged into `old`."""
    blockers = [*_not_allowed(keeping), *_no_reason(reason)]
    if old.number == into.number:
        blockers.append(_blocker(old.number, Message("person_is_the_same", {"number": old.number})))
    elif old.merged_into:
        said = Message("person_was_merged", {"number": old.number, "into": old.merged_into})
        blockers.append(_blocker(old.number, said))
    meant = (one for one in keeping.everybody.values() if one.number == old.number or one.merged_into == old.number)
    changed = [(one, replace(one, merged_into=into.number), reason) for one in meant]
    changed.sort(key=lambda one: one[0].number != old.number)
    kept = _kept("merge_people", blockers, keeping, *changed)
    if isinstance(kept, Refusal):
        return kept
    # The history of both tells it.
    told = _entry(keeping, into, {"merged_from": [None, old.number]}, reason)
    return replace(kept, entries=(*kept.entries, told))


def let_stand_in(keeping: Keeping, person: Person, by: Person, period: DayRange, reason: str) -> Kept | Refusal:
    """Let somebody do the cases of another from the first through the last day of a period."""
    blockers = [*_not_allowed(keeping), *_wrong_stand_in(keeping, person, by, period)]
    after = replace(person, stand_ins=(*person.stand_ins, During(of=by.number, period=period)))
    return _kept("let_stand_in", blockers, keeping, (person, after, reason))


def end_stand_in(keeping: Keeping, person: Person, by: Person, last: date, reason: str) -> Kept | Refusal:
    """Let somebody stand in no longer than through a day; one that had to begin later does not begin at all.

    Of days that are over it stays known who did the cases, so the day is not before yesterday.
    """
    blockers = [*_not_allowed(keeping), *_no_reason(reason)]
    gone_on = DayRange(since=last + timedelta(days=1))
    ending = next((one for one in person.stand_ins if one.of == by.number and one.period.meets(gone_on)), None)
    today = local_day(keeping.moment)
    if ending is None:
        known = tuple(f"{one.of} {_written(one.period)}" for one in person.stand_ins)
        said = Message("nobody_stands_in_then", {"name": person.shown, "by": by.shown, "day": last, "known": known})
        blockers.append(_blocker(person.number, said))
    elif last < today - timedelta(days=1) and not (ending.period.since and ending.period.since > today):
        blockers.append(_blocker(person.number, Message("stands_in_already", {"by": by.shown, "name": person.shown})))
    left = tuple(filter(None, (_until(one, last) if one is ending else one for one in person.stand_ins)))
    return _kept("end_stand_in", blockers, keeping, (person, replace(person, stand_ins=left), reason))


def _until(one: During, last: date) -> During | None:
    period = replace(one.period, until=last)
    return None if period.is_backwards else replace(one, period=period)


def _written(period: DayRange) -> str:
    return "..".join(day.isoformat() if day else "" for day in (period.since, period.until))


def who_stand_in(person: Person, day: date) -> tuple[str, ...]:
    """The numbers of who do the cases of this person on a local day."""
    return tuple(one.of for one in person.stand_ins if one.period.covers(day))


def _kept(
    attempted: str, blockers: Iterable[Blocker], keeping: Keeping, *changed: tuple[Person, Person, str]
) -> Kept | Refusal:
    found = tuple(blockers)
    if found:
        return Refusal(case_id="", attempted=attempted, blockers=found)
    changes = tuple(
        PersonChange(before=before, after=replace(after, version=before.version + 1)) for before, after, _ in changed
    )
    return Kept(
        changes=changes,
        entries=tuple(_entry(keeping, after, _differences(before, after), why) for before, after, why in changed),
    )


def _entry(keeping: Keeping, person: Person, differences: Mapping[str, object], reason: str) -> Entry:
    details = {"subject": key_of(person.number), "person": person.number, "fields": differences, "reason": reason}
    return Entry(kind=EntryKind.PERSON, at=keeping.moment, actor=keeping.actor, details=details)


def key_of(number: str) -> str:
    """How the journal names whom a line is about. No kind of subject has a colon in its name."""
    return f"person:{number}"


def _differences(before: Person, after: Person) -> dict[str, object]:
    """Of each thing that changed what it was (None: not known) and what it is."""
    old, new = plain_person(before), plain_person(after)
    empty = plain_person(Person(organisation="", number="", name=""))
    known = before.version > 0
    return {name: [old[name] if known else None, value] for name, value in new.items()
            if value != (old[name] if known else empty[name])}  # fmt: skip


def _not_allowed(keeping: Keeping) -> Iterator[Blocker]:
    """Whoever is the first to come finds nobody who may let him in."""
    register, day = keeping.organisation.people, local_day(keeping.moment)
    may = find_authority(keeping.organisation, keeping.actor.role, register.kept_by, "people.keep", day)
    if keeping.everybody and register.kept_by and may is None:
        yield Blocker(
            kind=BlockerKind.NO_MANDATE, subject="people", detail=keeping.actor.role, supplied_by=register.kept_by
        )


def _no_reason(reason: str) -> Iterator[Blocker]:
    if not reason.strip():
        yield Blocker(kind=BlockerKind.REASON_MISSING, subject="people")


def _wrong(organisation: Organisation, person: Person) -> Iterator[Blocker]:
    register, number = organisation.people, person.number
    if not read_name(person.name, register.names).words:
        yield _blocker(number, Message("person_has_no_name", {"text": person.name}))
    if person.email and not _is_address(person.email):
        yield _blocker(number, Message("person_has_no_address", {"text": person.email}))
    if person.discipline and register.disciplines and person.discipline not in register.disciplines:
        known = tuple(register.disciplines)
        yield _blocker(number, Message("no_such_discipline", {"text": person.discipline, "known": known}))
    for one in person.bodies:
        if one.of not in organisation.bodies:
            yield _blocker(number, Message("no_such_body", {"body": one.of, "known": tuple(organisation.bodies)}))
    for period in (person.period, *(one.period for one in person.bodies)):
        if period.is_backwards:
            yield _blocker(number, _backwards(period))
    for place, one in enumerate(person.bodies):
        if any(one.of == other.of and one.period.meets(other.period) for other in person.bodies[:place]):
            yield _blocker(number, Message("body_comes_twice", {"body": one.of}))


def _is_address(text: str) -> bool:
    name, _, place = text.rpartition("@")
    return bool(name) and "." in place.strip(".") and not any(sign.isspace() for sign in text)


def _wrong_stand_in(keeping: Keeping, person: Person, by: Person, period: DayRange) -> Iterator[Blocker]:
    if by.number == person.number:
        yield _blocker(person.number, Message("stands_in_for_self", {"name": person.shown}))
    elif period.is_backwards:
        yield _blocker(person.number, _backwards(period))
    elif not all(day is None or by.period.covers(day) for day in (period.since, period.until)):
        until = by.period.until
        yield _blocker(by.number, Message("person_is_not_here_then", {"name": by.shown, "until": until}))
    elif any(one.period.meets(period) for one in person.stand_ins):
        known = tuple(one.of for one in person.stand_ins if one.period.meets(period))
        yield _blocker(person.number, Message("somebody_stands_in_then", {"name": person.shown, "known": known}))
    elif _comes_round(keeping.everybody, by, person.number, period):
        yield _blocker(person.number, Message("stands_in_circle", {"name": person.shown, "by": by.shown}))


def _backwards(period: DayRange) -> Message:
    return Message("period_is_backwards", {"since": period.since, "until": period.until})


def _comes_round(everybody: Mapping[str, Person], start: Person, goal: str, period: DayRange) -> bool:
    """Whether who stands in for whom, on days of this period, comes back to this number."""
    seen, ways = set[str](), [start.number]
    while ways:
        number = ways.pop()
        person = everybody.get(number)
        if number == goal:
            return True
        if person is not None and number not in seen:
            seen.add(number)
            ways += [one.of for one in person.stand_ins if one.period.meets(period)]
    return False


def is_here(person: Person, day: date) -> bool:
    """Whether somebody works here on a local day, and was not merged into another."""
    return not person.merged_into and person.period.covers(day)


def _blocker(of: str, said: Message) -> Blocker:
    return Blocker(kind=BlockerKind.PERSON, subject=of, said=said)
