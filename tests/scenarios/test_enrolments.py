"""An enrolment ends when the next begins, and is taken back as one act (F-7, annex A6)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.language.facts import Value
from engine.core.moment import LOCAL_ZONE
from engine.rehearsal.memory import MemoryRuntime
from engine.usecases.dossier import content_about, load_dossier
from tests.real_content import real_catalogue
from tests.scenarios.test_mending_of_places import (
    AT_SCHOOL,
    PUPIL,
    RETURN,
    SCHOOL,
    SEARCH,
    SWV,
    Desk,
    kinds,
    state,
)

PARENTS = Actor(role="ouders")
Enrolment = tuple[str, Value, Value, Value | None]


@pytest.fixture
def desk() -> Iterator[Desk]:
    runtime = MemoryRuntime(real_catalogue(), "almere")
    with closing(runtime):
        desk = Desk(runtime)
        desk.now = datetime(2026, 9, 7, 9, tzinfo=LOCAL_ZONE)
        runtime.begin(desk.now)
        yield desk


def placed(desk: Desk, number: int, school: str, first: date) -> Step | Refusal:
    """The search of this number ends: a school admits the pupil, who comes on this day."""
    desk.open("plaatsing", SEARCH)
    search = desk.id
    applied = desk.act("aanmelden", PARENTS, **{
        "aanmelding.school": school, "aanmelding.contact": "Voorbeeldweg 2, 1300 AB Almere",
        "aanmelding.ontvangen_op": min(first, desk.now.date()),
    })  # fmt: skip
    assert isinstance(applied, Step), applied
    desk.id = f"AAN-2026-{number:04d}"
    admission: dict[str, Value] = {"eerste_dag.op": first, "eerste_dag.contactpersoon": "de mentor"}
    assert state(desk.act("toelaten", SCHOOL, **admission)) == "toegelaten"
    desk.id = search
    if first > desk.now.date():
        desk.wait(first - desk.now.date())
    return desk.act("eerste_dag_vastleggen", SCHOOL, **{"plaatsing.eerste_dag": first})


def enrolments(desk: Desk) -> list[Enrolment]:
    content, kind = content_about(desk.runtime)
    with desk.runtime.reading() as readings:
        subject = load_dossier(readings, content.organisation.id, kind, str(PUPIL["leerling.nummer"]))
    found = (one for one in subject.records if one.kind == "schoolplek")
    told = ({name: known.value for name, known in one.fields.items()} | {"life": one.life} for one in found)
    return [(str(one["life"]), one["school"], one["begin"], one.get("einde")) for one in told]


def test_the_last_day_of_an_enrolment_is_the_day_before_the_next(desk: Desk) -> None:
    assert state(placed(desk, 1, "16AW00", date(2026, 9, 8))) == "geplaatst"
    assert enrolments(desk) == [("ingeschreven", "16AW00", date(2026, 9, 8), None)]
    assert state(placed(desk, 2, "23HU00", date(2026, 9, 21))) == "geplaatst"
    assert enrolments(desk) == [
        ("uitgeschreven", "16AW00", date(2026, 9, 8), date(2026, 9, 20)),
        ("ingeschreven", "23HU00", date(2026, 9, 21), None),
    ]


def test_undoing_the_next_enrolment_takes_back_the_end_of_the_one_before(desk: Desk) -> None:
    placed(desk, 1, "16AW00", date(2026, 9, 8))
    placed(desk, 2, "23HU00", date(2026, 9, 21))
    assert state(desk.undo(SCHOOL)) == "toegelaten"
    assert enrolments(desk) == [("ingeschreven", "16AW00", date(2026, 9, 8), None)]


def test_an_enrolment_that_begins_before_the_one_it_ends_is_refused(desk: Desk) -> None:
    placed(desk, 1, "16AW00", date(2026, 9, 21))
    outcome = placed(desk, 2, "23HU00", date(2026, 9, 14))
    assert kinds(outcome) == {BlockerKind.WRONG_VALUE}
    assert isinstance(outcome, Refusal)
    assert [one.subject for one in outcome.blockers] == ["schoolplek.einde"]
    assert [life for life, *_ in enrolments(desk)] == ["ingeschreven"]


def test_a_stay_in_an_institution_admits_to_the_school_that_is_tied_to_it(desk: Desk) -> None:
    desk.open("plaatsing", {**SEARCH, "plek.soort": "vso"})
    search = desk.id
    stay: dict[str, Value] = {"verblijfsperiode.begin": date(2026, 9, 1), "verblijfsperiode.school": "16AW00"}
    assert state(desk.act("residentieel_verblijf_vastleggen", SWV, **stay)) == "zoeken"
    assert applied_and_admitted(desk, search, 1, "23HU00") == {BlockerKind.CONDITION}
    assert applied_and_admitted(desk, search, 2, "16AW00") == set()


def test_a_stay_that_is_over_admits_to_nothing(desk: Desk) -> None:
    desk.open("plaatsing", {**SEARCH, "plek.soort": "vso"})
    search = desk.id
    stay: dict[str, Value] = {"verblijfsperiode.begin": date(2026, 9, 1), "verblijfsperiode.school": "16AW00"}
    desk.act("residentieel_verblijf_vastleggen", SWV, **stay)
    ended = desk.act("residentieel_verblijf_beeindigen", SWV, **{"verblijfsperiode.einde": date(2026, 9, 6)})
    assert state(ended) == "zoeken"
    assert applied_and_admitted(desk, search, 1, "16AW00") == {BlockerKind.CONDITION}


def stays(desk: Desk) -> list[tuple[str, Value | None]]:
    content, kind = content_about(desk.runtime)
    with desk.runtime.reading() as readings:
        subject = load_dossier(readings, content.organisation.id, kind, str(PUPIL["leerling.nummer"]))
    found = (one for one in subject.records if one.kind == "verblijfsperiode")
    return [(one.life, one.fields["einde"].value if "einde" in one.fields else None) for one in found]


def test_a_stay_is_ended_in_whichever_case_of_the_pupil_it_is_heard_and_undone_there(desk: Desk) -> None:
    desk.open("plaatsing", {**SEARCH, "plek.soort": "vso"})
    stay: dict[str, Value] = {"verblijfsperiode.begin": date(2026, 9, 1), "verblijfsperiode.school": "16AW00"}
    assert isinstance(desk.act("residentieel_verblijf_vastleggen", SWV, **stay), Step)
    desk.open("terugkeer", RETURN)
    other = desk.id
    ended = desk.act("residentieel_verblijf_beeindigen", SWV, **{"verblijfsperiode.einde": date(2026, 9, 6)})
    assert isinstance(ended, Step), ended
    assert stays(desk) == [("voltooid", date(2026, 9, 6))]
    desk.id = other
    assert isinstance(desk.undo(SWV), Step)
    assert stays(desk) == [("aan_de_gang", None)]


def test_a_placement_for_a_time_ends_with_the_decision_of_the_school_and_not_elsewhere(desk: Desk) -> None:
    desk.open("aanmelding", {**AT_SCHOOL, "plek.soort": "vo"})
    desk.wait(timedelta(weeks=11))
    assert [life for life, _ in stays(desk)] == ["aan_de_gang"]
    desk.open("terugkeer", RETURN)
    outcome = desk.act("residentieel_verblijf_beeindigen", SWV, **{"verblijfsperiode.einde": desk.now.date()})
    assert kinds(outcome) == {BlockerKind.CONDITION}


def applied_and_admitted(desk: Desk, search: str, number: int, school: str) -> set[BlockerKind]:
    """What stands in the way of an admission at this school; nothing when the pupil was admitted."""
    desk.id = search
    desk.act("aanmelden", PARENTS, **{
        "aanmelding.school": school, "aanmelding.contact": "Voorbeeldweg 2, 1300 AB Almere",
        "aanmelding.ontvangen_op": desk.now.date(),
    })  # fmt: skip
    desk.id = f"AAN-2026-{number:04d}"
    admission: dict[str, Value] = {"eerste_dag.op": desk.now.date(), "eerste_dag.contactpersoon": "de mentor"}
    outcome = desk.act("toelaten", SCHOOL, **admission)
    return kinds(outcome) if isinstance(outcome, Refusal) else set()
