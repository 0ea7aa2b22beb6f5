"""The register of people: one row each within an organisation, and a line in the journal for every change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.core.content.organisation import PeopleRegister
from engine.core.deciding.case import Actor
from engine.core.deciding.keeping_people import Kept, PersonChange, key_of
from engine.core.deciding.people import DayRange, During, Person
from engine.core.deciding.step import Entry, EntryKind
from engine.core.errors import OvertakenError
from engine.store.database import Store
from engine.store.inbox import Looking
from engine.store.journal import verify
from engine.store.people import people_meant, read_people
from tests.store.samples import START, make_case, moving, opening

REGISTER = PeopleRegister(prefix="P", titles=("dr.",))
ANNA = Person(
    organisation="dorp",
    number="P-0001",
    name="A. de Boer",
    title="dr.",
    discipline="arts",
    email="a@example.org",
    period=DayRange(since=date(2026, 1, 1)),
    bodies=(During(of="loket", period=DayRange(until=date(2026, 12, 31))),),
    stand_ins=(During(of="P-0002", period=DayRange(since=date(2026, 9, 1), until=date(2026, 9, 2))),),
    version=1,
)
KIM = Person(organisation="dorp", number="P-0002", name="K. Bakker", merged_into="P-0001", version=1)
NOBODY = Person(organisation="dorp", number="", name="")


DESK = Actor(role="loket")


def keep(store: Store, before: Person, after: Person, actor: Actor = DESK) -> None:
    details = {"subject": key_of(after.number), "person": after.number, "fields": {}, "reason": ""}
    entry = Entry(kind=EntryKind.PERSON, at=START, actor=actor, details=details)
    with store.transaction() as tx:
        tx.keep_people(after.organisation, Kept(changes=(PersonChange(before=before, after=after),), entries=(entry,)))


def test_a_person_comes_back_as_written_with_a_line_in_the_journal(store: Store) -> None:
    keep(store, NOBODY, ANNA)
    keep(store, ANNA, replace(ANNA, name="A. Boer", version=2))
    with store.reading() as readings:
        assert read_people(readings, "dorp") == (replace(ANNA, name="A. Boer", version=2),)
        assert [line.kind for line in readings.subject_journal("dorp", "person:P-0001")] == [EntryKind.PERSON] * 2
        assert verify(readings, "dorp") is None


def test_who_changes_a_person_that_moved_meanwhile_is_told(store: Store) -> None:
    keep(store, NOBODY, ANNA)
    keep(store, ANNA, replace(ANNA, version=2))
    for before in (ANNA, NOBODY):
        with pytest.raises(OvertakenError, match="person_changed_meanwhile"):
            keep(store, before, replace(ANNA, name="Een ander", version=before.version + 1))
    with store.reading() as readings:
        assert read_people(readings, "dorp")[0].name == "A. de Boer"


def test_a_number_or_an_older_name_means_the_person_it_became(store: Store) -> None:
    keep(store, NOBODY, ANNA)
    keep(store, NOBODY, KIM)
    with store.reading() as readings:
        assert people_meant(readings, "dorp", ["P-0002", "P-0009"], REGISTER).meant == {"P-0002": ANNA}
        named = people_meant(readings, "dorp", ["k. bakker", "A. de  Boer", "Z. Niemand"], REGISTER)
        assert named.meant == {"k. bakker": ANNA, "A. de  Boer": ANNA}


def test_the_people_of_another_organisation_are_not_there(store: Store, town: Store) -> None:
    keep(store, NOBODY, ANNA)
    keep(town, replace(NOBODY, organisation="stad"), replace(ANNA, organisation="stad", name="T. Ander"))
    for one, name in ((store, "A. de Boer"), (town, "T. Ander")):
        with one.reading() as readings:
            assert [person.name for person in read_people(readings, one.organisation)] == [name]


def test_who_acted_and_who_has_a_case_in_hand_are_kept_and_found(store: Store) -> None:
    first, second = make_case(), make_case(id="VOG-2026-0002")
    with store.transaction() as tx:
        tx.append(opening(first))
        tx.append(opening(second))
        step = moving(tx.load_case(first.id), "bezig")
        acted = replace(step.entries[0], actor=Actor(role="loket", name="A. de Boer", person="P-0001"))
        tx.append(replace(step, entries=(acted,), after=replace(step.after, handler="P-0002", acted=("P-0001",))))
    with store.reading() as readings:
        case = readings.load_case(first.id)
        assert (case.handler, case.acted) == ("P-0002", ("P-0001",))
        assert readings.journal(first.id)[-1].actor.person == "P-0001"
        assert [row.case_id for row in readings.cases_in_hand("dorp", ("P-0002", "P-0003"))] == [first.id]
        assert [row.case_id for row in readings.cases_in_hand("dorp", None)] == [first.id, second.id]
        assert readings.cases_in_hand("dorp", ()) == ()
        found = readings.inbox("dorp", START, Looking(handlers=("P-0002",)))
        assert ([row.case_id for row in found.rows], found.total) == ([first.id], 1)
        assert readings.inbox("dorp", START, Looking(handlers=())).total == 0
        assert verify(readings, "dorp") is None


def test_the_person_of_a_line_is_part_of_its_hash(store: Store) -> None:
    from tests.store.test_journal import tamper

    keep(store, NOBODY, ANNA, Actor(role="loket", name="A.", person="P-0001"))
    tamper(store, "UPDATE journal SET actor_person = 'P-0002'")
    with store.reading() as readings:
        assert verify(readings, "dorp") == 1
