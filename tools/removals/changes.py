"""What can be taken away from a file of the content, or turned round: one thing at a time, by its values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

Steps = tuple[str | int, ...]
Around = Mapping[object, object]

REMOVED = frozenset(
    ("rule", "row", "term", "transition", "entry", "rung", "track", "letter", "opening", "notice", "reminder",
     "recipient")
)  # fmt: skip
FLIPPED = frozenset(("negated", "answer", "number", "other_recipient", "other_notice"))
_LISTS = {"letters": "letter", "opens": "opening", "tells": "notice", "reminders": "reminder", "rows": "row",
          "rungs": "rung", "tracks": "track"}  # fmt: skip
_TOP_LISTS = {"rules": "rule", "transitions": "transition", "entries": "entry"}
_CONDITIONS = frozenset(("when", "suspended_while", "unless"))
_RESULTS = frozenset(("then", "otherwise", "sets"))
# Bounds of what may be typed, and words: no number there says what a procedure does.
_NO_NUMBERS = frozenset(
    ("facts", "fields", "consent", "source", "note", "label", "title", "explanation", "basis", "ground", "grounds",
     "valid_from", "valid_through", "only_shown")
)  # fmt: skip
_TEXTS = frozenset(("source", "note", "label", "title", "explanation", "basis"))
_CONSEQUENCES = {
    "transitions": frozenset(("letters", "tells", "opens", "sets")),
    "terms": frozenset(("reminders", "passed")),
    "adds": frozenset(("reminders", "passed")),
}
_LENGTH = re.compile(r"([0-9]+)( (?:hours|(?:working |school )?days|(?:school )?weeks|months|years))")


class Gone(Enum):
    """Nothing stands in its place."""

    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing of one file: its `kind`, its name among its like, where it stands in the values of the file, and what
    stands there `instead`.

    `only_in` is the transition or term of which it is a consequence, `about` the one that it is or that it bounds (both
    empty: it may matter anywhere); `words` are the names that stand in it."""

    kind: str
    name: str
    path: str
    at: Steps
    instead: object = field(default=Gone.GONE, compare=False)
    only_in: str = ""
    about: str = ""
    words: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """How it is listed; no other change has the same."""
        return f"{self.kind} {self.name} ({self.path})"

    @property
    def is_flip(self) -> bool:
        """Whether something else comes in its place."""
        return self.kind in FLIPPED

    @property
    def owner(self) -> str:
        """The layer it belongs to."""
        return self.path.split("/")[1]

    @property
    def procedure(self) -> str:
        """The rule set or workflow."""
        return self.path.split("/")[2]


def changes_in(path: str, value: object) -> Iterator[Change]:
    """Everything of a file that can be taken away or turned round by itself, each under a name of its own."""
    seen: Counter[tuple[str, str]] = Counter()
    names = _recipients(value, "to"), _recipients(value, "tells")
    for change in _changes(path, value, names):
        seen[change.kind, change.name] += 1
        number = seen[change.kind, change.name]
        yield change if number == 1 else replace(change, name=f"{change.name}#{number}")


def _changes(path: str, value: object, names: tuple[tuple[str, ...], tuple[str, ...]]) -> Iterator[Change]:
    for at, kind, instead in (*_removals(value, ()), *_flips(value, (), *names)):
        yield Change(
            kind=kind, name=_name(value, at), path=path, at=at, instead=instead, only_in=_only_in(value, at),
            about=_about(value, at), words=frozenset(_words_at(value, at)),
        )  # fmt: skip


Found = Iterator[tuple[Steps, str, object]]


def _removals(value: object, at: Steps) -> Found:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from ((*found, Gone.GONE) for found in _of_key(str(key), part, (*at, key), value))
            yield from _removals(part, (*at, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _removals(part, (*at, number))


def _of_key(key: str, part: object, at: Steps, around: Around) -> Iterator[tuple[Steps, str]]:
    top = len(at) == 1
    if isinstance(part, Mapping) and top and key == "terms":
        yield from (((*at, name), "term") for name in part)
    if not isinstance(part, list):
        return
    kind = _LISTS.get(key, "") or (_TOP_LISTS.get(key, "") if top else "")
    if at[0] == "letter_groups" and len(at) == 2:
        kind = "letter"
    if key == "to" and _names_readers(around):
        kind = "recipient" if len(part) > 1 else ""
    if kind:
        yield from (((*at, number), kind) for number in range(len(part)))


def _names_readers(around: Around) -> bool:
    return bool({"letter", "share", "after", "before_end"} & around.keys())


def _flips(value: object, at: Steps, readers: tuple[str, ...], bodies: tuple[str, ...]) -> Found:
    """Turned round: a condition, an answer, a number, whoever is the only one to get a letter or to be told."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            here = (*at, key)
            if _is_condition(here, part):
                yield here, "negated", {"not": part}
            if key == "to" and _names_readers(value):
                yield from _others(part, here, "other_recipient", readers)
            elif key == "tells":
                yield from _others(part, here, "other_notice", bodies)
            if key not in _NO_NUMBERS:
                yield from _flips(part, here, readers, bodies)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _flips(part, (*at, number), readers, bodies)
    else:
        yield from _flips_of_value(value, at)


def _flips_of_value(value: object, at: Steps) -> Found:
    if isinstance(value, bool):
        if _RESULTS & {*at}:
            yield at, "answer", not value
    elif isinstance(value, int):
        yield at, "number", value + 1
    elif isinstance(value, str) and (length := _LENGTH.fullmatch(value)):
        yield at, "number", f"{int(length[1]) + 1}{length[2]}"


def _is_condition(at: Steps, part: object) -> bool:
    if isinstance(part, bool) or not part:
        return False
    return at[-1] in _CONDITIONS or (at[0] == "views" and at[-1] == "where")


def _others(part: object, at: Steps, kind: str, names: tuple[str, ...]) -> Found:
    """Another of those the file names, in the place of who is the only one."""
    if isinstance(part, list) and len(part) == 1 and isinstance(part[0], str):
        instead = [*names, *names][names.index(part[0]) + 1]
        if instead != part[0]:
            yield (*at, 0), kind, instead


def _recipients(value: object, key: str) -> tuple[str, ...]:
    """Who gets letters (`to`), or is told (`tells`), anywhere in the file; sorted."""
    found: set[str] = set()

    def look(part: object) -> None:
        if isinstance(part, Mapping):
            for name, inner in part.items():
                if name == key and isinstance(inner, list) and (key == "tells" or _names_readers(part)):
                    found.update(one for one in inner if isinstance(one, str))
                look(inner)
        elif isinstance(part, list):
            for inner in part:
                look(inner)

    look(value)
    return tuple(sorted(found))


def _name(value: object, at: Steps) -> str:
    """The names on the way to it: `transitions.indienen.letters.L-01`."""
    found: list[str] = []
    for step in at:
        value = value[step]  # type: ignore[index]
        named = ""
        if isinstance(step, int) and isinstance(value, Mapping):
            named = value.get("id") or value.get("letter") or value.get("label") or value.get("workflow") or ""
        found.append(str(named or (value if isinstance(step, int) and isinstance(value, str) else step)))
    return ".".join(found)


def _only_in(value: object, at: Steps) -> str:
    """What must have happened before this can be seen: a transition was taken, or a term ran."""
    return _id_of(value, at) if len(at) > 2 and at[2] in _CONSEQUENCES.get(str(at[0]), ()) else ""


def _about(value: object, at: Steps) -> str:
    """What must have happened, or be spoken of: the transition or term itself. One that happens by itself may do so
    elsewhere when its condition is another."""
    if len(at) < 2 or at[0] not in ("transitions", "terms"):
        return ""
    whole = value[at[0]][at[1]]  # type: ignore[index]
    return "" if len(at) > 2 and whole.get("automatic") else _id_of(value, at)


def _id_of(value: object, at: Steps) -> str:
    return str(at[1]) if isinstance(at[1], str) else str(value[at[0]][at[1]].get("id", ""))  # type: ignore[index]


def _words_at(value: object, at: Steps) -> Iterator[str]:
    for step in at:
        value = value[step]  # type: ignore[index]
        if isinstance(step, str):
            yield step
    yield from _words(value)


def _words(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            if key not in _TEXTS:
                yield str(key)
                yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)
    elif isinstance(value, str):
        yield value
