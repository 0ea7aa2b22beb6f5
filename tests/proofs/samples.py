"""The good content of this folder, with one mistake in it when a test asks for that."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from engine.core.evaluation.prepared import Content
from engine.definitions.loaded import load_all
from engine.proofs.inspection import Inspection, inspect_days, together
from engine.words.saying import say

FOLDER = Path(__file__).parent
GOOD = FOLDER / "content"
ON = date(2026, 11, 23)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One change to one file, and what must be found because of it."""

    name: str
    file: str
    replace: str
    by: str
    kind: str
    level: str
    words: tuple[str, ...]
    also: tuple[str, ...]


def read_mistakes() -> tuple[Mistake, ...]:
    """All mistakes of the folder `broken`, by name."""
    return tuple(_read(path) for path in sorted((FOLDER / "broken").glob("*.yaml")))


def _read(path: Path) -> Mistake:
    found = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return Mistake(
        name=path.stem,
        file=found["file"],
        replace=found["replace"],
        by=found["with"],
        kind=found["kind"],
        level=found["level"],
        words=tuple(found["words"]),
        also=tuple(found.get("also", ())),
    )


def copy_with(mistake: Mistake, folder: Path) -> Path:
    """A copy of the good content with the mistake in it."""
    root = folder / "content"
    shutil.copytree(GOOD, root)
    file = root / mistake.file
    text = file.read_text(encoding="utf-8")
    assert text.count(mistake.replace) == 1, (
        f"{mistake.name}: the text to replace stands there {text.count(mistake.replace)} times"
    )
    file.write_text(text.replace(mistake.replace, mistake.by), encoding="utf-8")
    return root


def inspect_root(root: Path) -> Inspection:
    """What the proofs find in the content under a root that the reader finds nothing wrong with."""
    loaded, findings = load_all(root)
    assert [say(finding).text() for finding in findings] == []
    return inspect_days(together(loaded.contents), on=ON)


@lru_cache  # hundreds of random rules stand in the same content
def good_contents() -> tuple[Content, Content]:
    """The contents of the consultation and of the request, in that order."""
    loaded, _ = load_all(GOOD)
    consultation, request = (loaded.contents[key] for key in sorted(loaded.contents))
    return consultation, request
