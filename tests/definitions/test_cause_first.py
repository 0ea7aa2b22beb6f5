"""One mistake gives one finding, and does not hide another (F-46)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.core.finding import Finding
from engine.usecases.check_rules import check_rules
from engine.words.saying import say
from tests.proofs.samples import GOOD, ON

pytestmark = pytest.mark.long

RULES = "rules/voorbeeld/verzoek/2026-01-01.yaml"
WORKFLOW = "workflows/voorbeeld/verzoek/2026-01-01.yaml"
OTHER_WORKFLOW = "workflows/voorbeeld/overleg/2026-01-01.yaml"
OTHER_RULES = "rules/voorbeeld/overleg/2026-01-01.yaml"
LETTER = "templates/letters/voorbeeld/V-01/2026-01-01.md"
ORGANISATION = "rules/voorbeeld/organisation.yaml"

UNREACHABLE = (WORKFLOW, "{id: klaar, label: Klaar, end: afgerond}",
               "{id: klaar, label: Klaar, end: afgerond}\n  - {id: eiland, label: Eiland, end: nergens}")  # fmt: skip
UNREACHABLE_ELSEWHERE = (
    OTHER_WORKFLOW, "{id: gesloten, label: Gesloten, end: gesloten}",
    "{id: gesloten, label: Gesloten, end: gesloten}\n  - {id: eiland, label: Eiland, end: nergens}",
)  # fmt: skip
UNKNOWN_STATE = (WORKFLOW, "to: klaar", "to: klar")
UNKNOWN_FACT = (RULES, "when: {soort: lang}\n    then", "when: {sort: lang}\n    then")
WRONG_YAML = (RULES, "title: Verzoek", "title: [Verzoek")
WRONG_LETTER = (LETTER, "letter: V-01", "leter: V-01")


def found_in(tmp_path: Path, *mistakes: tuple[str, str, str]) -> list[Finding]:
    root = tmp_path / "content"
    shutil.copytree(GOOD, root)
    for file, old, new in mistakes:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text, f"the good content no longer has {old!r}"
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    good = {(one.kind, one.where.partition(":")[0]) for one in check_rules(GOOD, on=ON).findings}
    found = check_rules(root, on=ON).findings
    return [one for one in found if (one.kind, one.where.partition(":")[0]) not in good]


@pytest.mark.parametrize(
    ("mistake", "kind"),
    [
        (UNKNOWN_STATE, "unknown_state"),
        (UNKNOWN_FACT, "unknown_fact"),
        (WRONG_YAML, "yaml_open_bracket"),
        (WRONG_LETTER, "key_unknown"),
        ((WORKFLOW, "rule_set: verzoek", "rule_set: verzuk"), "not_found"),
        ((WORKFLOW, "states:", "staten:"), "key_unknown"),
        ((RULES, "  soort: {type", "  sort: {type"), "unknown_fact"),
        ((RULES, "  reden: {type", "  redn: {type"), "gathers_unknown"),
        ((OTHER_RULES, "  trap:\n", "  trab:\n"), "unknown_ladder"),
        ((OTHER_WORKFLOW, "states:", "staten:"), "key_unknown"),
        ((OTHER_WORKFLOW, "  - id: melding", "  - id: meldng"), "unknown_entry"),
        ((ORGANISATION, "  balie: ", "  balje: "), "unknown_body"),
    ],
)  # fmt: skip
def test_one_mistake_gives_one_finding(mistake: tuple[str, str, str], kind: str, tmp_path: Path) -> None:
    found = found_in(tmp_path, mistake)
    assert [one.kind for one in found] == [kind], [say(one).text() for one in found]


@pytest.mark.parametrize(
    ("mistakes", "kinds"),
    [
        ((UNKNOWN_FACT, UNREACHABLE), {"unknown_fact", "unreachable_state"}),
        ((WRONG_LETTER, UNREACHABLE), {"key_unknown", "unreachable_state"}),
        ((WRONG_YAML, UNREACHABLE_ELSEWHERE), {"yaml_open_bracket", "unreachable_state"}),
        ((WRONG_YAML, UNKNOWN_STATE), {"yaml_open_bracket", "unknown_state"}),
        ((UNKNOWN_STATE, UNKNOWN_FACT), {"unknown_state", "unknown_fact"}),
        ((WRONG_LETTER, (RULES, "    repeats: always\n", "")), {"key_unknown", "silence"}),
    ],
)  # fmt: skip
def test_a_mistake_does_not_hide_another(
    mistakes: tuple[tuple[str, str, str], ...], kinds: set[str], tmp_path: Path
) -> None:
    found = found_in(tmp_path, *mistakes)
    assert {one.kind for one in found} == kinds, [say(one).text() for one in found]


def test_a_name_that_is_missed_in_several_places_is_told_once_with_all_of_them(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, (RULES, "  soort: {type", "  sort: {type"))
    said = say(found)
    assert said.next_step == 'Bedoelt u "sort"?'
    assert said.why == f"Ook op {RULES}:31:17, {RULES}:32:17, {WORKFLOW}:10:5."
