"""The content of workflows as it is in force today, for the words of lists: a case in a list is not judged by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.runtime import Runtime


def contents_today(runtime: Runtime, workflows: Iterable[str]) -> Mapping[str, Content]:
    """The content of each of these workflows; one that cannot be read is left out, and its cases are shown by ids."""
    found: dict[str, Content] = {}
    for name in sorted(set(workflows)):
        try:
            found[name] = runtime.content(name, local_day(runtime.now()))
        except DefinitionError:
            continue
    return found
