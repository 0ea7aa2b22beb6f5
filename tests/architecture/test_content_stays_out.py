"""The content is the product: no procedure, no body and no number of weeks lives in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.source import ENGINE, ROOT, identifiers, modules, place, tree

pytestmark = pytest.mark.long

# Ids that are also English words, words of the content language, or plain Dutch that a message needs.
ORDINARY = frozenset(
    """
    sector status procedure school board case letter term state start stop reason name adres register
    concept ladder brief zaak termijn noord midden zuid landelijk almere maximum overgenomen streeftermijn
    basis target verlenging verlengen schriftelijk einddatum vervangen volledig uitkomst aanwezig verlopen bestuur
    opgelost vervallen ingetrokken intrekken
    afgehandeld bekend beslissen datum handtekening ontvangen voorgelegd
    """.split()  # noqa: SIM905
)
AMOUNT = re.compile(r"\b\d+ ?(weeks?|weken|working days|werkdagen|school weeks|schoolweken|maanden|months)\b")


@cache
def content_words() -> frozenset[str]:
    """Every id in the content that can only mean the content: bodies, states, transitions, facts, terms, letters."""
    found = {word for block in _blocks() for word in _ids(block)}
    letters = {path.name for path in (ROOT / "templates/letters").glob("*/L-*")}
    return frozenset(word for word in found | letters if len(word) >= 5 or word in letters) - ORDINARY


@cache
def telling_words() -> frozenset[str]:
    """The ids that give themselves away inside a sentence too: put together, long, or the name of a body."""
    bodies = {body for block in _blocks() if isinstance(block, dict) for body in block.get("bodies", {})}
    return frozenset(word for word in content_words() if re.search(r"[_.-]", word) or len(word) >= 9 or word in bodies)


@cache
def _blocks() -> tuple[object, ...]:
    files = sorted([*(ROOT / "rules").rglob("*.yaml"), *(ROOT / "workflows").rglob("*.yaml")])
    return tuple(_read(path) for path in files if not {"calendar", "tests"} & set(path.parts))


def _read(path: Path) -> object:
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def _ids(block: object) -> Iterator[str]:
    """Ids: the `id` of list items, and the keys under bodies, facts, terms, addressees, ladders, parameters."""
    named = ("bodies", "facts", "terms", "addressees", "ladders", "parameters", "choices", "sectors")
    if isinstance(block, list):
        for item in block:
            yield from _ids(item)
    if isinstance(block, dict):
        for key, value in block.items():
            if key in ("id", "rule_set", "workflow", "organisation") and isinstance(value, str):
                yield value
            if key in named and isinstance(value, dict):
                yield from value
            yield from _ids(value)


def _texts(path: Path) -> Iterator[tuple[str, int]]:
    """Every text in a module that is no docstring, and every identifier."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value, node.lineno
    yield from identifiers(path)


def test_there_is_content_to_look_for() -> None:
    """Why: an empty list of words would forbid nothing."""
    words = content_words()
    assert len(words) > 300
    assert {
        "toeleiding",
        "directeur_bestuurder",
        "beslistermijn",
        "hersteltermijn",
        "volledig_verklaren",
        "L-06",
    } <= words


def test_no_word_of_the_content_in_python() -> None:
    """Why: a procedure that changes must change in YAML alone. Help texts and docstrings may show an example."""
    found = [
        f"{place(path, line)} {word}"
        for path in modules()
        for text, line in _texts(path)
        for word in sorted((telling_words() & _parts(text)) | (content_words() & {text}))
        if not _is_example(path, text)
    ]
    assert not found, "\n".join(found)


def _parts(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[A-Za-z][A-Za-z0-9_.-]*[A-Za-z0-9]", text))


def _is_example(path: Path, text: str) -> bool:
    """A help text or message that shows how something is typed."""
    return "ijvoorbeeld" in text or (path.is_relative_to(ENGINE / "cli") and "trede " in text)


def test_no_number_of_weeks_in_python() -> None:
    """Why: every length is content; only a message may show how one is written."""
    found = [
        f"{place(path, line)} {match[0]}"
        for path in modules()
        for text, line in _texts(path)
        for match in AMOUNT.finditer(text)
        if not re.search(r"ijvoorbeeld|Schrijf ", text)
    ]
    assert not found, "\n".join(found)


def test_no_length_is_made_in_python() -> None:
    """Why: `timedelta(weeks=6)` is a rule in disguise. Days and hours of a calendar are arithmetic, not content."""
    made = [
        place(path, node.lineno)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in {"timedelta", "Period"}
        for word in node.keywords
        if word.arg in {"weeks", "months", "amount"}
        and isinstance(word.value, ast.Constant)
        and word.value.value not in (0, 1)
    ]
    assert not made, "\n".join(made)


def test_code_is_english() -> None:
    """Why: one word per idea. Law words live in content; the glossary gives the word for code."""
    dutch = _glossary()
    assert len(dutch) > 40
    found = [
        f"{place(path, line)} {name}"
        for path in modules()
        for name, line in identifiers(path)
        if dutch & set(re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower().split("_"))
    ]
    assert not found, "\n".join(found)


def _glossary() -> frozenset[str]:
    """The Dutch column of docs/woordenlijst.md."""
    page = (ROOT / "docs" / "woordenlijst.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| ([^|]+) \|", page, flags=re.MULTILINE)
    words = {word for cell in cells for word in re.split(r"[,/ ]+", cell.lower()) if len(word) > 3}
    # Words that are English too, or the name of the law that content names as a yes/no.
    return frozenset(words - {"status", "brief", "procedure", "nederlands", "ladder", "termijnenwet"} - {"----", "---"})
