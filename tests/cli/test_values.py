"""What a person types at the command line is a value, or is answered with what is allowed (F-10, F-11, F-90)."""

from __future__ import annotations

from datetime import date

import pytest

from engine.cli.pages.choice_words import told_of_register
from engine.cli.pages.record_words import which_record
from engine.cli.pages.wording import ContentWords
from engine.core.deciding.step import Blocker, BlockerKind
from tests.cli.conftest import ASKED
from tests.cli.terminal import Terminal
from tests.real_content import real_catalogue

CASE = "TUIN-2026-0001"


def opened_with(pair: str) -> list[str]:
    """The words that open a case, with this pair over what they said of it."""
    return ["case", "open", "tuin", "--as", "lid", *ASKED, "--set", pair]


@pytest.mark.parametrize("blank", ["", "   ", "\u00a0", "\u200b"])
def test_a_blank_opens_no_case(trede: Terminal, blank: str) -> None:
    answer = trede.run(*opened_with(f"lid.nummer={blank}")).expect(2)
    assert "lid.nummer" in answer.err
    assert "Vul een waarde in, of laat het gegeven weg." in answer.err
    assert trede.run("inbox", "--json").json["cases"] == []


@pytest.mark.parametrize("option", ["--name", "--reason"])
def test_a_name_or_reason_longer_than_every_database_takes_is_refused(with_case: Terminal, option: str) -> None:
    words = ("case", "advance", CASE, "toewijzen", "--as", "voorzitter", option)
    answer = with_case.run(*words, "x" * 4001).expect(2)
    assert option in answer.err
    assert "4001 tekens" in answer.err
    assert "stuurteken" in with_case.run(*words, "Jo\x1b[2J").expect(2).err


@pytest.mark.parametrize(
    "words",
    [
        ("term", "explain", "9" * 5000 + " weeks", "2026-01-01"),
        ("term", "8 weeks", "9999-12-31"),
        ("due", "--until", "9999-12-31"),
        ("rules", "check", "--on", "0001-01-01"),
    ],
)
def test_an_amount_or_day_that_nothing_can_hold_is_no_mistake_of_the_program(
    with_case: Terminal, words: tuple[str, ...]
) -> None:
    answer = with_case.run(*words)
    assert answer.code != 70, answer.err
    assert "Traceback" not in answer.err


@pytest.mark.long
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Stichting Baken", "Bedoelde u 42620 (Stichting Het Baken Almere)?"),
        ("het baken", "Bedoelde u 42620 (Stichting Het Baken Almere)?"),
        ("42621", "Bedoelde u 42620 (Stichting Het Baken Almere)?"),
        ("zzz", ""),
    ],
)
def test_a_name_typed_for_a_number_of_a_register_is_answered_with_the_number(typed: str, meant: str) -> None:
    """Why: nobody knows the numbers of boards and schools by heart, and there are too many to show."""
    organisation = real_catalogue().content("almere", "tlv", date(2027, 1, 11)).organisation
    told = told_of_register(organisation, "boards", typed)
    assert told == f"{meant and f' {meant}'} Alle nummers: `trede list boards`."


@pytest.mark.long
@pytest.mark.parametrize(
    ("subject", "possible", "said"),
    [
        ("melding.aan", ("leerplicht",), "Welk record is bedoeld (Melding)? Kies --set melding.aan=leerplicht."),
        ("melding.aan", (), "Er is geen open melding; daarom kan dit nog niet."),
        ("melding.number", ("1", "2"), "Welk record is bedoeld (Melding)? Kies --set melding.number=1 of"),
    ],
)
def test_a_record_that_is_told_apart_by_a_field_is_asked_for_by_that_field(
    subject: str, possible: tuple[str, ...], said: str
) -> None:
    """Why: the message took every field but the number for that of a record above it, and the program fell."""
    content = real_catalogue().content("almere", "verzuim", date(2027, 1, 11))
    blocker = Blocker(kind=BlockerKind.WHICH_RECORD, subject=subject, supplied_by=possible)
    assert which_record(ContentWords(content), blocker).startswith(said)
