"""The real content of this project, read once for all tests of a process: to parse it takes seconds each time."""

from __future__ import annotations

import atexit
import shutil
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from engine.core.finding import Finding
from engine.definitions.catalogue import Catalogue
from engine.definitions.loaded import Loaded, load_all

REAL = Path(__file__).parents[1]


@lru_cache
def compiled_copies() -> Path:
    """Where all workplaces of this process keep their compiled copies.

    A copy says of which root it is and is held against the files each time, so changed content never gets an old one.
    """
    folder = Path(mkdtemp(prefix="trede-copies-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@lru_cache
def real_catalogue() -> Catalogue:
    """The content in force on any day; nobody changes it."""
    return Catalogue(REAL, cache=compiled_copies())


@lru_cache
def all_real_content() -> tuple[Loaded, tuple[Finding, ...]]:
    """Everything there is, and what is wrong with it."""
    return load_all(REAL)
