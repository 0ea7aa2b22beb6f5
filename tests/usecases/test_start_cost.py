"""A consultant waits for every start: what a command on SQLite must not bring along."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.core.decisions.garden import KEEPER
from tests.usecases.workplace import Office, member

# Every test starts processes: too long for the inner loop.
pytestmark = pytest.mark.slow

ACT = """
import sys
from pathlib import Path
from engine.cli.main import run
sys.argv = ["trede", *{words!r}]
try:
    run()
except SystemExit:
    pass
print(*sorted(name for name in {names!r} if name in sys.modules), file=sys.stderr)
"""
SLOW = ("alembic", "apscheduler", "durable", "jinja2", "openpyxl", "pydantic", "rich", "ruamel.yaml", "typst")


def imported(office: Office, words: list[str], names: tuple[str, ...]) -> list[str]:
    """Which of these modules a command brings along, the second time it is given."""
    program = ACT.format(words=words, names=names)
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=office.folder, capture_output=True, encoding="utf-8", check=True
        )
    return done.stderr.split()


@pytest.mark.parametrize("command", [["case", "show"], ["case", "why"], ["case", "history"]])
def test_a_command_that_reads_brings_no_database_library_along(office: Office, command: list[str]) -> None:
    case_id = office.open("tuin", member(1), KEEPER)
    assert imported(office, [*command, case_id], (*SLOW, "sqlalchemy")) == []


def test_the_inbox_brings_no_database_library_along(office: Office) -> None:
    office.open("tuin", member(1), KEEPER)
    assert set(imported(office, ["inbox"], (*SLOW, "sqlalchemy"))) <= {"rich"}


def test_an_act_brings_only_that_of_sqlalchemy_along_which_it_writes_with(office: Office) -> None:
    case_id = office.open("tuin", member(1), KEEPER)
    words = ["case", "advance", case_id, "verlengen", "--as", "beheerder"]
    beside = ("sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "psycopg")
    assert imported(office, words, (*SLOW, "sqlalchemy.engine", *beside)) == ["sqlalchemy.engine"]
    assert office.case(case_id).version == 2


def test_help_brings_nothing_of_the_work_along(office: Office) -> None:
    """Why: one text that stood in the runtime once made every start pay for all of deciding."""
    names = (*SLOW, "sqlalchemy", "engine.runtime", "engine.core.legal_clock.ledger", "engine.core.evaluation.prepared")
    assert imported(office, ["--help"], names) == []
