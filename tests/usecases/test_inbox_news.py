"""F-35: what asks nothing and is about a case of others is one line however many cases say it; and one of many."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import Refusal
from engine.core.errors import UsageError
from engine.line.case_line import open_line
from engine.usecases.inbox_of_one import inbox_of_one
from engine.usecases.list_work import list_inbox
from engine.usecases.note_case import give_task
from engine.usecases.read_news import find_news, read_news
from engine.views.lists import Looking
from engine.views.news import News, gather_news
from tests.core.decisions.garden import BOARD, KEEPER
from tests.usecases.workplace import Office, ask_gardens, at, change, make_office

pytestmark = pytest.mark.long

BOARDS = Looking(owner="bestuur", ahead=at("2026-04-21"))


@pytest.fixture
def late(tmp_path: Path, own_world: Path) -> Office:
    """Three requests on which nobody decided in time, which was told to the board."""
    organisation = "rules/tuindorp/organisation.yaml"
    change(own_world, organisation, "bodies:", "inbox: {ahead: 1 weeks, read_within: 2 weeks}\nbodies:")
    change(own_world, organisation, "{label: Beheerder}", "{label: Beheerder, named_by: [tuinder.nummer]}")
    office = make_office(tmp_path / "kantoor", "2026-03-02 10:00", own_world)
    ask_gardens(office, 3)
    office.pass_time("2026-04-14 09:00")
    return office


def news_of(office: Office, moment: str = "2026-04-14 10:00") -> tuple[News, ...]:
    return gather_news(list_inbox(office.runtime, at(moment), BOARDS).news)


def test_the_same_news_of_many_cases_is_one_line_and_no_work(late: Office) -> None:
    found = list_inbox(late.runtime, at("2026-04-14 10:00"), BOARDS)
    assert (found.rows, found.total, found.late) == ((), 0, 0)
    told = [(one.kind, one.term, len(one.messages)) for one in gather_news(found.news)]
    assert ("term_passed", "beslissen", 3) in told
    assert len({one[:2] for one in told}) == len(told)
    assert news_of(late, "2026-04-28 10:00") == (), "it goes by itself"


def test_to_the_body_at_move_a_late_case_is_work_with_its_messages_beside_it(late: Office) -> None:
    found = list_inbox(late.runtime, at("2026-04-14 10:00"), Looking(owner="beheerder", ahead=at("2026-04-21")))
    assert (found.total, found.late, found.news) == (3, 3, ())


def test_news_that_was_read_is_gone_from_every_case_at_once(late: Office) -> None:
    (passed,) = (one for one in news_of(late) if one.kind == "term_passed")
    looked_up = find_news(late.runtime, at("2026-04-14 10:00"), BOARDS, passed.messages[-1][1].id)
    assert looked_up == passed
    assert read_news(late.runtime, passed, BOARD, dry_run=True) is None
    assert isinstance(read_news(late.runtime, passed, KEEPER), Refusal)
    assert passed in news_of(late)
    assert read_news(late.runtime, passed, BOARD) is None
    assert all(one.kind != "term_passed" for one in news_of(late))
    assert late.is_sound()
    with pytest.raises(UsageError, match=f"geen nieuws met nummer {passed.number}"):
        find_news(late.runtime, at("2026-04-14 10:00"), BOARDS, passed.number)


def test_a_case_with_a_task_in_it_is_work_and_its_news_stands_with_it(late: Office) -> None:
    case_id = "TUIN-2026-0001"
    with open_line(late.runtime) as line:
        give_task(line, case_id, "Bel de tuinder", "bestuur", at("2026-04-14").date(), KEEPER)
    found = list_inbox(late.runtime, at("2026-04-14 10:00"), BOARDS)
    assert [row.case_id for row in found.rows] == [case_id]
    assert {one.kind for one in found.rows[0].notices} >= {"task", "term_passed"}
    assert case_id not in {row.case_id for row in found.news}


def test_of_many_keepers_each_sees_what_lies_with_him(late: Office) -> None:
    keepers = Looking(owner="beheerder", ahead=at("2026-04-21"))
    first = late.case("TUIN-2026-0001")
    name = str(first.facts["tuinder.nummer"].value)
    found = inbox_of_one(late.runtime, at("2026-04-14 10:00"), keepers, name.upper())
    assert [row.case_id for row in found.rows] == [first.id]
    assert (found.total, found.late) == (1, 1)
    assert inbox_of_one(late.runtime, at("2026-04-14 10:00"), keepers, "niemand").total == 0
    with pytest.raises(UsageError) as wrong:
        inbox_of_one(late.runtime, at("2026-04-14 10:00"), BOARDS, name)
    assert "beheerder" in wrong.value.text()


def test_who_is_no_more_at_move_has_nothing_left_to_do(late: Office) -> None:
    """The rule itself is in `test_messages`; here that the body reads nothing of it any more."""
    keepers = Looking(owner="beheerder", ahead=at("2026-04-21"))
    for case in late.cases():
        if not case.is_closed and case.workflow == "tuin":
            late.act(case.id, "intrekken", Actor(role="tuinder"))
    assert list_inbox(late.runtime, at("2026-04-14 10:00"), keepers).total == 0
