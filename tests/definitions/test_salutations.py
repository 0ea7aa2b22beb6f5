"""What an organisation says for all its letters is looked at before an act orders one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.core.content.letter_readers import LetterReaderKind
from engine.core.content.organisation import Organisation
from engine.definitions.checking.type_organisation import check_organisation
from engine.words.saying import say
from tests.letters.samples import organisation as sample


@pytest.fixture
def sound() -> Organisation:
    return replace(sample(), region="noord", letter_readers={"lid": reader("lid", "Beste {name},")})


def reader(name: str, salutation: str, instead_of: str = "") -> LetterReaderKind:
    return LetterReaderKind(id=name, label=name, salutation=salutation, instead_of=instead_of, where=f"hier:{name}")


def found(organisation: Organisation) -> dict[str, str]:
    return {one.kind: say(one).text() for one in check_organisation(organisation)}


def test_what_is_sound_gives_nothing(sound: Organisation) -> None:
    assert found(sound) == {}


@pytest.mark.parametrize("where", ["letterhead", "letter_labels", "spoken_names"])
def test_a_word_around_letters_that_cannot_be_printed_is_found(sound: Organisation, where: str) -> None:
    """F-20: such a sign would fail every letter, and be found by none before it leaves."""
    spoilt = replace(sound, **{where: {**getattr(sound, where), "greeting": "Groeten \U0001f600"}})
    assert list(found(spoilt)) == ["unprintable_word"]
    assert "U+1F600" in found(spoilt)["unprintable_word"]


def test_a_mark_that_means_nothing_and_a_reader_that_is_not_there_are_found(sound: Organisation) -> None:
    wrong = replace(sound, letter_readers={"lid": reader("lid", "Dag {naam},", instead_of="buur")})
    assert set(found(wrong)) == {"wrong_salutation", "unknown_kind_of_reader"}
    assert "{name}" in found(wrong)["wrong_salutation"]
