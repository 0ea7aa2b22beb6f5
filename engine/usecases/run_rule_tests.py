"""Run what the process owners expect of their rules: every test and story beside the rule sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine.core.content import Content
from engine.core.errors import DefinitionError
from engine.core.rehearsal import Mismatch, check_test, play
from engine.definitions.catalogue import Catalogue
from engine.definitions.content_files import Kind
from engine.definitions.story_files import StoryFile, read_story_file


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTestReport:
    """How many tests and stories ran, and everything that came out otherwise than expected."""

    tests: int
    stories: int
    files: int
    mismatches: tuple[Mismatch, ...]


def run_rule_tests(
    root: Path, organisation: str, *, rule_set: str = "", on_file: Callable[[str], None] | None = None
) -> RuleTestReport:
    """Run the tests of an organisation and of what it inherits, or those of one rule set.

    Each runs against the version in force on its own day. A story that the engine cannot finish is a mismatch.
    Raises DefinitionError when a test file itself is wrong.
    """
    catalogue = Catalogue(root)
    files = _story_files(catalogue, organisation, rule_set)
    found: list[Mismatch] = []
    for file in files:
        if on_file:
            on_file(file.path)

        def content_for(workflow: str, day: date, owner: str = organisation) -> Content:
            return catalogue.content(owner, workflow, day)

        for test in file.tests:
            found.extend(_guard(test.name, test.where, lambda test=test: check_test(test, content_for)))  # type: ignore[misc]
        for story in file.stories:
            found.extend(_guard(story.name, story.where, lambda story=story: play(story, content_for)))  # type: ignore[misc]
    return RuleTestReport(
        tests=sum(len(file.tests) for file in files),
        stories=sum(len(file.stories) for file in files),
        files=len(files),
        mismatches=tuple(found),
    )


def _guard(name: str, where: str, run: Callable[[], tuple[Mismatch, ...]]) -> tuple[Mismatch, ...]:
    try:
        return run()
    except DefinitionError as error:
        return (Mismatch(name=name, where=where, text=error.text()),)


def _story_files(catalogue: Catalogue, organisation: str, rule_set: str) -> tuple[StoryFile, ...]:
    found: list[StoryFile] = []
    for owner in catalogue.chain(organisation):
        for name in catalogue.files.names(Kind.RULES, owner):
            if rule_set in ("", name):
                paths = catalogue.files.test_files(owner, name)
                found.extend(read_story_file(catalogue.files.read(path)[0], path, owner) for path in paths)
    return tuple(found)
