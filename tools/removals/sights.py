"""What each test and story of the content sees: the files it is played on, what happened in it, how long it takes.

A thing that no test comes near need not be asked of that test; and what was seen once is kept, until one of those files
or the test itself is another. Another test in the same file changes nothing.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from engine.core.evaluation.prepared import Content
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.footprint import Pinned
from engine.definitions.script import CasePlan, RuleTest, RuleTestFile
from engine.rehearsal.chronicle import Chronicle
from engine.rehearsal.compare_evaluators import Comparison
from engine.rehearsal.kept_chronicles import KeptChronicles
from engine.rehearsal.memory import MemoryRuntime
from engine.rehearsal.rule_test_run import TestRun
from engine.rehearsal.run_rule_tests import files_of_tests
from tools.removals.content import Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one test saw: the `files` of the content it is played on, and the transitions and terms that were `met`.

    The `seconds` are those of the processor: who is asked may not hang on how busy the machine was.
    """

    files: tuple[str, ...]
    met: tuple[str, ...]
    seconds: float
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A test or story, played for an organisation, with what it sees, and what is kept of what it does."""

    organisation: str
    file: RuleTestFile
    one: RuleTest | CasePlan
    sight: Sight
    told: str
    mark: str
    """Of the test itself and what is kept of it, wherever in its file it stands."""
    chronicle: Chronicle | None = None

    @property
    def text(self) -> str:
        """How it is named."""
        return f"{self.file.path}: {self.one.name}"

    @property
    def procedure(self) -> str:
        """Beside which rule set it stands."""
        return self.file.path.split("/")[2]


_WHERE = re.compile(r"where='[^']*'")


@dataclass(frozen=True, slots=True)
class _Beside:
    """The file of a test or story, the page of its chronicles, and what that keeps of it."""

    file: RuleTestFile
    page: str
    kept: Chronicle | None

    def mark(self, told: str) -> str:
        """Another one when the test, who is in the register when it begins, or what is kept of it is another."""
        return sha256(repr((self.file.people, _WHERE.sub("", told), self.kept)).encode()).hexdigest()


class Witnesses:
    """Every test and story of everybody; what is known of them is kept in a file."""

    def __init__(self, whole: Whole, kept: Path) -> None:
        self._whole, self._path = whole, kept
        self._kept = _read(kept)

    @cached_property
    def all(self) -> tuple[Witness, ...]:
        """Every one; those of which a file changed are played first."""
        found = tuple(one for organisation in self._whole.organisations for one in self._of(organisation))
        kept = {_key(one.organisation, one.text): asdict(one.sight) for one in found}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        return found

    def _of(self, organisation: str) -> Iterator[Witness]:
        catalogue, chronicles = _Watched(self._whole, organisation), KeptChronicles(self._whole.root, organisation)
        with closing(MemoryRuntime(catalogue, organisation)) as runtime:
            run = TestRun(runtime, Comparison(None))
            for file in files_of_tests(self._whole.catalogue, organisation, ""):
                every: tuple[RuleTest | CasePlan, ...] = (*file.tests, *file.stories)
                for one in every:
                    told = repr(one)
                    kept = chronicles.kept(file).get(one.name) if isinstance(one, CasePlan) else None
                    beside = _Beside(file, chronicles.page(file), kept)
                    known = self._known(_key(organisation, f"{file.path}: {one.name}"), beside.mark(told))
                    yield Witness(
                        organisation=organisation, file=file, one=one, told=told, chronicle=kept,
                        mark=beside.mark(told), sight=known or self._play(run, catalogue, one, beside),
                    )  # fmt: skip

    def _known(self, key: str, mark: str) -> Sight | None:
        told = self._kept.get(key)
        sight = Sight(**told | {"files": tuple(told["files"]), "met": tuple(told["met"])}) if told else None
        return sight if sight and sight.digest == self._whole.digest_of(sight.files, mark) else None

    def _play(self, run: TestRun, catalogue: _Watched, one: RuleTest | CasePlan, beside: _Beside) -> Sight:
        file = beside.file
        catalogue.asked.clear()
        begun = time.process_time()
        outcome = run.run(one, file)
        seconds = time.process_time() - begun
        if outcome.mismatches or (beside.kept is not None and outcome.chronicle != beside.kept):
            why = outcome.mismatches[0].text if outcome.mismatches else f"see {beside.page}"
            raise SystemExit(f"{file.path}: {one.name} fails before anything is changed: {why}")
        files = tuple(sorted(self._whole.files_of(catalogue.asked)))
        met = frozenset(_met(run.runtime)) if isinstance(one, CasePlan) else frozenset[str]()
        return Sight(
            files=files, met=tuple(sorted(met | {*_acts_of(one)})), seconds=round(seconds, 3),
            digest=self._whole.digest_of(files, beside.mark(repr(one))),
        )  # fmt: skip


class _Watched(Catalogue):
    """The content as it is, that notes which of it was asked for."""

    def __init__(self, whole: Whole, organisation: str) -> None:
        super().__init__(whole.root)
        self._whole, self.asked = whole, set[tuple[str, str]]()

    def content(self, organisation: str, workflow_id: str, on: date, *, pinned: Pinned | None = None) -> Content:
        """The content for one workflow, as `Catalogue` gives it."""
        self.asked.add((organisation, workflow_id))
        return self._whole.catalogue.content(organisation, workflow_id, on, pinned=pinned)


def _met(runtime: MemoryRuntime) -> Iterator[str]:
    organisation = runtime.settings.organisation
    with runtime.reading() as readings:
        lines = [line for case in {one for _, one in readings.cases_changed_since(organisation, 0, 10_000)} if case
                 for line in readings.journal(case)]  # fmt: skip
    for line in lines:
        for key in ("transition", "clock"):
            if key in line.details:
                yield str(line.details[key]).partition("/")[0]


def _acts_of(one: RuleTest | CasePlan) -> Iterator[str]:
    if isinstance(one, RuleTest):
        yield from (one.act.name,) if one.act else ()
    else:
        yield from (act.name for way in one.ways for act in way.acts)


def _key(organisation: str, text: str) -> str:
    return f"{organisation} {text}"


def _read(path: Path) -> Mapping[str, dict[str, Any]]:
    try:
        found: Mapping[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
