"""`trede rules publish` at the terminal, in a workplace in earnest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ASKED
from tests.cli.terminal import Terminal

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("in_november")]

RULES = "rules/volkstuin/tuin/2026-01-01.yaml"
CASE = "TUIN-2026-0001"


@pytest.fixture
def real(world: Path, tmp_path: Path) -> Terminal:
    """A workplace that is no rehearsal, with a copy of the content, of which nothing is published."""
    Terminal(world).run("init", str(tmp_path / "echt"), "--content", str(world)).expect(0)
    return Terminal(tmp_path / "echt")


@pytest.fixture
def own(world: Path, tmp_path: Path) -> Terminal:
    """The same, with content that may be changed."""
    import shutil

    shutil.copytree(world, tmp_path / "inhoud")
    Terminal(tmp_path).run("init", "echt", "--content", str(tmp_path / "inhoud")).expect(0)
    return Terminal(tmp_path / "echt")


def rules(terminal: Terminal) -> Path:
    return terminal.folder.parent / "inhoud" / RULES


def test_a_dry_run_says_what_would_be_published_and_publishing_says_what_was(real: Terminal) -> None:
    planned = real.run("rules", "publish", "--as", "tuincommissie", "--dry-run").expect(0).out
    assert "Nieuw" in planned
    assert "regelset tuin van volkstuin, vanaf donderdag 1 januari 2026" in planned
    assert "Zonder --dry-run wordt dit gepubliceerd." in planned
    assert "trede rules publish" in real.run("case", "open", "tuin", "--as", "lid", *ASKED).expect(2).err
    assert "Gepubliceerd, nummer 1." in real.run("rules", "publish", "--as", "tuincommissie").expect(0).out
    real.run("case", "open", "tuin", "--as", "lid", *ASKED).expect(0)
    assert "niets te publiceren" in real.run("rules", "publish", "--as", "tuincommissie").expect(0).out


def test_a_published_file_that_differs_is_told_by_whoever_writes_checks_or_looks(own: Terminal) -> None:
    own.run("rules", "publish", "--as", "tuincommissie").expect(0)
    path = rules(own)
    path.write_text(path.read_text("utf-8").replace("label: Borg betalen", "label: De borg betalen"), "utf-8")
    opened = own.run("case", "open", "tuin", "--as", "lid", *ASKED).expect(0)
    assert opened.err.count("is anders dan wat is gepubliceerd, en telt niet") == 1
    checked = own.run("rules", "check").expect(3)
    assert f"{RULES}: Dit bestand is gepubliceerd en sindsdien gewijzigd" in checked.out
    assert RULES in own.run("doctor").expect(1).out
    refused = own.run("rules", "publish", "--as", "tuincommissie").expect(3)
    assert "Niet gepubliceerd" in refused.out
    assert "een nieuwe versie met een eigen datum" in refused.out
    assert own.run("rules", "publish", "--as", "tuincommissie", "--json").expect(3).json["number"] == 0


def test_a_mistake_or_a_failing_test_is_not_published(own: Terminal) -> None:
    path = rules(own)
    good = path.read_text("utf-8")
    path.write_text(good.replace("then: 80", "then: 90"), "utf-8")
    assert "Een te grote tuin past niet" in own.run("rules", "publish", "--as", "tuincommissie").expect(3).out
    path.write_text(good.replace("length: 14 days", "length: 14"), "utf-8")
    assert "eenheid" in own.run("rules", "publish", "--as", "tuincommissie").expect(3).out
    path.write_text(good, "utf-8")
    own.run("rules", "publish", "--as", "tuincommissie").expect(0)


def test_who_publishes_says_in_which_role(real: Terminal) -> None:
    assert "in welke rol" in real.run("rules", "publish").expect(2).err


def test_a_receipt_names_the_files_and_what_came_of_them(with_case: Terminal) -> None:
    with_case.run("case", "advance", CASE, "borg_vragen", "--as", "tuincommissie").expect(0)
    told = with_case.run("audit", "receipt", CASE).expect(0).out
    assert "2 stappen nagerekend; 0 komen anders uit." in told
    whole = with_case.run("audit", "receipt", CASE, "2").expect(0).out
    assert f"  {RULES}" in whole
    assert "✓ borg_vragen naar wacht_op_borg" in whole
    (one,) = with_case.run("audit", "receipt", CASE, "2", "--json").expect(0).json["receipts"]
    assert (one["agrees"], one["publication"], RULES in one["files"], "content" in one) == (True, 1, True, False)
    assert "De laatste stap van deze zaak is 2" in with_case.run("audit", "receipt", CASE, "9").expect(2).err
