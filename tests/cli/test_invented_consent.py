"""A consent that nobody gave serves to try the rules out, and for nothing else (WMS 14a)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.terminal import ROOT, Terminal
from tests.publishing import publish_folder

pytestmark = pytest.mark.long

SEARCH = (
    "case", "open", "plaatsing", "--as", "toeleiding",
    "--set", "leerling.nummer=900000042", "--set", "leerling.naam=Noor Jansen", "--set", "sector=vo",
    "--set", "plek.soort=vo", "--set", "ouders.naam=A. Jansen", "--set", "ouders.adres=Voorbeeldlaan 1 te Almere",
)  # fmt: skip


def workplace(folder: Path, *kind: str, content: Path = ROOT) -> Terminal:
    Terminal(folder).run(
        "init", str(folder / "werkplek"), "--organisation", "almere", "--content", str(content), *kind
    ).expect(0)
    if not kind:
        publish_folder(folder / "werkplek")
    return Terminal(folder / "werkplek")


def test_a_rehearsal_works_under_a_consent_that_is_only_assumed(tmp_path: Path) -> None:
    rehearsal = workplace(tmp_path, "--rehearsal", "--clock", "2026-11-02 09:00")
    rehearsal.run(*SEARCH).expect(0)


@pytest.mark.parametrize("again", ["freshly read", "from the compiled copy"])
def test_a_real_workplace_refuses_a_consent_that_is_only_assumed(tmp_path: Path, again: str) -> None:
    real = workplace(tmp_path)
    if again != "freshly read":
        real.run(*SEARCH).expect(1)
    answer = real.run(*SEARCH).expect(1)
    assert "instemming voor de sector Voortgezet onderwijs is alleen aangenomen" in answer.out + answer.err
    assert "oefenwerkplek" in answer.out + answer.err
    assert real.run("inbox", "--json").expect(0).json["cases"] == []


def test_a_real_workplace_works_once_the_consent_is_real(tmp_path: Path) -> None:
    content = tmp_path / "inhoud"
    for name in ("rules", "workflows", "templates"):
        shutil.copytree(ROOT / name, content / name)
    rules = content / "rules/almere/plaatsing/2026-08-01.yaml"
    text = rules.read_text(encoding="utf-8").replace("given: 2026-05-20\n    status: assumption", "given: 2026-05-20")
    rules.write_text(text, encoding="utf-8")
    real = workplace(tmp_path, content=content)
    real.run(*SEARCH).expect(0)
