"""The same input gives the same answer: purity, dry run, replay, and `why` that tells what `act` would do."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.deciding.advance import Act, act
from engine.core.deciding.case import Actor, Case
from engine.core.deciding.situation import look
from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.deciding.why import possibilities
from engine.core.language.facts import Value
from tests.core.decisions.garden import BOARD, COMMITTEE, KEEPER, MEMBER, Garden, at, garden

ACTORS = (MEMBER, KEEPER, BOARD, COMMITTEE)
TRANSITIONS = tuple(
    dict.fromkeys(transition.id for transition in garden().content.workflow.transitions if transition.by)
)
GIVEN: dict[str, st.SearchStrategy[Value]] = {
    "oppervlakte": st.sampled_from([90, 200, 201]),
    "schuur": st.booleans(),
    "schuur.hoogte": st.sampled_from([1.5, 2, 3]),
    "plan": st.sampled_from(["prei", "ui"]),
    "buur.naam": st.just("Wim"),
    "uitleg": st.just("te druk"),
    "nieuwe_dag": st.dates(date(2026, 3, 1), date(2026, 8, 1)),
    "pacht_tot": st.dates(date(2026, 1, 1), date(2027, 3, 1)),
    "meting_op": st.dates(date(2026, 2, 1), date(2026, 6, 1)),
}
some_facts = st.fixed_dictionaries({}, optional=GIVEN)
moves = st.one_of(
    st.tuples(st.just("act"), st.sampled_from(TRANSITIONS), st.sampled_from(ACTORS), some_facts),
    st.tuples(st.just("record"), st.just(""), st.just(KEEPER), some_facts),
    st.tuples(st.just("send"), st.just(""), st.just(KEEPER), st.just({})),
    st.tuples(st.just("wait"), st.just(""), st.just(KEEPER), st.just({})),
)
lives = st.lists(st.tuples(st.integers(0, 30), moves), max_size=9)


def live(entry: str, days_and_moves: list[tuple[int, tuple[str, str, Actor, dict[str, Value]]]]) -> Garden:
    """A case to which these things happen, each so many days after the one before."""
    plot = garden("2026-03-02", entry=entry)
    moment = at("2026-03-02", 10)
    for days, (what, transition, actor, facts) in days_and_moves:
        moment += timedelta(days=days, minutes=5)
        plot.pass_time(moment)
        if what == "act":
            plot.act(transition, actor, moment, facts, "omdat het zo is")
        elif what == "record":
            plot.record(facts, actor, moment)
        elif what == "send":
            plot.send_all(moment)
    return plot


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["aanvraag", "overname"]), lives)
def test_playing_the_commands_again_gives_the_same_steps(
    entry: str, what: list[tuple[int, tuple[str, str, Actor, dict[str, Value]]]]
) -> None:
    plot = live(entry, what)
    case: Case | None = None
    for again, step in zip(plot.commands, plot.steps, strict=True):
        assert again(case) == step
        assert again(case) == step, "asking twice gives another answer"
        case = step.after
    assert case == plot.case
    assert case is not None
    assert case.version == len(plot.steps)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["aanvraag", "overname"]), lives, st.sampled_from(ACTORS))
def test_why_says_open_exactly_when_the_act_is_not_held_up_by_conditions_or_facts(
    entry: str, what: list[tuple[int, tuple[str, str, Actor, dict[str, Value]]]], actor: Actor
) -> None:
    plot = live(entry, what)
    moment = max(plot.steps[-1].entries[-1].at, plot.case.entered_at) + timedelta(minutes=1)
    situation = look(plot.asked(plot.case, actor, moment))
    for item in possibilities(situation):
        if item.is_automatic:
            continue
        command = Act(transition=item.transition, reason="omdat het zo is")
        outcome = act(plot.asked(plot.case, actor, moment), command)
        met = {b.kind for b in outcome.blockers} if isinstance(outcome, Refusal) else set()
        if not item.may_act:
            assert met == {BlockerKind.NO_MANDATE}
            continue
        assert BlockerKind.NO_MANDATE not in met
        stopped = met & {BlockerKind.CONDITION, BlockerKind.MISSING_FACT}
        assert bool(stopped) is not item.is_open, (item, outcome)
        if stopped and isinstance(outcome, Refusal):
            assert {(b.kind, b.subject) for b in outcome.blockers} == {(b.kind, b.subject) for b in item.blockers}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["aanvraag", "overname"]), lives)
def test_what_must_always_be_so_of_a_life(
    entry: str, what: list[tuple[int, tuple[str, str, Actor, dict[str, Value]]]]
) -> None:
    plot = live(entry, what)
    seen: list[str] = []
    for number, step in enumerate(plot.steps, 1):
        assert step.after.version == number
        keys = [deadline.key for deadline in step.deadlines]
        assert len(keys) == len(set(keys))
        assert not step.after.is_closed or not keys
        fired = [key for clock in step.after.clocks for key in clock.fired]
        assert not set(keys) & set(fired), "a fired deadline is open again"
        assert len(fired) == len(set(fired)), "a deadline fired twice"
        seen += [letter.key for letter in step.letters]
        assert list(step.deadlines) == sorted(step.deadlines, key=lambda one: (one.due_at, one.key))
        for clock in step.after.clocks:
            earlier = step.before.clock(clock.key) if step.before else None
            assert earlier is None or clock.ledger[: len(earlier.ledger)] == earlier.ledger, "a ledger was rewritten"
    assert len(seen) == len(set(seen)), "two letters share a key"
    assert {mark.key for mark in plot.case.letters} == set(seen)


def test_a_dry_run_is_the_same_decision() -> None:
    plot = garden("2026-03-02", {"plan": "ui"})
    command = Act(transition="verlengen")
    dry = act(plot.asked(plot.case, KEEPER, at("2026-03-03")), command)
    real = plot.act("verlengen", KEEPER, at("2026-03-03"))
    assert isinstance(dry, Step)
    assert dry == real
