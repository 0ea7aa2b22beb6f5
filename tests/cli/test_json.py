"""F-65: everything that reads answers in JSON with a version and the keys of docs/json.md, on which programs rely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from engine.cli.main import main
from tests.cli.terminal import Terminal

CASE = "TUIN-2026-0001"
PAGE = Path(__file__).parents[2] / "docs" / "json.md"
TYPED = {
    "inbox": "inbox",
    "find": f"find {CASE}",
    "case list": "case list",
    "case show": f"case show {CASE}",
    "case history": f"case history {CASE}",
    "case why": f"case why {CASE} toewijzen",
    "case ask": f"case ask {CASE}",
    "case letters": f"case letters {CASE}",
    "case advance": f"case advance {CASE} borg_vragen --as tuincommissie --dry-run",
    "letters list": "letters list",
    "letters show": f"letters show {CASE}/T-01/lid/1",
    "letters hold": f"letters hold {CASE}/T-01/lid/1 --as tuincommissie --reason x --dry-run",
    "letters outbox": "letters outbox",
    "letters send": "letters send",
    "term explain": f"term explain {CASE} beslistermijn",
    "term ledger": f"term ledger {CASE} beslistermijn",
    "term correct": f"term correct {CASE} beslistermijn 1 --day 2026-09-06 --reason x --as voorzitter --dry-run",
    "term schoolyear": "term schoolyear 2026-11-22 --years 1",
    "rules check": "rules check",
    "rules test": "rules test",
    "rules assumptions": "rules assumptions",
    "rules sources": "rules sources",
    "audit replay": f"audit replay {CASE}",
    "doctor": "doctor",
    "audit receipt": f"audit receipt {CASE}",
    "due": "due",
}  # fmt: skip
OTHER_FORMS = (
    f"case why {CASE}",
    f"case why {CASE} toewijsbaar",
    f"case why {CASE} lid.naam",
    "term explain --from 2026-03-24 --length 8_weeks --days",
    f"case advance {CASE} toewijzen --as lid",
    "list roles",
    "due --preview",
)


def rows() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Command, where in its answer, and the keys there: each row of the page, for each command that it names."""
    for names, where, keys in re.findall(r"^\| (`.*?) \| (.*?)\| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.M):
        for name in re.findall(r"`([a-z ]+)`", names):
            yield name, where.strip(" `"), frozenset(re.findall(r"`(\w+)`", keys))


@pytest.mark.parametrize(("command", "where", "keys"), [one for one in rows() if one[0] in TYPED])
def test_an_answer_has_the_keys_that_the_page_promises(
    command: str, where: str, keys: frozenset[str], with_case: Terminal
) -> None:
    found = typed(with_case, TYPED[command])
    assert found["version"] == 2
    at = found[where.removesuffix("[]")] if where else found
    assert keys <= (at[0] if where.endswith("[]") else at).keys()


@pytest.mark.parametrize("words", OTHER_FORMS)
def test_every_answer_has_a_version(words: str, with_case: Terminal) -> None:
    assert typed(with_case, words)["version"] == 2


def typed(terminal: Terminal, words: str) -> dict[str, object]:
    answer = terminal.run(*(word.replace("_weeks", " weeks") for word in words.split()), "--json").json
    assert isinstance(answer, dict)
    return answer


def test_every_command_that_answers_in_json_stands_on_the_page() -> None:
    assert sorted({name for name, _, _ in rows()}) == sorted(set(_with_json(main, ())))


def _with_json(command: click.Command, words: tuple[str, ...]) -> Iterator[str]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _with_json(below, (*words, name))
    if any("--json" in one.opts for one in command.params):
        yield " ".join(words)


def test_a_refusal_in_json_names_every_blocker(with_case: Terminal) -> None:
    answer = with_case.run("case", "advance", CASE, "toewijzen", "--as", "voorzitter", "--json").expect(1)
    blockers = answer.json["refused"]["blockers"]
    assert {blocker["kind"] for blocker in blockers} == {"condition", "missing_fact"}
    assert {blocker["subject"] for blocker in blockers} >= {"tuin.maat", "borg_betaald"}


def test_dates_and_moments_are_iso(with_case: Terminal) -> None:
    shown = with_case.run("case", "show", CASE, "--json").json
    assert shown["opened_at"] == "2026-09-07T07:00:00+00:00"
    assert shown["clocks"][0]["last_day"] == "2026-11-02"
