"""A finding as a person reads it: the words of its code, filled in with its particulars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from engine.core.errors import on_one_line
from engine.core.finding import Finding, Level
from engine.core.quick_class import dataclass
from engine.words import (
    of_blocks,
    of_cards,
    of_files,
    of_letters,
    of_names,
    of_planned,
    of_proofs,
    of_publications,
    of_rules,
    of_sources,
    of_stories,
    of_views,
)
from engine.words.forms import fill
from engine.words.of_errors import ERRORS
from engine.words.phrases import Words

ROOMS = (
    of_blocks,
    of_cards,
    of_files,
    of_letters,
    of_names,
    of_planned,
    of_proofs,
    of_publications,
    of_rules,
    of_sources,
    of_stories,
    of_views,
)
FOUND: Mapping[str, Words] = {kind: words for room in ROOMS for kind, words in room.WORDS.items()}
# What the core refuses in content is a finding of the same code, at the place where the content says it.
WORDS: Mapping[str, Words] = {**ERRORS, **FOUND}
ALSO = "also"
"""The parameter with the other places where the same is felt."""
_PLACE = r"^(?P<path>.*?)(?::(?P<line>[0-9]+))?(?::(?P<column>[0-9]+))?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A finding in Dutch, for a screen or a program."""

    level: Level
    kind: str
    what: str
    where: str
    why: str
    next_step: str

    def text(self) -> str:
        """The whole message on one line: where, what, why, next step."""
        return on_one_line(self.where, self.what, self.why, self.next_step)


def say(finding: Finding) -> Said:
    """The words of a finding."""
    words = WORDS[finding.kind]
    what, why, next_step = (fill(text, finding.parameters).strip() for text in words)
    if ALSO in finding.parameters:
        why = fill("{why} Ook op {also}.", {**finding.parameters, "why": why}).strip()
    return Said(level=finding.level, kind=finding.kind, what=what, where=finding.where, why=why, next_step=next_step)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without doubles, errors first, then by place and words; the same order every time."""
    levels = list(Level)
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda one: (levels.index(one.level), _place_key(one.where), say(one).what),
        )
    )


def _place_key(where: str) -> tuple[str, int, int]:
    """A key that sorts places by file, then line, then column."""
    match = re.match(_PLACE, where)
    assert match is not None  # the pattern takes any text on one line
    return match["path"], int(match["line"] or 0), int(match["column"] or 0)
