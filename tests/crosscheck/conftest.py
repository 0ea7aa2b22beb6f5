"""One child for all tests; each test that harms it gets its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.crosscheck.partner import SecondEvaluator, why_absent


@pytest.fixture(scope="session")
def second() -> Iterator[SecondEvaluator]:
    """A second evaluator, shared."""
    if why_absent():
        pytest.skip(why_absent())
    with SecondEvaluator() as evaluator:
        yield evaluator


@pytest.fixture
def own_second() -> Iterator[SecondEvaluator]:
    """A second evaluator that may be harmed."""
    if why_absent():
        pytest.skip(why_absent())
    with SecondEvaluator() as evaluator:
        yield evaluator
