"""`dataclass`, made fast for values that never change: a consultant waits for every class of a short command.

The one of the standard library compiles seven methods for a frozen class with slots: half a millisecond, and more than
a hundred classes stand in the way. Here only `__init__` is compiled, and only once enough values of the class were
made; the other methods are shared. To whoever asks (`fields`, `replace`, the type checker) it is an ordinary dataclass.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, FrozenInstanceError
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace
else:

    def dataclass(kind=None, /, **asked):
        """As the standard one. Fast when `slots` are asked, with at most `frozen` and `kw_only` beside them."""
        is_fast = asked.get("slots") and asked.keys() <= {"frozen", "slots", "kw_only"}
        make = (lambda one: _fast(one, asked)) if is_fast else dataclasses.dataclass(**asked)
        return make if kind is None else make(kind)

    def replace(value, /, **changes):
        """As the standard one. A step replaces some thirty values of up to twenty fields: the slots are copied."""
        kind = type(value)
        copied = _COPYING.get(kind)
        if copied is None:
            return _replaced_slowly(kind, value, changes)
        fresh = copied(value)
        try:
            for name, new in changes.items():
                setattr(fresh, name, new)
        except AttributeError:  # refused in the words of the standard one
            return dataclasses.replace(value, **changes)
        fresh.__class__ = kind
        return fresh


_Put = Callable[..., None]
_BEFORE_COMPILING = 25
"""To compile an `__init__` takes as long as making so many values without it."""


def _fast(kind: type[Any], asked: dict[str, bool]) -> type[Any]:
    shared = _SHARED if asked.get("frozen") else _SHARED_BY_WHAT_CHANGES
    ours = _with_slots(kind, shared, is_kw_only=asked.get("kw_only", False))
    made: type[Any] = ours or _made_by_the_standard_one(kind, shared, asked)
    made.__init__ = _patient_init(made)
    return made


def _made_by_the_standard_one(kind: Any, shared: dict[str, Any], asked: dict[str, bool]) -> Any:
    made: Any = dataclasses.dataclass(**asked | {"frozen": False}, init=False, repr=False, eq=False)(kind)
    for name, method in (*shared.items(), ("_compared", _what_compares(dataclasses.fields(made)))):
        if name not in kind.__dict__:
            setattr(made, name, method)
    return made


def _with_slots(kind: Any, shared: dict[str, Any], *, is_kw_only: bool) -> Any:
    """The class made anew with a slot for each field; None where something asks for the standard one."""
    known: dict[str, Field[Any]] = {}
    for above in reversed(kind.__mro__[1:]):
        if "__dataclass_fields__" in above.__dict__:
            if "_compared" not in above.__dict__:
                return None
            known |= above.__dataclass_fields__
    inherited, body = known.keys() - {""}, dict(kind.__dict__)
    for name, said in body.get("__annotations__", {}).items():
        held = body.pop(name, MISSING)
        one: Any = held if isinstance(held, Field) else dataclasses.field(default=held)
        # What is no field of a value, and a default that all values would share, is for the standard one to judge.
        if not isinstance(said, str) or not _NO_FIELD.isdisjoint(said.split("[")) or type(one.default).__hash__ is None:
            return None
        one.name, one.type, one.kw_only = name, said, is_kw_only if one.kw_only is MISSING else one.kw_only
        one._field_type = _A_FIELD  # how `fields` knows it
        known[name] = one
    body.pop("__dict__", None)
    body.pop("__weakref__", None)
    made = type(kind)(
        kind.__name__,
        kind.__bases__,
        shared
        | body
        | {
            "__slots__": tuple(name for name in known if name not in inherited),
            "__match_args__": tuple(one.name for one in known.values() if one.init and not one.kw_only),
            "__dataclass_fields__": known,
            "__dataclass_params__": _Standard.__dataclass_params__,  # type: ignore[attr-defined]
            "_compared": _what_compares(known.values()),
        },
    )
    made.__qualname__ = kind.__qualname__
    return made


@dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)
class _Standard:
    """Made by the standard one: what the classes made here have in common with it."""

    one: int


_A_FIELD = _Standard.__dataclass_fields__["one"]._field_type  # type: ignore[attr-defined]
_NO_FIELD = frozenset({"ClassVar", "InitVar", "KW_ONLY", "typing.ClassVar", "dataclasses.InitVar"})


def _what_compares(fields: Iterable[Field[Any]]) -> Callable[[Any], Any]:
    compared = [one.name for one in fields if one.compare]
    # `attrgetter` gives a tuple of several fields, and the field itself when there is one.
    return attrgetter(*compared) if compared else type


def _patient_init(made: Any) -> Callable[..., None]:
    """Sets the fields of the first values one by one; of most classes a short command makes no more than a few.

    Compiled once that pays; and at once for what must be refused, in the words of Python itself.
    """
    plan: list[tuple[str, _Put, Any, Any]] = []
    by_place: list[str] = []
    has_more = hasattr(made, "__post_init__")
    made_so_far = 0

    def init(self: Any, *given: Any, **named: Any) -> None:
        nonlocal made_so_far
        made_so_far += 1
        if made_so_far == 1:
            for one in dataclasses.fields(made):
                # Under no name what nobody may give.
                named_so = one.name if one.init else ""
                plan.append((named_so, getattr(made, one.name).__set__, one.default, one.default_factory))
                by_place.extend([one.name] if one.init and not one.kw_only else ())
        values = named | dict(zip(by_place, given)) if given else named  # noqa: B905  # too many are refused below
        unused = len(given) + len(named)
        for name, put, default, factory in plan:
            if name in values:
                unused -= 1
                put(self, values[name])
            elif default is not MISSING:
                put(self, default)
            elif factory is not MISSING:
                put(self, factory())
            elif name:
                unused = -1
                break
        if unused or made_so_far > _BEFORE_COMPILING:
            made.__init__ = _compiled_init(made)
            made.__init__(self, *given, **named)
        elif has_more:
            self.__post_init__()

    return init


@cache
def _twin(kind: Any) -> Any:
    """The same slots, and nothing that keeps them as they are: there Python sets a field in a tenth of the time.

    A value is one of these while it is made, and becomes what it is (`__class__`) before anybody sees it.
    """
    body = {"__slots__": kind.__slots__, "__setattr__": object.__setattr__}
    return type(kind)(kind.__name__, kind.__bases__, body)


_COPYING: dict[Any, Callable[[Any], Any]] = {}
_REPLACED_SO_FAR: dict[Any, int] = {}


def _replaced_slowly(kind: Any, value: Any, changes: dict[str, Any]) -> Any:
    """The first values of a class; what copies them is compiled once that pays, as an `__init__` is."""
    _REPLACED_SO_FAR[kind] = _REPLACED_SO_FAR.get(kind, 0) + 1
    # What is worked out when a value is made must be worked out anew from what changed.
    fields = dataclasses.fields(kind)
    is_plain = "_compared" in kind.__dict__ and not hasattr(kind, "__post_init__") and all(one.init for one in fields)
    if is_plain and _REPLACED_SO_FAR[kind] > _BEFORE_COMPILING:
        names: dict[str, Any] = {"new": object.__new__, "twin": _twin(kind)}
        lines = (f"fresh.{one.name} = value.{one.name}" for one in fields)
        exec("\n  ".join(("def copied(value):", "fresh = new(twin)", *lines, "return fresh")), names)
        _COPYING[kind] = names["copied"]
    return dataclasses.replace(value, **changes)


def _compiled_init(made: Any) -> Callable[..., None]:
    names: dict[str, Any] = {"MISSING": MISSING, "_become": object.__setattr__, "_made": made, "_twin": _twin(made)}
    by_place, by_name, lines = ["self"], ["*"], ["_become(self, '__class__', _twin)"]
    for number, one in enumerate(dataclasses.fields(made)):
        default = _default(one)
        names[f"default{number}"] = default
        value = f"default{number}" if one.default_factory is MISSING else f"default{number}()"
        if one.init:
            (by_name if one.kw_only else by_place).append(one.name if default is MISSING else f"{one.name}=MISSING")
            value = one.name if default is MISSING else f"{value} if {one.name} is MISSING else {one.name}"
        if one.init or default is not MISSING:
            lines.append(f"self.{one.name} = {value}")
    lines.append("self.__class__ = _made")
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


_SHARED_BY_WHAT_CHANGES: dict[str, Any] = {
    "__eq__": _equal,
    "__hash__": None,  # as with the standard one: nobody could find it again
    "__repr__": _repr,
    "__getstate__": _state,
    "__setstate__": _restore,
}
_SHARED = _SHARED_BY_WHAT_CHANGES | {"__hash__": _hash, "__setattr__": _refuse, "__delattr__": _refuse}
