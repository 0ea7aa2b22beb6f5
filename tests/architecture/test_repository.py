"""What every file of the project must be: findable, free of machine paths, and true to its schema."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, kept_files, place

TEXTS = frozenset({".py", ".md", ".yaml", ".yml", ".toml", ".txt", ".json", ".csv", ".typ", ".css", ".cfg", ".ini", ""})
# Written in two pieces, so that this file does not forbid itself.
HOSTS = ["py" + "pi.org", "files.python" + "hosted.org", "py" + "pi.python.org", "conda" + ".anaconda.org"]
MACHINE = re.compile(r"(?<![\w.])/(?:home|Users|root|work|mnt|tmp)" + r"/[\w.-]+")
ALLOWED_MACHINE = frozenset({"tests/architecture/test_repository.py"})


def _texts() -> list[Path]:
    return [path for path in kept_files() if path.suffix in TEXTS and path.stat().st_size < 2_000_000]


def test_no_machine_path_and_no_package_host() -> None:
    """Why: the project runs in any folder on any machine, from any index."""
    found = []
    for path in _texts():
        if place(path) in ALLOWED_MACHINE:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if MACHINE.search(line) or any(host in line for host in HOSTS):
                found.append(f"{place(path, number)} {line.strip()[:80]}")
    assert not found, "\n".join(found)


CONTENT = sorted(
    path
    for folder in ("rules", "workflows", "templates/letters")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".yaml", ".md") and "partials" not in path.parts and path.name != "language.yaml"
)


@pytest.mark.parametrize("path", CONTENT, ids=place)
def test_the_first_line_names_the_schema(path: Path) -> None:
    """Why: with it an editor completes and explains while a process owner types."""
    lines = path.read_text(encoding="utf-8").splitlines()
    first = lines[1] if path.suffix == ".md" else lines[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named, first
    # Letters are read by their head only; their path is told from the folder of the letter kind.
    assert any((folder / named[1]).resolve().is_file() for folder in (path.parent, *path.parents)), named[1]


def test_the_schemas_are_json() -> None:
    """Why: an editor that cannot read the schema says nothing."""
    for path in sorted((ROOT / "docs/schema").glob("*.json")):
        assert json.loads(path.read_text(encoding="utf-8"))["$id"] == path.name


PAGES = sorted(
    path
    for path in kept_files()
    if path.suffix == ".md" and "templates" not in path.parts and "tests" not in path.parts
)


@pytest.mark.parametrize("path", PAGES, ids=place)
def test_links_lead_somewhere(path: Path) -> None:
    """Why: a page that points nowhere is older than the thing it speaks of."""
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("*.md")), ids=place)
def test_a_decision_says_how_it_stands_and_where_it_is_built(path: Path) -> None:
    """Why: a decision that was taken back, or never built, must not mislead."""
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^status: (proposed|accepted|superseded by .+)$", text, re.MULTILINE)
    assert re.search(r"^implementation: \S", text, re.MULTILINE)


def test_constraints_pin_everything_the_project_asks_for() -> None:
    """Why: the same versions on every machine; a version that floats breaks a build on a day nobody chose."""
    pinned = {
        re.sub(r"[-_.]+", "-", line.partition("==")[0]).lower()
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    wanted = re.findall(
        r'^  "([A-Za-z0-9_-]+)(?:\[|[<>=])', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert {re.sub(r"[-_.]+", "-", name).lower() for name in wanted} <= pinned
