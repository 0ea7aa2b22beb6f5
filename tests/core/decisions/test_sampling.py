from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.content.planned import DrawRule, Rounding
from engine.core.deciding.sampling import Candidate, Sampling, seed_of

PUPILS = tuple(Candidate(f"{number:04d}", "so" if number % 3 else "sbo") for number in range(60))


def sampling(share: float = 0.05, rounding: Rounding = Rounding.UP, **more: object) -> Sampling:
    return Sampling.of(DrawRule(share=share, rounding=rounding, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("share", "rounding", "many", "size"),
    [
        (0.05, Rounding.UP, 41, 3),  # 2.05
        (0.05, Rounding.HALF_UP, 41, 2),
        (0.05, Rounding.HALF_UP, 50, 3),  # 2.5
        (0.05, Rounding.DOWN, 59, 2),  # 2.95
        (0.05, Rounding.DOWN, 19, 0),
        (0.05, Rounding.UP, 0, 0),
        (0.1, Rounding.UP, 30, 3),  # exactly 3: 0.1 means a tenth, not the nearest number of the machine
        (1.0, Rounding.UP, 7, 7),
    ],
)
def test_a_share_becomes_a_number_as_the_content_says(share: float, rounding: Rounding, many: int, size: int) -> None:
    assert sampling(share, rounding).size(many) == size


def test_at_least_so_many_are_drawn_but_never_more_than_there_are() -> None:
    assert [sampling(rounding=Rounding.DOWN, at_least=2).size(many) for many in (19, 1, 0)] == [2, 1, 0]


def test_each_group_is_drawn_from_apart() -> None:
    drawn = sampling().drawn("zaad", PUPILS)
    assert [one.group for one in drawn] == ["sbo", "so", "so"]  # 5 % of 20, and of 40


def test_a_name_can_be_checked_by_hand() -> None:
    def mark(member: Candidate) -> str:
        return sha256(f"zaad/{member.number}".encode()).hexdigest()

    of_group = [one for one in PUPILS if one.group == "sbo"]
    assert [one for one in sampling().drawn("zaad", PUPILS) if one.group == "sbo"] == [min(of_group, key=mark)]


def test_the_seed_follows_from_what_is_drawn_and_is_another_each_year() -> None:
    assert seed_of("dorp", "kijkje.loting", "2026-11-01") == seed_of("dorp", "kijkje.loting", "2026-11-01")
    seeds = {seed_of("dorp", "kijkje.loting", f"{year}-11-01") for year in range(2026, 2036)}
    assert len(seeds) == 10
    assert len({sampling().drawn(seed, PUPILS) for seed in seeds}) > 5


@given(st.permutations(PUPILS), st.text(min_size=1, max_size=8))
def test_the_same_seed_and_people_give_the_same_list_in_whatever_order_they_come(
    shuffled: list[Candidate], seed: str
) -> None:
    assert sampling(0.3).drawn(seed, [*shuffled, *shuffled[:5]]) == sampling(0.3).drawn(seed, PUPILS)


@given(st.text(min_size=1, max_size=8), st.integers(0, 59))
def test_who_leaves_changes_the_list_by_one_place_of_the_own_group(seed: str, gone: int) -> None:
    before = set(sampling(0.3).drawn(seed, PUPILS))
    after = set(sampling(0.3).drawn(seed, (one for one in PUPILS if one != PUPILS[gone])))
    assert len(before - after) <= 1
    assert len(after - before) <= 1
    assert {one.group for one in before ^ after} <= {PUPILS[gone].group}
