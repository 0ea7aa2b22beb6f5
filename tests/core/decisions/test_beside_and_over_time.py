"""Sums over a stretch of time, several records at once, and other cases of the same subject."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from engine.core.deciding import question
from engine.core.deciding.case import Actor
from engine.core.deciding.situation import Situation, look
from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.language.facts import Value
from tests.core.decisions.garden import BOARD, COMMITTEE, KEEPER, MEMBER, Garden, at, garden, kinds

GRADED: dict[str, Value] = {"ronde.dag": date(2026, 3, 3), "ronde.oordeel": "goed"}


def turn() -> Garden:
    return garden("2026-02-02", workflow="waterbeurt", entry="begin", case_id="WAT-1")


def miss(plot: Garden, day: str, hours: float, *, school: str = "", **fields: Value) -> None:
    said: dict[str, Value] = {"gemist.op": date.fromisoformat(day), "gemist.uren": hours, "gemist.excuus": False}
    own: dict[str, Value] = {"school.brin": school} if school else {}
    told = {**said, **own, **{f"gemist.{name}": value for name, value in fields.items()}}
    outcome = plot.act("missen", KEEPER, at("2026-06-30"), {fact: one for fact, one in told.items() if one is not None})
    assert isinstance(outcome, Step), outcome


def seen(plot: Garden) -> Situation:
    return look(plot.asked(plot.case, KEEPER, at("2026-06-30")))


def counted(plot: Garden) -> tuple[Value | None, ...]:
    facts = ("te_veel.any", "te_veel.count", "te_veel.sum.uren", "te_veel.first.op", "te_veel.latest.op")
    return tuple(map(seen(plot).lookup, facts))


def first_of(*days: tuple[str, float], school: str = "") -> tuple[Value | None, ...]:
    plot = turn()
    for day, hours in days:
        miss(plot, day, hours, school=school)
    return counted(plot)


NOTHING = (False, 0, 0, None, None)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        # Over a vacation (14-22 March: of the weeks only that of the 16th): 6, 7, 7, 7 and 1 days; then one too many.
        ([("2026-02-24", 8), ("2026-03-30", 8)], (True, 2, 16, date(2026, 2, 24), date(2026, 3, 30))),
        ([("2026-02-24", 8), ("2026-03-31", 8)], NOTHING),
        # Without a vacation: the 28th day still counts, the 29th does not.
        ([("2026-02-02", 8), ("2026-03-01", 8)], (True, 2, 16, date(2026, 2, 2), date(2026, 3, 1))),
        ([("2026-02-02", 8), ("2026-03-02", 8)], NOTHING),
        ([("2026-02-02", 15.9), ("2026-02-03", 0.1)], (True, 2, 16, date(2026, 2, 2), date(2026, 2, 3))),
        ([("2026-02-02", 15.5)], NOTHING),
        # The earliest stretch that is full counts, also when it was written down last; what came before it does not.
        (
            [("2026-05-04", 16), ("2026-02-02", 2), ("2026-04-20", 10), ("2026-04-01", 7)],
            (True, 2, 17, date(2026, 4, 1), date(2026, 4, 20)),
        ),
    ],
)
def test_a_stretch_is_full_when_enough_lies_within_four_school_weeks(
    days: list[tuple[str, float]], expected: tuple[Value | None, ...]
) -> None:
    assert first_of(*days) == expected


def test_a_vacation_of_its_own_moves_the_stretch_of_a_school() -> None:
    # De Hark is not free in the week of 16 March, as the region is, but in that of the 23rd.
    days = (("2026-03-20", 8.0), ("2026-04-23", 8.0))
    assert first_of(*days) == NOTHING
    assert first_of(*days, school="02BB00") == (True, 2, 16, date(2026, 3, 20), date(2026, 4, 23))
    assert first_of(("2026-03-20", 8.0), ("2026-04-24", 8.0), school="02BB00") == NOTHING


def test_a_record_of_which_it_is_unknown_whether_it_counts_leaves_open_what_hangs_on_it() -> None:
    plot = turn()
    miss(plot, "2026-02-02", 10)
    miss(plot, "2026-02-03", 6, excuus=None)  # type: ignore[arg-type]  # nobody said whether there was an excuse
    assert counted(plot)[:3] == (None, None, None)
    miss(plot, "2026-02-04", 6)
    assert seen(plot).lookup("te_veel.any") is True
    assert seen(plot).lookup("te_veel.count") is None
    miss(plot, "2026-06-04", 6)
    reason = seen(plot).explain_view("te_veel.count")
    assert reason is not None
    assert [part.truth for part in reason.parts] == [True, None, None, False]


def test_after_a_report_a_new_stretch_begins() -> None:
    plot = turn()
    miss(plot, "2026-02-02", 16)
    assert isinstance(plot.act("melden", KEEPER, at("2026-02-04")), Step)
    assert counted(plot) == NOTHING
    miss(plot, "2026-02-05", 15)
    assert counted(plot) == NOTHING


def test_why_a_record_that_fits_does_not_count_is_told() -> None:
    plot = turn()
    miss(plot, "2026-02-02", 3)
    reason = seen(plot).explain_view("te_veel.any")
    assert reason is not None
    assert [(part.kind, part.truth) for part in reason.parts[0].parts] == [("stretch", False)]


def reported() -> Garden:
    plot = turn()
    miss(plot, "2026-02-02", 16)
    assert isinstance(plot.act("melden", KEEPER, at("2026-02-04")), Step)
    return plot


def receive(plot: Garden, actor: Actor, facts: Mapping[str, Value] | None = None) -> Step | Refusal:
    day: dict[str, Value] = {"bericht.ontvangen_op": date(2026, 2, 5)}
    return plot.act("ontvangen", actor, at("2026-02-05"), {**day, **(facts or {})})


def test_one_act_writes_a_record_for_each_of_several() -> None:
    plot = reported()
    found = plot.case.records_of("bericht")
    assert [(one.number, one.life, one.fields["aan"].value) for one in found] == [
        (1, "verstuurd", "tuinder"), (2, "verstuurd", "bestuur"), (3, "verstuurd", "commissie"),
    ]  # fmt: skip
    assert [plot.last_day(f"ontvangst/bericht.{number}") for number in (1, 2, 3)] == ["2026-02-06"] * 3


def test_the_case_goes_on_when_all_that_was_sent_at_once_is_answered() -> None:
    plot = reported()
    assert isinstance(receive(plot, MEMBER, {"bericht.aan": "tuinder"}), Step)
    assert plot.clock("ontvangst/bericht.1").status == "stopped"
    assert plot.clock("ontvangst/bericht.2").status == "running"
    assert isinstance(receive(plot, BOARD, {"bericht.number": 2}), Step)
    assert plot.case.state == "gemeld"
    assert isinstance(receive(plot, COMMITTEE), Step)  # only one is open
    assert plot.case.state == "bekend"


def test_who_does_not_say_which_is_asked_by_what_tells_them_apart() -> None:
    outcome = receive(reported(), MEMBER)
    assert isinstance(outcome, Refusal)
    (blocker,) = [one for one in outcome.blockers if one.kind is BlockerKind.WHICH_RECORD]
    assert (blocker.subject, blocker.supplied_by) == ("bericht.aan", ("tuinder", "bestuur", "commissie"))
    wrong = receive(reported(), MEMBER, {"bericht.aan": "beheerder"})
    assert BlockerKind.WHICH_RECORD in kinds(wrong)


def test_taking_back_takes_back_all_of_them() -> None:
    plot = reported()
    assert isinstance(plot.undo(KEEPER, at("2026-02-04", 10)), Step)
    assert not plot.case.records_of("bericht")


def beside(plot: Garden, *others: Garden) -> Situation:
    cases = tuple(one.case for one in others)
    return look(question.ask(plot.content, plot.case, KEEPER, at("2026-03-10"), cases))


def test_another_case_is_seen_with_its_state_its_dates_and_what_it_shows() -> None:
    plot, other = turn(), garden("2026-03-02", workflow="toezicht", entry="begin", case_id="TOE-1")
    assert beside(plot).lookup("lopend_toezicht.any") is False
    assert beside(plot).lookup("toezicht.latest.state") is None
    assert isinstance(other.act("ronde_afsluiten", KEEPER, at("2026-03-03"), GRADED), Step)
    found = beside(plot, other, plot)
    told = ("any", "count", "latest.state", "latest.opened_on", "latest.since", "latest.case", "latest.oordeel")
    assert [found.lookup(f"lopend_toezicht.{name}") for name in told] == [
        True, 1, "loopt", date(2026, 3, 2), date(2026, 3, 2), "TOE-1", "goed",
    ]  # fmt: skip
    reason = found.explain_view("lopend_toezicht.any")
    assert reason is not None
    assert [(part.subject, part.truth) for part in reason.parts] == [("toezichtzaak.1", True)]


def test_other_cases_are_read_only_where_a_rule_set_asks() -> None:
    assert question.gathers(turn().content)
    assert not question.gathers(garden("2026-03-02", workflow="toezicht", entry="begin", case_id="TOE-1").content)
