"""The chronicles of one run of the stories, held against the kept ones, and kept when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.definitions.script import CasePlan, RuleTest, RuleTestFile
from engine.rehearsal.chronicle import Chronicle
from engine.rehearsal.kept_chronicles import KeptChronicles, MovedStep, Rewritten
from engine.rehearsal.rule_test_run import Played


class ToldChronicles:
    """What the stories of a run did. `failed` are those that did not come out as they expect, by name."""

    def __init__(self, kept: KeptChronicles) -> None:
        self._kept = kept
        self._told: dict[str, dict[str, Chronicle]] = {}
        self._differences: list[MovedStep] = []
        self.failed: list[str] = []
        self.untold = 0

    def differ(self, file: RuleTestFile, one: RuleTest | CasePlan, outcome: Played) -> bool:
        """Whether what came of one is told otherwise than is kept, or kept nowhere."""
        kept = self._kept.kept(file).get(one.name)
        return isinstance(one, CasePlan) and outcome.chronicle != kept

    def add(self, file: RuleTestFile, one: RuleTest | CasePlan, outcome: Played) -> None:
        """Take in what came of one; of a story that failed nothing is compared, and nothing is kept."""
        if isinstance(one, RuleTest):
            return
        if outcome.mismatches or outcome.chronicle is None:
            self.failed.append(one.name)
            return
        self._told.setdefault(file.path, {})[one.name] = outcome.chronicle
        self._differences += self._kept.differences(file, one.name, outcome.chronicle)
        self.untold += not self._kept.keeps(file)

    def differences(self, files: Iterable[RuleTestFile], *, is_whole: bool) -> tuple[MovedStep, ...]:
        """Where they do otherwise than is kept; of all stories of their folders also what is kept of none of them."""
        return (*self._differences, *(self._kept.left_behind(files) if is_whole else ()))

    def keep(self, files: Iterable[RuleTestFile], *, is_whole: bool) -> tuple[Rewritten, ...]:
        """Write them down as what to go by; the pages that changed."""
        return tuple(filter(None, self._keep(tuple(files), is_whole=is_whole)))

    def _keep(self, files: tuple[RuleTestFile, ...], *, is_whole: bool) -> Iterator[Rewritten | None]:
        for one in self._kept.left_behind(files) if is_whole else ():
            if not one.story:
                yield self._kept.drop(one.page)
        for file in files:
            yield self._kept.keep(file, self._told.get(file.path, {}))
