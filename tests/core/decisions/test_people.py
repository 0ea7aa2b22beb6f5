"""Who is meant by a typed name, and what may become of people: merged, stood in for, gone (F-6, F-64)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from engine.core.content.organisation import Body, Organisation, PeopleRegister
from engine.core.deciding.case import Actor
from engine.core.deciding.keeping_people import (
    Keeping,
    Kept,
    add_person,
    change_person,
    let_stand_in,
    merge_people,
    who_stand_in,
)
from engine.core.deciding.meant import who_is
from engine.core.deciding.people import DayRange, During, People, Person
from engine.core.deciding.step import BlockerKind, EntryKind, Refusal

REGISTER = PeopleRegister(prefix="P", kept_by=("loket",), disciplines={"arts": "Arts"})
TOWN = Organisation(
    id="dorp", title="Dorp", inherits=(), needs_consent=False, region="noord",
    bodies={name: Body(id=name, label=name.title()) for name in ("loket", "raad")},
    mandates=(), boards={}, schools={}, sectors={}, parameters={}, people=REGISTER,
)  # fmt: skip
NOW = datetime(2026, 9, 7, 9, tzinfo=UTC)
DESK = Actor(role="loket")


def someone(place: int, name: str, **other: object) -> Person:
    return Person(organisation="dorp", number=f"P-{place:04d}", name=name, version=1, **other)  # type: ignore[arg-type]


ANNA, SAM, KIM = someone(1, "A. de Boer"), someone(2, "S. Yildiz"), someone(3, "K. Bakker")


def keeping(*people: Person, actor: Actor = DESK) -> Keeping:
    everybody = people or (ANNA, SAM, KIM)
    return Keeping(organisation=TOWN, everybody={one.number: one for one in everybody}, actor=actor, moment=NOW)


def codes(outcome: Kept | Refusal) -> set[str]:
    assert isinstance(outcome, Refusal), outcome
    return {blocker.said.code if blocker.said else blocker.kind.value for blocker in outcome.blockers}


def kept(outcome: Kept | Refusal) -> Kept:
    assert isinstance(outcome, Kept), outcome
    return outcome


def days(since: str = "", until: str = "") -> DayRange:
    read = date.fromisoformat
    return DayRange(since=read(since) if since else None, until=read(until) if until else None)


@pytest.mark.parametrize("typed", ["A. de Boer", "a.  DE BOER", "De Boer, A.", "P-0001", "p1", "P-1"])
def test_an_exact_name_or_a_number_is_that_person(typed: str) -> None:
    assert who_is(typed, (ANNA, SAM), REGISTER) == ((ANNA,), True)


def test_a_near_name_is_never_sure_and_a_strange_one_is_nobody() -> None:
    assert who_is("Anna de Boer", (ANNA, SAM), REGISTER) == ((ANNA,), False)
    assert who_is("Z. Onbekend", (ANNA, SAM), REGISTER) == ((), False)
    assert who_is("P-0042", (ANNA, SAM), REGISTER) == ((), False)


def test_two_people_of_one_name_are_asked_about() -> None:
    other = someone(4, "A. de Boer", discipline="arts")
    assert who_is("A. de Boer", (ANNA, other), REGISTER) == ((ANNA, other), False)


def test_the_old_number_and_the_old_name_mean_who_they_became() -> None:
    merged = replace(KIM, merged_into="P-0001")
    for typed in ("P-0003", "K. Bakker"):
        assert who_is(typed, (ANNA, merged), REGISTER) == ((ANNA,), True)
    people = People(meant={"P-0001": ANNA, "P-0003": ANNA})
    assert people.numbers(("P-0003", "P-0001")) == ("P-0001",)
    assert people.shown("P-0003") == "A. de Boer"


def test_somebody_new_gets_the_next_number_and_a_line_in_the_journal() -> None:
    done = kept(add_person(keeping(), Person(organisation="", number="", name="Z. Nieuw"), is_sure=False))
    (changed,), (entry,) = done.changes, done.entries
    assert (changed.after.number, changed.after.version, changed.before.version) == ("P-0004", 1, 0)
    assert (entry.kind, entry.details["subject"]) == (EntryKind.PERSON, "person:P-0004")
    assert entry.details["fields"] == {"name": [None, "Z. Nieuw"]}


def test_a_look_alike_is_asked_about_before_a_second_person_is_made() -> None:
    again = Person(organisation="", number="", name="Boer, A. de")
    assert codes(add_person(keeping(), again, is_sure=False)) == {"person_looks_like_known"}
    assert kept(add_person(keeping(), again, is_sure=True)).changes[0].after.number == "P-0004"


def test_only_who_keeps_the_register_changes_it_but_the_first_finds_nobody_to_ask() -> None:
    new = Person(organisation="", number="", name="Z. Nieuw")
    assert codes(add_person(keeping(actor=Actor(role="raad")), new, is_sure=False)) == {"no_mandate"}
    first = Keeping(organisation=TOWN, everybody={}, actor=Actor(role="raad"), moment=NOW)
    assert kept(add_person(first, new, is_sure=False)).changes[0].after.number == "P-0001"


WRONG = {
    "no name": (replace(ANNA, name="A."), "person_has_no_name"),
    "no address": (replace(ANNA, email="anna@"), "person_has_no_address"),
    "no body": (replace(ANNA, bodies=(During(of="kas"),)), "no_such_body"),
    "no discipline": (replace(ANNA, discipline="tovenaar"), "no_such_discipline"),
    "backwards": (replace(ANNA, period=days("2026-05-02", "2026-05-01")), "period_is_backwards"),
    "one day shared": (
        replace(ANNA, bodies=(During(of="raad", period=days("", "2026-05-01")),
                              During(of="raad", period=days("2026-05-01")))),
        "body_comes_twice",
    ),
    "nothing": (ANNA, "person_says_so_already"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_said_of_a_person_is_refused(name: str) -> None:
    after, code = WRONG[name]
    assert codes(change_person(keeping(), ANNA, after, "")) == {code}


def test_bodies_that_follow_each_other_are_fine() -> None:
    after = replace(
        ANNA, bodies=(During(of="raad", period=days("", "2026-05-01")), During(of="raad", period=days("2026-05-02")))
    )
    assert kept(change_person(keeping(), ANNA, after, "")).changes[0].after == replace(after, version=2)


def test_merging_takes_along_who_was_merged_before_and_both_histories_tell_it() -> None:
    before = someone(4, "K. Bakker-Smit", merged_into="P-0003")
    done = kept(merge_people(keeping(ANNA, SAM, KIM, before), KIM, ANNA, "getrouwd"))
    assert {one.after.number: one.after.merged_into for one in done.changes} == {"P-0003": "P-0001", "P-0004": "P-0001"}
    assert {str(entry.details["subject"]) for entry in done.entries} == {
        "person:P-0001", "person:P-0003", "person:P-0004"
    }  # fmt: skip


def test_merging_into_oneself_or_twice_or_without_a_reason_is_refused() -> None:
    assert codes(merge_people(keeping(), ANNA, ANNA, "dubbel")) == {"person_is_the_same"}
    assert codes(merge_people(keeping(), ANNA, KIM, "  ")) == {BlockerKind.REASON_MISSING.value}
    assert codes(merge_people(keeping(), replace(KIM, merged_into="P-0001"), SAM, "x")) == {"person_was_merged"}


def test_standing_in_counts_both_its_first_and_its_last_day() -> None:
    after = kept(let_stand_in(keeping(), ANNA, SAM, days("2026-09-07", "2026-09-20"), "")).changes[0].after
    told = [bool(who_stand_in(after, date(2026, 9, day))) for day in (6, 7, 20, 21)]
    assert told == [False, True, True, False]


CIRCLE = (
    replace(ANNA, stand_ins=(During(of="P-0002", period=days("2026-09-01", "2026-09-10")),)),
    replace(SAM, stand_ins=(During(of="P-0003", period=days("2026-09-05", "2026-09-15")),)),
    KIM,
)


def test_nobody_stands_in_in_a_circle() -> None:
    around = keeping(*CIRCLE)
    assert codes(let_stand_in(around, KIM, CIRCLE[0], days("2026-09-10", "2026-09-12"), "")) == {"stands_in_circle"}
    assert kept(let_stand_in(around, KIM, CIRCLE[0], days("2026-09-16", "2026-09-20"), ""))


def test_who_is_gone_or_oneself_or_beside_another_does_not_stand_in() -> None:
    gone = replace(SAM, period=days("", "2026-09-10"))
    assert codes(let_stand_in(keeping(), ANNA, gone, days("2026-09-08", "2026-09-11"), "")) == {
        "person_is_not_here_then"
    }
    assert codes(let_stand_in(keeping(), ANNA, ANNA, days("2026-09-08", "2026-09-11"), "")) == {"stands_in_for_self"}
    assert codes(let_stand_in(keeping(*CIRCLE), CIRCLE[0], KIM, days("2026-09-10", "2026-09-11"), "")) == {
        "somebody_stands_in_then"
    }
