"""`dataclass`, made fast for values that never change: a consultant waits for every class of a short command.

The one of the standard library compiles seven methods for a frozen class with slots: half a millisecond, and more than
a hundred classes stand in the way. Here only `__init__` is compiled, and only once a value of the class is made; the
other methods are shared. To whoever asks (`fields`, `replace`, the type checker) it is an ordinary dataclass.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace
else:

    def dataclass(kind=None, /, **asked):
        """As the standard one. Fast when `frozen` and `slots` are asked, with at most `kw_only` beside them."""
        is_fast = asked.get("frozen") and asked.get("slots") and asked.keys() <= {"frozen", "slots", "kw_only"}
        make = (lambda one: _fast(one, asked)) if is_fast else dataclasses.dataclass(**asked)
        return make if kind is None else make(kind)

    def replace(value, /, **changes):
        """As the standard one. A step replaces some thirty values of up to twenty fields: the slots are copied."""
        kind = type(value)
        puts, by_name, held = _copying(kind)
        if not puts:
            return dataclasses.replace(value, **changes)
        fresh = object.__new__(kind)
        for put, old in zip(puts, held(value)):  # noqa: B905  # both are made of the same fields
            put(fresh, old)
        for name, new in changes.items():
            put = by_name.get(name)
            if put is None:  # refused in the words of the standard one
                return dataclasses.replace(value, **changes)
            put(fresh, new)
        return fresh


_Put = Callable[..., None]


def _fast(kind: type[Any], asked: dict[str, bool]) -> type[Any]:
    made: Any = dataclasses.dataclass(**asked | {"frozen": False}, init=False, repr=False, eq=False)(kind)

    def compile_first(self: Any, *given: Any, **named: Any) -> None:
        made.__init__ = _compiled_init(made)
        made.__init__(self, *given, **named)

    made.__init__ = compile_first
    compared = [one.name for one in dataclasses.fields(made) if one.compare]
    # `attrgetter` gives a tuple of several fields, and the field itself when there is one.
    made._compared = attrgetter(*compared) if compared else type
    for name, method in _SHARED.items():
        if name not in kind.__dict__:
            setattr(made, name, method)
    return made  # type: ignore[no-any-return]


@cache
def _copying(kind: Any) -> tuple[tuple[_Put, ...], dict[str, _Put], Callable[[Any], tuple[Any, ...]]]:
    """What sets each field of a copy, in order and by name, and what reads them all.

    Nothing for a class that must be made the long way.
    """
    fields = dataclasses.fields(kind)
    # What is worked out when a value is made must be worked out anew from what changed.
    is_plain = "_compared" in kind.__dict__ and not hasattr(kind, "__post_init__") and all(one.init for one in fields)
    if not is_plain or len(fields) < 2:
        return (), {}, tuple
    by_name = {one.name: getattr(kind, one.name).__set__ for one in fields}
    return tuple(by_name.values()), by_name, attrgetter(*by_name)


def _compiled_init(made: Any) -> Callable[..., None]:
    names: dict[str, Any] = {"MISSING": MISSING}
    by_place, by_name, lines = ["self"], ["*"], ["pass"]
    for number, one in enumerate(dataclasses.fields(made)):
        default = _default(one)
        # The slot itself sets the field: the class refuses every other way.
        names |= {f"set{number}": getattr(made, one.name).__set__, f"default{number}": default}
        value = f"default{number}" if one.default_factory is MISSING else f"default{number}()"
        if one.init:
            (by_name if one.kw_only else by_place).append(one.name if default is MISSING else f"{one.name}=MISSING")
            value = one.name if default is MISSING else f"{value} if {one.name} is MISSING else {one.name}"
        if one.init or default is not MISSING:
            lines.append(f"set{number}(self, {value})")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    given = ", ".join(by_place + (by_name if len(by_name) > 1 else []))
    exec(f"def __init__({given}):\n  " + "\n  ".join(lines), names)
    return names["__init__"]  # type: ignore[no-any-return]


def _default(one: Field[Any]) -> Any:
    return one.default if one.default_factory is MISSING else one.default_factory


def _equal(self: Any, other: Any) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return self is other or self._compared(self) == self._compared(other)


def _hash(self: Any) -> int:
    return hash((type(self), self._compared(self)))


def _repr(self: Any) -> str:
    shown = (f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse(self: Any, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"{type(self).__qualname__}.{name} cannot change")


def _state(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


_SHARED: dict[str, Any] = {
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__getstate__": _state,
    "__setstate__": _restore,
}
