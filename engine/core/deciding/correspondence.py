"""Letters as a decision orders them: which template, to whom, with which frozen fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.core.content.letter_readers import SIGNER
from engine.core.content.template import LetterField, LetterTemplate
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.deciding.readers import (
    addressed_as,
    readers_of,
    unfit_addresses,
    unprintable_fields,
    unprintable_frame,
)
from engine.core.deciding.situation import Situation
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import FactRef
from engine.core.language.facts import Value, term_fact
from engine.core.language.orders import LetterOrder
from engine.core.quick_class import dataclass

_LATE_ASPECTS = ("last_day", "days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence:
    """The letters of one order, or what stands in their way; `owed` are those that could not be made, with to whom."""

    letters: tuple[OutgoingLetter, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    owed: tuple[tuple[str, str], ...] = ()


def order_letters(situation: Situation, orders: tuple[LetterOrder, ...], on_behalf_of: str) -> Correspondence:
    """Make the letters of these orders whose condition holds, one for each reader.

    `on_behalf_of` is the body in whose name the actor acted, if any. A field that is unknown is a blocker:
    there is never a blank in a letter.
    """
    letters: list[OutgoingLetter] = []
    blockers: list[Blocker] = []
    owed: list[tuple[str, str]] = []
    for order in orders:
        if not situation.holds(order.when):
            continue
        template = situation.content.letters.get(order.letter)
        if template is None:
            blockers.append(Blocker(kind=BlockerKind.NO_LETTER, subject=order.letter, where=order.where))
            owed += [(order.letter, addressee) for addressee in order.to]
            continue
        for addressee in order.to:
            made = _make_letter(situation, template, addressee, on_behalf_of)
            letters.extend(made.letters)
            blockers.extend(made.blockers)
            owed += [(order.letter, addressee)] if made.blockers else []
    return Correspondence(letters=tuple(letters), blockers=tuple(blockers), owed=tuple(owed))


def _make_letter(
    situation: Situation, template: LetterTemplate, addressee_id: str, on_behalf_of: str
) -> Correspondence:
    late = {field.name: term for field in template.fields if (term := late_term(situation.content, template, field))}
    found, blockers = fill_fields(situation, template, late)
    readers = readers_of(situation, addressee_id)
    if not readers:
        addressee = situation.content.rules.addressees[addressee_id]
        blockers = (*blockers, _missing(situation, template, "geadresseerde", addressee.name, addressee.where))
    if blockers:
        return Correspondence(blockers=blockers)
    signature, giver, signer = _signing(situation, template, on_behalf_of)
    fields = {**found, **({SIGNER: signer} if signer else {})}
    spoken = {reader.key: addressed_as(situation, reader) for reader in readers}
    faults = (
        *unprintable_frame(situation, template),
        *unprintable_fields(template, fields),
        *(fault for own in spoken.values() for fault in unprintable_fields(template, own)),
        *unfit_addresses(template, readers),
    )
    if faults:
        return Correspondence(blockers=faults)
    number = sum(1 for mark in situation.case.letters if mark.letter == template.id) + 1
    return Correspondence(
        letters=tuple(
            OutgoingLetter(
                key=f"{situation.case.id}/{template.id}/{reader.key}/{number}",
                letter=template.id,
                organisation=situation.content.organisation.id,
                addressee=reader.key,
                addressee_name=reader.name,
                addressee_address=reader.address,
                signature=signature,
                on_behalf_of=giver,
                fields={**fields, **spoken[reader.key]},
                late_fields=late,
                **of_template(template),
            )
            for reader in readers
        )
    )


def of_template(template: LetterTemplate) -> dict[str, Any]:
    """What a letter takes over from its template as it is, when it is ordered and when it is made anew."""
    return {
        "template_version": template.valid_from,
        "template_digest": template.digest,
        "title": template.title,
        "level": template.level,
        "clause": template.clause,
    }


def _signing(situation: Situation, template: LetterTemplate, on_behalf_of: str) -> tuple[str, str, str]:
    """The body that signs, in whose name, and who that is by name; the last two may be empty.

    Under a mandate the letter must name its giver (Awb 10:10). A name stands only under what somebody did: a letter
    that goes by itself, or that another body's act orders, is signed by its body alone, because nobody looked at it.
    """
    organisation, actor = situation.content.organisation, situation.actor
    body = organisation.bodies.get(template.signature)
    signature = body.label if body else template.signature
    named = None if template.signed_by is None else situation.worded(template.signed_by)
    if on_behalf_of and on_behalf_of == template.signature:
        giver, holder = (body and body.in_sentence) or signature, organisation.bodies.get(actor.role)
        return (holder.label if holder else actor.role), giver, str(named or actor.name)
    acts_itself = actor.is_person and actor.role == template.signature
    return signature, "", str(named or (actor.name if acts_itself else ""))


def late_term(content: Content, template: LetterTemplate, field: LetterField) -> str:
    """The term, with what is told of it, when the field is of a term that begins, or gets another last day, with the
    sending of this very letter.

    Empty otherwise. A last day bears the name of the term alone: letters that wait since an older program do so too.
    """
    if not isinstance(field.value, FactRef):
        return ""
    named = term_fact(field.value.fact)
    if named is None or named[1] not in _LATE_ASPECTS:
        return ""
    term = content.term(named[0])
    if template.id not in term.letters_counted_from((*term.starts_in, *term.starts_on, *term.prolonged_by)):
        return ""
    return named[0] if named[1] == "last_day" else f"{named[0]}.{named[1]}"


def fill_fields(
    situation: Situation, template: LetterTemplate, late: Mapping[str, str]
) -> tuple[Mapping[str, Value], tuple[Blocker, ...]]:
    """The fields of a letter as they are known now but for the `late` ones, and a blocker for each that is missing."""
    fields: dict[str, Value] = {}
    blockers: list[Blocker] = []
    for field in template.fields:
        if field.name in late:
            continue
        value = situation.worded(field.value)
        if value is not None:
            fields[field.name] = value
        elif field.is_optional:
            fields[field.name] = ""
        else:
            blockers.append(_missing(situation, template, field.name, field.value, field.where))
    return fields, tuple(blockers)


def _missing(situation: Situation, template: LetterTemplate, name: str, value: object, where: str) -> Blocker:
    fact = value.fact if isinstance(value, FactRef) else ""
    rule = situation.content.rules.facts.get(fact)
    return Blocker(
        kind=BlockerKind.LETTER_FIELD,
        subject=template.id,
        detail=name,
        where=where,
        supplied_by=rule.supplied_by if rule else (),
    )
