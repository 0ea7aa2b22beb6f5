"""What the content demands of letters: measures per language level, legal clauses, fields that must be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import TypeVar

from engine.core.content.organisation import Organisation
from engine.core.errors import DefinitionError, UsageError
from engine.core.quick_class import dataclass
from engine.given_file import read_text
from engine.words.of_errors import say

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRules:
    """Measures of one language level. Sentences in words; shares from 0 to 1.

    `avoid` maps a word to a better one. `one_of`: at least one of these must stand in the text; `none_of`: none.
    """

    longest_sentence: int
    mean_sentence: int
    avoid: Mapping[str, str] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    passive_words: tuple[str, ...] = ()
    passive_share: float = 1.0
    nominal_endings: tuple[str, ...] = ()
    nominal_shortest: int = 1
    nominal_share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRules:
    """A clause needs one of `partials`; with `shows_last_day` also a date computed from a term."""

    partials: tuple[str, ...]
    shows_last_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRules:
    """All demands. `must_show` maps a letter to the fields its text must show.

    `promise_words` are phrases by which a sentence promises what somebody will do.
    """

    levels: Mapping[str, LevelRules] = field(default_factory=dict)
    clauses: Mapping[str, ClauseRules] = field(default_factory=dict)
    must_show: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known_abbreviations: frozenset[str] = frozenset()
    promise_words: tuple[str, ...] = ()
    where: str = ""


FILE_NAME = "language.yaml"


def find_letter_rules(content_root: Path, organisation: Organisation) -> LetterRules:
    """The demands on the letters of an organisation: its own, together with those of all it inherits.

    A level of its own replaces the inherited one. Clauses and fields that must be shown only add up: what a lower
    layer demands by law stays demanded. Raises DefinitionError for a file that is wrong.
    """
    folders = (content_root / "templates" / "letters" / name for name in (*organisation.inherits, organisation.id))
    found = LetterRules()
    for path in (folder / FILE_NAME for folder in folders):
        if path.is_file():
            found = _joined(found, read_letter_rules(path))
    return found


def _joined(lower: LetterRules, upper: LetterRules) -> LetterRules:
    shown = {
        letter: tuple(dict.fromkeys((*lower.must_show.get(letter, ()), *upper.must_show.get(letter, ()))))
        for letter in (*lower.must_show, *upper.must_show)
    }
    return LetterRules(
        levels={**lower.levels, **upper.levels},
        clauses={**upper.clauses, **lower.clauses},
        must_show=shown,
        known_abbreviations=lower.known_abbreviations | upper.known_abbreviations,
        promise_words=(*lower.promise_words, *upper.promise_words),
        where=", ".join(filter(None, (lower.where, upper.where))),
    )


def read_letter_rules(path: Path) -> LetterRules:
    """The demands in a file. Raises DefinitionError for a key, type or shape that does not belong there."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        written = YAML(typ="safe", pure=True).load(read_text(path).text)
    except (UsageError, YAMLError, ValueError, RecursionError) as wrong:
        mark = getattr(wrong, "problem_mark", None)
        raise DefinitionError(
            "De eisen aan brieven kunnen niet worden gelezen.",
            where=f"{path}:{mark.line + 1}" if mark else str(path),
            why=say(wrong).what if isinstance(wrong, UsageError) else "Dit is geen geldige YAML.",
            next_step="Herstel het bestand en draai daarna `trede rules check`.",
        ) from wrong
    at = _RulesReading(str(path))
    parts = at.mapping(written, "", {"levels", "clauses", "must_show", "known_abbreviations", "promise_words"})
    return LetterRules(
        levels=at.each(parts.get("levels"), "levels", at.level),
        clauses=at.each(parts.get("clauses"), "clauses", at.clause),
        must_show=at.each(parts.get("must_show"), "must_show", at.texts),
        known_abbreviations=frozenset(at.texts(parts.get("known_abbreviations", []), "known_abbreviations")),
        promise_words=at.texts(parts.get("promise_words", []), "promise_words"),
        where=str(path),
    )


@dataclass(frozen=True, slots=True)
class _RulesReading:
    """Takes values out of the file, and says where one is wrong."""

    path: str

    def each(self, value: object, key: str, read: Callable[[object, str], T]) -> dict[str, T]:
        return {name: read(part, f"{key}.{name}") for name, part in self.mapping(value or {}, key).items()}

    def level(self, value: object, key: str) -> LevelRules:
        parts = self.mapping(value, key, set(LevelRules.__dataclass_fields__))
        words = ("one_of", "none_of", "passive_words", "nominal_endings")
        numbers = {"longest_sentence", "mean_sentence", "nominal_shortest", "passive_share", "nominal_share"}
        read: dict[str, object] = {name: self.texts(parts[name], f"{key}.{name}") for name in words if name in parts}
        read |= {name: self.number(parts[name], f"{key}.{name}") for name in numbers & set(parts)}
        read["avoid"] = self.each(parts.get("avoid"), f"{key}.avoid", self.text)
        for name in ("longest_sentence", "mean_sentence"):
            if name not in parts:
                raise self.wrong(f"{key}.{name}", "ontbreekt")
        return LevelRules(**read)  # type: ignore[arg-type]

    def clause(self, value: object, key: str) -> ClauseRules:
        parts = self.mapping(value, key, {"partials", "shows_last_day"})
        shows = parts.get("shows_last_day", False)
        if not isinstance(shows, bool):
            raise self.wrong(f"{key}.shows_last_day", "is geen true of false")
        return ClauseRules(partials=self.texts(parts.get("partials"), f"{key}.partials"), shows_last_day=shows)

    def mapping(self, value: object, key: str, allowed: set[str] | None = None) -> dict[str, object]:
        if not isinstance(value, dict):
            raise self.wrong(key or "het bestand", "is geen lijst van namen met waarden")
        for name in value:
            if not isinstance(name, str) or (allowed is not None and name not in allowed):
                known = ", ".join(sorted(allowed or ()))
                raise self.wrong(f"{key}.{name}".lstrip("."), f"is hier onbekend; bekend zijn: {known}")
        return value

    def texts(self, value: object, key: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise self.wrong(key, "is geen lijst van teksten")
        return tuple(value)

    def text(self, value: object, key: str) -> str:
        if not isinstance(value, str):
            raise self.wrong(key, "is geen tekst")
        return value

    def number(self, value: object, key: str) -> int | float:
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise self.wrong(key, "is geen getal boven nul")
        return value

    def wrong(self, key: str, what: str) -> DefinitionError:
        return DefinitionError(f"'{key}' {what}.", where=self.path, next_step="Verbeter dit in het bestand.")
