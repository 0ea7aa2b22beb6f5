"""The two files in which people say what happens: the script of a demo, and the tests and stories of a rule set."""

from __future__ import annotations

from pathlib import Path

from engine.definitions.models.scripts import ScriptFile, TestFile
from engine.definitions.reading.build_plans import build_groups, build_plans, build_stories, build_test
from engine.definitions.reading.building import build
from engine.definitions.reading.model_check import fit
from engine.definitions.reading.part_checks import refuse_doubles
from engine.definitions.reading.yaml_reader import read_yaml
from engine.definitions.script import RuleTestFile, Script
from engine.given_file import read_text


def read_script(path: Path) -> Script:
    """The script in this file. Raises DefinitionError with all its problems, UsageError for what is no text."""
    document = read_yaml(read_text(path).text, str(path))
    part, at = fit(document, ScriptFile), document.top
    plans = build_plans(part.plans, build_groups(part.groups, at / "groups"), at / "plans")
    script: Script = build(part, at, plans=plans, path=str(path))
    if script.ends_at <= script.starts_at:
        (at / "ends").report("ends_before_start")
    document.refuse_if_wrong()
    return script


def read_test_file(text: str, path: str, organisation: str) -> RuleTestFile:
    """The tests and stories of one file. Raises DefinitionError with all its problems."""
    document = read_yaml(text, path)
    part, at = fit(document, TestFile), document.top
    groups = build_groups(part.groups, at / "groups")
    stories = build_stories(part.stories, groups, at / "stories", workflow=part.workflow)
    tests = tuple(build_test(test, at / "tests" / number) for number, test in enumerate(part.tests))
    found: RuleTestFile = build(part, at, path=path, organisation=organisation, stories=stories, tests=tests)
    refuse_doubles([test.name for test in part.tests], at / "tests", "name")
    document.refuse_if_wrong()
    return found
