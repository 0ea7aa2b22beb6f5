from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.core.deciding.step import BlockerKind, EntryKind, Refusal, Step
from engine.core.language.facts import Value
from engine.core.legal_clock.ledger import Corrected, Restarted, Started
from engine.core.message import Message
from tests.core.decisions.garden import BOARD, COMMITTEE, FITS, KEEPER, MEMBER, Garden, at, garden, in_use, kinds

PLAN: dict[str, Value] = {"plan": "prei"}


def waiting(day: str = "2026-03-09") -> Garden:
    plot = garden("2026-03-02")
    assert isinstance(plot.act("vragen", KEEPER, at(day), reason="plan ontbreekt"), Step)
    return plot


def test_a_term_starts_with_the_state_and_its_deadlines_are_rows() -> None:
    plot = garden("2026-03-02")
    assert plot.last_day("beslissen") == "2026-04-13"
    assert plot.open_keys() == ["beslissen|warning|1", "streven|passed|0", "beslissen|warning|2", "beslissen|passed|0"]


def test_a_term_stands_still_in_its_state_and_the_rest_of_it_is_left_when_it_runs_again() -> None:
    plot = waiting("2026-03-09")
    assert plot.clock("beslissen").status == "suspended"
    assert plot.open_keys() == ["aanvullen|passed|0"]
    assert isinstance(plot.act("aanvullen", MEMBER, at("2026-03-16"), PLAN), Step)
    assert plot.clock("beslissen").suspended_days == 6
    assert plot.last_day("beslissen") == "2026-04-20"  # the 19th is a Sunday


def test_a_term_that_follows_stands_still_together_with_the_other() -> None:
    plot = waiting("2026-03-09")
    assert plot.clock("streven").status == "suspended"
    assert isinstance(plot.act("aanvullen", MEMBER, at("2026-03-16"), PLAN), Step)
    assert plot.last_day("streven") == "2026-04-05"


def test_each_return_to_the_state_starts_its_term_anew() -> None:
    plot = waiting("2026-03-09")
    assert plot.last_day("aanvullen") == "2026-03-23"
    assert isinstance(plot.act("aanvullen", MEMBER, at("2026-03-10"), PLAN), Step)
    assert plot.clock("aanvullen").status == "stopped"
    assert isinstance(plot.act("vragen", KEEPER, at("2026-03-12"), reason="onleesbaar"), Step)
    assert plot.last_day("aanvullen") == "2026-03-26"
    clock = plot.case.clock("aanvullen")
    assert clock is not None
    assert [type(entry) for entry in clock.ledger if isinstance(entry, Started)] == [Started, Restarted]


def test_a_term_stops_in_its_state_and_leaves_no_deadline() -> None:
    plot = garden(facts=FITS)
    assert isinstance(plot.act("toewijzen", BOARD, at("2026-03-10")), Step)
    assert plot.clock("beslissen").status == "stopped"
    assert plot.open_keys() == []


def test_a_transition_starts_and_restarts_a_term_and_another_stops_it() -> None:
    plot = in_use("2026-03-02")
    assert plot.clock("proef").status == "not_started"
    assert isinstance(plot.act("inspecteren", COMMITTEE, at("2026-03-03")), Step)
    assert plot.last_day("proef") == "2026-03-17"
    assert isinstance(plot.act("inspecteren", COMMITTEE, at("2026-03-10")), Step)
    assert plot.last_day("proef") == "2026-03-24"
    assert isinstance(plot.act("goedkeuren", COMMITTEE, at("2026-03-12")), Step)
    assert plot.clock("proef").status == "stopped"
    assert isinstance(plot.act("inspecteren", COMMITTEE, at("2026-03-20")), Step)
    assert plot.last_day("proef") == "2026-04-03"


def test_a_term_until_an_unknown_date_starts_when_the_date_is_known() -> None:
    plot = in_use("2026-03-02")
    assert plot.case.clock("pacht") is None
    assert isinstance(plot.record({"pacht_tot": date(2026, 12, 31)}, KEEPER, at("2026-05-01")), Step)
    assert plot.last_day("pacht") == "2026-12-31"
    assert plot.open_keys() == ["pacht|warning|1", "pacht|passed|0"]


def test_a_moved_date_gets_a_counter_entry_and_keeps_day_zero() -> None:
    plot = in_use("2026-03-02", {"pacht_tot": date(2026, 12, 31)})
    assert isinstance(plot.correct({"pacht_tot": date(2027, 3, 31)}, KEEPER, at("2026-05-01")), Step)
    assert plot.last_day("pacht") == "2027-03-31"
    clock = plot.case.clock("pacht")
    assert clock is not None
    assert [type(entry) for entry in clock.ledger] == [Started, Corrected, Started]
    assert plot.clock("pacht").started_on == date(2026, 3, 2)


def test_a_moved_anchor_counts_anew_from_the_other_day() -> None:
    plot = in_use("2026-03-02", {"meting_op": date(2026, 3, 1)})
    assert plot.last_day("nameten") == "2026-03-15"
    assert isinstance(plot.correct({"meting_op": date(2026, 3, 8)}, COMMITTEE, at("2026-03-09")), Step)
    assert plot.last_day("nameten") == "2026-03-22"
    assert isinstance(plot.correct({"meting_op": date(2026, 3, 4)}, COMMITTEE, at("2026-03-10")), Step)
    assert plot.last_day("nameten") == "2026-03-18"


def test_the_same_date_again_leaves_the_ledger_as_it_is() -> None:
    plot = in_use("2026-03-02", {"pacht_tot": date(2026, 12, 31)})
    before = plot.case.clocks
    assert isinstance(plot.record({"pacht_tot": date(2026, 12, 31), "plan": "ui"}, KEEPER, at("2026-05-01")), Step)
    assert plot.case.clocks == before


def test_a_case_taken_over_after_its_last_day_passes_at_the_first_sweep() -> None:
    plot = in_use("2026-03-02", {"pacht_tot": date(2026, 1, 31)})
    assert plot.last_day("pacht") == "2026-01-31"
    plot.pass_time(at("2026-03-02", 10))
    assert (plot.case.state, plot.case.is_closed) == ("verlopen", True)


def test_an_extension_is_limited_in_number() -> None:
    plot = garden("2026-03-02")
    assert isinstance(plot.act("verlengen", KEEPER, at("2026-03-03")), Step)
    assert plot.last_day("beslissen") == "2026-04-28"  # 27 April is a holiday
    outcome = plot.act("verlengen", KEEPER, at("2026-03-04"))
    assert isinstance(outcome, Refusal)
    assert outcome.blockers[0].kind is BlockerKind.TERM_RULE
    assert outcome.blockers[0].said == Message(
        "extended_enough", {"term": "Termijn om te beslissen", "times": 1, "allowed": 1}
    )


def test_an_extension_after_the_last_day_is_refused_and_changes_nothing() -> None:
    plot = garden("2026-03-02")
    before = plot.case
    assert kinds(plot.act("verlengen", KEEPER, at("2026-04-14"))) == {BlockerKind.TERM_RULE}
    assert plot.case is before
    assert isinstance(plot.act("verlengen", KEEPER, at("2026-04-13", 23)), Step)


@pytest.mark.parametrize(("until", "goes"), [("2026-04-13", False), ("2026-04-14", True)])
def test_a_deferral_must_gain_time(until: str, goes: bool) -> None:
    plot = garden("2026-03-02")
    outcome = plot.act("uitstellen", KEEPER, at("2026-04-01"), {"nieuwe_dag": date.fromisoformat(until)})
    assert isinstance(outcome, Step) is goes
    assert plot.last_day("beslissen") == ("2026-04-14" if goes else "2026-04-13")
    assert kinds(outcome) == (set() if goes else {BlockerKind.TERM_RULE})


def test_a_deferral_is_limited_in_number() -> None:
    plot = garden("2026-03-02")
    assert isinstance(plot.act("uitstellen", KEEPER, at("2026-04-01"), {"nieuwe_dag": date(2026, 4, 20)}), Step)
    outcome = plot.act("uitstellen", KEEPER, at("2026-04-02"), {"nieuwe_dag": date(2026, 4, 30)})
    assert kinds(outcome) == {BlockerKind.TERM_RULE}


def test_a_passed_term_does_not_stand_in_the_way_of_asking_for_more() -> None:
    plot = garden("2026-03-02")
    plot.pass_time(at("2026-04-20"))
    assert isinstance(plot.act("vragen", KEEPER, at("2026-04-20"), reason="plan ontbreekt"), Step)
    assert plot.case.state == "wacht"
    assert plot.clock("beslissen").last_day == date(2026, 4, 13)
    assert isinstance(plot.act("aanvullen", MEMBER, at("2026-04-21"), PLAN), Step)


def test_a_fired_deadline_does_not_come_back_and_a_moved_one_is_new() -> None:
    plot = garden("2026-03-02")
    done = plot.pass_time(at("2026-03-31", 12))
    assert [key.rpartition("|")[0] for key in done] == ["beslissen|warning|1", "streven|passed|0"]
    assert not {"streven|passed|0", "beslissen|warning|1"} & set(plot.open_keys())
    assert kinds(plot.fall_due(done[0], at("2026-03-31"))) == {BlockerKind.NOT_DUE}
    moved = garden("2026-03-02")
    before = {d.key for d in moved.steps[-1].deadlines if d.clock == "beslissen" and d.number == 0}
    assert isinstance(moved.act("verlengen", KEEPER, at("2026-03-03")), Step)
    after = {d.key for d in moved.steps[-1].deadlines if d.clock == "beslissen" and d.number == 0}
    assert len(before) == len(after) == 1
    assert not before & after


def test_a_deadline_before_its_moment_is_refused() -> None:
    plot = garden("2026-03-02")
    due = plot.steps[-1].deadlines[0]
    assert kinds(plot.fall_due(due.key, due.due_at.replace(year=due.due_at.year - 1))) == {BlockerKind.NOT_DUE}
    assert kinds(plot.fall_due("verzonnen", due.due_at)) == {BlockerKind.NOT_DUE}


def test_a_term_that_passes_sets_facts_tells_bodies_and_opens_a_case() -> None:
    plot = garden("2026-03-02", {"uitleg": "te weinig mensen"})
    plot.pass_time(at("2026-04-14", 1))
    step = plot.steps[-1]
    assert plot.case.facts["te_laat"].value is True
    assert [notice.to for notice in step.notices] == ["bestuur"]
    assert [(order.workflow, order.entry, order.facts["tuinder.nummer"]) for order in step.opens] == [
        ("ruzie", "te_laat", "lid-7")
    ]
    assert [letter.letter for letter in step.letters] == ["T-02"]
    passed = next(entry for entry in step.entries if entry.kind is EntryKind.TERM_PASSED)
    assert passed.details["last_day"] == "2026-04-13"


def test_a_passed_term_takes_the_transition_that_waits_for_it() -> None:
    plot = waiting("2026-03-09")
    plot.pass_time(at("2026-03-24", 1))
    assert (plot.case.state, plot.case.is_closed) == ("vervallen", True)
    moved = next(entry for entry in plot.steps[-1].entries if entry.kind is EntryKind.MOVED)
    assert (moved.details["transition"], moved.actor.role) == ("niet_aangevuld", "engine")


def test_a_closed_case_stops_every_clock() -> None:
    plot = in_use("2026-03-02", {"pacht_tot": date(2026, 12, 31), "meting_op": date(2026, 3, 1)})
    assert isinstance(plot.act("intrekken", MEMBER, at("2026-03-05")), Step)
    assert {plot.clock(clock.key).status for clock in plot.case.clocks} == {"stopped"}


def test_a_clock_whose_day_zero_is_still_to_come_does_not_hold_up_the_end_of_the_case() -> None:
    plot = in_use("2026-03-02", {"meting_op": date(2026, 4, 25), "pacht_tot": date(2026, 4, 2)})
    assert plot.last_day("nameten") == "2026-05-09"
    plot.pass_time(at("2026-04-03", 1))
    assert plot.case.state == "verlopen"
    assert plot.clock("nameten").status == "stopped"


def test_a_clock_whose_term_was_taken_out_of_the_content_is_silent() -> None:
    plot = garden("2026-03-02")
    terms = {name: term for name, term in plot.content.rules.terms.items() if name != "streven"}
    plot.content = replace(plot.content, rules=replace(plot.content.rules, terms=terms))
    assert isinstance(plot.record({"plan": "ui"}, KEEPER, at("2026-03-03")), Step)
    assert "streven|passed|0" not in plot.open_keys()
    assert plot.clock("streven").status == "not_started"
    assert plot.case.clock("streven") is not None


def test_a_case_is_never_changed_in_place() -> None:
    plot = garden("2026-03-02")
    before = plot.case
    copy = replace(before, facts=dict(before.facts))
    assert isinstance(plot.act("verlengen", KEEPER, at("2026-03-03"), {"plan": "ui"}), Step)
    assert before == copy
    assert plot.case != before
