"""One step of a case as a chronicle tells it: its lines of the journal, with what is needed to say them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.deciding.case import Case
from engine.core.evaluation.prepared import Content
from engine.core.quick_class import dataclass
from engine.store.records import JournalEntry, LetterRow
from engine.words.of_chronicles import BY_ITSELF, say_value

Details = Mapping[str, object]
Entries = tuple[JournalEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCase:
    """A case as it stood at the end, under the name it has in its story."""

    name: str
    case: Case
    content: Content
    letters: Mapping[str, LetterRow]
    parent: StoryCase | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStep:
    """The lines that one step wrote. `counted` is how many lines the ledger of each clock has after it, `given` the
    facts and the texts that the story says itself, `names` the names of cases by number; `sent` and `ordered` are the
    keys of the letters of this moment.
    """

    entries: tuple[JournalEntry, ...]
    counted: Mapping[str, int]
    given: frozenset[str]
    names: Mapping[str, str]
    sent: frozenset[object]
    ordered: frozenset[object]


def who_did(entry: JournalEntry) -> str:
    """The role that acted, or that nobody did."""
    return entry.actor.role if entry.actor.is_person else BY_ITSELF


def mapping_of(value: object) -> Mapping[str, object]:
    """What a line holds under a key, when that is a mapping; else nothing."""
    return value if isinstance(value, Mapping) else {}


def between(facts: Mapping[str, object]) -> str:
    """What is filled of these, between brackets."""
    told = {name: value for name, value in facts.items() if value not in ("", None, (), [])}
    return f" ({said_of(told)})" if told else ""


def said_of(facts: Mapping[str, object], passed_on: Case | None = None) -> str:
    """Facts with their values; of what a parent gave as it had it, the name alone."""
    known = {} if passed_on is None else {name: one.value for name, one in passed_on.facts.items()}
    return ", ".join(
        name if name in known and say_value(known[name]) == say_value(value) else f"{name}={say_value(value)}"
        for name, value in facts.items()
    )
