"""A letter says to whom it speaks and who signs it by name; what stands around its text is looked at with the act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.core.content.letter_readers import READER, SALUTATION, SIGNER, LetterReaderKind
from engine.core.deciding.case import Actor
from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import FactRef, Literal, Operator, Test
from tests.core.decisions.garden import BOARD, FITS, KEEPER, Garden, at, garden, kinds

KINDS = {
    "lid": LetterReaderKind(id="lid", label="Lid", salutation="Beste {name},"),
    "ouder_lid": LetterReaderKind(
        id="ouder_lid",
        label="Ouder lid",
        salutation="Dag {first_name},",
        instead_of="lid",
        when=Test(fact="plan", operator=Operator.KNOWN, operand=Literal(value=True)),
    ),
    "buren": LetterReaderKind(id="buren", label="Buren", salutation="Geachte buren,"),
}


def addressed(content: Content, *, letterhead: str = "", signed_by: str = "") -> Content:
    """The content of the garden, in which a member and the neighbours are addressed each in their own way."""
    organisation = replace(content.organisation, letter_readers=KINDS, spoken_names={"dhr.": "heer"})
    if letterhead:
        organisation = replace(organisation, letterhead={**organisation.letterhead, "name": letterhead})
    addressees = {
        **content.rules.addressees,
        "tuinder": replace(content.rules.addressees["tuinder"], reader="lid"),
        "buur": replace(content.rules.addressees["buur"], reader="buren"),
    }
    letters = content.letters
    if signed_by:
        letters = {**letters, "T-01": replace(letters["T-01"], signed_by=FactRef(fact=signed_by))}
    return replace(
        content, organisation=organisation, rules=replace(content.rules, addressees=addressees), letters=letters
    )


def granted(actor: Actor = BOARD, **how: str) -> Step | Refusal:
    plot: Garden = garden("2026-03-02", FITS)
    plot.content = addressed(plot.content, **how)
    return plot.act("toewijzen", actor, at("2026-03-24"))


def test_each_reader_is_addressed_as_the_content_says_and_a_kind_may_read_for_another() -> None:
    step = granted()
    assert isinstance(step, Step)
    member, neighbours = step.letters
    assert (member.fields[READER], member.fields[SALUTATION]) == ("ouder_lid", "Dag Ootje,")
    assert (neighbours.fields[READER], neighbours.fields[SALUTATION]) == ("buren", "Geachte buren,")


def test_who_did_the_act_signs_by_name_and_under_a_mandate_for_its_giver() -> None:
    own, lent = granted(BOARD), granted(KEEPER)
    assert isinstance(own, Step)
    assert isinstance(lent, Step)
    assert (own.letters[0].fields[SIGNER], own.letters[0].signature, own.letters[0].on_behalf_of) == (
        "Bep Schep",
        "Bestuur",
        "",
    )
    assert (lent.letters[0].fields[SIGNER], lent.letters[0].signature, lent.letters[0].on_behalf_of) == (
        "Gijs Hark",
        "Beheerder",
        "Bestuur",
    )


def test_the_content_may_say_who_signs_and_nobody_signs_what_nobody_did() -> None:
    named = granted(Actor(role="bestuur"), signed_by="tuinder.naam")
    nobody = granted(Actor(role="bestuur"))
    assert isinstance(named, Step)
    assert isinstance(nobody, Step)
    assert named.letters[0].fields[SIGNER] == "Ootje Moes"
    assert SIGNER not in nobody.letters[0].fields


@pytest.mark.parametrize("sign", ["\U0001f600", "𓀀"])
def test_a_letterhead_that_cannot_be_printed_refuses_the_act_that_orders_a_letter(sign: str) -> None:
    refused = granted(letterhead=f"Tuinvereniging {sign}")
    assert kinds(refused) == {BlockerKind.LETTER_PRINT}
    assert isinstance(refused, Refusal)
    assert {one.detail for one in refused.blockers} == {"letterhead.name"}
