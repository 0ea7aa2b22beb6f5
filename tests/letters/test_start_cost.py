"""A command that makes no letter does not pay for making letters."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import engine.letters

HEAVY = ("jinja2", "markupsafe", "markdown_it", "typst", "ruamel")


def test_importing_the_letters_imports_no_package_that_makes_them() -> None:
    names = [f"engine.letters.{module.name}" for module in pkgutil.iter_modules(engine.letters.__path__)]
    assert len(names) > 10
    code = (
        f"import sys, {', '.join(names)}; print(*({{name.partition('.')[0] for name in sys.modules}} & set({HEAVY})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == ""
