"""A first or last day that follows from another fact is checked where the case is known: at every act (F-10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import FactRef
from engine.core.language.facts import DayLimit, Value
from engine.core.language.orders import Conclusion
from tests.core.decisions.garden import BOARD, COMMITTEE, FITS, KEEPER, Garden, at, garden

TODAY = "2026-03-03"


def limited(**limits: dict[str, DayLimit]) -> Garden:
    """A garden of which facts have first and last days."""
    plot = garden()
    facts = {**plot.content.rules.facts}
    for fact, given in limits.items():
        facts[fact] = replace(facts[fact], **given)
    content: Content = replace(plot.content, rules=replace(plot.content.rules, facts=facts))
    return replace(plot, content=content)


def said(outcome: Step | Refusal) -> list[tuple[str, str]]:
    if isinstance(outcome, Step):
        return []
    assert {one.kind for one in outcome.blockers} == {BlockerKind.WRONG_VALUE}
    return [(one.subject, one.said.code if one.said else "") for one in outcome.blockers]


MEASURED_BY_TODAY = {"not_after": DayLimit(fact="today")}


@pytest.mark.parametrize(
    ("limit", "day", "code"),
    [
        ({"not_after": DayLimit(fact="today")}, "2026-03-03", None),
        ({"not_after": DayLimit(fact="today")}, "2026-03-04", "day_too_late"),
        ({"not_after": DayLimit(fact="today", plus="1 weeks")}, "2026-03-10", None),
        ({"not_after": DayLimit(fact="today", plus="1 weeks")}, "2026-03-11", "day_too_late"),
        ({"not_before": DayLimit(fact="today", minus="25 years")}, "2001-03-03", None),
        ({"not_before": DayLimit(fact="today", minus="25 years")}, "2001-03-02", "day_too_early"),
        ({"not_before": DayLimit(fact="case.opened_on")}, "2026-03-02", None),
        ({"not_before": DayLimit(fact="case.opened_on")}, "2026-03-01", "day_too_early"),
        ({"not_before": DayLimit(fact="nieuwe_dag")}, "2001-01-01", None),
    ],
)
def test_a_day_beyond_a_limit_that_follows_is_refused(limit: dict[str, DayLimit], day: str, code: str | None) -> None:
    plot = limited(meting_op=limit)
    outcome = plot.record({"meting_op": date.fromisoformat(day)}, COMMITTEE, at(TODAY))
    assert said(outcome) == ([("meting_op", code)] if code else [])


def test_two_days_given_by_one_act_are_held_against_each_other() -> None:
    plot = limited(nieuwe_dag={"not_before": DayLimit(fact="pacht_tot")})
    facts: dict[str, Value] = {"pacht_tot": date(2027, 1, 1), "nieuwe_dag": date(2026, 12, 31)}
    assert said(plot.record(facts, KEEPER, at(TODAY))) == [("nieuwe_dag", "day_too_early")]
    assert said(plot.record(facts | {"nieuwe_dag": date(2027, 1, 1)}, KEEPER, at(TODAY))) == []


def test_the_limit_holds_also_when_the_other_day_comes_last() -> None:
    plot = limited(nieuwe_dag={"not_before": DayLimit(fact="pacht_tot")})
    assert said(plot.record({"nieuwe_dag": date(2026, 12, 31)}, KEEPER, at(TODAY))) == []
    assert said(plot.record({"pacht_tot": date(2027, 1, 1)}, KEEPER, at(TODAY))) == [("nieuwe_dag", "day_too_early")]


def test_a_day_that_an_act_writes_itself_limits_what_was_given_before() -> None:
    plot = limited(meting_op={"not_after": DayLimit(fact="bevestigd_op")})
    workflow = plot.content.workflow
    sets = (Conclusion(fact="bevestigd_op", value=FactRef(fact="today")),)
    granting = tuple(replace(one, sets=sets) if one.id == "toewijzen" else one for one in workflow.transitions)
    plot = replace(plot, content=replace(plot.content, workflow=replace(workflow, transitions=granting)))
    assert said(plot.record({"meting_op": date(2026, 3, 4)}, COMMITTEE, at(TODAY))) == []
    assert said(plot.act("toewijzen", BOARD, at(TODAY), FITS)) == [("meting_op", "day_too_late")]
    assert said(plot.act("toewijzen", BOARD, at("2026-03-04"), FITS)) == []


def test_what_was_in_its_place_does_not_become_wrong_because_time_passes() -> None:
    plot = limited(nieuwe_dag={"not_before": DayLimit(fact="today")})
    assert said(plot.record({"nieuwe_dag": date(2026, 3, 3)}, KEEPER, at(TODAY))) == []
    assert said(plot.record({"oppervlakte": 90}, KEEPER, at("2026-03-09"))) == []


def test_an_act_and_an_opening_hold_to_the_limits_too() -> None:
    from engine.core.deciding.opening import Opening, new_case, open_case
    from engine.core.deciding.question import ask

    plot = limited(meting_op=MEASURED_BY_TODAY)
    late: dict[str, Value] = {"meting_op": date(2026, 3, 4)}
    assert said(plot.act("verlengen", KEEPER, at(TODAY), late)) == [("meting_op", "day_too_late")]
    opening, moment = Opening(case_id="X", facts=late), at(TODAY)
    asked = ask(plot.content, new_case(plot.content, opening, moment), KEEPER, moment, ())
    assert said(open_case(asked, opening)) == [("meting_op", "day_too_late")]


def test_what_a_child_tells_beyond_a_limit_is_left_out_and_the_owner_hears_it() -> None:
    plot = limited(meting_op=MEASURED_BY_TODAY)
    outcome = plot.tell({"meting_op": date(2026, 3, 4), "afloop": "klaar"}, at(TODAY))
    assert isinstance(outcome, Step)
    assert "meting_op" not in plot.case.facts
    assert plot.case.facts["afloop"].value == "klaar"
    assert [dict(one.parameters)["fact"] for one in outcome.notices] == ["meting_op"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"plan": "  "}, "value_is_blank"),
        ({"plan": "a\x1b[2J"}, "sign_is_hidden"),
        ({"plan": "a" * 201}, "text_too_long"),
        ({"pacht_tot": date(9999, 12, 31)}, "day_out_of_reach"),
        ({"oppervlakte": 10**15}, "number_out_of_reach"),
    ],
)
def test_what_no_door_would_let_in_is_refused_by_the_decision(facts: dict[str, Value], code: str) -> None:
    assert said(garden().record(facts, KEEPER, at(TODAY))) == [(next(iter(facts)), code)]
