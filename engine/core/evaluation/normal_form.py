"""Conditions with every `not` pushed down to the tests, and nested `all`/`any` of one kind made flat.

In Kleene's three values this changes no truth: De Morgan holds, and joining is associative. A form that is not
true is not therefore false; ask for the form of the opposite to know that.
"""

from __future__ import annotations

from engine.core.language.conditions import All, AnyOf, Condition, Not, Test
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """One test, wanted to hold or wanted to fail. Unknown when the test is."""

    test: Test
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Parts under one `any` (`decisive` is True) or one `all` (`decisive` is False).

    A part with the truth `decisive` settles the whole; never a `Joined` directly inside its like.
    """

    decisive: bool
    parts: tuple[Form, ...]


Form = Atom | Joined


def normalise(condition: Condition, holds: bool = True) -> Form:
    """The form that is true when the condition is `holds`, false when it is the opposite, else unknown."""
    if isinstance(condition, Test):
        return Atom(test=condition, holds=holds)
    if isinstance(condition, Not):
        return normalise(condition.part, not holds)
    assert isinstance(condition, All | AnyOf)
    decisive = isinstance(condition, AnyOf) is holds
    return join(decisive, tuple(normalise(part, holds) for part in condition.parts))


def join(decisive: bool, parts: tuple[Form, ...]) -> Form:
    """The parts under one `any` or `all`, flat; a single part stands for itself."""
    flat: list[Form] = []
    for part in parts:
        is_like = isinstance(part, Joined) and part.decisive is decisive
        flat.extend(part.parts if is_like and isinstance(part, Joined) else (part,))
    return flat[0] if len(flat) == 1 else Joined(decisive=decisive, parts=tuple(flat))
