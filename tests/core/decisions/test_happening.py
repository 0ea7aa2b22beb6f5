"""F-13: what came on Friday and is typed on Monday counts from Friday, and both times are kept."""

from __future__ import annotations

from datetime import datetime

import pytest

from engine.core.deciding.advance import Act, act
from engine.core.deciding.happening import decide_as_of
from engine.core.deciding.step import BlockerKind, Entry, EntryKind, Refusal, Step
from tests.core.decisions.garden import BOARD, FITS, KEEPER, Garden, at, garden

MONDAY, FRIDAY, OPENED = at("2026-03-16"), at("2026-03-13", 12), at("2026-03-02")


def as_of(plot: Garden, moment: datetime, came: datetime = OPENED) -> Step | Refusal:
    """The reminder is answered on Monday, for what happened at that moment; the case came where it is before."""
    command = Act(transition="vragen", reason="het plan ontbreekt")
    question = plot.asked(plot.case, KEEPER, MONDAY)
    lines = [Entry(kind=EntryKind.OPENED, at=came, actor=KEEPER, details={})]
    return decide_as_of(question, moment, lambda: lines, "vragen", lambda asked: act(asked, command))


def test_what_the_law_ties_to_the_act_counts_from_when_it_happened() -> None:
    plot = garden("2026-03-02")
    step = as_of(plot, FRIDAY)
    assert isinstance(step, Step)
    assert step.after.entered_at == FRIDAY
    clock = step.after.clock("aanvullen")
    assert clock is not None
    assert clock.ledger[0].act_day == FRIDAY.date()


def test_both_times_are_kept_when_it_happened_and_when_it_was_written_down() -> None:
    step = as_of(garden("2026-03-02"), FRIDAY)
    assert isinstance(step, Step)
    assert {entry.at for entry in step.entries} == {MONDAY}
    assert {entry.details["happened_at"] for entry in step.entries} == {FRIDAY.isoformat()}


@pytest.mark.parametrize(("moment", "came"), [(at("2026-03-17"), OPENED), (at("2026-03-01"), OPENED), (FRIDAY, MONDAY)])
def test_an_act_lies_not_in_the_future_and_not_before_the_case_came_where_it_is(
    moment: datetime, came: datetime
) -> None:
    outcome = as_of(garden("2026-03-02"), moment, came)
    assert isinstance(outcome, Refusal)
    assert [blocker.kind for blocker in outcome.blockers] == [BlockerKind.WHEN]


def test_a_day_that_somebody_said_is_not_written_over_by_the_day_of_typing() -> None:
    from dataclasses import replace

    from engine.core.language.conditions import FactRef
    from engine.core.language.orders import Conclusion

    plot = garden(facts=FITS)
    today = Conclusion(fact="nieuwe_dag", value=FactRef(fact="today"))
    acts = tuple(
        replace(one, asks=(*one.asks, "nieuwe_dag"), sets=(today,)) if one.id == "toewijzen" else one
        for one in plot.content.workflow.transitions
    )
    plot.content = replace(plot.content, workflow=replace(plot.content.workflow, transitions=acts))
    given = plot.act("toewijzen", BOARD, MONDAY, {"nieuwe_dag": FRIDAY.date()})
    assert isinstance(given, Step)
    assert (given.after.facts["nieuwe_dag"].value, given.after.facts["nieuwe_dag"].by) == (FRIDAY.date(), "bestuur")
    assert any(entry.kind is EntryKind.RECORDED for entry in given.entries)
