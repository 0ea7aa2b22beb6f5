"""Our fast `dataclass` does what the one of the standard library does, and makes less of it at the start."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from typing import Any, ClassVar

import pytest

from engine.core.quick_class import dataclass as quick
from engine.core.quick_class import replace

Make = Callable[..., Any]
WAYS: list[Make] = [dataclasses.dataclass, quick]


@quick(frozen=True, slots=True, kw_only=True)
class Kept:
    """Stands in a module, so that it can be pickled."""

    name: str
    rows: tuple[int, ...] = ()
    notes: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    _index: dict[int, int] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._index.update(enumerate(self.rows))


def made(way: Make) -> Any:
    @way(frozen=True, slots=True)
    class Base:
        """A base."""

        number: int

    @way(frozen=True, slots=True, kw_only=True)
    class Value(Base):
        """A value."""

        name: str = "geen"
        tags: dict[str, int] = field(default_factory=dict)

    return Value


@pytest.mark.parametrize("way", WAYS)
def test_defaults_are_filled_in_and_each_value_has_a_new_one(way: Make) -> None:
    kind = made(way)
    first, second = kind(1), kind(1)
    assert (first.number, first.name, first.tags) == (1, "geen", {})
    assert first.tags is not second.tags


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("given", "named"), [((), {}), ((1, "x"), {}), ((1,), {"nam": "x"}), ((1,), {"number": 2})])
def test_wrong_arguments_are_refused_from_the_first_value_on(
    way: Make, given: tuple[object, ...], named: dict[str, object]
) -> None:
    kind = made(way)
    for _ in range(2):
        with pytest.raises(TypeError):
            kind(*given, **named)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_can_be_set_or_taken_away(way: Make) -> None:
    value = made(way)(1)
    with pytest.raises(FrozenInstanceError):
        value.name = "anders"
    with pytest.raises(FrozenInstanceError):
        del value.name
    assert value.name == "geen"


@pytest.mark.parametrize("way", WAYS)
def test_equal_means_the_same_class_and_the_same_fields(way: Make) -> None:
    kind, other = made(way), made(way)
    assert kind(1) == kind(1)
    assert kind(1) != kind(2)
    assert kind(1) != other(1)


def test_both_print_alike_and_change_alike() -> None:
    texts = {repr(dataclasses.replace(made(way)(1), name="x")).rpartition(".")[2] for way in WAYS}
    assert texts == {"Value(number=1, name='x', tags={})"}
    assert [one.name for one in dataclasses.fields(made(quick))] == ["number", "name", "tags"]


@pytest.mark.parametrize("change", [dataclasses.replace, replace])
@pytest.mark.parametrize("way", WAYS)
def test_a_changed_value_is_another_and_the_first_stays_as_it_was(way: Make, change: Make) -> None:
    value = made(way)(1, name="x", tags={"a": 1})
    changed = change(value, number=2, tags={})
    assert (changed.number, changed.name, changed.tags) == (2, "x", {})
    assert (value.number, value.tags) == (1, {"a": 1})
    assert change(value) == value
    with pytest.raises(TypeError):
        change(value, nam="y")


@pytest.mark.parametrize("change", [dataclasses.replace, replace])
def test_what_a_value_works_out_is_worked_out_anew_when_it_changes(change: Make) -> None:
    changed = change(Kept(name="x", rows=(7,), notes={"a": "b"}), rows=(8, 9))
    assert (changed._index, changed.notes) == ({0: 8, 1: 9}, {"a": "b"})
    with pytest.raises((TypeError, ValueError)):
        change(changed, _index={})


def test_a_value_is_worked_out_further_copied_and_pickled() -> None:
    kept = Kept(name="x", rows=(7,), notes={"a": "b"})
    assert kept._index == {0: 7}
    for again in (copy.copy(kept), pickle.loads(pickle.dumps(kept))):
        assert again == kept
        assert again.notes == {"a": "b"}
    assert hash(kept) == hash(Kept(name="x", rows=(7,), notes={"c": "d"}))
    assert repr(kept) == "Kept(name='x', rows=(7,))"


def test_init_is_compiled_once_that_pays_and_the_values_before_it_are_the_same() -> None:
    kind = made(quick)
    before = kind.__init__
    first = kind(1, name="x")
    assert kind.__init__ is before
    for number in range(100):
        kind(number)
    after = kind.__init__
    assert before is not after
    assert kind(1, name="x") == first
    assert kind.__init__ is after


@pytest.mark.parametrize("way", WAYS)
def test_a_field_of_a_base_that_is_said_anew_keeps_its_place(way: Make) -> None:
    @way(frozen=True, slots=True, kw_only=True)
    class Nearer(made(way)):  # type: ignore[misc]
        """A value with another default."""

        name: str = "dichterbij"
        more: int = 0

    assert [one.name for one in dataclasses.fields(Nearer)] == ["number", "name", "tags", "more"]
    assert (Nearer(1).name, Nearer.__slots__, Nearer.__match_args__) == ("dichterbij", ("more",), ("number",))
    assert Nearer(1) != made(way)(1)


@pytest.mark.parametrize("way", WAYS)
def test_a_default_that_all_values_would_share_is_refused(way: Make) -> None:
    with pytest.raises(ValueError, match="mutable default"):

        @way(frozen=True, slots=True)
        class Shared:
            """A value that shares."""

            tags: list[str] = []  # noqa: RUF012


@pytest.mark.parametrize("way", WAYS)
def test_what_stands_on_the_class_is_no_field(way: Make) -> None:
    @way(frozen=True, slots=True)
    class Counted:
        """A value with something of the class."""

        number: int
        kept: ClassVar[int] = 7

    assert [one.name for one in dataclasses.fields(Counted)] == ["number"]
    assert (Counted(1).kept, Counted(1)) == (7, Counted(1))


def test_what_is_asked_beyond_that_is_left_to_the_standard_library() -> None:
    @quick(order=True, frozen=True)
    class Ordered:
        number: int

    assert Ordered(1) < Ordered(2)


@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_frozen_can_change_and_has_no_hash(way: Make) -> None:
    @way(slots=True, kw_only=True)
    class Grows:
        """A value that grows."""

        files: list[str] = field(default_factory=list)
        last: int = field(init=False)
        first: int = 1

        def __post_init__(self) -> None:
            self.last = self.first + 1

    one = Grows(first=3)
    one.files.append("a")
    one.first = 4
    assert (one.files, one.first, one.last, Grows().files) == (["a"], 4, 4, [])
    assert one != Grows(first=4)
    assert Grows(first=2) == Grows(first=2)
    with pytest.raises(TypeError):
        hash(one)
    with pytest.raises(AttributeError):
        one.unknown = 1


def test_a_value_that_is_copied_often_is_still_the_same_and_cannot_change() -> None:
    """From some number on what copies the values of a class is compiled."""
    value = made(quick)(1, name="x")
    for number in range(60):
        fresh = replace(value, number=number)
        assert (type(fresh), fresh.number, fresh.name, fresh.tags) == (type(value), number, "x", value.tags)
        assert fresh == type(value)(number, name="x")
        with pytest.raises(FrozenInstanceError):
            fresh.number = 9
        with pytest.raises(TypeError):
            replace(value, nummer=1)
    assert value.number == 1
