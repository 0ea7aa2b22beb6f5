"""Who acts is said by the system, and in a rehearsal by whoever types (F-64)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ASKED, START
from tests.cli.terminal import Terminal
from tests.publishing import publish_folder

pytestmark = pytest.mark.usefixtures("in_november")

CASE = "TUIN-2026-0001"


@pytest.fixture
def in_earnest(world: Path, tmp_path: Path) -> Terminal:
    """A workplace that is no rehearsal, with people in the register; `tuinman` is nobody yet."""
    folder = tmp_path / "echt"
    Terminal(tmp_path).run("init", str(folder), "--content", str(world)).expect(0)
    publish_folder(folder)
    trede = Terminal(folder)
    # Nobody is known yet, so nobody can let the first one in: he says himself in which role he acts.
    trede.run("person", "add", "A. de Boer", "--body", "tuincommissie", "--as", "tuincommissie").expect(0)
    return trede


def known_as(trede: Terminal, number: str) -> None:
    settings = trede.folder / "trede.toml"
    settings.write_text(f'{settings.read_text("utf-8")}\n[people]\ntuinman = "{number}"\n', encoding="utf-8")


def test_a_user_who_is_nobody_does_nothing_and_hears_what_to_do(in_earnest: Terminal) -> None:
    answer = in_earnest.run("case", "open", "tuin", "--as", "lid", *ASKED).expect(2)
    assert 'Zet in trede.toml onder [people] een regel tuinman = "NUMMER"' in answer.err
    refused = in_earnest.run("case", "open", "tuin", "--as", "lid", "--name", "A. de Boer", *ASKED).expect(2)
    assert "hoort bij geen persoon" in refused.err, "here nobody says who he is"
    assert in_earnest.run("inbox", "--json").expect(0).json["cases"] == []


def test_who_is_known_acts_in_his_own_role_without_saying_so(in_earnest: Terminal) -> None:
    known_as(in_earnest, "P-0001")
    assert "A. de Boer (P-0001)" in in_earnest.run("whoami").expect(0).out
    in_earnest.run("case", "open", "tuin", *ASKED).expect(0)
    assert "Tuincommissie (A. de Boer): geopend" in in_earnest.run("case", "history", CASE).expect(0).out
    (first, *_) = in_earnest.run("case", "history", CASE, "--json").expect(0).json["entries"]
    assert first["actor"] == {"role": "tuincommissie", "name": "A. de Boer", "person": "P-0001"}


def test_nobody_acts_in_a_role_of_another_or_as_another(in_earnest: Terminal) -> None:
    known_as(in_earnest, "P-0001")
    refused = in_earnest.run("case", "open", "tuin", "--as", "voorzitter", *ASKED).expect(2)
    assert "A. de Boer handelt vandaag niet als 'voorzitter'." in refused.err
    assert "Kies: tuincommissie" in refused.err
    assert "U bent A. de Boer" in in_earnest.run("case", "open", "tuin", "--name", "P. Ander", *ASKED).expect(2).err
    in_earnest.run("case", "open", "tuin", "--name", "de boer, A.", *ASKED).expect(0)


def test_who_left_and_who_was_merged_act_no_more_under_that_number(in_earnest: Terminal) -> None:
    known_as(in_earnest, "P-0001")
    in_earnest.run("person", "add", "S. Yildiz", "--body", "tuincommissie").expect(0)
    in_earnest.run("person", "merge", "P-0001", "P-0002", "--reason", "zelfde mens").expect(0)
    assert "S. Yildiz (P-0002)" in in_earnest.run("whoami").expect(0).out
    in_earnest.run("person", "change", "P-0002", "--until", "2020-01-01").expect(0)
    assert "werkt hier vandaag niet" in in_earnest.run("case", "open", "tuin", *ASKED).expect(2).err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('people = "P-0001"', "geen lijst van gebruikers"),
        ("[people]\ntuinman = 1", "geen lijst van gebruikers"),
        ('[people]\ntuinman = "P-0042"', "die persoon is er niet"),
    ],
)
def test_settings_that_name_nobody_are_told(in_earnest: Terminal, line: str, said: str) -> None:
    settings = in_earnest.folder / "trede.toml"
    settings.write_text(f"{settings.read_text('utf-8')}\n{line}\n", encoding="utf-8")
    assert said in in_earnest.run("case", "open", "tuin", "--as", "lid", *ASKED).expect(2).err


def test_the_environment_does_not_say_who_somebody_is(in_earnest: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.core.errors import UsageError
    from engine.settings import load_settings

    with pytest.raises(UsageError, match="bestaat niet"):
        load_settings(in_earnest.folder, {"TREDE_PEOPLE": "P-0001"})
    monkeypatch.setenv("USER", "tuinman-niet")
    known_as(in_earnest, "P-0001")
    assert "A. de Boer" in in_earnest.run("whoami").expect(0).out


def test_in_a_rehearsal_a_name_says_who_acts_and_several_are_asked_about(trede: Terminal) -> None:
    for name in ("A. de Boer", "A.B. de Boer"):
        trede.run("person", "add", name, "--as", "tuincommissie", "--confirm").expect(0)
    trede.run("case", "open", "tuin", "--as", "lid", "--name", "a. de boer", *ASKED).expect(0)
    (first, *_) = trede.run("case", "history", CASE, "--json").expect(0).json["entries"]
    assert first["actor"]["person"] == "P-0001"
    asked = trede.run("case", "note", CASE, "Bel terug", "--as", "lid", "--name", "de Boer").expect(2)
    assert "P-0001 (A. de Boer), P-0002 (A.B. de Boer)" in asked.err
    trede.run("case", "note", CASE, "Bel terug", "--as", "lid", "--name", "Jo Voorbeeld").expect(0)


def test_a_register_is_empty_in_a_new_workplace_and_says_so(trede: Terminal) -> None:
    assert trede.run("person", "find", "boer").expect(0).out.startswith("Niemand gevonden.")
    trede.run("person", "show", "P-0001").expect(4)
    assert START.startswith("2026-09-07")
