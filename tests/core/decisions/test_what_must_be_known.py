from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from engine.core.deciding.case import ENGINE
from engine.core.deciding.opening import Opening, new_case, open_case
from engine.core.deciding.question import ask as question
from engine.core.deciding.situation import look
from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.deciding.why import possibilities
from engine.core.language.facts import Value
from engine.proofs.consent import prove_consent
from engine.proofs.world import World
from tests.core.decisions.garden import BOARD, FITS, KEEPER, WHO, ask, at, content_on, garden, kinds


def test_a_missing_fact_is_named_with_its_question_and_who_can_answer() -> None:
    outcome = garden().act("toewijzen", BOARD, at("2026-03-03"))
    assert isinstance(outcome, Refusal)
    asked = {b.subject: (b.detail, b.supplied_by) for b in outcome.blockers if b.kind is BlockerKind.MISSING_FACT}
    assert asked["plan"] == ("Wat gaat u telen?", ("tuinder", "beheerder"))
    assert asked["oppervlakte"] == ("Hoe groot is de tuin?", ("beheerder", "tuinder"))


def test_for_a_concluded_fact_the_given_facts_below_it_are_asked() -> None:
    outcome = garden(facts={"plan": "bonen", "oppervlakte": 100}).act("toewijzen", BOARD, at("2026-03-03"))
    assert isinstance(outcome, Refusal)
    asked = {b.subject for b in outcome.blockers if b.kind is BlockerKind.MISSING_FACT}
    assert asked == {"schuur", "schuur.hoogte"}


@pytest.mark.parametrize(
    ("facts", "truth", "asks"),
    [
        ({"oppervlakte": 100}, None, True),
        ({"oppervlakte": 100, "schuur": True}, None, True),
        ({"oppervlakte": 100, "schuur": True, "schuur.hoogte": 3}, False, False),
        ({"oppervlakte": 300}, False, False),
    ],
)
def test_unknown_asks_for_facts_and_false_does_not(facts: dict[str, Value], truth: bool | None, asks: bool) -> None:
    plot = garden(facts={"plan": "bonen", "buur.naam": "Wim", **facts})
    situation = look(plot.asked(plot.case, ENGINE, at("2026-03-03")))
    assert situation.lookup("tuin.geschikt") is truth
    outcome = plot.act("toewijzen", BOARD, at("2026-03-03"))
    assert kinds(outcome) == {BlockerKind.CONDITION} | ({BlockerKind.MISSING_FACT} if asks else set())


def test_the_reason_of_a_refusal_goes_down_to_the_given_fact() -> None:
    plot = garden(facts={"plan": "bonen", "oppervlakte": 300})
    situation = look(plot.asked(plot.case, BOARD, at("2026-03-03")))
    found = next(item for item in possibilities(situation) if item.transition == "toewijzen")
    (blocker,) = found.blockers
    assert blocker.reason is not None
    below = _subjects(blocker.reason)
    assert {"tuin.geschikt", "klein", "oppervlakte"} <= below


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"kabouters": 3}, BlockerKind.UNKNOWN_FACT),
        ({"tuin.geschikt": True}, BlockerKind.DERIVED_FACT),
        ({"eerdere_bemiddelaars": ("A",)}, BlockerKind.DERIVED_FACT),
        ({"oppervlakte": "groot"}, BlockerKind.WRONG_VALUE),
        ({"oppervlakte": True}, BlockerKind.WRONG_VALUE),
        ({"schuur": 1}, BlockerKind.WRONG_VALUE),
        ({"pacht_tot": datetime.fromisoformat("2026-03-03T00:00:00+00:00")}, BlockerKind.WRONG_VALUE),
        ({"veld": "oost"}, BlockerKind.WRONG_VALUE),
        ({"plan": ("a", "b")}, BlockerKind.WRONG_VALUE),
    ],
)
def test_a_fact_that_does_not_fit_is_refused_and_nothing_changes(facts: dict[str, Value], kind: BlockerKind) -> None:
    plot = garden()
    before = plot.case
    for outcome in (
        plot.record(facts, KEEPER, at("2026-03-03")),
        plot.act("verlengen", KEEPER, at("2026-03-03"), facts),
    ):
        assert kinds(outcome) == {kind}
    assert plot.case is before
    opened = ask("2026-03-02", facts)
    assert isinstance(opened, Refusal)
    assert {blocker.kind for blocker in opened.blockers} == {kind}


def test_facts_given_along_with_an_act_count_for_that_act() -> None:
    assert isinstance(garden().act("toewijzen", BOARD, at("2026-03-03"), FITS), Step)


def test_a_fact_that_keeps_its_value_keeps_its_origin() -> None:
    plot = garden(facts={"oppervlakte": 100})
    assert isinstance(plot.record({"oppervlakte": 100, "plan": "ui"}, BOARD, at("2026-03-03")), Step)
    assert plot.case.facts["oppervlakte"].by == "beheerder"
    assert plot.case.facts["plan"].by == "bestuur"


@pytest.mark.parametrize("absent", ["tuinder.nummer", "tuinder.naam", "veld"])
def test_an_opening_asks_for_what_the_entry_requires(absent: str) -> None:
    content = garden().content
    from engine.core.deciding.opening import Opening, new_case, open_case
    from engine.core.deciding.question import ask as pose

    facts = {fact: value for fact, value in WHO.items() if fact != absent}
    opening, moment = Opening(case_id="X", facts=facts), at("2026-03-02")
    outcome = open_case(pose(content, new_case(content, opening, moment), KEEPER, moment, ()), opening)
    assert isinstance(outcome, Refusal)
    assert [(b.kind, b.subject) for b in outcome.blockers] == [(BlockerKind.MISSING_FACT, absent)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, {BlockerKind.CONDITION, BlockerKind.MISSING_FACT}),
        ({"oppervlakte": 900}, {BlockerKind.CONDITION}),
        ({"oppervlakte": 90}, set()),
    ],
)
def test_an_entry_with_a_condition_opens_only_when_it_is_true(
    facts: dict[str, Value], expected: set[BlockerKind]
) -> None:
    outcome = ask("2026-03-02", facts, entry="klein")
    found = {b.kind for b in outcome.blockers} if isinstance(outcome, Refusal) else set()
    assert found == expected


@pytest.mark.parametrize(
    ("day", "field", "is_open"),
    [
        ("2026-12-31", "noord", True),
        ("2027-01-01", "noord", False),
        ("2026-02-28", "zuid", False),
        ("2026-03-01", "zuid", True),
    ],
)
def test_a_new_case_needs_the_consent_of_its_sector_on_that_day(day: str, field: str, is_open: bool) -> None:
    outcome = ask(day, {"veld": field})
    assert isinstance(outcome, Refusal) is not is_open
    if isinstance(outcome, Refusal):
        assert [(b.kind, b.subject) for b in outcome.blockers] == [(BlockerKind.NO_CONSENT, field)]


@pytest.mark.parametrize("lacking", ["noord", "zuid"])
def test_a_workflow_that_asks_no_sector_needs_the_consent_of_each(lacking: str) -> None:
    """F-53: to leave `sector_fact` out switched the consent off."""
    whole = content_on(date(2026, 3, 2), "ruzie")
    consents = tuple(one for one in whole.rules.consents if one.sector != lacking)
    content = replace(whole, rules=replace(whole.rules, consents=consents))
    opening = Opening(case_id="RUZIE-2026-0001", facts={"tuinder.nummer": "7", "tuinder.naam": "Jo"})
    moment = at("2026-03-02")
    opened, refused = (
        open_case(question(one, new_case(one, opening, moment), ENGINE, moment, ()), opening)
        for one in (whole, content)
    )
    assert isinstance(opened, Step)
    assert isinstance(refused, Refusal)
    assert [(b.kind, b.subject) for b in refused.blockers] == [(BlockerKind.NO_CONSENT, lacking)]


def test_rules_for_one_sector_ask_no_other_council_and_open_no_case_of_it() -> None:
    """F-49: an OPDC is of secondary education only, and the check asked to invent a consent of the primary schools."""
    whole = content_on(date(2026, 3, 2))
    consents = tuple(one for one in whole.rules.consents if one.sector == "noord")
    rules = replace(whole.rules, sectors=("noord",), consents=consents)
    content, moment = replace(whole, rules=rules), at("2026-03-02")

    def opened(field: str) -> Step | Refusal:
        opening = Opening(case_id="TUIN-2026-0001", facts={**WHO, "veld": field})
        return open_case(question(content, new_case(content, opening, moment), ENGINE, moment, ()), opening)

    assert isinstance(opened("noord"), Step)
    refused = opened("zuid")
    assert isinstance(refused, Refusal)
    assert [(b.kind, b.supplied_by) for b in refused.blockers] == [(BlockerKind.OTHER_SECTOR, ("noord",))]
    world = World(contents=(content,))
    assert prove_consent(world, date(2026, 3, 2)).findings == ()


def test_an_old_case_goes_on_after_the_consent_has_lapsed() -> None:
    plot = garden("2026-12-30", FITS)
    assert date(2027, 1, 5) > date(2026, 12, 31)
    assert isinstance(plot.act("toewijzen", BOARD, at("2027-01-05")), Step)


def _subjects(reason: object) -> set[str]:
    from engine.core.evaluation.reasons import Reason

    assert isinstance(reason, Reason)
    return {reason.fact}.union(*(_subjects(part) for part in reason.parts))
