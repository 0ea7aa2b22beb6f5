"""The first ten minutes of the README, and what follows in the guide for consultants, typed as they stand there.

This is the main job by hand: open, incomplete, the clock stands still, completed, two independent experts, granted.
"""

from __future__ import annotations

import re
import shlex
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.terminal import ROOT, Answer, Terminal

pytestmark = pytest.mark.long

CASE = "TLV-2026-0001"
REFUSED = "geweigerd"


def _commands(page: str) -> list[tuple[list[str], bool]]:
    """The commands in the block that says a test runs it: their words, and whether they are to be refused."""
    text = (ROOT / page).read_text(encoding="utf-8")
    block = re.search(r"test_first_minutes\.py uitgevoerd.*?-->\n```sh\n(.*?)```", text, re.DOTALL)
    assert block, page
    typed = [line.partition(" #") for line in block[1].splitlines() if line.startswith("trede ")]
    return [(shlex.split(line)[1:], REFUSED in comment) for line, _, comment in typed]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    """Everything typed, with its answer, in a copy of the checkout's content."""
    home = tmp_path_factory.mktemp("eerste_minuten")
    for part in ("rules", "workflows", "templates", "examples/kennismaking"):
        shutil.copytree(ROOT / part, home / part)
    answers: dict[str, Answer] = {}
    terminal = Terminal(home)
    for words, is_refused in (*_commands("README.md"), *_commands("docs/handleiding-consulent.md")):
        answers[f"{len(answers)} {' '.join(words)}"] = terminal.run(*words).expect(1 if is_refused else 0)
        if words[0] == "init":
            terminal = Terminal(home / words[1])
    answers["folder"] = Answer(code=0, out=str(terminal.folder), err="")
    return answers


def _answer(told: dict[str, Answer], part: str) -> str:
    return next(answer.out for name, answer in told.items() if part in name)


def test_why_names_what_is_missing_and_who_supplies_it(told: dict[str, Answer]) -> None:
    why = _answer(told, f"case why {CASE}")
    assert "bevoegd_gezag — Welk bestuur is het bevoegd gezag van de school die aanvraagt? [aanvrager, bestuur]" in why
    assert "ontbreekt: " in _answer(told, "indienen --as aanvrager")


def test_the_clock_stood_still_while_the_school_completed(told: dict[str, Answer]) -> None:
    # 8 weeks after 7 September is 2 November; suspended from 8 to 16 September: eight days later.
    explained = _answer(told, f"term explain {CASE} beslistermijn")
    assert "Awb 4:15 lid 1 onder a" in explained
    assert "dinsdag 10 november 2026" in explained


def test_two_independent_experts_are_needed(told: dict[str, Answer]) -> None:
    assert "advies_1.op" in _answer(told, f"case why {CASE} adviezen_compleet")
    assert "deskundigenadvies is in orde (deskundigenadvies_in_orde): ja" in _answer(
        told, f"case why {CASE} deskundigenadvies_in_orde"
    )


def test_the_decision_needs_a_mandate(told: dict[str, Answer]) -> None:
    assert "mag dit niet" in _answer(told, "toekennen --as consulent")


@pytest.mark.parametrize("addressee", ["aanvrager", "ouders"])
def test_the_letter_shows_the_right_last_day_for_objection(told: dict[str, Answer], addressee: str) -> None:
    outbox = Path(told["folder"].out) / "outbox"
    paths = list(outbox.rglob(f"{CASE}-L-06-{addressee}-*.pdf"))
    assert len(paths) == 1
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(paths[0].read_bytes())).pages)
    words = " ".join(text.split())
    # Six weeks after Wednesday 23 September 2026.
    assert "woensdag 4 november 2026" in words
    assert "kunt u bezwaar maken" in words
    assert "Sam Voorbeeld" in words


def test_the_child_has_a_page_of_its_own(told: dict[str, Answer]) -> None:
    assert list((Path(told["folder"].out) / "outbox").rglob(f"{CASE}-L-06K-leerling-*.pdf"))


def test_the_journal_names_the_mandate(told: dict[str, Answer]) -> None:
    history = Terminal(Path(told["folder"].out)).run("case", "history", CASE).expect(0).out
    assert "namens Directeur-bestuurder" in history


def test_the_installation_is_sound(told: dict[str, Answer]) -> None:
    assert "✗" not in _answer(told, "doctor")
