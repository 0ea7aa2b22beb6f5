"""The examples of messages: the mistakes that the tests of the program plant, each with what is said of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from engine.core.finding import Finding
from engine.letters.checking import check_letter
from engine.letters.letter_rules import read_letter_rules
from engine.usecases.check_rules import check_rules
from engine.words.saying import say
from tests.cli.conftest import make_world
from tests.definitions import test_broken_content as reading
from tests.letters import test_checking as letters
from tests.letters.samples import template
from tests.pages import test_card_checks as cards
from tests.proofs import samples
from tests.rehearsal import test_stories as stories
from tests.rehearsal import test_what_a_step_brings as steps
from tests.usecases.workplace import change

_LINES = 8
Told = tuple[str, dict[str, str]]


def made_examples() -> dict[str, dict[str, str]]:
    """The shortest planted mistake of each code."""
    found: dict[str, dict[str, str]] = {}
    planted = chain(_of_proofs(), _of_reading(), _of_cards(), _of_letters(), _of_tests())
    for code, example in sorted(planted, key=lambda one: (one[0], len(one[1]["wrong"]))):
        found.setdefault(code, example)
    return found


def _of_proofs() -> Iterator[Told]:
    for mistake in samples.read_mistakes():
        with tempfile.TemporaryDirectory() as folder:
            found = samples.inspect_root(samples.copy_with(mistake, Path(folder))).findings
        said = next(say(one).text() for one in found if one.kind == mistake.kind)
        yield mistake.kind, _example(mistake.file, mistake.by, mistake.replace, said)


def _of_reading() -> Iterator[Told]:
    for path in reading.BROKEN:
        case = reading.read_case(path)
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "content"
            shutil.copytree(reading.GOOD, root)
            reading.break_content(root, case)
            found = [one for one in reading.load_all(root)[1] if _is_meant(one, case)]
            if not found:  # what only the whole check sees takes seconds
                found = [one for one in check_rules(root, on=reading.ON).findings if _is_meant(one, case)]
        for one in found:
            yield one.kind, _example(case["file"], case["to"], case.get("change", ""), say(one).text())


def _is_meant(finding: Finding, case: dict[str, Any]) -> bool:
    return all(word in say(finding).text() for word in case["expect"])


def _example(file: str, wrong: str, right: str, says: str) -> dict[str, str]:
    return {"file": file, "wrong": _short(wrong), "right": _short(right), "says": says}


def _short(text: str) -> str:
    lines = text.strip("\n").splitlines()
    return "\n".join((*lines[:_LINES], *(["…"] if len(lines) > _LINES else [])))


def _of_cards() -> Iterator[Told]:
    for code, (file, was, now) in cards.MISTAKES.items():
        with tempfile.TemporaryDirectory() as folder:
            root = make_world(Path(folder) / "content")
            change(root, file, was, now)
            said = next(say(one).text() for one in cards.found(root) if one.kind == code)
        yield code, _example(file, now, was, said)


def _of_letters() -> Iterator[Told]:
    rules = replace(read_letter_rules(letters.LANGUAGE), must_show={})
    for case in letters.LANGUAGE_CASES:
        for one in check_letter(template(str(case["body"]), level=case["level"]), rules):
            yield one.kind, _example(f"een brief voor {case['level']}", str(case["body"]), "", say(one).text())


def _of_tests() -> Iterator[Told]:
    """What `rules test` says, where a story or test expects something else than comes out."""
    of_stories = ((stories.STORIES, was, now) for _, _, was, now, _ in stories.WRONG)
    yield from chain.from_iterable(_of_plan(stories.make_garden, *one) for one in of_stories)
    of_steps = ((file, was, now) for _, _, file, was, now, _ in steps.OTHERWISE if file in (steps.TESTS, steps.ROUNDS))
    yield from chain.from_iterable(_of_plan(steps.make_garden, *one) for one in of_steps)


def _of_plan(make: Callable[[Path], Path], file: str, was: str, now: str) -> Iterator[Told]:
    with tempfile.TemporaryDirectory() as folder:
        root = make(Path(folder))
        change(root, file, was, now)
        found = steps.run(root)
    for one in found[:1]:
        yield one.finding.kind, _example(file, now, was, one.text)
