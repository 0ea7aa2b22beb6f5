"""A dossier at the terminal: shown, found, put right, as somebody at a school would type it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

pytestmark = pytest.mark.long

NUMBER = "900000101"
OPEN = (
    "case open escalatie --entry aflopende_tlv --as toeleiding --set leerling.nummer=900000101"
    " --set|leerling.naam=Zoë Voorbeeld --set sector=vo --set|ouders.naam=A. Jansen"
    " --set|ouders.adres=Laan 1, 1300 AA Almere --set|school.naam=Nautilus College"
    " --set|school.contact=Lierstraat 17, 1312 JZ Almere"
)


def words(text: str) -> list[str]:
    """What is typed; a word behind a bar may hold spaces."""
    return [part for word in text.split(" --") for part in _words(word if word.startswith("case") else f"--{word}")]


def _words(text: str) -> list[str]:
    head, bar, rest = text.partition("|")
    return [head, rest] if bar else text.split()


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    made = Terminal(tmp_path)
    made.run("init", ".", "--organisation", "almere", "--rehearsal", "--clock", "2026-09-07 09:00").expect(0)
    made.run(*words(OPEN)).expect(0)
    return made


def test_a_dossier_is_shown_with_its_parents_its_cases_and_what_changed(terminal: Terminal) -> None:
    page = terminal.run("dossier", "show", NUMBER).expect(0).out
    assert page.startswith("Leerling 900000101: Zoë Voorbeeld\n1 zaak, waarvan 1 open.\n")
    assert "Ouder of verzorger [ouder.1]\n  Naam van de ouder: A. Jansen\n" in page
    assert "ESC-2026-0001" in page
    plain = terminal.run("dossier", "show", NUMBER, "--json").expect(0).json
    assert plain["facts"]["leerling.naam"] == "Zoë Voorbeeld"
    assert plain["records"][0]["record"] == "ouder.1"
    assert [case["case_id"] for case in plain["cases"]] == ["ESC-2026-0001"]


@pytest.mark.parametrize("sought", ["ZOE", "zoë voor", "900000101", "jansen", "0000010"])
def test_a_dossier_is_found_by_name_or_number_however_it_is_typed(terminal: Terminal, sought: str) -> None:
    assert NUMBER in terminal.run("dossier", "find", sought).expect(0).out


@pytest.mark.parametrize("sought", ["pietersen", "%", "_"])
def test_who_is_not_there_is_not_found(terminal: Terminal, sought: str) -> None:
    assert "Niemand gevonden" in terminal.run("dossier", "find", sought).expect(0).out


def test_a_second_parent_is_added_and_put_right_with_a_reason(terminal: Terminal) -> None:
    add = ("dossier", "correct", NUMBER, "ouder.naam=B. de Boer", "ouder.gezag=ja", "--as", "school")
    assert "Geef haar met --reason" in terminal.run(*add).expect(1).out
    told = terminal.run(*add, "--reason", "gemeld").expect(0).out
    assert "Naam van de ouder (ouder 2): B. de Boer" in told
    moved = ("dossier", "correct", NUMBER, "ouder.2.adres=Plein 2", "--as", "school", "--reason", "verhuisd")
    assert "zou worden gewijzigd" in terminal.run(*moved, "--dry-run").expect(0).out
    assert "Plein 2" not in terminal.run("dossier", "show", NUMBER).out
    terminal.run(*moved).expect(0)
    assert "Plein 2" in terminal.run("dossier", "show", NUMBER).out


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("nummer=900000999", 1, "kan niet worden gewijzigd"),
        ("ouder.9.adres=x", 1, "heeft geen regel 'ouder.9'"),
        ("ouder.adres=x", 1, "hoort ouder.naam"),
        ("schoenmaat=38", 2, "staat niet in een dossier"),
        ("ouder.number=1", 2, "Een regel die er al staat, noemt u met zijn nummer: ouder.1.VELD=WAARDE."),
        ("geboortedatum=ooit", 2, "geen datum"),
        ("adres", 2, "geen NAAM=WAARDE"),
    ],
)
def test_what_may_not_be_is_said_in_words(terminal: Terminal, typed: str, code: int, said: str) -> None:
    answer = terminal.run("dossier", "correct", NUMBER, typed, "--as", "school", "--reason", "x").expect(code)
    assert said in answer.out + answer.err


def test_a_number_that_is_not_there_names_those_that_look_alike(terminal: Terminal) -> None:
    answer = terminal.run("dossier", "show", "90000101").expect(4)
    assert NUMBER in answer.err
