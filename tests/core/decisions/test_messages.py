"""F-35: a message leaves the inbox when what it speaks of is over, and not before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from engine.core.content.organisation import InboxRule
from engine.core.deciding.case import ENGINE, OWNER, Actor, Case
from engine.core.deciding.draft import Draft
from engine.core.deciding.messages import put_off, settle_message, settled_by
from engine.core.deciding.moves import tell_bodies
from engine.core.deciding.question import Question
from engine.core.deciding.step import Deadline, DeadlineKind, Entry, EntryKind, Notice, Refusal, Step
from engine.core.legal_clock.period import Period, Unit
from engine.store.records import NoticeRow
from tests.core.decisions.garden import COMMITTEE, KEEPER, Garden, at, garden

TOLD = at("2026-03-03")
NOW = at("2026-03-04")


def message(number: int, kind: str = "term_warning", term: str = "beslissen", **other: object) -> NoticeRow:
    """A message that lies in the inbox of the committee."""
    row = NoticeRow(
        id=number, case_id="T-1", to="commissie", kind=kind, text="", parameters={}, term=term, ask=(), at=TOLD,
        done_at=None, done_by="",
    )  # fmt: skip
    return replace(row, **other)  # type: ignore[arg-type]


def step(*stopped: str, runs: tuple[str, ...] = (), notices: tuple[Notice, ...] = (), **after: object) -> Step:
    """What the clock did: these clocks stopped, those run on, this was told."""
    case: Case = garden("2026-03-02").case
    lines = [Entry(kind=EntryKind.CLOCK, at=NOW, actor=ENGINE, details={"clock": key, "entry": {"kind": "stopped"}})
             for key in stopped]  # fmt: skip
    return Step(
        before=case,
        after=replace(case, **after),  # type: ignore[arg-type]
        entries=(*lines, Entry(kind=EntryKind.MOVED, at=NOW, actor=ENGINE, details={})),
        deadlines=tuple(_deadline(key) for key in runs),
        notices=notices,
    )


def _deadline(key: str) -> Deadline:
    return Deadline(key=f"{key}|passed", clock=key, term=key.partition("/")[0], kind=DeadlineKind.PASSED, number=0,
                    due_at=NOW + timedelta(days=1), last_day=date(2026, 3, 4))  # fmt: skip


def over(done: Step, *messages: NoticeRow) -> tuple[int, ...]:
    return settled_by(done, garden("2026-03-02").content.workflow, messages)


def test_what_speaks_of_a_clock_is_over_when_that_clock_stops() -> None:
    reminders = message(1), message(2, "term_passed"), message(3, term="bekijken"), message(4, "transition", "")
    assert over(step("beslissen"), *reminders) == (1, 2)
    assert over(step(), *reminders) == ()


def test_a_term_of_several_readers_or_records_is_over_for_each_apart() -> None:
    assert over(step("beslissen/ouder.1", runs=("beslissen/ouder.2",)), message(1)) == ()
    assert over(step("beslissen/ouder.1"), message(1)) == (1,)
    of_one, of_other = (message(number, parameters={"record": f"stap.{number}"}) for number in (1, 2))
    assert over(step("beslissen/stap.1", runs=("beslissen/stap.2",)), of_one, of_other) == (1,)


def test_of_two_messages_about_the_same_only_the_later_one_lies_there() -> None:
    again = Notice(to="commissie", kind="term_passed", term="beslissen")
    assert over(step(notices=(again,)), message(1), message(2, to="bestuur"), message(3, term="bekijken")) == (1,)


def test_what_asks_to_choose_is_over_when_nothing_of_it_can_be_chosen_here() -> None:
    here = garden("2026-03-02")
    possible = next(one.id for one in here.content.workflow.transitions_from(here.case.state))
    asking = message(1, "term_warning", ask=(possible, "elders")), message(2, term="b", ask=("elders",))
    assert over(step(), *asking) == (2,)


def test_what_a_clock_told_who_was_at_move_is_over_when_another_is() -> None:
    flow = garden("2026-03-02").content.workflow
    owner = flow.state("aangevraagd").owner
    other = next(one.id for one in flow.states if one.owner and one.owner != owner)
    told = [message(1, to=owner), message(2, "term_passed", to=owner), message(3, to="ledenraad"),
            message(4, "transition", "", to=owner), message(5, "task", "", to=owner)]  # fmt: skip
    assert over(step(state=other), *told) == (1, 2)
    assert over(step(), *told) == ()


@pytest.mark.parametrize(("told", "expected"), [(TOLD, (1,)), (NOW, ())], ids=["before", "by-the-end"])
def test_the_end_of_a_case_is_the_end_of_its_messages_but_that_it_ended(told: datetime, expected: object) -> None:
    """A task is of a person, who says when it is done."""
    assert over(step(is_closed=True), message(1, "transition", at=told), message(2, "task")) == expected


def test_only_the_body_it_is_for_settles_a_message_or_puts_it_off() -> None:
    plot = garden("2026-03-02")
    told = message(1, "transition", "")
    assert isinstance(settle_message(_asked(plot, KEEPER), told, ""), Refusal)
    assert isinstance(put_off(_asked(plot, KEEPER), told, date(2026, 4, 1), ""), Refusal)
    done = settle_message(_asked(plot, COMMITTEE), told, "")
    assert isinstance(done, Step)
    assert [one.kind for one in done.entries] == [EntryKind.NOTICE_DONE]
    assert isinstance(put_off(_asked(plot, COMMITTEE), told, date(2026, 3, 4), ""), Refusal)
    assert isinstance(put_off(_asked(plot, COMMITTEE), told, date(2026, 3, 5), ""), Step)


def test_what_asks_for_an_act_is_settled_with_a_reason_only() -> None:
    plot = garden("2026-03-02")
    asking = message(1, ask=(next(iter(plot.content.workflow.transitions_from(plot.case.state))).id,))
    assert isinstance(settle_message(_asked(plot, COMMITTEE), asking, " "), Refusal)
    assert isinstance(settle_message(_asked(plot, COMMITTEE), asking, "besproken"), Step)


def _asked(plot: Garden, actor: Actor) -> Question:
    return plot.asked(plot.case, actor, NOW)


def test_news_for_who_is_not_at_move_goes_by_itself_and_what_asks_stays() -> None:
    plot = garden("2026-03-02")
    rule = InboxRule(read_within=Period(2, Unit.WEEKS))
    plot.content = replace(plot.content, organisation=replace(plot.content.organisation, inbox=rule))
    plot.pass_time(at("2026-04-20"))
    told = [(one.to, one.term, bool(one.ask), one.lies_until) for step in plot.steps for one in step.notices]
    at_move = plot.content.workflow.state("aangevraagd").owner
    news = [until for to, _, asks, until in told if to != at_move and not asks]
    assert news, "else this shows nothing"
    lines = (one for step in plot.steps for one in step.entries if one.kind is EntryKind.TERM_PASSED)
    passed = next(one for one in lines if one.details["clock"] == "beslissen")
    assert passed.at + timedelta(weeks=2) in news
    assert all(until is None for to, _, asks, until in told if asks or to == at_move)


def test_that_a_case_came_to_a_body_goes_by_itself_too() -> None:
    """What there is to do in it, its terms and reminders say: a message that it came would lie there for ever."""
    plot = garden("2026-03-02")
    rule = InboxRule(read_within=Period(2, Unit.WEEKS))
    content = replace(plot.content, organisation=replace(plot.content.organisation, inbox=rule))
    draft = Draft(replace(_asked(plot, COMMITTEE), content=content))
    tell_bodies(draft, (OWNER,), "transition", {"transition": "verlengen"})
    tell_bodies(draft, (OWNER,), "term_passed", {}, term="beslissen")
    assert [one.lies_until for one in draft.notices] == [NOW + timedelta(weeks=2), None]
