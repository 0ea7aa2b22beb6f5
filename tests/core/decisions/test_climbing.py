from __future__ import annotations

from engine.core.deciding.step import BlockerKind, EntryKind, Step
from tests.core.decisions.garden import BOARD, COMMITTEE, KEEPER, Garden, at, kinds, quarrel

SOLVED = {"oplossing": "De heg wordt lager"}


def moves(plot: Garden) -> list[tuple[object, ...]]:
    """Transition, whether it answered the rung, and who did it; of every move but the first."""
    found = [entry for step in plot.steps for entry in step.entries if entry.kind is EntryKind.MOVED]
    return [(one.details["transition"], one.details["answers_rung"], one.actor.role) for one in found][1:]


def test_a_rung_has_its_longest_stay_and_its_target() -> None:
    plot = quarrel("2026-03-02")
    assert plot.case.state == "hek"
    assert plot.last_day("hek_hoogstens") == "2026-03-09"
    assert plot.clock("hek_streef").ends_at == at("2026-03-04", 10)


def test_a_target_that_passes_moves_nothing() -> None:
    plot = quarrel("2026-03-02")
    plot.pass_time(at("2026-03-05"))
    assert plot.case.state == "hek"


def test_an_overrun_climbs_by_itself_and_is_not_an_answer() -> None:
    plot = quarrel("2026-03-02", {"ernst": "hoog"})
    plot.pass_time(at("2026-03-10", 1))
    assert plot.case.state == "kantine"
    assert moves(plot) == [("tijd_om", False, "engine")]


def test_a_rung_whose_entry_is_unknown_or_false_is_passed_over() -> None:
    for facts in ({}, {"ernst": "laag"}):
        plot = quarrel("2026-03-02", facts)
        plot.pass_time(at("2026-03-10", 1))
        assert plot.case.state == "bestuurskamer"


def test_only_a_person_answers_a_rung() -> None:
    stuck = quarrel("2026-03-02", {"ernst": "hoog"})
    assert isinstance(stuck.act("lukt_niet", KEEPER, at("2026-03-03"), reason="zij praten niet"), Step)
    assert moves(stuck) == [("lukt_niet", True, "beheerder")]
    solved = quarrel("2026-03-02")
    assert isinstance(solved.act("oplossen", KEEPER, at("2026-03-03"), SOLVED), Step)
    assert moves(solved) == [("oplossen", True, "beheerder")]


def test_the_owner_of_the_rung_answers_and_nobody_else() -> None:
    plot = quarrel("2026-03-02")
    assert kinds(plot.act("oplossen", COMMITTEE, at("2026-03-03"), SOLVED)) == {BlockerKind.NO_MANDATE}
    assert kinds(plot.act("oplossen", KEEPER, at("2026-03-03"))) == {BlockerKind.MISSING_FACT}


def test_above_the_last_rung_the_case_stands_where_stuck_cases_stand() -> None:
    plot = quarrel("2026-03-02")
    plot.pass_time(at("2026-04-30"))
    assert plot.case.state == "vastgelopen"
    assert [name for name, _, _ in moves(plot)] == ["tijd_om", "tijd_om"]
    assert isinstance(plot.act("sluiten", BOARD, at("2026-05-01"), reason="verhuisd"), Step)


def test_a_sweep_that_comes_weeks_late_climbs_each_rung_once() -> None:
    plot = quarrel("2026-03-02", {"ernst": "hoog"})
    late = at("2026-03-25")
    for _ in range(10):
        due = [deadline for deadline in plot.steps[-1].deadlines if deadline.due_at <= late]
        if not due:
            break
        assert isinstance(plot.fall_due(due[0].key, late), Step)
    assert moves(plot) == [("tijd_om", False, "engine")]
    assert plot.case.state == "kantine"
    assert plot.last_day("kantine_hoogstens") == "2026-03-30"


def test_a_solution_is_told_to_the_parent() -> None:
    plot = quarrel("2026-03-02", parent="TUIN-1")
    step = plot.act("oplossen", KEEPER, at("2026-03-03"), SOLVED)
    assert isinstance(step, Step)
    assert step.told_parent == {"afloop": "De heg wordt lager"}
    alone = quarrel("2026-03-02").act("oplossen", KEEPER, at("2026-03-03"), SOLVED)
    assert isinstance(alone, Step)
    assert alone.told_parent == {}
