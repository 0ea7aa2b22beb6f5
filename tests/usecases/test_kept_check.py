"""`rules check` proves once; whatever could change the answer makes it prove again."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.finding import Level
from engine.proofs import inspection
from engine.proofs.dataflow import Dataflow
from engine.proofs.proven import Proven
from engine.proofs.shelf import ProofShelf
from engine.usecases import check_rules as proving
from engine.usecases import kept_check
from engine.usecases.check_rules import check_rules
from engine.usecases.kept_check import CheckReport, check_once
from engine.words.saying import say
from tests.core.decisions.garden import ROOT

pytestmark = pytest.mark.long

ON = date(2026, 11, 23)


class Checker:
    """Checks a copy of the garden, and counts how often it was proven."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.cache = folder / "inhoud", folder / "cache"
        shutil.copytree(ROOT, self.root)
        self.proven = 0
        really = proving.check_rules

        def counting(
            root: Path, organisation: str = "", *, on: date | None = None, shelf: ProofShelf | None = None
        ) -> CheckReport:
            self.proven += 1
            return really(root, organisation, on=on, shelf=shelf)

        monkeypatch.setattr(proving, "check_rules", counting)

    def check(self, organisation: str = "", on: date = ON) -> CheckReport:
        return check_once(self.root, organisation, on=on, cache=self.cache)

    def kept_file(self) -> Path:
        (path,) = self.cache.glob("check-*.json")
        return path

    def rules_file(self) -> Path:
        return min(self.root.glob("rules/*/*/*.yaml"))


@pytest.fixture
def checker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checker:
    return Checker(tmp_path, monkeypatch)


def test_with_nothing_changed_the_same_report_comes_without_proving(checker: Checker) -> None:
    first = checker.check()
    assert checker.check() == first
    assert checker.proven == 1


def test_a_changed_byte_is_proven_again_also_with_the_same_size_and_time(checker: Checker) -> None:
    first = checker.check()
    path = checker.rules_file()
    there = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: ", "titel: ", 1), encoding="utf-8")
    os.utime(path, ns=(there.st_atime_ns, there.st_mtime_ns))
    assert path.stat().st_size == there.st_size
    again = checker.check()
    assert checker.proven == 2
    assert any("title" in say(finding).text() for finding in again.findings)
    assert again != first


def test_a_new_file_is_proven_too(checker: Checker) -> None:
    checker.check()
    path = checker.rules_file()
    shutil.copyfile(path, path.with_name("2031-01-01.yaml"))
    checker.check()
    assert checker.proven == 2


def test_another_program_proves_again(checker: Checker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    checker.check()
    program = tmp_path / "program"
    program.mkdir()
    (program / "one.py").write_text("x = 1\n")
    monkeypatch.setattr(kept_check, "_PROGRAM", program)
    checker.check()
    (program / "one.py").write_text("x = 2\n")
    checker.check()
    assert checker.proven == 3


def test_another_day_or_organisation_is_another_question(checker: Checker) -> None:
    checker.check()
    checker.check(on=date(2026, 11, 24))
    checker.check(organisation=checker.rules_file().parents[1].name)
    assert checker.proven == 3


@pytest.mark.parametrize("damage", [b"", b"{}", b"x"])
def test_a_damaged_report_is_made_again(checker: Checker, damage: bytes) -> None:
    first = checker.check()
    kept = checker.kept_file()
    kept.write_bytes(damage)
    assert checker.check() == first
    kept.write_bytes(kept.read_bytes().replace(b"warning", b"assumed").replace(b'"proven": ["', b'"proven": ["On'))
    assert checker.check() == first
    assert checker.proven == 3


def test_a_folder_that_cannot_be_written_costs_time_only(checker: Checker) -> None:
    checker.cache.write_text("no folder")
    assert checker.check() == checker.check()
    assert checker.proven == 2


def test_a_refusal_is_not_kept(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(DefinitionError):
            check_once(tmp_path, "", on=ON, cache=tmp_path / "cache")


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The workflows that were proven by themselves, in order."""
    found: list[str] = []
    really = inspection._prove_own

    def noting(content: Content, flow: Dataflow) -> tuple[Proven, ...]:
        found.append(content.workflow.id)
        return really(content, flow)

    monkeypatch.setattr(inspection, "_prove_own", noting)
    return found


def change_quarrel(checker: Checker, old: str = "label: Melden", new: str = "label: Iets melden") -> None:
    path = checker.root / "workflows/tuindorp/ruzie/2026-01-01.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_change_to_one_procedure_proves_the_others_not_again(checker: Checker, followed: list[str]) -> None:
    checker.check()
    assert sorted(followed) == ["keuring", "ruzie", "toezicht", "tuin", "waterbeurt"]
    followed.clear()
    change_quarrel(checker)
    report = checker.check()
    assert followed == ["ruzie"]
    assert report == check_rules(checker.root, on=ON), "what was kept says the same as what is proven"


def test_what_a_change_spoils_is_found_beside_what_was_kept(checker: Checker) -> None:
    first = checker.check()
    change_quarrel(checker, "id: te_laat, label: Te laat beslist, state: hek", "id: laat, label: Te laat, state: hek")
    report = checker.check()
    assert report == check_rules(checker.root, on=ON)
    new = [say(one).text() for one in report.findings if one not in first.findings]
    assert any("te_laat" in text for text in new), "the way of another procedure into this one"


def test_a_damaged_proof_is_made_again(checker: Checker, followed: list[str]) -> None:
    first = checker.check()
    for path in (*checker.cache.glob("proof-*.json"), checker.kept_file()):
        path.write_bytes(path.read_bytes().replace(b"running", b"stopped") + b" ")
    followed.clear()
    assert checker.check() == first
    assert sorted(followed) == ["keuring", "ruzie", "toezicht", "tuin", "waterbeurt"]


def test_of_each_workflow_a_few_proofs_are_kept(checker: Checker) -> None:
    for number in range(10):
        change_quarrel(checker, "valid_from: 2026-01-01", f"note: keer {number}\nvalid_from: 2026-01-01")
        checker.check()
        change_quarrel(checker, f"note: keer {number}\n", "")
    kept = [path.name for path in checker.cache.glob("proof-tuindorp-ruzie-*.json")]
    assert len(kept) == 8


def test_one_procedure_is_read_apart(checker: Checker) -> None:
    change_quarrel(checker, "to: gesloten, by: [bestuur]", "to: gesloten, by: [tovenaar]")
    report = checker.check()
    own, other = report.about("ruzie"), report.about("tuin")
    assert any("tovenaar" in say(one).text() for one in own.findings)
    assert all("/ruzie/" in one.where for one in own.findings)
    assert not any("tovenaar" in say(one).text() for one in other.findings)
    assert {line.partition(":")[0] for line in other.proven} == {"tuin"}


def test_the_letters_of_a_procedure_are_read_with_it(checker: Checker) -> None:
    path = checker.root / "templates/letters/tuindorp/T-01/2026-01-01.md"
    path.write_text(path.read_text(encoding="utf-8").replace("{{ naam }}", "{{ nam }}"), encoding="utf-8")
    for report in (checker.check(), checker.check()):
        assert any("nam" in say(one).text() for one in report.about("tuin").findings)
        assert not any("/T-01/" in one.where for one in report.about("ruzie").findings)
    assert checker.proven == 1


def test_what_is_wrong_in_a_file_of_all_procedures_is_told_with_each(checker: Checker) -> None:
    path = checker.root / "rules/tuindorp/organisation.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    report = checker.check()
    for name in ("ruzie", "tuin"):
        own = report.about(name)
        assert own.errors, "no procedure of an organisation that cannot be read is without mistakes"
        assert {one.where.partition(":")[0] for one in own.findings} == {"rules/tuindorp/organisation.yaml"}


def test_how_much_is_wrong_elsewhere_is_said_with_one_procedure(checker: Checker) -> None:
    change_quarrel(checker, "to: gesloten, by: [bestuur]", "to: gesloten, by: [tovenaar]")
    report = checker.check()
    wrong = [one.where for one in report.findings if one.level is Level.ERROR]
    for name in ("tuin", "ruzie", "keuring"):
        assert report.about(name).elsewhere == sum(f"/{name}/" not in where for where in wrong) > 0
    assert report.elsewhere == 0, "of the whole nothing is elsewhere"
