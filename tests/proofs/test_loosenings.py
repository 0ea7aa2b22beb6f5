"""The law below, the organisation above: what somebody may try with the real content, and what the check says of it.

Each row of `loosenings.yaml` changes the content of one organisation so that a citizen gets less than the law gives.
Rows
of one group stand in the content together, because reading and proving all ways takes seconds: each must be found, with
its own place and its own words.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from engine.core.errors import DefinitionError
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.places import findings_of
from engine.proofs.dataflow import Dataflow
from engine.proofs.obligations import prove_obligations
from engine.words.saying import say
from tests.real_content import REAL, all_real_content

pytestmark = pytest.mark.slow

ON = date(2026, 11, 27)
PARTS = ("rules", "workflows", "templates/letters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loosening:
    """One change, and the words by which it must be refused."""

    name: str
    file: str
    after: str
    replace: str
    by: str
    expect: tuple[str, ...]


@lru_cache
def groups() -> dict[str, tuple[Loosening, ...]]:
    """All loosenings, by the group that stands in the content together."""
    found = YAML(typ="safe", pure=True).load((Path(__file__).parent / "loosenings.yaml").read_text(encoding="utf-8"))
    return {group: tuple(_row(one) for one in rows) for group, rows in found.items()}


def _row(one: dict[str, Any]) -> Loosening:
    return Loosening(
        name=one["tries"],
        file=one["file"],
        after=one.get("after", ""),
        replace=one["replace"],
        by=one["with"],
        expect=tuple(one["expect"]),
    )


@lru_cache
def answers(group: str, folder: Path) -> tuple[str, ...]:
    """What the check says of the content with all changes of the group in it."""
    root = folder / "content"
    for part in PARTS:
        shutil.copytree(REAL / part, root / part)
    for one in groups()[group]:
        _change(root / one.file, one)
    named = {Path(one.file).parts[2] for one in groups()[group] if one.file.startswith(("rules", "workflows"))}
    # A letter, a calendar or an organisation is looked at in the procedures that lean on them most.
    procedures = {name for name in named if any(REAL.glob(f"workflows/*/{name}"))} or {"tlv", "bezwaar"}
    return tuple(say(finding).text() for procedure in sorted(procedures) for finding in _found(root, procedure))


def _change(file: Path, one: Loosening) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = file.read_text(encoding="utf-8") if file.exists() else one.replace
    start = text.index(f"\n{one.after}") if one.after else 0
    assert one.replace in text[start:], f"{one.name}: the content has no longer what this row changes"
    file.write_text(text[:start] + text[start:].replace(one.replace, one.by, 1), encoding="utf-8")


def _found(root: Path, procedure: str) -> Iterator[Any]:
    try:
        content = Catalogue(root).content("almere", procedure, ON)
    except DefinitionError as error:
        yield from findings_of(error)
        return
    yield from prove_obligations(content, Dataflow(content)).findings


@pytest.fixture(scope="session")
def folder_of(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A folder for each group, made once."""
    return lru_cache(lambda group: tmp_path_factory.mktemp(group))


@pytest.mark.parametrize("group", groups())
def test_what_loosens_the_law_is_refused_with_place_law_and_way(group: str, folder_of: Any) -> None:
    said = answers(group, folder_of(group))
    for one in groups()[group]:
        assert any(all(words in text for words in one.expect) for text in said), (one.name, *said)


def test_there_are_more_than_sixty_of_every_kind() -> None:
    assert sum(map(len, groups().values())) >= 60


def test_the_real_content_loosens_nothing() -> None:
    loaded, findings = all_real_content()
    assert not findings
    for procedure in ("tlv", "aanmelding", "bezwaar"):
        content = loaded.contents["almere", procedure, date(2026, 8, 1)]
        assert prove_obligations(content, Dataflow(content)).findings == ()


def test_no_term_of_the_law_is_written_twice() -> None:
    """F-50: a term of the law was copied whole to add one signal."""
    law = {name: _terms_of(REAL / "rules/landelijk" / name) for name in ("aanmelding", "bezwaar", "tlv", "tlv_afloop")}
    assert all(law.values())
    for name, terms in law.items():
        assert not terms & _terms_of(REAL / "rules/almere" / name)


def _terms_of(folder: Path) -> set[str]:
    read = YAML(typ="safe", pure=True).load
    return {term for path in folder.glob("*.yaml") for term in read(path.read_text(encoding="utf-8")).get("terms", {})}
