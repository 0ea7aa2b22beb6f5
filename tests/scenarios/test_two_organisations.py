"""Two organisations on one shared way of working: what one has and the other lacks is said in content alone."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from engine.core.errors import DefinitionError
from engine.definitions.catalogue import Catalogue
from engine.definitions.loaded import load_all
from engine.letters.checking import check_sender
from engine.letters.letter_rules import find_letter_rules
from engine.letters.look import find_look
from engine.words.saying import say
from tests.cli.terminal import Terminal
from tests.real_content import REAL
from tests.usecases.workplace import change

ON = date(2026, 11, 23)
ITS_FILE = "rules/haarlemmermeer/organisation.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for folder in ("rules", "workflows", "templates"):
        shutil.copytree(REAL / folder, tmp_path / "inhoud" / folder)
    return tmp_path / "inhoud"


def said(content: Path) -> list[str]:
    return [say(one).text() for one in load_all(content, "haarlemmermeer")[1]]


def test_what_an_organisation_leaves_out_is_none_of_its_procedures() -> None:
    catalogue = Catalogue(REAL)
    assert set(catalogue.workflows("almere")) - set(catalogue.workflows("haarlemmermeer")) >= {"opdc"}
    with pytest.raises(DefinitionError, match="er voor het primair onderwijs"):
        catalogue.content("haarlemmermeer", "opdc", ON)


@pytest.mark.long
def test_who_leaves_out_what_it_does_not_inherit_is_told_what_there_is(content: Path) -> None:
    change(content, ITS_FILE, "  opdc: Dit", "  opcd: Dit")
    found = said(content)
    assert any('leaves_out noemt "opcd"' in text and '"opdc"' in text for text in found), found
    assert any('"opdc" is er niet voor een sector waarvoor haarlemmermeer werkt' in text for text in found), found


@pytest.mark.long
def test_no_case_opens_for_a_sector_that_the_organisation_does_not_work_for(tmp_path: Path) -> None:
    chosen = ("--organisation", "haarlemmermeer", "--content", str(REAL), "--rehearsal", "--clock", "2026-11-02 09:00")
    Terminal(tmp_path).run("init", str(tmp_path / "werkplek"), *chosen).expect(0)
    sets = ("leerling.nummer=900000042", "leerling.naam=Noor Jansen", "plek.soort=bo", "ouders.naam=A. Jansen",
            "ouders.adres=Voorbeeldlaan 1 te Hoofddorp")  # fmt: skip
    typed = ("case", "open", "plaatsing", "--as", "toeleiding", *(part for one in sets for part in ("--set", one)))
    office = Terminal(tmp_path / "werkplek")
    refused = office.run(*typed, "--set", "sector=vo").expect(1)
    assert "niet voor de sector Voortgezet onderwijs, maar voor: Primair onderwijs" in refused.out + refused.err
    office.run(*typed, "--set", "sector=po").expect(0)


def test_a_layer_under_the_layer_gives_its_rules_of_language_and_its_paper() -> None:
    organisation = Catalogue(REAL).organisation("haarlemmermeer")
    assert organisation.inherits == ("landelijk", "werkwijze")
    assert find_letter_rules(REAL, organisation).promise_words
    assert find_look(REAL, organisation).fonts


@pytest.mark.long
def test_a_line_of_the_sender_that_inherited_letters_show_must_be_there(content: Path) -> None:
    change(content, ITS_FILE, '  email: "[e-mailadres nog niet bekend]"\n', "")
    loaded, _ = load_all(content, "haarlemmermeer")
    found = {say(one).text() for one in loaded.contents.values() for one in check_sender(one)}
    assert len(found) == 1
    assert '"email"' in found.pop()
