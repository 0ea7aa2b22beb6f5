"""A refusal in a few Dutch words."""

from __future__ import annotations

import pytest

from engine.core.deciding.step import Blocker, BlockerKind
from engine.words.short_reasons import say_shortly


@pytest.mark.parametrize("kind", list(BlockerKind))
def test_every_kind_of_blocker_has_words_and_never_its_code(kind: BlockerKind) -> None:
    said = say_shortly([Blocker(kind=kind, subject="onderwerp", detail="bijzonderheid")])
    assert said
    assert kind.value not in said


def test_reasons_are_joined_and_said_once() -> None:
    missing = Blocker(kind=BlockerKind.MISSING_FACT, subject="sector")
    consent = Blocker(kind=BlockerKind.NO_CONSENT, subject="vo")
    assert say_shortly([missing, consent, missing]) == (
        "'sector' is niet bekend en voor de sector 'vo' is er geen geldige instemming"
    )
