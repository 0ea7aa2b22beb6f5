"""What a code of `rules check` means, apart from where it was found: in general words, with an example."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from engine.core.quick_class import dataclass
from engine.words.saying import WORDS

_EXAMPLES = Path(__file__).with_name("examples.json")
_GAP = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A mistake that was planted: what stood in the file, what should stand there, and what is said of it."""

    file: str
    wrong: str
    right: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeMeaning:
    """A code in general: what is wrong, why that is so, what to do; a gap stands as an ellipsis."""

    code: str
    what: str
    why: str
    next_step: str
    example: Example | None


def explain(code: str) -> CodeMeaning | None:
    """The meaning of a code; None when there is none of that name."""
    words = WORDS.get(code)
    if words is None:
        return None
    what, why, next_step = (_general(text) for text in words)
    if next_step in ("", "…"):
        next_step = "Verbeter de naam; de melding noemt de namen die er op lijken."
    found = _examples().get(code)
    return CodeMeaning(code=code, what=what, why=why, next_step=next_step, example=Example(**found) if found else None)


@cache
def _examples() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return found


def _general(text: str) -> str:
    """The sentence with an ellipsis in every gap."""
    while _GAP.search(text):
        text = _GAP.sub("…", text)
    return text.strip()
