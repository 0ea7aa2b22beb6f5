"""Takes one thing of the content away at a time, and asks whether a test, a story or `rules check` notices.

`python -m tools.removals` takes each rule, table row, term, transition, letter order, recipient, notice and reminder of
the rule sets and workflows in turn. `--only TEXT` keeps those whose name holds the text, `--sample N --seed S` draws
some; the same seed draws the same. What can see the thing is asked first: whether the content can still be read, then
the tests beside the procedure, `rules check`, and last the tests of all other procedures that speak of it. The first
that notices ends it. What nothing notices is a survivor and is listed: a test that is missing, or a thing that does
nothing.

It is a lamp, not a gate: it ends with 0. That a source is no longer cited does not count as noticing.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from engine.core.errors import EngineError
from engine.core.finding import Level
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.content_files import read_day
from engine.definitions.reading.sources import Sources
from engine.definitions.script import CasePlan, RuleTest
from engine.rehearsal.compare_evaluators import Comparison
from engine.rehearsal.memory import MemoryRuntime
from engine.rehearsal.rule_test_run import TestRun
from engine.rehearsal.run_rule_tests import files_of_tests
from engine.usecases.check_rules import check_rules
from engine.usecases.chosen_organisation import working_organisations
from engine.usecases.kept_proofs import ProofFolder

ROOT = Path(__file__).resolve().parents[1]
ON = date(2026, 11, 23)
FOLDERS = ("rules", "workflows", "templates")
Steps = tuple[str | int, ...]
_NO_NOTICING = frozenset({"source_not_cited", "assumption"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """One thing of one file: its `kind`, its name among its like, and where it stands in the values of the file."""

    kind: str
    name: str
    path: str
    at: Steps

    @property
    def text(self) -> str:
        """How it is listed."""
        return f"{self.kind} {self.name} ({self.path})"

    @property
    def owner(self) -> str:
        """The layer it belongs to."""
        return self.path.split("/")[1]

    @property
    def procedure(self) -> str:
        """The rule set or workflow."""
        return self.path.split("/")[2]


def removals_in(path: str, value: object) -> Iterator[Removal]:
    """Everything of a file that can be taken away by itself."""
    for at, kind in _places(value, ()):
        yield Removal(kind=kind, name=_name(value, at), path=path, at=at)


def _places(value: object, at: Steps) -> Iterator[tuple[Steps, str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _of_key(str(key), part, (*at, key), value)
            yield from _places(part, (*at, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _places(part, (*at, number))


def _of_key(key: str, part: object, at: Steps, around: Mapping[object, object]) -> Iterator[tuple[Steps, str]]:
    top = len(at) == 1
    if isinstance(part, Mapping) and top and key == "terms":
        yield from (((*at, name), "term") for name in part)
    if not isinstance(part, list):
        return
    kind = {"letters": "letter", "tells": "notice", "reminders": "reminder", "rows": "row"}.get(key, "")
    kind = {"rules": "rule", "transitions": "transition"}.get(key, kind) if top else kind
    if key == "to" and ("letter" in around or "share" in around or "after" in around or "before_end" in around):
        kind = "recipient" if len(part) > 1 else ""
    if kind:
        yield from (((*at, number), kind) for number in range(len(part)))


def _name(value: object, at: Steps) -> str:
    """The names on the way to it: `transitions.indienen.letters.L-01`."""
    found: list[str] = []
    for step in at:
        value = value[step]  # type: ignore[index]
        named = ""
        if isinstance(step, int) and isinstance(value, Mapping):
            named = value.get("id") or value.get("letter") or value.get("label") or ""
        found.append(str(named or (value if isinstance(value, str) else step)))
    return ".".join(found)


def without(value: object, at: Steps) -> object:
    """The values of the file with this one thing gone; a list or block that became empty goes too."""
    changed = copy.deepcopy(value)
    around = [changed]
    for step in at[:-1]:
        around.append(around[-1][step])  # type: ignore[index]
    del around[-1][at[-1]]  # type: ignore[attr-defined]
    if not around[-1] and len(at) > 1:
        return without(value, at[:-1])
    return changed


def written(value: object) -> str:
    """The values as YAML on one line; a day stays a day."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(key)}: {written(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(written, value)) + "]"
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


class Workshop:
    """A copy of the content in which one file at a time is another one."""

    def __init__(self, content: Path, folder: Path, on: date) -> None:
        self.root, self._content, self._on = folder, content, on
        # A proof is kept by all that it rests on: what a removal does not touch need not be proven again.
        self._shelf = ProofFolder(folder.parent / "proofs", "removals")
        for name in FOLDERS:
            if (content / name).is_dir():
                shutil.copytree(content / name, folder / name)
        self._sources = Sources(Catalogue(folder).files)

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """Those that work with the content."""
        return working_organisations(Catalogue(self.root))

    def removals(self) -> tuple[Removal, ...]:
        """Everything that can be taken away, by file."""
        paths = sorted(path for part in ("rules", "workflows") for path in self.root.glob(f"{part}/*/*/*.yaml"))
        names = (path.relative_to(self.root).as_posix() for path in paths if read_day(path.stem))
        return tuple(
            one for name in names if "/calendar/" not in name
            for one in removals_in(name, self._sources.document(name).value)
        )  # fmt: skip

    def notices(self, removal: Removal) -> str:
        """What notices that this is gone; empty when nothing does."""
        file = self.root / removal.path
        was = file.read_text(encoding="utf-8")
        gone = without(self._sources.document(removal.path).value, removal.at)
        file.write_text(written(gone) + "\n", encoding="utf-8")
        try:
            return next((noticed for noticed in self._asked(removal) if noticed), "")
        finally:
            file.write_text(was, encoding="utf-8")

    def _asked(self, removal: Removal) -> Iterator[str]:
        seeing = [one for one in self.organisations if removal.owner in Catalogue(self.root).chain(one)]
        for one in seeing:
            yield self._by_tests(one, removal.procedure)
        for one in seeing:
            yield self._by_check(one)
        for one in seeing:
            yield self._by_tests(one, "", besides=removal.procedure)

    def _by_tests(self, organisation: str, procedure: str, besides: str = "") -> str:
        try:
            catalogue = Catalogue(self.root)
            files = files_of_tests(catalogue, organisation, procedure)
            with closing(MemoryRuntime(catalogue, organisation)) as runtime:
                run = TestRun(runtime, Comparison(None))
                for file in files:
                    if besides and not (
                        file.rule_set != besides and besides in (self.root / file.path).read_text("utf-8")
                    ):
                        continue
                    every: tuple[RuleTest | CasePlan, ...] = (*file.tests, *file.stories)
                    for one in every:
                        if run.mismatches(one, file):
                            return f"{file.path}: {one.name}"
        except EngineError as wrong:
            return f"content: {wrong.what}"
        return ""

    def _by_check(self, organisation: str) -> str:
        more = self._findings(organisation) - self._before[organisation]
        return f"rules check: {', '.join(sorted(more))}" if more else ""

    @cached_property
    def _before(self) -> Mapping[str, Counter[str]]:
        """What is found while all is there; asked when something is missing, so read from a copy."""
        with tempfile.TemporaryDirectory() as folder:
            whole = Workshop(self._content, Path(folder) / "whole", self._on)
            return {one: whole._findings(one) for one in self.organisations}

    def _findings(self, organisation: str) -> Counter[str]:
        try:
            found = check_rules(self.root, organisation, on=self._on, shelf=self._shelf).findings
        except EngineError as wrong:
            return Counter([wrong.what])
        return Counter(one.kind for one in found if one.level is not Level.ASSUMPTION and one.kind not in _NO_NOTICING)


def survey(workshop: Workshop, removals: Iterable[Removal]) -> Iterator[tuple[Removal, str, float]]:
    """Each removal with what notices it, and the seconds that took."""
    for one in removals:
        begun = time.monotonic()
        yield one, workshop.notices(one), time.monotonic() - begun


def chosen(removals: tuple[Removal, ...], only: str, sample: int, seed: int) -> tuple[Removal, ...]:
    """Those that are asked for; a sample keeps the order of the files."""
    named = tuple(one for one in removals if only in one.text)
    if not sample or sample >= len(named):
        return named
    places = sorted(random.Random(seed).sample(range(len(named)), sample))
    return tuple(named[place] for place in places)


def main() -> None:
    """Say of each what notices it, and at the end how many survived."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--content", type=Path, default=ROOT)
    asked.add_argument("--only", default="", help="keep those whose name or file holds this text")
    asked.add_argument("--sample", type=int, default=0, help="so many, drawn; 0: all")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--on", type=date.fromisoformat, default=ON)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workshop = Workshop(given.content, Path(folder) / "inhoud", given.on)
        every = workshop.removals()
        wanted = chosen(every, given.only, given.sample, given.seed)
        print(f"{len(wanted)} of {len(every)} things are taken away, one at a time", flush=True)
        survivors = []
        for one, noticed, seconds in survey(workshop, wanted):
            print(f"{'noticed ' if noticed else 'SURVIVES'} {seconds:5.1f} s  {one.text}  {noticed}", flush=True)
            survivors += [] if noticed else [one]
        print(f"\n{len(survivors)} of {len(wanted)} survived")
        print("\n".join(f"- {one.text}" for one in survivors))


if __name__ == "__main__":
    main()
