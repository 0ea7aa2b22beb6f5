"""F-14 in the store: what goes with an act that is taken back goes in the same transaction, or nothing does."""

from __future__ import annotations

from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.line.case_line import open_line
from engine.usecases.list_work import list_inbox
from engine.usecases.note_case import close_task, give_task
from engine.usecases.send_letters import send_letters
from engine.views.lists import Looking
from tests.core.decisions.garden import BOARD, COMMITTEE, FITS, KEEPER, MEMBER
from tests.usecases.workplace import Office, ask_gardens, at, member


def test_a_letter_that_waited_is_not_sent_and_a_new_one_is(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)
    assert len(office.letters(case_id)) == 2
    assert isinstance(office.undo(case_id, BOARD), Step)
    assert office.letters(case_id) == ()
    assert send_letters(office.runtime).done == 0
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)
    assert send_letters(office.runtime).done == 2
    refused = office.undo(case_id, BOARD)
    assert isinstance(refused, Refusal)
    assert {blocker.kind for blocker in refused.blockers} == {BlockerKind.OUTSIDE}
    assert office.is_sound()


def test_a_case_that_the_act_opened_is_closed_with_it_unless_something_was_done_in_it(office: Office) -> None:
    first, second = (office.open("tuin", {**member(number), **FITS}, KEEPER, "overname") for number in (1, 2))
    for case_id in (first, second):
        assert isinstance(office.act(case_id, "ruzie_melden", MEMBER), Step)
    quarrels = {case.parent: case.id for case in office.cases() if case.workflow == "ruzie"}
    assert isinstance(office.undo(first, MEMBER), Step)
    assert office.case(quarrels[first]).is_closed
    assert isinstance(office.act(quarrels[second], "beginnen", COMMITTEE), Step)
    refused = office.undo(second, MEMBER)
    assert isinstance(refused, Refusal)
    assert not office.case(quarrels[second]).is_closed


def test_a_case_opened_by_mistake_leaves_nothing_on_any_list(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    with open_line(office.runtime) as line:
        assert isinstance(give_task(line, case_id, "Hek meten", "commissie", at("2026-03-05").date(), KEEPER), Step)
    assert isinstance(office.undo(case_id, KEEPER), Step)
    case = office.case(case_id)
    assert case.is_closed
    assert office.letters(case_id) == ()
    assert {row.status for row in office.deadlines(case_id)} == {"cancelled"}
    for body in ("commissie", "beheerder", "bestuur"):
        assert list_inbox(office.runtime, at("2026-03-20"), Looking(owner=body)).rows == ()
    assert office.open("tuin", {**member(1), **FITS}, KEEPER, "overname") != case_id
    assert office.is_sound()


def test_a_task_lies_in_the_inbox_from_its_day_and_an_act_on_the_case_leaves_it_there(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    day = at("2026-03-05").date()
    with open_line(office.runtime) as line:
        assert isinstance(give_task(line, case_id, "Hek meten", "commissie", day, KEEPER), Step)
    assert list_inbox(office.runtime, at("2026-03-04"), Looking(owner="commissie")).rows == ()
    assert isinstance(office.act(case_id, "verlengen", KEEPER), Step)
    (row,) = list_inbox(office.runtime, at("2026-03-05"), Looking(owner="commissie")).rows
    assert [notice.parameters["text"] for notice in row.notices] == ["Hek meten"]
    with open_line(office.runtime) as line:
        assert isinstance(close_task(line, case_id, 1, COMMITTEE), Step)
    assert list_inbox(office.runtime, at("2026-03-05"), Looking(owner="commissie")).rows == ()


def test_of_two_reminders_of_one_term_only_the_later_one_lies_in_the_inbox(office: Office) -> None:
    ask_gardens(office, 1)
    office.pass_time("2026-03-31 09:00")
    (first,) = (one for row in list_inbox(office.runtime, at("2026-03-31"), Looking(owner="beheerder")).rows
                for one in row.notices)  # fmt: skip
    office.pass_time("2026-04-10 09:00")
    (later,) = (one for row in list_inbox(office.runtime, at("2026-04-10"), Looking(owner="beheerder")).rows
                for one in row.notices)  # fmt: skip
    assert (first.parameters["number"], later.parameters["number"]) == (1, 2)
