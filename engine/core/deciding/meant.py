"""Who is meant by what somebody types: a number, or a name in one of its spellings; what is not sure is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.content.organisation import PeopleRegister
from engine.core.deciding.people import Person
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.language.names import is_like_name, is_same_name, read_name
from engine.core.message import Message


def who_is(text: str, people: Iterable[Person], register: PeopleRegister) -> tuple[tuple[Person, ...], bool]:
    """Who may be meant by a typed name or number, and whether that is sure: one person, and no other.

    Only a name that is the same (`is_same_name`) is sure; nobody at all: nobody of that name, or like it.
    """
    everybody = {one.number: one for one in people}
    number = register.as_number(text)
    if number:
        found = everybody.get(number)
        return ((_as_is(found, everybody),), True) if found else ((), False)
    typed, names = read_name(text, register.names), register.names
    read = [(one, read_name(one.shown, names)) for one in everybody.values()]
    same = _once(everybody, (one for one, name in read if is_same_name(typed, name)))
    if same:
        return same, len(same) == 1
    return _once(everybody, (one for one, name in read if is_like_name(typed, name))), False


def _once(everybody: Mapping[str, Person], found: Iterable[Person]) -> tuple[Person, ...]:
    return tuple({one.number: one for one in (_as_is(person, everybody) for person in found)}.values())


def _as_is(person: Person, everybody: Mapping[str, Person]) -> Person:
    return everybody.get(person.merged_into, person) if person.merged_into else person


def with_numbers(
    content: Content, facts: Mapping[str, Value], people: Iterable[Person]
) -> tuple[dict[str, Value], tuple[Blocker, ...]]:
    """The facts with the numbers of the people whose names were given, and what must be asked about others."""
    everybody, register = tuple(people), content.organisation.people
    found, unclear = dict(facts), list[Blocker]()
    for fact in facts.keys() & content.person_facts:
        value = facts[fact]
        items = _whole_names(value, register) if isinstance(value, tuple) else (str(value),)
        numbers: list[str] = []
        for item in items:
            who, is_sure = who_is(item, everybody, register)
            if is_sure:
                numbers.append(who[0].number)
            else:
                numbers.append(item)
                unclear.append(_ask_about(content, fact, item, who))
        found[fact] = tuple(dict.fromkeys(numbers)) if isinstance(value, tuple) else "".join(numbers)
    return found, tuple(sorted(unclear, key=lambda one: one.subject))


def not_numbered(content: Content, facts: Mapping[str, Value]) -> tuple[Blocker, ...]:
    """Names where numbers should be: who gave them did not come through the door where it is asked who is meant."""
    register = content.organisation.people
    items = (
        (fact, item) for fact, value in facts.items() for item in (value if isinstance(value, tuple) else (value,))
    )
    return tuple(_ask_about(content, fact, str(item), ()) for fact, item in items if not register.is_number(str(item)))


def _whole_names(items: Iterable[str], register: PeopleRegister) -> tuple[str, ...]:
    """A list is typed with commas between its items, and "De Boer, A." has one of its own."""
    found: list[str] = []
    for item in items:
        is_rest = bool(found) and not register.as_number(item) and not read_name(item, register.names).words
        found[len(found) - is_rest :] = [f"{found[-1]}, {item}" if is_rest else item]
    return tuple(found)


def _ask_about(content: Content, fact: str, text: str, who: tuple[Person, ...]) -> Blocker:
    rule = content.rules.facts[fact]
    if who:
        known = tuple(describe_person(one) for one in who)
        said = Message("person_is_asked", {"fact": rule.label, "id": fact, "text": text, "known": known})
    elif content.organisation.people.as_number(text):
        said = Message("person_has_no_such_number", {"fact": rule.label, "id": fact, "text": text})
    else:
        said = Message("person_is_unknown", {"fact": rule.label, "id": fact, "text": text})
    return Blocker(kind=BlockerKind.PERSON, subject=fact, said=said, where=rule.where)


def describe_person(person: Person) -> str:
    """Somebody as one tells people of like names apart: number, name, and what the person is."""
    return f"{person.number} ({', '.join(filter(None, (person.shown, person.discipline, *_bodies(person))))})"


def _bodies(person: Person) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.of for one in person.bodies))
