"""When rules or calendar have changed, the open terms of all cases are computed again, and say so."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from engine.core.deciding.falling_due import reproject
from engine.core.deciding.lateness import running_terms
from engine.core.deciding.step import Step
from engine.line.case_line import Line
from engine.runtime import Runtime

PROJECTED_WITH = "projected_with"
BATCH = 200


def reproject_changed(runtime: Runtime) -> int:
    """Compute all open terms again when the files of the content differ from the last time; the cases that moved.

    Does nothing while the content is the same, so every sweep may ask.
    """
    digest = digest_of_rules(runtime.settings.content_root)
    with runtime.reading() as readings:
        known = readings.meta(PROJECTED_WITH)
        if known == digest:
            return 0
        rows = readings.case_rows(runtime.settings.organisation)
    runtime.refresh()
    moved = 0
    if known:  # the first time there is nothing to compare with
        moment = runtime.now()
        for start in range(0, len(rows), BATCH):
            with runtime.store.transaction() as tx:
                found = rows[start : start + BATCH]
                moved += sum(reproject_case(Line(runtime, tx, moment), row.case_id) for row in found)
    with runtime.store.transaction() as tx:
        tx.set_meta(PROJECTED_WITH, digest)
    return moved


def reproject_case(line: Line, case_id: str) -> bool:
    """Compute the open terms of one case again; True when a deadline moved."""
    stored = tuple(row.deadline for row in line.tx.deadlines(case_id) if row.status == "open")
    question = line.about(case_id)
    # Who can be late may change while no deadline moves; that is no step of the case, so its row alone follows.
    line.tx.keep_running(case_id, running_terms(question.content, question.case))
    return isinstance(line.keep(reproject(question, stored)), Step)


def digest_of_rules(root: Path) -> str:
    """A hash over every rule, calendar and workflow file, by name and content; letters move no term."""
    hashed = sha256()
    for folder in ("rules", "workflows"):
        for path in sorted((root / folder).rglob("*.yaml")):
            if path.parent.name != "tests":
                hashed.update(f"{path.relative_to(root)}\0".encode())
                hashed.update(path.read_bytes())
    return hashed.hexdigest()
