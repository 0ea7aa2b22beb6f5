"""Check all content: what the reader finds wrong, and what the proofs find that the reader cannot see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from engine.core.errors import DefinitionError
from engine.crosscheck.translation import translate_rules
from engine.definitions.loaded import Loaded, load_all
from engine.letters.checking import check_letter
from engine.letters.letter_rules import find_letter_rules
from engine.proofs.inspection import inspect_days, together
from engine.proofs.problems import Level, Problem
from engine.usecases.content_pages import assumptions_on, read_pages, versions_on
from engine.usecases.kept_check import CheckReport


def check_rules(root: Path, organisation: str = "", *, on: date | None = None) -> CheckReport:
    """Check everything under a content root, or what one organisation can use; nothing stops at the first mistake.

    `on` is the local day against which consents and mandates are held; without it nothing can have run out. Raises
    DefinitionError when there is no content at all: a check of nothing shows nothing.
    """
    loaded, wrong = load_all(root, organisation)
    if not (organisation or loaded.organisations or wrong):
        raise DefinitionError(
            "Hier is geen inhoud om te controleren.",
            where=str(root),
            why="Er is geen enkel bestand rules/<organisatie>/organisation.yaml.",
            next_step="Geef met --content de map die rules, workflows en templates bevat.",
        )
    pages = read_pages(root, organisation)
    inspection = inspect_days(together(loaded.contents), versions=versions_on(pages), on=on)
    read = tuple(_as_problem(error) for error in wrong)
    second_look, told = _second_look(loaded)
    return CheckReport(
        problems=(*read, *inspection.problems, *_letter_problems(loaded, root), *second_look),
        proven=(*inspection.proven, *told),
        assumptions=len(assumptions_on(pages)),
        counts=inspection.counts,
    )


def _as_problem(error: DefinitionError) -> Problem:
    return Problem(
        level=Level.ERROR,
        kind="reader",
        what=error.what,
        where=error.where,
        why=error.why,
        next_step=error.next_step,
    )


def _letter_problems(loaded: Loaded, root: Path) -> Iterator[Problem]:
    for (owner, _, _), template in sorted(loaded.letters.items()):
        organisation = loaded.organisations.get(owner)
        if organisation is None:
            continue
        for found in check_letter(template, find_letter_rules(root, organisation)):
            level = Level.ERROR if found.is_blocking else Level.WARNING
            yield Problem(
                level=level,
                kind="letter",
                what=f"Brief {found.letter}: {found.what}",
                where=found.where,
                next_step=found.next_step,
            )


def _second_look(loaded: Loaded) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """Which rules the second evaluator cannot look at, and how many it can; without starting it."""
    problems: list[Problem] = []
    lines: list[str] = []
    for rules in loaded.rule_sets.values():
        program = translate_rules(rules)
        for subject, why in sorted(program.left_out.items()):
            what = f"De tweede regelmotor kan '{subject}' van '{rules.id}' niet narekenen."
            problems.append(Problem(level=Level.WARNING, kind="left_out", what=what, where=rules.where, why=why))
        lines.append(f"{rules.id}: de tweede regelmotor kan {len(program.subjects)} regels en tabelrijen narekenen.")
    return tuple(problems), tuple(lines)
