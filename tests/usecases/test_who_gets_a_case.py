"""Who gets a case hears it: by an opening, a move, or the time of a rung; not who brought it to himself."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.deciding.step import Step
from engine.core.language.facts import Value
from engine.store.records import NoticeRow
from engine.words.of_journal import say_notice
from tests.core.decisions.garden import COMMITTEE, KEEPER, MEMBER, content_on
from tests.usecases.workplace import Office, change, day, make_office

FLOW = "workflows/tuindorp/ruzie/2026-01-01.yaml"
WHO: dict[str, Value] = {"tuinder.nummer": "lid-7", "tuinder.naam": "Ootje Moes"}


@pytest.fixture
def quarrels(tmp_path: Path, own_world: Path) -> Office:
    """A garden in which every way to a body tells that body."""
    told = "tells: [owner]"
    change(own_world, FLOW, "by: [tuinder, commissie], requires", f"by: [tuinder, commissie], {told}, requires")
    change(own_world, FLOW, "from: [gemeld], by: [commissie]", f"from: [gemeld], by: [commissie, beheerder], {told}")
    change(own_world, FLOW, "label: Lukt hier niet", f"label: Lukt hier niet, {told}")
    change(own_world, FLOW, "label: De tijd is om", f"label: De tijd is om, {told}")
    return make_office(tmp_path / "kantoor", "2026-03-02 10:00", own_world)


def told(office: Office, case_id: str) -> list[tuple[str, str]]:
    """Whom the case told what, oldest first."""
    with office.runtime.reading() as readings:
        return [(one.to, _said(one)) for one in readings.notices(case_id)]


def _said(notice: NoticeRow) -> str:
    content = content_on(day("2026-03-02"), "ruzie")
    return say_notice(notice.kind, notice.parameters, term=notice.term, text=notice.text, content=content)


def test_who_gets_a_new_case_hears_it_and_who_opens_it_for_himself_does_not(quarrels: Office) -> None:
    mine, anothers = (
        quarrels.open("ruzie", WHO, COMMITTEE),
        quarrels.open("ruzie", {**WHO, "tuinder.nummer": "lid-8"}, MEMBER),
    )
    assert told(quarrels, mine) == []
    assert told(quarrels, anothers) == [("commissie", "nieuwe zaak: Melden")]


def test_on_each_rung_who_must_answer_hears_it_however_the_case_came_there(quarrels: Office) -> None:
    case_id = quarrels.open("ruzie", WHO, COMMITTEE)
    assert isinstance(quarrels.record(case_id, {"ernst": "hoog"}, COMMITTEE), Step)
    assert isinstance(quarrels.act(case_id, "beginnen", COMMITTEE), Step)
    assert told(quarrels, case_id) == [("beheerder", "Beginnen")]
    quarrels.pass_time("2026-03-10 09:00")
    assert quarrels.case(case_id).state == "kantine"
    assert told(quarrels, case_id)[1:] == [("commissie", "De tijd is om")]
    assert isinstance(quarrels.act(case_id, "lukt_niet", COMMITTEE, reason="zij praten niet"), Step)
    assert told(quarrels, case_id)[2:] == [("bestuur", "Lukt hier niet")]


def test_who_brings_a_case_to_a_rung_of_his_own_is_not_told_what_he_did(quarrels: Office) -> None:
    case_id = quarrels.open("ruzie", WHO, COMMITTEE)
    assert isinstance(quarrels.act(case_id, "beginnen", KEEPER), Step)
    assert quarrels.case(case_id).state == "hek"
    assert told(quarrels, case_id) == []
