"""F-12, F-14: a value that was wrong is put right with a reason, and what it was stays to be read."""

from __future__ import annotations

from datetime import date

import pytest

from engine.core.deciding.step import BlockerKind, EntryKind, Refusal, Step
from engine.words.of_errors import say_refused
from tests.core.decisions.garden import BOARD, COMMITTEE, KEEPER, MEMBER, at, garden, in_use, kinds

LATER = at("2026-03-03")


def test_a_correction_keeps_the_old_value_the_new_one_and_the_reason() -> None:
    plot = garden(facts={"plan": "bonne"})
    step = plot.correct({"plan": "bonen"}, MEMBER, LATER, reason="tikfout")
    assert isinstance(step, Step)
    (line,) = step.entries
    assert (line.kind, line.details) == (
        EntryKind.CORRECTED,
        {"facts": {"plan": "bonen"}, "was": {"plan": "bonne"}, "reason": "tikfout"},
    )
    assert (plot.case.facts["plan"].value, plot.case.facts["plan"].by) == ("bonen", "tuinder")


def test_a_correction_needs_a_reason_a_known_fact_and_another_value() -> None:
    plot = garden(facts={"plan": "bonen"})
    assert kinds(plot.correct({"plan": "ui"}, MEMBER, LATER, reason=" ")) == {BlockerKind.REASON_MISSING}
    assert kinds(plot.correct({"plan": "bonen"}, MEMBER, LATER)) == {BlockerKind.SAME_VALUE}
    assert kinds(plot.correct({"schuur": True}, MEMBER, LATER)) == {BlockerKind.NOT_KNOWN}
    assert kinds(plot.correct({"plan": 3}, MEMBER, LATER)) == {BlockerKind.WRONG_VALUE}
    assert kinds(plot.correct({"klein": True}, MEMBER, LATER)) == {BlockerKind.DERIVED_FACT}


@pytest.mark.parametrize(("actor", "may"), [(MEMBER, True), (KEEPER, True), (COMMITTEE, False), (BOARD, False)])
def test_who_supplies_it_or_owns_the_state_may_correct_it(actor: object, may: bool) -> None:
    outcome = garden(facts={"plan": "bonne"}).correct({"plan": "bonen"}, actor, LATER)  # type: ignore[arg-type]
    assert kinds(outcome) == (set() if may else {BlockerKind.NOT_SUPPLIER})


def test_the_date_of_a_statutory_term_is_corrected_by_mandate_and_the_term_follows_with_a_line() -> None:
    from dataclasses import replace

    plot = in_use(facts={"meting_op": date(2026, 3, 1)})
    terms = {**plot.content.rules.terms, "nameten": replace(plot.content.term("nameten"), kind="statutory")}
    plot.content = replace(plot.content, rules=replace(plot.content.rules, terms=terms))
    refused = plot.correct({"meting_op": date(2026, 3, 8)}, COMMITTEE, at("2026-03-09"))
    assert isinstance(refused, Refusal)
    (blocker,) = refused.blockers
    assert blocker.kind is BlockerKind.ANCHOR
    assert blocker.said is not None
    assert "Dit mag alleen: Bestuur (bestuur)." in say_refused(blocker.said)
    step = plot.correct({"meting_op": date(2026, 3, 8)}, BOARD, at("2026-03-09"))
    assert isinstance(step, Step)
    assert plot.last_day("nameten") == "2026-03-22"
    written = [entry.details["entry"] for entry in step.entries if entry.kind is EntryKind.CLOCK]
    assert [(one["kind"], one.get("cause")) for one in written] == [  # type: ignore[attr-defined, index]
        ("corrected", "anchor_moved"),
        ("started", None),
    ]


def test_a_case_that_is_over_is_corrected_by_mandate_only() -> None:
    plot = garden(facts={"plan": "bonne"})
    assert isinstance(plot.act("intrekken", MEMBER, LATER), Step)
    assert kinds(plot.correct({"plan": "bonen"}, MEMBER, LATER)) == {BlockerKind.NO_MANDATE}
    assert isinstance(plot.correct({"plan": "bonen"}, BOARD, LATER), Step)
    assert plot.case.is_closed


def test_a_case_is_found_under_the_number_that_was_put_right() -> None:
    plot = garden()
    assert isinstance(plot.correct({"tuinder.nummer": "lid-8"}, MEMBER, LATER), Step)
    assert plot.case.subject == "lid-8"
