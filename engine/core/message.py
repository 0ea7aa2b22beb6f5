"""What there is to say, by a code and what it speaks of; the words are made in `engine.words`, for who reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple


class Message(NamedTuple):
    """A sentence as the core knows it. Every code has its words in a table of `engine.words`."""

    code: str
    parameters: Mapping[str, object] = {}

    def to_plain(self) -> dict[str, object]:
        """The message as plain JSON values, for a journal; the words can be made of these too."""
        return {"code": self.code, "parameters": {name: _plain(value) for name, value in self.parameters.items()}}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, str | int | float) else str(value)
