"""`rules check` again while nothing has changed: the report that was kept is given, nothing is proven twice.

Kept beside the compiled copies, under a digest of everything that could change the answer: every file of the content,
every file of this program, the interpreter, what was asked. A report that was damaged or belongs to another digest is
made again; a folder that cannot be written costs time and nothing else.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, fields, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from engine.core.finding import Finding, Level, found
from engine.core.quick_class import dataclass
from engine.words.saying import in_order

_PROGRAM = Path(__file__).parents[1]
_CONTENT = ("rules", "workflows", "templates")
_FINDINGS = ("findings", "concepts")
# Read with every procedure: what an organisation says of itself, its calendar, its sources, and pieces of letters.
_OF_ALL = re.compile(r"rules/[^/]+/([^/]+\.yaml|calendar/)|templates/[^/]+/[^/]+/([^/]+\.yaml|partials/)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """All findings by place, what was proven (one Dutch line each), and how much was looked at.

    `concepts` are the findings that are there only because of rules that no council agreed to: they stop nothing.
    `letters` are those that a rule set or procedure of this name orders. Of a part, `elsewhere` are errors outside it.
    """

    findings: tuple[Finding, ...]
    proven: tuple[str, ...]
    assumptions: int
    counts: Mapping[str, int]
    letters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    concepts: tuple[Finding, ...] = ()
    elsewhere: int = 0

    def beside(self, findings: tuple[Finding, ...]) -> CheckReport:
        """The report with what else was found."""
        return replace(self, findings=in_order((*self.findings, *findings))) if findings else self

    def about(self, name: str) -> CheckReport:
        """The part of the report about one rule set or procedure: its own files and letters, and what all rests on.

        In a file that every procedure is read with (organisation, calendar, pieces of letters) only errors are its
        business: with those nothing at all can be said of it.
        """
        own = [f"/{one}/" for one in (name, *self.letters.get(name, ()))]

        def is_its_own(one: Finding) -> bool:
            is_for_all = one.level is Level.ERROR and _OF_ALL.match(one.where) is not None
            return is_for_all or any(folder in one.where for folder in own)

        findings, concepts = (tuple(filter(is_its_own, found)) for found in (self.findings, self.concepts))
        proven = tuple(one for one in self.proven if one.startswith(f"{name}: "))
        part = replace(self, findings=findings, concepts=concepts, proven=proven)
        return replace(part, elsewhere=self.errors - part.errors)

    def counting_concepts(self) -> CheckReport:
        """The report for who asks about a concept: what is found in it counts like the rest."""
        return replace(self.beside(self.concepts), concepts=())

    @property
    def errors(self) -> int:
        """How many findings make the content unusable."""
        return sum(1 for finding in self.findings if finding.level is Level.ERROR)

    @property
    def warnings(self) -> int:
        """How many findings a person should look at."""
        return len(self.findings) - self.errors


def check_once(root: Path, organisation: str, *, on: date, cache: Path) -> CheckReport:
    """The report of `check_rules`, proven only when something changed since it was kept in the folder `cache`.

    What changed in one procedure proves that one anew and not the others. Raises what `check_rules` raises; such an end
    is not kept.
    """
    asked = "\0".join((str(root.resolve()), organisation, on.isoformat(), sys.version))
    path = cache / f"check-{sha256(asked.encode()).hexdigest()[:16]}.json"
    program = program_digest()
    before = _digest(asked + program, _content_files(root))
    kept = read_sealed(path, before)
    if kept is not None:
        findings, concepts = (
            tuple(found(**one | {"level": Level(one["level"])}) for one in kept.pop(name)) for name in _FINDINGS
        )
        return CheckReport(findings=findings, concepts=concepts, proven=tuple(kept.pop("proven")), **kept)
    from engine.usecases.check_rules import check_rules  # readers, models and proofs: a second to import
    from engine.usecases.kept_proofs import ProofFolder

    report = check_rules(root, organisation, on=on, shelf=ProofFolder(cache, program))
    if _digest(asked + program, _content_files(root)) == before:  # or a file was changed while it was being checked
        mappings = {"counts": dict(report.counts), "letters": dict(report.letters)}
        told = {name: [plain(finding) for finding in getattr(report, name)] for name in _FINDINGS}
        write_sealed(path, before, plain(report) | told | mappings)
    return report


def program_digest() -> str:
    """A digest of this program and its interpreter: what another one found is found again."""
    return _digest(sys.version, _files(_PROGRAM, "*.py"))


def _digest(asked: str, paths: Iterable[Path]) -> str:
    hashed = sha256(asked.encode())
    for path in paths:
        content = path.read_bytes()
        hashed.update(f"\0{path}\0{len(content)}\0".encode())
        hashed.update(content)
    return hashed.hexdigest()


def _content_files(root: Path) -> Iterable[Path]:
    return (path for name in _CONTENT for path in _files(root / name, "*"))


def _files(folder: Path, pattern: str) -> Iterable[Path]:
    return sorted(path for path in folder.rglob(pattern) if path.is_file())


def read_sealed(path: Path, digest: str) -> dict[str, Any] | None:
    """What was kept here under this digest; None when nothing was, or when it is not what was written."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        told: dict[str, Any] | None = json.loads(body) if head.decode() == _seal(digest, body) else None
    except (OSError, ValueError):
        return None
    return told


def write_sealed(path: Path, digest: str, told: Mapping[str, object]) -> None:
    """Keep this under a digest, whole or not at all; what cannot be written is not kept."""
    body = json.dumps(told).encode()
    draft = path.with_suffix(f".{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(_seal(digest, body).encode() + b"\n" + body)
        draft.replace(path)
    except OSError:
        return


def _seal(digest: str, body: bytes) -> str:
    return sha256(digest.encode() + body).hexdigest()


def plain(value: Any) -> dict[str, Any]:
    """The fields of a value by name, for JSON."""
    return {one.name: getattr(value, one.name) for one in fields(value)}
