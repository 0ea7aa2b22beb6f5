"""`rules check` again while nothing has changed: the report that was kept is given, nothing is proven twice.

Kept beside the compiled copies, under a digest of everything that could change the answer: every file of the content,
every file of this program, the interpreter, what was asked. A report that was damaged or belongs to another digest is
made again; a folder that cannot be written costs time and nothing else.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from engine.core.finding import Finding, Level, found
from engine.core.quick_class import dataclass
from engine.words.saying import in_order

_PROGRAM = Path(__file__).parents[1]
_CONTENT = ("rules", "workflows", "templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """All findings by place, what was proven (one Dutch line each), and how much was looked at."""

    findings: tuple[Finding, ...]
    proven: tuple[str, ...]
    assumptions: int
    counts: Mapping[str, int]

    def beside(self, findings: tuple[Finding, ...]) -> CheckReport:
        """The report with what else was found."""
        return replace(self, findings=in_order((*self.findings, *findings))) if findings else self

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

    Raises what `check_rules` raises; such an end is not kept.
    """
    asked = "\0".join((str(root.resolve()), organisation, on.isoformat(), sys.version))
    path = cache / f"check-{sha256(asked.encode()).hexdigest()[:16]}.json"
    before = _digest(root, asked)
    kept = _read(path, before)
    if kept is not None:
        return kept
    from engine.usecases.check_rules import check_rules  # readers, models and proofs: a second to import

    report = check_rules(root, organisation, on=on)
    if _digest(root, asked) == before:  # or a file was changed while it was being checked
        _write(path, before, report)
    return report


def _digest(root: Path, asked: str) -> str:
    hashed = sha256(asked.encode())
    folders = [root / name for name in _CONTENT]
    for path in (*_files(_PROGRAM, "*.py"), *(path for folder in folders for path in _files(folder, "*"))):
        content = path.read_bytes()
        hashed.update(f"\0{path}\0{len(content)}\0".encode())
        hashed.update(content)
    return hashed.hexdigest()


def _files(folder: Path, pattern: str) -> Iterable[Path]:
    return sorted(path for path in folder.rglob(pattern) if path.is_file())


def _read(path: Path, digest: str) -> CheckReport | None:
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if head.decode() != _seal(digest, body):
            return None
        plain = json.loads(body)
    except (OSError, ValueError):
        return None
    findings = tuple(found(**one | {"level": Level(one["level"])}) for one in plain.pop("findings"))
    return CheckReport(findings=findings, proven=tuple(plain.pop("proven")), **plain)


def _write(path: Path, digest: str, report: CheckReport) -> None:
    findings = [_plain(finding) for finding in report.findings]
    body = json.dumps(_plain(report) | {"findings": findings, "counts": dict(report.counts)}).encode()
    draft = path.with_suffix(f".{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(_seal(digest, body).encode() + b"\n" + body)
        draft.replace(path)
    except OSError:
        return


def _seal(digest: str, body: bytes) -> str:
    return sha256(digest.encode() + body).hexdigest()


def _plain(value: Any) -> dict[str, Any]:
    return {one.name: getattr(value, one.name) for one in fields(value)}
