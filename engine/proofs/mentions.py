"""Which facts a part of the content reads, wherever in it they are named; and which ones it gives a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from engine.core.language.conditions import FactRef, Test
from engine.core.language.facts import FactRule
from engine.core.language.orders import Conclusion

# Where the name of a fact stands as a bare word: to have it given, and to use it.
_GIVING = ("requires", "asks", "answer", "columns", "known_by", "subject_key", "subject_name", "sector_fact")
_USING = (
    "fixes",
    "per",
    "heart",
    "known_by",
    "subject_key",
    "subject_name",
    "sector_fact",
    "must_be_true",
    "must_be_known",
)


def facts_read(part: object) -> frozenset[str]:
    """Every fact that is compared, computed with or shown anywhere in this part."""
    asked = (one.fact for one in _inside(part) if isinstance(one, Test | FactRef))
    return frozenset(asked) | _named(part, _USING)


def facts_named(part: object) -> frozenset[str]:
    """Every fact that an act in this part requires or asks for, or takes over from a register."""
    return _named(part, _GIVING)


def facts_given(part: object) -> frozenset[str]:
    """Every fact that something in this part sets or concludes."""
    return frozenset(one.fact for one in _inside(part) if isinstance(one, Conclusion))


def _named(part: object, keys: tuple[str, ...]) -> frozenset[str]:
    blocks = [one for one in _inside(part) if is_dataclass(one) and not isinstance(one, FactRule)]
    return frozenset(name for one in blocks for key in keys for name in _words(getattr(one, key, ())))


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from (one if isinstance(one, str) else getattr(one, "fact", "") for one in value)


def _inside(part: object) -> Iterator[object]:
    """The part and everything in it."""
    if isinstance(part, Mapping):
        for one in part.values():
            yield from _inside(one)
    elif isinstance(part, tuple | list | frozenset):
        for one in part:
            yield from _inside(one)
    elif is_dataclass(part) and not isinstance(part, type):
        yield part
        for key in fields(part):
            if not key.name.startswith("_"):
                yield from _inside(getattr(part, key.name))
