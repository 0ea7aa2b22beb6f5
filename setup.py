"""Puts a copy of the content into the package when it is built.

The checkout keeps one source, beside the package; an installed `trede` must work without a checkout.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent
FOLDERS = ("rules", "workflows", "templates", "examples")


class BuildWithContent(build_py):
    """Builds the modules, and beside them the content."""

    def run(self) -> None:
        """Copy the content too, unless this is an editable install, which looks beside the package."""
        super().run()
        if not self.editable_mode:
            for name in FOLDERS:
                target = Path(self.build_lib) / "engine" / "content" / name
                shutil.rmtree(target, ignore_errors=True)
                shutil.copytree(HERE / name, target, ignore=shutil.ignore_patterns("__pycache__"))


setup(cmdclass={"build_py": BuildWithContent})
