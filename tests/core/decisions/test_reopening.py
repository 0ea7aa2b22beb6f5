"""F-14: an end that came by mistake is no end: the workflow says how a case goes on, and by whom."""

from __future__ import annotations

from engine.core.deciding.step import BlockerKind, EntryKind, Step
from tests.core.decisions.garden import BOARD, KEEPER, MEMBER, Garden, at, garden, in_use, kinds


def withdrawn() -> Garden:
    plot = garden("2026-03-02")
    assert isinstance(plot.act("intrekken", MEMBER, at("2026-03-05")), Step)
    return plot


def test_a_closed_case_goes_on_by_who_the_workflow_names_with_a_reason() -> None:
    plot = withdrawn()
    assert kinds(plot.reopen(KEEPER, at("2026-03-09"))) == {BlockerKind.NO_MANDATE}
    assert kinds(plot.reopen(BOARD, at("2026-03-09"), reason="")) == {BlockerKind.REASON_MISSING}
    step = plot.reopen(BOARD, at("2026-03-09"), reason="verkeerde zaak")
    assert isinstance(step, Step)
    assert (plot.case.state, plot.case.is_closed) == ("aangevraagd", False)
    assert step.entries[0].kind is EntryKind.REOPENED
    assert (step.entries[0].details["origin"], step.entries[0].details["reason"]) == ("ingetrokken", "verkeerde zaak")


def test_the_terms_of_the_state_run_again_and_lead_somewhere() -> None:
    plot = withdrawn()
    assert isinstance(plot.reopen(BOARD, at("2026-03-09")), Step)
    assert plot.clock("beslissen").status == "running"
    assert plot.last_day("beslissen") == "2026-04-13"  # counted from the opening: an end by mistake makes it no longer
    assert "beslissen|passed|0" in plot.open_keys()


def test_what_is_not_over_or_is_over_for_good_is_not_reopened() -> None:
    assert kinds(garden().reopen(BOARD, at("2026-03-03"))) == {BlockerKind.NOT_CLOSED}
    plot = in_use("2026-03-02", {"pacht_tot": at("2026-03-05").date()})
    plot.pass_time(at("2026-03-06", 1))
    assert kinds(plot.reopen(BOARD, at("2026-03-09"))) == {BlockerKind.ENDS_FOR_GOOD}
