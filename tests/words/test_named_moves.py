"""Several transitions may bear one name: who reads what was done reads the label of the one that was taken."""

from __future__ import annotations

import pytest

from engine.cli.pages.receipt_page import DID
from engine.core.deciding.step import EntryKind
from engine.words.of_journal import say_notice
from tests.real_content import all_real_content


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "said"), [("doorbraak", "meteen naar de doorbraak"), ("toeleiding", "naar Toeleiding")]
)
def test_a_message_about_a_move_bears_the_label_of_the_move_that_was_made(target: str, said: str) -> None:
    """The body was told that a case went straight to the breakthrough, while it went to Toeleiding."""
    loaded, _ = all_real_content()
    content = next(one for one in loaded.contents.values() if one.workflow.id == "escalatie")
    told = {"transition": "niet_op_tijd_ingeschaald", "target": target}
    assert say_notice("transition", told, term="", content=content).endswith(said)
    assert say_notice("transition", {"transition": told["transition"]}, term="", content=content)


def test_every_line_of_a_receipt_has_a_word_for_what_it_wrote_down() -> None:
    """A consultant read `term_warned`; a move bears the name of its act.

    Publishing and drawing are no steps of a case; the case that a draw opens says that it was planned.
    """
    assert {one.value for one in EntryKind} - {"moved", "published", "drawn"} == DID.keys()
