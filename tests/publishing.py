"""A real workplace in which the folder is published, without the checks: they are tested by themselves."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from engine.core.deciding.case import ENGINE
from engine.line.publishing import changes_of, freeze
from engine.runtime import Runtime
from engine.settings import load_settings


def publish_folder(workplace: Path) -> int:
    """Publish what the folder of this workplace holds; the number of the publication."""
    with closing(Runtime(load_settings(workplace, {}))) as runtime:
        return freeze(runtime, changes_of(runtime), ENGINE)
