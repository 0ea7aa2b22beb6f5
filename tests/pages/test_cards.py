"""What a card tells of a real case: where it is, who is at move, until when; only the days of its own reader."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import Step
from engine.core.errors import DefinitionError, LetterError, UsageError
from engine.letters.words_only import words_of
from engine.line.publishing import keep_up
from engine.usecases.show_card import show_card
from tests.cli.conftest import make_world
from tests.usecases.workplace import Office, change, make_office

pytestmark = pytest.mark.long

MEMBER, COMMITTEE, CHAIR = Actor(role="lid"), Actor(role="tuincommissie"), Actor(role="voorzitter")
ASKED: Mapping[str, str] = {"lid.nummer": "17", "lid.naam": "Jo Voorbeeld", "tuin.soort": "moes"}
CARD = "templates/cards/volkstuin/tuin/2026-01-01.yaml"


def later(office: Office) -> Office:
    """The same workplace, in which what changed in the folder is published, as a rehearsal does by itself."""
    office.runtime.close()
    seen = Office(office.folder)
    keep_up(seen.runtime)
    return seen


def told(office: Office, case_id: str) -> str:
    (card,) = show_card(office.runtime, case_id)
    return words_of(card.html)


def taken(office: Office, case_id: str, act: str, actor: Actor, facts: Mapping[str, object] | None = None) -> None:
    outcome = office.act(case_id, act, actor, facts, reason="zo besloten")  # type: ignore[arg-type]
    assert isinstance(outcome, Step), outcome


def test_a_card_tells_where_the_case_is_who_is_at_move_and_until_when(office: Office) -> None:
    text = told(office, office.open("tuin", ASKED, MEMBER))
    assert "De commissie bekijkt wat u vroeg." in text
    assert "De commissie is aan zet." in text
    assert "Wij beslissen uiterlijk op maandag 2 november 2026." in text
    assert "Jo Voorbeeld" in text
    assert "Hier bent u: " not in text, "the case is on the usual way"


def test_of_those_who_can_act_the_card_names_the_owner_of_the_state(tmp_path: Path) -> None:
    """Who may act too is not at move: a parent who could report something would else read that it is up to them."""
    world = make_world(tmp_path / "inhoud")
    change(world, "workflows/volkstuin/tuin/2026-01-01.yaml", """    to: wacht_op_borg
    by: [tuincommissie]""", """    to: wacht_op_borg
    by: [lid, tuincommissie]""")  # fmt: skip
    office = make_office(tmp_path / "kantoor", "2026-09-07 09:00", world, organisation="volkstuin")
    text = told(office, office.open("tuin", ASKED, MEMBER))
    assert "De commissie is aan zet." in text
    assert "U bent aan zet." not in text


def test_a_clock_that_stands_still_or_is_late_is_told_so(office: Office) -> None:
    case_id = office.open("tuin", ASKED, MEMBER)
    taken(office, case_id, "borg_vragen", COMMITTEE)
    text = told(office, case_id)
    assert "De tijd staat stil." in text
    assert "Wij beslissen uiterlijk" not in text
    assert "U kunt betalen tot en met maandag 21 september 2026." in text
    assert "Hier bent u: Wacht op de borg" in text, "a stop beside the way is named at its place on the way"
    other = office.open("tuin", {**ASKED, "lid.nummer": "18", "lid.naam": "Mo"}, MEMBER)
    office.put_clock("2026-11-03 09:00")
    assert "Wij zijn te laat. Het moest op maandag 2 november 2026." in told(office, other)


def test_a_closed_case_has_nobody_at_move_and_no_day(office: Office) -> None:
    case_id = office.open("tuin", ASKED, MEMBER)
    taken(office, case_id, "afwijzen", CHAIR, {"reden_afwijzing": "vol"})
    text = told(office, case_id)
    assert "U kreeg de tuin niet." in text
    assert "Wie is aan zet?" not in text
    assert "Uiterlijk wanneer?" not in text


def test_a_day_that_hangs_on_somebody_else_is_not_told(office: Office) -> None:
    case_id = office.open("tuin", ASKED, MEMBER)
    office.record(case_id, {"tuin.maat": 80, "borg_betaald": True}, COMMITTEE)
    taken(office, case_id, "toewijzen", CHAIR)
    office.pass_time("2026-09-08 09:00")
    assert "U kunt bezwaar maken tot en met" in told(office, case_id)
    change(
        office.runtime.settings.content_root,
        "templates/cards/volkstuin/words.yaml",
        "parties: [lid]",
        "parties: [bond]",
    )
    seen = later(office)
    assert "U kunt bezwaar maken" not in told(seen, case_id)
    seen.close()


def test_what_somebody_typed_is_text_on_a_card_and_never_markup(office: Office) -> None:
    name = '<script>alert(1)</script> **Jo** "&'
    case_id = office.open("tuin", {**ASKED, "lid.naam": name}, MEMBER)
    (card,) = show_card(office.runtime, case_id)
    assert "<script>" not in card.html
    assert name in words_of(card.html)


def test_a_sign_that_cannot_be_printed_is_refused_in_words(office: Office) -> None:
    case_id = office.open("tuin", ASKED, MEMBER)
    change(office.runtime.settings.content_root, CARD, "De commissie bekijkt", "De \U00013080 bekijkt")
    seen = later(office)
    with pytest.raises(LetterError) as refused:
        show_card(seen.runtime, case_id)
    assert "U+13080" in str(refused.value)
    seen.close()


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("    states: [aangevraagd]", "    states: [wacht_op_borg]", "aangevraagd"),
        ("value: {fact: tuin.maat}, optional: true", "fact: tuin.maat", "nog niet bekend"),
    ],
)
def test_a_card_that_cannot_be_made_says_why(office: Office, was: str, now: str, said: str) -> None:
    case_id = office.open("tuin", ASKED, MEMBER)
    change(office.runtime.settings.content_root, CARD, was, now)
    seen = later(office)
    with pytest.raises(LetterError) as refused:
        show_card(seen.runtime, case_id)
    assert said in str(refused.value)
    seen.close()


def test_no_card_and_no_reader_are_said(office: Office) -> None:
    case_id = office.open("tuin", ASKED, MEMBER)
    with pytest.raises(UsageError):
        show_card(office.runtime, case_id, "buurman")
    (office.runtime.settings.content_root / CARD).unlink()
    seen = later(office)
    with pytest.raises(DefinitionError):
        show_card(seen.runtime, case_id)
    seen.close()
