"""Who acts: a person, in a role. The system says who; in a rehearsal whoever types may say it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from engine.core.content.organisation import Organisation
from engine.core.deciding.case import Actor
from engine.core.deciding.keeping_people import is_here, who_stand_in
from engine.core.deciding.meant import describe_person, who_is
from engine.core.deciding.people import Person
from engine.core.errors import UsageError
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.runtime import Runtime
from engine.settings import FILE_NAME
from engine.store.people import read_people


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoIsThere:
    """The user of this machine, the person that is (None: nobody known), the roles and for whom there is stood in.

    `role` is the one in which is acted without saying so.
    """

    user: str
    person: Person | None
    role: str
    roles: tuple[str, ...]
    for_others: tuple[Person, ...]
    is_rehearsal: bool


def actor_of(runtime: Runtime, organisation: Organisation, role: str, name: str) -> Actor:
    """Who acts: in the given role, or the only one the person has, or that of the workplace; it may be none.

    Raises UsageError when it is not known who acts, or when the role is not that of this person. Where nobody is in the
    register yet, a name is what was typed.
    """
    everybody, is_rehearsal = _everybody(runtime, organisation), runtime.settings.is_rehearsal
    chosen = role or runtime.settings.default_role
    if not everybody:
        return Actor(role=chosen, name=name)
    person = person_named(organisation, everybody, name) if name else _person_of_user(runtime, everybody)
    if not is_rehearsal:
        return _in_earnest(runtime, everybody, role, person)
    return Actor(role=chosen, name=person.shown if person else name, person=person.number if person else "")


def _in_earnest(runtime: Runtime, everybody: tuple[Person, ...], role: str, named: Person | None) -> Actor:
    """The person of the system, in a role of that person: here nobody says who somebody is."""
    person = _person_of_user(runtime, everybody)
    if person is None:
        raise UsageError("user_is_nobody", user=system_user(), file=FILE_NAME)
    day = local_day(runtime.now())
    if not is_here(person, day):
        raise UsageError("user_is_not_here", name=person.shown, number=person.number)
    if named != person:
        raise UsageError("name_is_of_another", name=person.shown)
    roles = person.bodies_on(day)
    chosen = role or (roles[0] if len(roles) == 1 else runtime.settings.default_role)
    if chosen and chosen not in roles:
        raise UsageError("role_is_not_yours", role=chosen, name=person.shown, number=person.number, known=roles)
    return Actor(role=chosen, name=person.shown, person=person.number)


def who_is_there(runtime: Runtime, organisation: Organisation, name: str, moment: datetime) -> WhoIsThere:
    """Who acts here, and what that person may act as today. In a rehearsal a `name` may say who it is."""
    everybody = _everybody(runtime, organisation)
    person = person_named(organisation, everybody, name) if name and runtime.settings.is_rehearsal else None
    person = person or _person_of_user(runtime, everybody)
    day = local_day(moment)
    others = () if person is None else _stood_in_for(everybody, person, moment)
    roles = () if person is None else person.bodies_on(day)
    role = runtime.settings.default_role or (roles[0] if len(roles) == 1 else "")
    return WhoIsThere(
        user=system_user(), person=person, role=role, roles=roles, for_others=others,
        is_rehearsal=runtime.settings.is_rehearsal,
    )  # fmt: skip


def hands_of(runtime: Runtime, organisation: Organisation, name: str, moment: datetime) -> tuple[str, ...]:
    """The numbers under which the cases of who acts stand: own ones, and of those this person stands in for today.

    Raises UsageError when it is not known who acts.
    """
    there = who_is_there(runtime, organisation, name, moment)
    if there.person is None:
        raise UsageError("user_is_nobody", user=there.user, file=FILE_NAME)
    return numbers_of(_everybody(runtime, organisation), (there.person, *there.for_others))


def numbers_of(everybody: Iterable[Person], people: Iterable[Person]) -> tuple[str, ...]:
    """Every number that means one of these people: what was merged into it too."""
    meant = {one.number for one in people}
    return tuple(one.number for one in everybody if {one.number, one.merged_into} & meant)


def _stood_in_for(everybody: tuple[Person, ...], person: Person, moment: datetime) -> tuple[Person, ...]:
    """Whose cases this person does today; also of those for whom they in turn would have stood in."""
    day, own = local_day(moment), set(numbers_of(everybody, (person,)))
    found: dict[str, Person] = {}
    while more := [
        one for one in everybody if one.number not in found and own.intersection(who_stand_in(one, day))
        and one.number != person.number
    ]:  # fmt: skip
        found |= {one.number: one for one in more}
        own.update(numbers_of(everybody, more))
    return tuple(found.values())


def _everybody(runtime: Runtime, organisation: Organisation) -> tuple[Person, ...]:
    if not organisation.people.prefix:
        return ()
    with runtime.reading() as readings:
        return read_people(readings, organisation.id)


def _person_of_user(runtime: Runtime, everybody: Iterable[Person]) -> Person | None:
    number = runtime.settings.people.get(system_user(), "")
    by_number = {one.number: one for one in everybody}
    found = by_number.get(number)
    if number and found is None:
        raise UsageError("user_has_no_such_person", user=system_user(), number=number, file=FILE_NAME)
    return by_number.get(found.merged_into, found) if found else None


def person_named(organisation: Organisation, everybody: Iterable[Person], name: str) -> Person | None:
    """Who was named; None for a name that nobody has. Raises UsageError when several may be meant."""
    who, is_sure = who_is(name, everybody, organisation.people)
    if who and not is_sure:
        raise UsageError("actor_is_asked", text=name, known=tuple(describe_person(one) for one in who))
    return who[0] if who else None


def system_user() -> str:
    """The user of this machine under whom the program runs, by the system and not by what the environment says."""
    try:
        import pwd
    except ImportError:  # not on Windows
        import getpass

        return getpass.getuser()
    import os

    user = os.geteuid()
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:  # a container may run under a number without a name
        return str(user)
