"""The values of a file with one change in them, and values as text again."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from datetime import date

from tools.removals.changes import Change, Gone, Steps


def changed(value: object, change: Change) -> object:
    """The values of the file with this one thing gone or turned round; a list or block that became empty goes too."""
    if change.instead is Gone.GONE:
        return _without(value, change.at)
    whole = [copy.deepcopy(value)]
    around = whole[0]
    for step in change.at[:-1]:
        around = around[step]  # type: ignore[index]
    around[change.at[-1]] = change.instead  # type: ignore[index]
    return whole[0]


def _without(value: object, at: Steps) -> object:
    copied = copy.deepcopy(value)
    around = [copied]
    for step in at[:-1]:
        around.append(around[-1][step])  # type: ignore[index]
    del around[-1][at[-1]]  # type: ignore[attr-defined]
    if not around[-1] and len(at) > 1:
        return _without(value, at[:-1])
    return copied


def written(value: object) -> str:
    """The values as YAML on one line; a day stays a day."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(key)}: {written(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(written, value)) + "]"
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
