"""The built package works where there is no checkout: with its content, its letterhead and its fonts inside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, kept_files

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the project's files, without reaching out to a package index."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for path in kept_files():
        name = path.relative_to(ROOT)
        if name.parts[0] not in ("tests", "bench"):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, source / name)
    _run("-m", "pip", "wheel", ".", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(target), cwd=source)
    return next(target.glob("trede-*.whl"))


def _run(*words: str, cwd: Path, **environ: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TREDE_", "PYTHON"))}
    run = subprocess.run(
        [sys.executable, *words], cwd=cwd, capture_output=True, encoding="utf-8", check=False, env=kept | environ
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_the_wheel_holds_the_content_once(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    inside = {name.removeprefix("engine/content/") for name in names if name.startswith("engine/content/")}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in kept_files()
        if path.relative_to(ROOT).parts[0] in ("rules", "workflows", "templates", "examples")
    }
    assert wanted <= inside
    assert {Path(name).suffix for name in inside} >= {".yaml", ".md", ".typ", ".css", ".otf"}
    assert not any(name.startswith(("tests/", "bench/", "docs/", "rules/")) for name in names)


def test_the_installed_package_works_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elders"
    elsewhere.mkdir()
    _run("-m", "pip", "install", "--no-deps", "--no-index", "--target", str(site), str(wheel), cwd=elsewhere)
    # The target goes before the editable install of the checkout.
    start = f"import sys; sys.path.insert(0, {str(site)!r}); from engine.cli.main import run; run()"
    where = _run(
        "-c", f"import sys; sys.path.insert(0, {str(site)!r}); import engine; print(engine.__file__)", cwd=elsewhere
    )
    assert where.startswith(str(site))
    assert "0 fouten" in _run("-c", start, "rules", "check", cwd=elsewhere)
    _run(
        "-c",
        start,
        "init",
        "werkplek",
        "--organisation",
        "almere",
        "--rehearsal",
        "--clock",
        "2026-09-07 09:00",
        cwd=elsewhere,
    )
    answer = _run("-c", start, "inbox", cwd=elsewhere / "werkplek")
    assert answer == "Er ligt niets.\n"
