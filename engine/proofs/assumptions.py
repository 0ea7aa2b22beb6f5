"""What the organisation still has to decide: everything in the content that is marked as an assumption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from engine.core.calendar import Calendar
from engine.core.content import Content
from engine.core.facts import FactRule
from engine.core.ladder import Rung, Track
from engine.core.organisation import Body, Mandate
from engine.core.ruleset import Consent, Row, Rule, Table, TermRule
from engine.core.workflow import State, Transition
from engine.proofs.problems import Level, Problem

ASSUMPTION = "assumption"
_NOUNS: Mapping[type, str] = {
    Body: "Het orgaan",
    Consent: "De instemming voor",
    FactRule: "Het gegeven",
    Mandate: "Het mandaat",
    Row: "De tabelrij",
    Rule: "De regel",
    Rung: "De trede",
    State: "De toestand",
    Table: "De tabel",
    TermRule: "De termijn",
    Track: "De route",
    Transition: "De overgang",
}


def find_assumptions(contents: Iterable[Content]) -> tuple[Problem, ...]:
    """Every part with `status: assumption`, with its place and source; each place once."""
    found: dict[tuple[str, str], Problem] = {}
    for content in contents:
        for part, place in _parts(content, ""):
            if getattr(part, "status", "") == ASSUMPTION:
                problem = _tell(part, place)
                found.setdefault((problem.where, (_place_of(part) and problem.where) or problem.what), problem)
    return tuple(found.values())


def _parts(value: Any, around: str) -> Iterator[tuple[Any, str]]:
    """Every part of the content with the place of the nearest part that has one."""
    if isinstance(value, Calendar):
        return
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _parts(item, around)
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item, around)
    elif is_dataclass(value):
        place = _place_of(value) or around
        yield value, place
        for field in fields(value):
            if field.repr:
                yield from _parts(getattr(value, field.name), place)


def _place_of(part: Any) -> str:
    return str(getattr(part, "where", ""))


def _tell(part: Any, place: str) -> Problem:
    name = getattr(part, "id", "") or getattr(part, "sector", "")
    label = getattr(part, "label", "") or getattr(part, "note", "") or getattr(part, "title", "")
    noun = _NOUNS.get(type(part), "Dit onderdeel")
    head = f'{noun} "{name}"' if name else noun
    sources = getattr(part, "source", ())
    return Problem(
        level=Level.ASSUMPTION,
        kind=ASSUMPTION,
        what=f"{head} is een aanname{f': {label}' if label else ''}.",
        where=place,
        why=f"Bron: {'; '.join(sources)}." if sources else "",
        next_step="Laat de organisatie dit vaststellen en haal status: assumption dan weg.",
    )
