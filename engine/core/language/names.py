"""Names of people: as they are compared, and what a typed one may mean.

A spelling is no person. So case, signs on letters, titles, blanks and the order of "De Boer, A." make no difference;
initials do: without them, or with others, a name only resembles another, and a person is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from engine.core.quick_class import dataclass

# Letters that Unicode takes for letters of their own, and that a keyboard without them types otherwise.
_LETTERS = str.maketrans({
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
})  # fmt: skip
_APOSTROPHES = "['`´\u2018\u2019\u02bc]"
_HYPHENS = "[-\u2010-\u2015]"
_TOKEN = r"[^\s.]+\.?"
# Of shorter names one slip makes too many others.
_SHORTEST_WITH_SLIP = 5


# A typed name is held against everybody in the register, whose names are the same every time.
@lru_cache(maxsize=4096)
def plain_name(text: str) -> str:
    """A text as names are compared: small letters, no signs on letters, single spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRules:
    """What stands before or behind a name and is no part of it. A title with a dot stands in front, another behind.

    `salutations` are forms of address with their other spellings. They are no part of a name either, but two names
    with another salutation are never taken for the same.
    """

    titles: tuple[str, ...] = ()
    salutations: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name as it is compared: `words` are given names, infixes and surname, in this order."""

    words: tuple[str, ...]
    initials: tuple[str, ...] = ()
    salutation: str = ""


@lru_cache(maxsize=4096)
def read_name(text: str, rules: NameRules) -> PersonName:
    """The name in a text, with what is no part of it taken off."""
    marks, behind = _marks(rules), {plain_name(title) for title in rules.titles if not title.endswith(".")}
    bare = re.sub(_HYPHENS, " ", re.sub(_APOSTROPHES, "", plain_name(text)))
    parts = [re.findall(_TOKEN, part) for part in bare.split(",")]
    aside = marks | {(title,): "" for title in behind}
    parts = [part for part in parts if part and not _is_all_marks(part, aside)] or [[]]
    # "De Boer, A." and "Boer, A. de": what comes behind the comma is said first.
    tokens = [token for part in (*parts[1:], parts[0]) for token in part]
    tokens, salutation = _without_marks(tokens, marks)
    while tokens and tokens[-1].rstrip(".") in behind and _has_name(tokens[:-1]):
        tokens = tokens[:-1]
    first = next((place for place, token in enumerate(tokens) if not _is_initial(token)), len(tokens))
    return PersonName(
        words=tuple(token.rstrip(".") for token in tokens[first:]),
        initials=tuple(token.rstrip(".") for token in tokens[:first]),
        salutation=salutation,
    )


def is_same_name(one: PersonName, other: PersonName) -> bool:
    """Whether these are two spellings of one name."""
    if not one.words or (one.words, one.initials) != (other.words, other.initials):
        return False
    return not (one.salutation and other.salutation) or one.salutation == other.salutation


def is_like_name(one: PersonName, other: PersonName) -> bool:
    """Whether somebody may have meant the other name: initials left out, a given name in full, a slip."""
    if not one.words or not other.words:
        return False
    tail = _same_tail(one.words, other.words)
    if tail:
        return _go_together(_leading(one, len(one.words) - tail), _leading(other, len(other.words) - tail))
    slip = _one_slip("".join(one.words), "".join(other.words))
    return slip and _go_together(one.initials, other.initials)


def _same_tail(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many words they have in common at the end."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _leading(name: PersonName, words: int) -> tuple[str, ...]:
    return (*name.initials, *name.words[:words])


def _go_together(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether what stands before the surname can be of one person: of both the letters that both have."""
    return all(a[0] == b[0] for a, b in zip(one, other, strict=False))


def _one_slip(one: str, other: str) -> bool:
    """Whether a letter off, lost, too many, or two changed over make one of the other."""
    if min(len(one), len(other)) < _SHORTEST_WITH_SLIP:
        return False
    same = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(min(one, other)))
    a, b = one[same:], other[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _marks(rules: NameRules) -> dict[tuple[str, ...], str]:
    """What may stand in front, by its words, with the salutation that it is; a title says nothing of who it is."""
    found = {_as_words(title): "" for title in rules.titles if title.endswith(".")}
    for salutation, spellings in rules.salutations:
        found |= {_as_words(spelling): salutation for spelling in (salutation, *spellings)}
    return found


@lru_cache(maxsize=1024)
def _as_words(text: str) -> tuple[str, ...]:
    return tuple(token.rstrip(".") for token in re.findall(_TOKEN, plain_name(text)))


def _is_initial(token: str) -> bool:
    return token.endswith(".") or len(token) == 1


def _is_all_marks(tokens: list[str], marks: Mapping[tuple[str, ...], str]) -> bool:
    rest, place = [token.rstrip(".") for token in tokens], 0
    while place < len(rest):
        length = _mark_at(rest[place:], marks)
        if not length:
            return False
        place += length
    return True


def _mark_at(words: list[str], marks: Mapping[tuple[str, ...], str]) -> int:
    """How many words the longest mark at the beginning has; 0 when there is none."""
    return max((len(mark) for mark in marks if mark == tuple(words[: len(mark)])), default=0)


def _without_marks(tokens: list[str], marks: Mapping[tuple[str, ...], str]) -> tuple[list[str], str]:
    """The tokens without titles in front, and the salutation among them. A surname is never taken off."""
    salutation = ""
    while length := _mark_at([token.rstrip(".") for token in tokens], marks):
        if not _has_name(tokens[length:]):
            break
        salutation = marks[tuple(token.rstrip(".") for token in tokens[:length])] or salutation
        tokens = tokens[length:]
    return tokens, salutation


def _has_name(tokens: list[str]) -> bool:
    return any(not _is_initial(token) for token in tokens)
