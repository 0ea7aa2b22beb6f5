"""Errors of the core in the words that a person reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from engine.core.errors import EngineError
from engine.words.of_errors import say_whole


@contextmanager
def refused(kind: type[EngineError], words: str) -> Iterator[pytest.ExceptionInfo[EngineError]]:
    """As `pytest.raises`, where the whole message in words must match."""
    with pytest.raises(kind) as caught:
        yield caught
    assert re.search(words, say_whole(caught.value)), say_whole(caught.value)
