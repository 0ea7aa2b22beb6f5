"""A case that waits for another of the same pupil goes on when that one moves, and not when somebody looks again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.core.deciding.case import Case
from engine.core.deciding.question import Question
from engine.core.deciding.step import EntryKind, Step
from engine.core.errors import CaseError, DefinitionError
from engine.core.language.facts import Value
from engine.line import beside
from engine.line.plan import Plan, ask_about
from engine.runtime import Runtime
from tests.core.decisions.garden import KEEPER
from tests.usecases.workplace import Office, change, make_office

FLOW = "workflows/tuindorp/waterbeurt/2026-01-01.yaml"
OVERSIGHT = "workflows/tuindorp/toezicht/2026-01-01.yaml"
CLOSING = "{id: sluiten, label: Sluiten, from: [bekend], to: klaar, by: [bestuur], when: {lopend_toezicht.any: false}}"
BEGUN = "{id: onder_toezicht, label: Er is toezicht, from: [loopt], to: gemeld, automatic: true, when: {%s}}"
OVER = "{id: toezicht_voorbij, label: Toezicht voorbij, from: [gemeld], to: %s, automatic: true, when: {%s}}"
WATCHING = "\n  - ".join(
    (
        BEGUN % "lopend_toezicht.any: true",
        OVER % ("bekend", "toezicht.any: true, lopend_toezicht.any: false"),
    )
)
WHO: dict[str, Value] = {"tuinder.nummer": "lid-7", "tuinder.naam": "Ootje Moes"}
ANOTHER: dict[str, Value] = {"tuinder.nummer": "lid-8", "tuinder.naam": "Ans Kool"}
END = "to: klaar\n    by: [beheerder]\n    when: {genoeg_goed: true, open_klussen.any: false}"


@pytest.fixture
def watching(tmp_path: Path, own_world: Path) -> Office:
    """A garden in which a turn waits until oversight begins, and until it is over."""
    change(own_world, FLOW, CLOSING, WATCHING)
    change(own_world, OVERSIGHT, END, "to: klaar\n    by: [beheerder]")
    return make_office(tmp_path / "kantoor", "2026-03-02", own_world)


def test_it_moves_with_the_opening_and_with_the_end_of_the_other(watching: Office) -> None:
    turn, bystander = (watching.open("waterbeurt", whom, KEEPER) for whom in (WHO, ANOTHER))
    oversight = watching.open("toezicht", WHO, KEEPER)
    assert watching.case(turn).state == "gemeld"
    assert isinstance(watching.act(oversight, "afronden", KEEPER), Step)
    assert watching.case(turn).state == "bekend"
    assert watching.case(bystander).state == "loopt", "who is another's is left alone"
    assert watching.is_sound()


def test_what_does_not_concern_it_writes_nothing(watching: Office) -> None:
    turn = watching.open("waterbeurt", WHO, KEEPER)
    oversight = watching.open("toezicht", WHO, KEEPER)
    before = watching.case(turn)
    round_: dict[str, Value] = {"ronde.dag": date(2026, 3, 2), "ronde.oordeel": "goed"}
    assert isinstance(watching.act(oversight, "ronde_afsluiten", KEEPER, round_), Step)
    assert watching.case(turn).version == before.version


def test_one_that_sees_nothing_else_of_the_other_is_not_asked(
    watching: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching.open("waterbeurt", WHO, KEEPER)
    asked: list[str] = []

    def ask(runtime: Runtime, readings: Plan, case: Case, *rest: Any) -> Question:
        asked.append(case.workflow)
        return ask_about(runtime, readings, case, *rest)

    monkeypatch.setattr(beside, "ask_about", ask)
    oversight = watching.open("toezicht", WHO, KEEPER)
    assert asked == ["waterbeurt"], "of the opening it sees a case more"
    round_: dict[str, Value] = {"ronde.dag": date(2026, 3, 2), "ronde.oordeel": "goed"}
    assert isinstance(watching.act(oversight, "ronde_afsluiten", KEEPER, round_), Step)
    assert asked == ["waterbeurt"] * 2, "of a round it sees what was found"
    job: dict[str, Value] = {"klus.wat": "Pad harken", "klus.wie": "Ootje Moes", "klus.voor": date(2026, 3, 20)}
    assert isinstance(watching.act(oversight, "klus_erbij", KEEPER, job), Step)
    assert asked == ["waterbeurt"] * 2, "and of a job nothing"
    assert isinstance(watching.act(oversight, "afronden", KEEPER), Step)
    assert asked[2] == "waterbeurt"


def test_it_moves_with_what_the_other_shows_however_that_is_written(tmp_path: Path, own_world: Path) -> None:
    """Its siblings: a record that an act writes, and a correction of it, without any move of the other."""
    good = BEGUN % "toezicht.latest.oordeel: goed"
    change(own_world, FLOW, CLOSING, f"{good}\n  - {OVER % ('loopt', 'toezicht.latest.oordeel: matig')}")
    office = make_office(tmp_path / "kantoor", "2026-03-02", own_world)
    turn, oversight = office.open("waterbeurt", WHO, KEEPER), office.open("toezicht", WHO, KEEPER)
    assert office.case(turn).state == "loopt"
    round_: dict[str, Value] = {"ronde.dag": date(2026, 3, 2), "ronde.oordeel": "goed"}
    assert isinstance(office.act(oversight, "ronde_afsluiten", KEEPER, round_), Step)
    assert office.case(turn).state == "gemeld"
    assert isinstance(office.put_right(oversight, {"ronde.oordeel": "matig"}, KEEPER), Step)
    assert office.case(turn).state == "loopt"
    assert isinstance(office.put_right(oversight, {"ronde.oordeel": "goed"}, KEEPER), Step)
    assert office.case(turn).state == "gemeld"


def test_an_undone_act_is_no_more_seen_either(watching: Office) -> None:
    turn = watching.open("waterbeurt", WHO, KEEPER)
    oversight = watching.open("toezicht", WHO, KEEPER)
    assert isinstance(watching.act(oversight, "afronden", KEEPER), Step)
    assert isinstance(watching.undo(oversight, KEEPER), Step)
    assert watching.case(oversight).state == "loopt"
    assert watching.case(turn).state == "bekend", "it went on in good faith, and its own journal says so"
    assert watching.is_sound()


def test_the_journal_says_that_it_went_by_itself(watching: Office) -> None:
    turn = watching.open("waterbeurt", WHO, KEEPER)
    watching.open("toezicht", WHO, KEEPER)
    moved = [line for line in watching.journal(turn) if line.kind is EntryKind.MOVED]
    assert [(line.details["transition"], line.actor.is_person) for line in moved] == [("onder_toezicht", False)]


@pytest.mark.parametrize(
    "trouble", [DefinitionError("unknown_state", where="x"), CaseError("De bovenliggende zaak kan niet")]
)
def test_one_that_cannot_go_on_never_undoes_the_act_of_the_other(
    watching: Office, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    turn = watching.open("waterbeurt", WHO, KEEPER)

    def fails(question: Question) -> Step:
        raise trouble

    monkeypatch.setattr("engine.line.beside.catch_up", fails)
    oversight = watching.open("toezicht", WHO, KEEPER)
    assert (watching.case(oversight).state, watching.case(turn).state) == ("loopt", "loopt")
    monkeypatch.undo()
    assert isinstance(watching.act(oversight, "afronden", KEEPER), Step)
    assert watching.is_sound()


def test_two_that_send_each_other_round_are_refused_with_the_place(tmp_path: Path, own_world: Path) -> None:
    """Nobody would ever see it stop: the act is not written, and the one who wrote the procedures is told where."""
    change(own_world, FLOW, CLOSING, WATCHING.replace("to: bekend", "to: loopt"))
    change(
        own_world,
        OVERSIGHT,
        "transitions:\n",
        "transitions:\n"
        "  - {id: op_en, label: Even weg, from: [loopt], to: weg, automatic: true, when: {beurt.any: true}}\n"
        "  - {id: neer, label: En weer terug, from: [weg], to: loopt, automatic: true, when: {beurt.any: false}}\n",
    )
    change(own_world, OVERSIGHT, "states:\n", "states:\n  - {id: weg, label: Weg, owner: beheerder}\n")
    rules = "rules/tuindorp/toezicht/2026-01-01.yaml"
    change(
        own_world,
        rules,
        "views:\n",
        "other_cases:\n  beurtzaak: {label: De waterbeurt, workflow: waterbeurt}\n"
        "views:\n  beurt: {label: Een beurt die gemeld is, of: beurtzaak, where: {beurtzaak.state: gemeld}}\n",
    )
    change(
        own_world,
        "rules/tuindorp/waterbeurt/2026-01-01.yaml",
        "where: {toezichtzaak.open: true}",
        "where: {toezichtzaak.state: loopt}",
    )
    office = make_office(tmp_path / "kantoor", "2026-03-02", own_world)
    turn = office.open("waterbeurt", WHO, KEEPER)
    with pytest.raises(DefinitionError, match="cases_in_circle"):
        office.open("toezicht", WHO, KEEPER)
    assert office.case(turn).state == "loopt"
    assert len(office.cases()) == 1
