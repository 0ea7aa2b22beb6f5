"""Run what the process owners expect of their rules: every test and story beside the rule sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.crosscheck.partner import SecondEvaluator, is_available
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.content_files import ContentFiles, Kind, read_day
from engine.definitions.reading.concepts import WithoutSome, concepts_in
from engine.definitions.reading.script_file import read_test_file
from engine.definitions.script import CasePlan, RuleTest, RuleTestFile
from engine.rehearsal.compare_evaluators import Comparison
from engine.rehearsal.kept_chronicles import KeptChronicles, MovedStep, Rewritten
from engine.rehearsal.memory import MemoryRuntime
from engine.rehearsal.rule_test_run import Mismatch, Played, TestRun, first_moment
from engine.rehearsal.told_chronicles import ToldChronicles


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTestReport:
    """How many tests and stories ran, and everything that came out otherwise than expected.

    `situations` were evaluated in every way there is; `compared` counts the rules held against durable-rules, and
    is None when that is absent here. `concepts` are the mismatches that are there only because of rules that no council
    agreed to, or are of a day on which these would count. `differences` is where a story does otherwise than its kept
    chronicle says, `untold` how many stories stand where none are kept; `rewritten` are the pages that were written
    anew, and `not_kept` the stories that failed, so that nothing of them was kept.
    """

    tests: int
    stories: int
    files: int
    situations: int
    compared: int | None
    mismatches: tuple[Mismatch, ...]
    concepts: tuple[Mismatch, ...] = ()
    differences: tuple[MovedStep, ...] = ()
    untold: int = 0
    rewritten: tuple[Rewritten, ...] = ()
    not_kept: tuple[str, ...] = ()


_COUNTS = ("tests", "stories", "files", "situations", "untold")
_LISTS = ("mismatches", "concepts", "differences", "rewritten", "not_kept")


def together(reports: Sequence[RuleTestReport]) -> RuleTestReport:
    """The reports of several organisations as one. What a shared layer expects is counted for each that inherits it."""
    counts: dict[str, Any] = {name: sum(getattr(one, name) for one in reports) for name in _COUNTS}
    lists: dict[str, Any] = {name: tuple(found for one in reports for found in getattr(one, name)) for name in _LISTS}
    compared = [one.compared for one in reports if one.compared is not None]
    return RuleTestReport(**counts, **lists, compared=sum(compared) if compared else None)


def run_rule_tests(
    root: Path,
    organisation: str,
    *,
    rule_set: str = "",
    named: str = "",
    on: date | None = None,
    on_file: Callable[[str], None] | None = None,
    keep: bool = False,
) -> RuleTestReport:
    """Run the tests of an organisation and of what it inherits, or those of one rule set.

    With `named` only those with this text in their name, capitals or not; a file without any is passed over.
    Each runs against the version in force on its own day, and every situation met is evaluated in all ways there
    are. A story that cannot be finished, or on which the evaluators differ, is a mismatch; what fails because of a
    concept (as it is `on` a day) is told apart. With `keep` the chronicle of each story that comes out as it expects is
    written down as the one to go by. Raises DefinitionError when a test file itself is wrong.
    """
    catalogue = Catalogue(root)
    whole = files_of_tests(catalogue, organisation, rule_set)
    files = _named(whole, named.casefold())
    partner = SecondEvaluator() if is_available() else None
    run = TestRun(MemoryRuntime(catalogue, organisation), Comparison(partner))
    apart = _Apart(catalogue, organisation, on or date.max)
    chronicles = ToldChronicles(KeptChronicles(root, organisation))
    with closing(run.runtime), closing(apart):
        run.runtime.partner = partner  # closed with it
        found, waiting = _run_all(run, apart, files, chronicles, on_file)
    report = RuleTestReport(
        tests=sum(len(file.tests) for file in files),
        stories=sum(len(file.stories) for file in files),
        files=len(files),
        situations=run.comparison.situations,
        compared=run.comparison.compared if partner else None,
        mismatches=tuple(found),
        concepts=tuple(waiting),
        differences=chronicles.differences(files, is_whole=not named),
        untold=chronicles.untold,
    )
    if not keep:
        return report
    asked = {file.path for file in files}
    rewritten = chronicles.keep([one for one in whole if one.path in asked], is_whole=not named)
    return replace(report, rewritten=rewritten, not_kept=tuple(chronicles.failed))


def _run_all(
    run: TestRun,
    apart: _Apart,
    files: Iterable[RuleTestFile],
    chronicles: ToldChronicles,
    on_file: Callable[[str], None] | None,
) -> tuple[list[Mismatch], list[Mismatch]]:
    """What came out otherwise, and what did so because of a concept only."""
    found: list[Mismatch] = []
    waiting: list[Mismatch] = []
    for file in files:
        if on_file:
            on_file(file.path)
        every: tuple[RuleTest | CasePlan, ...] = (*file.tests, *file.stories)
        for one in every:
            outcome = run.run(one, file)
            if outcome.mismatches:
                (waiting if apart.causes(one, file) else found).extend(outcome.mismatches)
            elif chronicles.differ(file, one, outcome):
                outcome = apart.without(one, file) or outcome  # what a concept brings about is not gone by
            chronicles.add(file, one, outcome)
    return found, waiting


def _named(files: Iterable[RuleTestFile], word: str) -> tuple[RuleTestFile, ...]:
    kept = (
        replace(
            file,
            tests=tuple(one for one in file.tests if word in one.name.casefold()),
            stories=tuple(one for one in file.stories if word in one.name.casefold()),
        )
        for file in files
    )
    return tuple(file for file in kept if file.tests or file.stories or not word)


class _Apart:
    """The same tests where the concepts are not there; made when the first one fails, and nearly never needed."""

    def __init__(self, catalogue: Catalogue, organisation: str, on: date) -> None:
        self._catalogue, self._organisation, self._on = catalogue, organisation, on

    @cached_property
    def _hidden(self) -> frozenset[str]:
        chain = self._catalogue.chain(self._organisation)
        return concepts_in(ContentFiles(self._catalogue.root, chain), self._on)

    @cached_property
    def _run(self) -> TestRun:
        files = WithoutSome(self._catalogue.files, self._hidden)
        catalogue = Catalogue(self._catalogue.root, frozen=lambda: files)
        return TestRun(MemoryRuntime(catalogue, self._organisation), Comparison(None))

    def causes(self, one: RuleTest | CasePlan, file: RuleTestFile) -> bool:
        """Whether a concept makes it fail: it does not without them, or it is of a day on which one would count."""
        if not self._hidden:
            return False
        other = self.without(one, file)
        return other is None or not other.mismatches

    def without(self, one: RuleTest | CasePlan, file: RuleTestFile) -> Played | None:
        """What comes of it without the concepts; None when there are none, or it is of a day on which one counts."""
        if not self._hidden:
            return None
        first = min(filter(None, (read_day(Path(path).stem) for path in self._hidden)))
        return None if local_day(first_moment(one)) >= first else self._run.run(one, file)

    def close(self) -> None:
        """Close what was opened."""
        if "_run" in self.__dict__:
            self._run.runtime.close()


def files_of_tests(catalogue: Catalogue, organisation: str, rule_set: str) -> tuple[RuleTestFile, ...]:
    """The tests and stories beside the rule sets that an organisation has or inherits, or beside one (empty: all)."""
    left_out = catalogue.organisation(organisation).leaves_out
    return tuple(
        read_test_file(catalogue.files.read(path)[0], path, owner)
        for owner in catalogue.chain(organisation)
        for name in catalogue.files.names(Kind.RULES, owner)
        if rule_set in ("", name) and name not in left_out
        for path in catalogue.files.test_files(owner, name)
    )
