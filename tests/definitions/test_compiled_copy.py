"""A compiled copy gives the same content, and never old content."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.core.errors import DefinitionError
from engine.core.language.conditions import Literal
from engine.core.language.facts import FactType
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.codec import from_plain, to_plain
from engine.definitions.files.packing import pack, unpack

pytestmark = pytest.mark.long

GOOD = Path(__file__).parent / "good"
ON = date(2026, 6, 1)
RULES = "rules/dorp/kapvergunning/2026-01-01.yaml"

LOOK = """
import sys
from datetime import date
from pathlib import Path
from engine.definitions.catalogue import Catalogue
content = Catalogue(Path(sys.argv[1]), cache=Path(sys.argv[2])).content("dorp", "kapvergunning", date(2026, 6, 1))
print(content.digest, *sorted({"pydantic", "ruamel.yaml", "jinja2"} & set(sys.modules)))
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "content"))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def title(root: Path, cache: Path, on: date = ON) -> str:
    return Catalogue(root, cache=cache).content("dorp", "kapvergunning", on).rules.title


def write_keeping_size_and_time(path: Path, old: str, new: str) -> None:
    assert len(old) == len(new)
    stat = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def make_old(root: Path, seconds: int = 3600) -> None:
    for path in root.rglob("*"):
        stat = path.stat()
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns - seconds * 10**9))


@pytest.mark.parametrize("workflow", ["kapvergunning", "geschil"])
def test_a_copy_is_equal_to_what_was_read(root: Path, cache: Path, workflow: str) -> None:
    read = Catalogue(root, cache=cache).content("dorp", workflow, ON)
    copied = Catalogue(root, cache=cache).content("dorp", workflow, ON)
    assert copied == read
    assert copied is not read
    assert copied.workflow.has_state("gemeld") is (workflow == "geschil")


def test_a_value_survives_plain_json(root: Path) -> None:
    content = Catalogue(root).content("dorp", "geschil", ON)
    assert from_plain(json.loads(json.dumps(to_plain(content)))) == content


@pytest.mark.parametrize("workflow", ["kapvergunning", "geschil"])
def test_a_value_survives_packing_and_what_returns_in_it_is_one(root: Path, workflow: str) -> None:
    content = Catalogue(root).content("dorp", workflow, ON)
    packed = pack(content)
    again = unpack(packed)
    assert again == content
    assert len(packed) < 0.8 * len(json.dumps(to_plain(content), separators=(",", ":")))
    # A value that works something out when it is made has worked it out again.
    states = [state.id for state in content.workflow.states]
    for state in states:
        assert again.workflow.transitions_from(state) == content.workflow.transitions_from(state)
    seen: dict[object, object] = {}
    conditions = [one.when for one in again.workflow.transitions]
    assert all(seen.setdefault(one, one) is one for one in conditions)


@pytest.mark.parametrize(
    "value",
    [
        (1, True, 1.0, "1", None, False, 0),
        (("a", "b"), (), ((1,),)),
        {"a": (1, 2), "b": {"c": date(2026, 1, 1)}},
        {date(2026, 1, 1): "a", date(2026, 1, 2): ()},
        frozenset({"b", "a"}),
        datetime(2026, 1, 1, 9, tzinfo=UTC),
        Literal(value=("a", "b")),
        FactType.DATE,
    ],
)
def test_every_kind_of_value_comes_back_as_it_was(value: object) -> None:
    again = unpack(pack(value))
    assert repr(again) == repr(value) if not isinstance(value, frozenset) else again == value


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "[]",
        "[[],[]]",
        '[[["Rule",["id"],[]]],[[0,"x"]]]',
        '[[["Onbekend",[],[]]],[[0]]]',
        '[[["Literal",["anders"],[]]],[[0,1]]]',
        '[[["Literal",["value"],[]]],[[0]]]',
        '[[["rows",[],[]]],[[0,7]]]',
        '[[["FactType",["value"],[]]],[[0,"geen"]]]',
    ],
)
def test_a_damaged_text_is_an_error_with_words(damaged: str) -> None:
    with pytest.raises(DefinitionError, match="kopie"):
        unpack(damaged)


def test_a_value_that_is_no_content_is_not_written() -> None:
    with pytest.raises(TypeError, match="Path"):
        to_plain(Path("x"))
    with pytest.raises(TypeError, match="Path"):
        pack(Path("x"))


def test_a_damaged_value_is_an_error_with_words() -> None:
    with pytest.raises(DefinitionError, match="kopie"):
        from_plain({"!": "Rule", "id": "x"})
    with pytest.raises(DefinitionError, match="kopie"):
        from_plain({"!": "Onbekend"})


def test_reading_a_copy_needs_neither_models_nor_yaml(root: Path, cache: Path) -> None:
    outputs = [
        subprocess.run(
            [sys.executable, "-c", LOOK, str(root), str(cache)], capture_output=True, encoding="utf-8", check=True
        )
        for _ in range(2)
    ]
    first, second = (output.stdout.split() for output in outputs)
    assert first == [second[0], "pydantic", "ruamel.yaml"]
    assert second == [first[0]]


def test_a_changed_file_is_read_again(root: Path, cache: Path) -> None:
    assert title(root, cache) == "Kapvergunning in Dorp"
    path = root / RULES
    path.write_text(path.read_text(encoding="utf-8").replace("title: Kap", "title: Dek"), encoding="utf-8")
    assert title(root, cache) == "Dekvergunning in Dorp"


def test_a_file_changed_at_once_is_read_again_though_size_and_time_are_the_same(root: Path, cache: Path) -> None:
    assert title(root, cache) == "Kapvergunning in Dorp"
    write_keeping_size_and_time(root / RULES, "title: Kap", "title: Dek")
    assert title(root, cache) == "Dekvergunning in Dorp"


def test_an_file_that_was_only_touched_keeps_its_copy(root: Path, cache: Path) -> None:
    make_old(root)
    title(root, cache)
    copy = next(cache.iterdir())
    written = copy.stat().st_mtime_ns
    (root / RULES).touch()
    assert title(root, cache) == "Kapvergunning in Dorp"
    assert copy.stat().st_mtime_ns == written


def test_a_new_version_is_seen(root: Path, cache: Path) -> None:
    title(root, cache)
    text = (root / RULES).read_text(encoding="utf-8")
    new = text.replace("2026-01-01\nvalid", "2026-05-01\nvalid").replace("in Dorp", "in Dorp, mei")
    (root / "rules/dorp/kapvergunning/2026-05-01.yaml").write_text(new, encoding="utf-8")
    assert title(root, cache) == "Kapvergunning in Dorp, mei"


def test_a_new_letter_of_the_organisation_is_seen(root: Path, cache: Path) -> None:
    catalogue = Catalogue(root, cache=cache)
    assert catalogue.content("dorp", "kapvergunning", date(2025, 6, 1)).letters["B-01"].organisation == "land"
    text = (root / "templates/letters/dorp/B-01/2026-01-01.md").read_text(encoding="utf-8")
    text = text.replace("  school: {value: {name_of: {of: {fact: school.nummer}}}, optional: true}\n", "")
    text = text.replace("{% if school %} bij {{ school }}{% endif %}", "").replace("2026-01-01", "2025-01-01")
    text = text.replace("  laatste_bezwaardag: {term: bezwaartermijn}\n", "")
    (root / "templates/letters/dorp/B-01/2025-01-01.md").write_text(text, encoding="utf-8")
    catalogue = Catalogue(root, cache=cache)
    assert catalogue.content("dorp", "kapvergunning", date(2025, 6, 1)).letters["B-01"].organisation == "dorp"


def test_a_copy_is_not_used_on_a_day_that_chooses_another_version(root: Path, cache: Path) -> None:
    assert title(root, cache, date(2025, 12, 31)) == "Kapvergunning in Dorp (oud)"
    assert title(root, cache, date(2026, 1, 1)) == "Kapvergunning in Dorp"
    assert title(root, cache, date(2025, 12, 31)) == "Kapvergunning in Dorp (oud)"
    title(root, cache, date(2027, 12, 31))
    with pytest.raises(DefinitionError, match="geen versie in kracht"):
        title(root, cache, date(2028, 1, 1))


def test_a_damaged_copy_is_made_again(root: Path, cache: Path) -> None:
    title(root, cache)
    copy = next(cache.iterdir())
    for damage in (b"", b"{}", b"\x00\xff\n{}", copy.read_bytes()[:-40]):
        copy.write_bytes(damage)
        assert title(root, cache) == "Kapvergunning in Dorp"
    assert len(list(cache.iterdir())) == 1


def test_a_cache_that_cannot_be_written_is_passed_over(root: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "bestand"
    in_the_way.write_text("geen map", encoding="utf-8")
    assert title(root, in_the_way) == "Kapvergunning in Dorp"
    assert in_the_way.read_text(encoding="utf-8") == "geen map"


def test_a_removed_file_is_missed(root: Path, cache: Path) -> None:
    first = Catalogue(root, cache=cache).content("dorp", "kapvergunning", ON)
    (root / "templates/letters/dorp/B-01/2026-01-01.md").unlink()
    second = Catalogue(root, cache=cache).content("dorp", "kapvergunning", ON)
    assert [one.letters["B-01"].organisation for one in (first, second)] == ["dorp", "land"]
