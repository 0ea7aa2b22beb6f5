"""The YAML in the guides is content that the reader takes: an example that is refused teaches the wrong thing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.architecture.source import ROOT
from tests.cli.conftest import make_world
from tests.cli.terminal import Terminal

GUIDE = ROOT / "docs" / "handleiding-proceseigenaar.md"


def _blocks() -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """The small world of the command line tests, to be edited as the guide says."""
    return make_world(tmp_path / "content")


def test_the_term_of_the_guide_changes_the_last_day_and_a_story_says_so(world: Path) -> None:
    """Why: it is the promise of the guide. The engine follows the YAML, and a test of the owner names what it hits."""
    shutil.copy(ROOT / "tests/architecture/stories.yaml", world / "rules/volkstuin/tuin/tests/verhaal.yaml")
    terminal = Terminal(world)
    terminal.run("rules", "test").expect(0)
    rules = world / "rules/volkstuin/tuin/2026-01-01.yaml"
    text = rules.read_text(encoding="utf-8")
    assert "length: 6 weeks" in _blocks()[0]
    rules.write_text(text.replace("length: 8 weeks", "length: 6 weeks"), encoding="utf-8")
    answer = terminal.run("rules", "test").expect(3)
    assert "Een aanvraag van zeven september" in answer.out
    assert "2026-10-19" in answer.out
    assert "2026-11-02" in answer.out


def test_the_tests_of_the_guide_run_and_hold(world: Path) -> None:
    """Why: a process owner copies them."""
    block = next(block for block in _blocks() if block.startswith("rule_set:"))
    (world / "rules/volkstuin/tuin/tests/gids.yaml").write_text(block, encoding="utf-8")
    answer = Terminal(world).run("rules", "test").expect(0)
    assert "2 tests en 1 verhaal in 2 bestanden; 0 mislukt." in answer.out


def test_the_rule_and_the_step_of_the_guide_stand_in_a_world_that_is_right(world: Path) -> None:
    """Why: the blocks are parts; here they are found back, word for word, in content that `rules check` accepts."""
    content = _read(world / "rules/volkstuin/tuin/2026-01-01.yaml") | _read(
        world / "workflows/volkstuin/tuin/2026-01-01.yaml"
    )
    of_page = _blocks()
    rule, step = (
        YAML(typ="safe").load(next(block for block in of_page if f"\n{key}" in f"\n{block}"))
        for key in ("rules:", "transitions:")
    )
    assert rule["rules"][0] in content["rules"]
    assert step["transitions"][0] in content["transitions"]
    Terminal(world).run("rules", "check").expect(0)


def test_the_records_of_the_guide_can_be_written(world: Path) -> None:
    """Why: kinds, views and acts belong together; here an act writes and one changes what the guide declares."""
    block = next(block for block in _blocks() if block.startswith("records:"))
    rules, workflow = world / "rules/volkstuin/tuin/2026-01-01.yaml", world / "workflows/volkstuin/tuin/2026-01-01.yaml"
    rules.write_text(f"{rules.read_text(encoding='utf-8').rstrip()}\n{block}", encoding="utf-8")
    text = workflow.read_text(encoding="utf-8")
    state = YAML(typ="safe").load(text)["states"][0]["id"]
    acts = [
        f"  - {{id: ronde_doen, label: Ronde, from: [{state}], by: [tuincommissie], writes: [ronde, klus?]}}",
        f"  - {{id: klus_doen, label: Klus, from: [{state}], by: [tuincommissie], changes: {{klus: gedaan}},"
        " when: {open_klussen.count: {at_least: 1}}}",
    ]
    written = "\n".join(("transitions:", *acts))
    workflow.write_text(text.replace("transitions:", written, 1), encoding="utf-8")
    Terminal(world).run("rules", "check").expect(0)


def _read(path: Path) -> dict[str, object]:
    found: dict[str, object] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return found
