"""Run what the process owners expect of their rules: every test and story beside the rule sets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from engine.core.deciding.situation import Situation
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.quick_class import dataclass
from engine.crosscheck.partner import SecondEvaluator, is_available
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.content_files import Kind
from engine.definitions.reading.story_files import StoryFile, read_story_file
from engine.definitions.story import RuleTest, Story
from engine.rehearsal.compare_evaluators import Comparison
from engine.rehearsal.story_world import Mismatch, Observe, check_test, play


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTestReport:
    """How many tests and stories ran, and everything that came out otherwise than expected.

    `situations` were evaluated in every way there is; `compared` counts the rules held against durable-rules, and
    is None when that is absent here.
    """

    tests: int
    stories: int
    files: int
    situations: int
    compared: int | None
    mismatches: tuple[Mismatch, ...]


def run_rule_tests(
    root: Path, organisation: str, *, rule_set: str = "", on_file: Callable[[str], None] | None = None
) -> RuleTestReport:
    """Run the tests of an organisation and of what it inherits, or those of one rule set.

    Each runs against the version in force on its own day, and every situation met is evaluated in all ways there
    are. A story that cannot be finished, or on which the evaluators differ, is a mismatch. Raises DefinitionError
    when a test file itself is wrong.
    """
    catalogue = Catalogue(root)
    files = _story_files(catalogue, organisation, rule_set)
    partner = SecondEvaluator() if is_available() else None
    comparison = Comparison(partner)
    found: list[Mismatch] = []

    def content_for(workflow: str, day: date) -> Content:
        return catalogue.content(organisation, workflow, day)

    try:
        for file in files:
            if on_file:
                on_file(file.path)
            expectations: tuple[RuleTest | Story, ...] = (*file.tests, *file.stories)
            for one in expectations:
                found.extend(_run(one, content_for, comparison))
    finally:
        if partner is not None:
            partner.close()
    return RuleTestReport(
        tests=sum(len(file.tests) for file in files),
        stories=sum(len(file.stories) for file in files),
        files=len(files),
        situations=comparison.situations,
        compared=comparison.compared if partner else None,
        mismatches=tuple(found),
    )


def _run(
    one: RuleTest | Story, content_for: Callable[[str, date], Content], comparison: Comparison
) -> tuple[Mismatch, ...]:
    differences: list[Mismatch] = []

    def observe(situation: Situation) -> None:
        texts = comparison.differences(situation)
        differences.extend(Mismatch(name=one.name, where=one.where, text=text) for text in texts)

    watch: Observe = observe
    try:
        run = check_test(one, content_for, watch) if isinstance(one, RuleTest) else play(one, content_for, watch)
    except DefinitionError as error:
        run = (Mismatch(name=one.name, where=one.where, text=error.text()),)
    return (*run, *differences)


def _story_files(catalogue: Catalogue, organisation: str, rule_set: str) -> tuple[StoryFile, ...]:
    found: list[StoryFile] = []
    for owner in catalogue.chain(organisation):
        for name in catalogue.files.names(Kind.RULES, owner):
            if rule_set in ("", name):
                paths = catalogue.files.test_files(owner, name)
                found.extend(read_story_file(catalogue.files.read(path)[0], path, owner) for path in paths)
    return tuple(found)
