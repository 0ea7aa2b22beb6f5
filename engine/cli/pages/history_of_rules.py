"""The line of a case that went on by another version of its rules, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from engine.cli.pages.wording import ContentWords
from engine.core.dutch import join_words, write_day
from engine.definitions.files.footprint import read_lower

_NAMED = ("workflow", "workflow"), ("rules", "regels")


def less_text(label: str, acts: Mapping[str, str], details: Mapping[str, object]) -> str:
    """That a law lets a term be made longer less often, or by less, than the rules of the case do."""
    less, since = details["less"], write_day(date.fromisoformat(str(details["law"])))
    said = join_words([acts[str(one)] for one in less], "en") if isinstance(less, list | tuple) else ""
    return f"termijn wordt sinds {since} minder of niet meer {said}: {label} ({details['cited']})"


def opened_text(words: ContentWords, details: Mapping[str, object]) -> str:
    """That the case was opened, and under which version when its sector stayed on an older one."""
    parent = f" vanuit {details['parent']}" if details.get("parent") else ""
    told = f"geopend{parent}, ingang {details['entry']}, toestand '{words.state(str(details['state']))}'"
    older = "{}, regels van {} (die van {} gelden voor deze sector niet)"
    newer = details.get("passed_over")
    told = older.format(told, details["rules_version"], newer) if newer else told
    return f"{told}, zonder instemming (oefening)" if details.get("tries_without") else told


def repinned_text(words: ContentWords, details: Mapping[str, Any]) -> str:
    """Versions before and after, the last day of each term that runs before and after, and the letters that changed."""
    was, becomes = details["was"], details["becomes"]
    versions = (f"{what} {was[name]} → {becomes[name]}" for name, what in _NAMED)
    ends = (f"{_term(words, one['clock'])} {_end(one['was'])} → {_end(one['becomes'])}" for one in details["terms"])
    letters = (f"andere tekst van {', '.join(details['letters'])}",) if details["letters"] else ()
    behalf = f", namens {words.body(str(details['on_behalf_of']))}" if details.get("on_behalf_of") else ""
    told = "; ".join((*versions, *_agreed(was.get("lower"), becomes.get("lower")), *ends, *letters))
    return f"overgezet{behalf}: {told}; reden: {details['reason']}"


def _agreed(was: str | None, becomes: str | None) -> Iterator[str]:
    """The layers under the rules that are no law and are others now: of one that is saved over the day is the same."""
    before = {one.owner: one for one in read_lower(was)}
    for one in read_lower(becomes):
        old = before.get(one.owner)
        if one.digest and old != one:
            yield f"{one.owner} {old.version if old else 'geen'} → {one.version}"


def _term(words: ContentWords, clock: str) -> str:
    term = words.content.find_term(clock.partition("/")[0])
    return f"'{term.label if term else clock}'"


def _end(day: str) -> str:
    return write_day(date.fromisoformat(day)) if day else "loopt niet"


def planned_text(words: ContentWords, details: Mapping[str, object]) -> str:
    """Which work of the calendar a case was opened for, and for which day."""
    day, work = date.fromisoformat(str(details["day"])), str(details["work"])
    known = words.content.rules.planned.get(work.partition(".")[2])
    label = known.label if known else work
    return f"kwam aan de beurt voor {write_day(day)}: '{label}', keer {details['round']} van het schooljaar"
