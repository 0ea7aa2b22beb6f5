"""No letter of a machine promises what nobody was asked to do (F-24)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.core.content.template import Promise
from engine.core.evaluation.prepared import Content
from engine.letters.letter_rules import find_letter_rules
from engine.letters.promise_checks import check_promises
from tests.letters.samples import CONTENT_ROOT
from tests.letters.test_letter_readers import contents
from tests.letters.test_reader_checks import content_of

RULES = find_letter_rules(CONTENT_ROOT, contents()[0].organisation)


def found(content: Content) -> set[tuple[str, object]]:
    return {(one.kind, one.parameters["letter"]) for one in check_promises(content, RULES)}


def changed(name: str, more: str = "", *promises: Promise) -> Content:
    content = content_of("escalatie")
    letter = content.letters[name]
    letter = replace(letter, body=letter.body + more, promises=(*letter.promises, *promises))
    return replace(content, letters={**content.letters, name: letter})


def test_every_promise_of_a_letter_that_goes_by_itself_is_kept_by_an_act_that_follows() -> None:
    assert [one for content in contents() for one in check_promises(content, RULES)] == []
    assert any(letter.promises for content in contents() for letter in content.letters.values())


@pytest.mark.parametrize(
    "promise",
    [
        "De doorbraakfunctionaris belt u.",
        "Wij bellen u om een dag te kiezen.",
        "U krijgt dat op papier.",
        "Jij hoort dan wat er gebeurt en dat hoor je snel.",
    ],
)
def test_what_no_act_keeps_may_not_be_promised(promise: str) -> None:
    assert found(changed("L-62", f"\n\n{promise}\n")) == {("promise_undeclared", "L-62")}


def test_a_promise_is_kept_by_what_a_person_can_do_where_the_case_then_is() -> None:
    says = "U krijgt dat op papier."
    for act in ("nazorg_afsluiten", "trede_verlopen", "bestaat_niet"):
        assert found(changed("L-62", f"\n\n{says}\n", Promise(says=says, kept_by=(act,)))) == {
            ("promise_kept_by_nobody", "L-62")
        }
    kept = Promise(says=says, kept_by=("overleg_afsluiten",))
    assert found(changed("L-62", f"\n\n{says}\n", kept)) == set()
    assert found(changed("L-62", "", kept)) == {("promise_not_said", "L-62")}


def test_a_letter_that_only_a_person_orders_promises_what_that_person_knows() -> None:
    content = content_of("tlv")
    letter = content.letters["L-06"]
    more = replace(letter, body=letter.body + "\n\nWij bellen u morgen.\n")
    assert found(replace(content, letters={**content.letters, "L-06": more})) == set()
