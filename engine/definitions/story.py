"""What a process owner expects of the rules: tests of one moment, and stories over weeks; as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from engine.core.language.facts import Value
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What must be so. An empty part is not looked at; `None` in `conclusions` and `terms` means: unknown.

    `letters` and `opens` are those of exactly this step (None: not looked at). `missing` gives, for a fact,
    the facts a person would be asked for. `terms` gives the last day by term (or term/addressee).
    `refused` are kinds of blockers that must be among the reasons of the refusal.
    """

    state: str = ""
    conclusions: Mapping[str, Value | None] = field(default_factory=dict)
    facts: Mapping[str, Value | None] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    terms: Mapping[str, date | None] = field(default_factory=dict)
    letters: tuple[str, ...] | None = None
    opens: tuple[str, ...] | None = None
    possible: tuple[str, ...] = ()
    not_possible: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTest:
    """Given these facts on this date (in this state, when given), expect these conclusions."""

    name: str
    rule_set: str
    workflow: str
    on: datetime
    facts: Mapping[str, Value]
    expect: Expectation
    state: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryStep:
    """One act at a moment (UTC): `transition` taken, `facts` recorded (no transition), or only time passing."""

    at: datetime
    transition: str = ""
    facts: Mapping[str, Value] = field(default_factory=dict)
    role: str = ""
    reason: str = ""
    expect: Expectation = Expectation()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A case that lives: how it opens, and what happens to it on which moments."""

    name: str
    rule_set: str
    workflow: str
    opens_at: datetime
    entry: str
    role: str
    facts: Mapping[str, Value]
    expect: Expectation
    steps: tuple[StoryStep, ...]
    where: str = ""
