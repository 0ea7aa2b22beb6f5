"""The register of people: who is in it, and what becomes of it. The core decides; it is written whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from engine.core.content.organisation import Organisation
from engine.core.deciding.case import Actor
from engine.core.deciding.keeping_people import Keeping, Kept, key_of
from engine.core.deciding.meant import describe_person, who_is
from engine.core.deciding.people import Person
from engine.core.deciding.step import Refusal
from engine.core.errors import CaseError, UsageError
from engine.core.language.names import plain_name, read_name
from engine.core.quick_class import dataclass
from engine.line.case_line import Line
from engine.runtime import Runtime
from engine.store.people import read_people
from engine.store.readings import Readings
from engine.store.records import CaseRow, JournalEntry
from engine.usecases.who_acts import numbers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """Somebody in the register, with the open cases in hand, who was merged into this person, and what changed."""

    person: Person
    merged: tuple[Person, ...]
    cases: tuple[CaseRow, ...]
    changes: tuple[JournalEntry, ...]


def organisation_with_people(runtime: Runtime) -> Organisation:
    """The organisation of this workplace. Raises UsageError when it keeps no register of people."""
    organisation = runtime.catalogue.organisation(runtime.settings.organisation)
    if not organisation.people.prefix:
        raise UsageError("no_register_of_people", organisation=organisation.id, where=organisation.where)
    return organisation


def keep_people(
    line: Line,
    organisation: Organisation,
    actor: Actor,
    decide: Callable[[Keeping], Kept | Refusal],
    *,
    dry_run: bool = False,
) -> Kept | Refusal:
    """Let the core decide on people as they stand, and write what comes of it: all of it, or nothing.

    It is decided under the right to write: the next number can be given to nobody else.
    """
    with line.work.writing() as tx:
        everybody = {one.number: one for one in read_people(tx, organisation.id)}
        outcome = decide(Keeping(organisation=organisation, everybody=everybody, actor=actor, moment=line.moment))
        if isinstance(outcome, Kept) and not dry_run:
            tx.keep_people(organisation.id, outcome)
    return outcome


def left_in_hand(line: Line, organisation: Organisation, kept: Kept) -> tuple[tuple[Person, int], ...]:
    """Who of these now has a last day and yet has open cases in hand; with how many."""
    found = []
    leaving = (one.after for one in kept.changes if one.after.period.until and one.after.period != one.before.period)
    for person in leaving:
        numbers = numbers_of(read_people(line.work, organisation.id), (person,))
        count = len(line.work.cases_in_hand(organisation.id, numbers))
        found += [(person, count)] if count else []
    return tuple(found)


def load_person(readings: Readings, organisation: Organisation, text: str, *, as_written: bool = False) -> Person:
    """The person with this number or name; of a number that was merged the one it became, unless `as_written`.

    Raises CaseError when there is none, or when several may be meant.
    """
    return person_among(read_people(readings, organisation.id), organisation, text, as_written=as_written)


def person_among(
    people: Iterable[Person], organisation: Organisation, text: str, *, as_written: bool = False
) -> Person:
    """The same among these people."""
    everybody, number = tuple(people), organisation.people.as_number(text)
    found = next((one for one in everybody if one.number == number), None) if as_written else None
    if found is not None:
        return found
    who, is_sure = who_is(text, everybody, organisation.people)
    if is_sure:
        return who[0]
    if who:
        raise CaseError("who_is_meant", text=text, known=tuple(describe_person(one) for one in who))
    raise CaseError("no_such_person", text=text)


def show_person(runtime: Runtime, organisation: Organisation, text: str) -> PersonView:
    """A person with what is in hand and what changed. Raises CaseError as `load_person`."""
    with runtime.reading() as readings:
        person = load_person(readings, organisation, text, as_written=True)
        everybody = read_people(readings, organisation.id)
        numbers = numbers_of(everybody, (person,))
        return PersonView(
            person=person,
            merged=tuple(one for one in everybody if one.merged_into == person.number),
            cases=readings.cases_in_hand(organisation.id, numbers),
            changes=readings.subject_journal(organisation.id, key_of(person.number)),
        )


def find_people(runtime: Runtime, organisation: Organisation, words: Sequence[str]) -> tuple[Person, ...]:
    """Everybody who answers to all of these words, in name, number, discipline, body or address; also like names.

    Raises UsageError when there is nothing to look for.
    """
    sought = [part for word in words for part in plain_name(word).split()]
    if not sought:
        raise UsageError("nothing_to_find")
    with runtime.reading() as readings:
        everybody = read_people(readings, organisation.id)
    found = [one for one in everybody if all(part in _sought_in(organisation, one) for part in sought)]
    like, _ = who_is(" ".join(words), everybody, organisation.people)
    return tuple({one.number: one for one in (*found, *like)}.values())


def _sought_in(organisation: Organisation, person: Person) -> str:
    bodies = [one.of for one in person.bodies]
    labels = [organisation.bodies[one].label for one in bodies if one in organisation.bodies]
    name = " ".join(read_name(person.name, organisation.people.names).words)
    known = (person.number, person.shown, name, person.discipline, person.email, *bodies, *labels)
    return plain_name(" ".join(known))
