"""How a letter speaks to whoever reads it, and by whose name it is signed."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.content.letter_readers import (
    FIRST_NAME_MARK,
    NAME_MARK,
    READER,
    SALUTATION,
    LetterReaderKind,
    given_name,
    kinds_for,
    spoken,
)
from engine.core.content.template import LetterTemplate
from engine.core.deciding.readers import LetterReader
from engine.core.deciding.situation import Situation
from engine.core.language.facts import Value


def addressed_as(situation: Situation, reader: LetterReader) -> Mapping[str, Value]:
    """The fields with the kind of this reader and the salutation; none where the content names no kind."""
    addressee = situation.content.rules.addressees.get(reader.key.partition(".")[0])
    kinds = situation.content.organisation.letter_readers
    if addressee is None or addressee.reader not in kinds:
        return {}
    kind = next(
        one for one in kinds_for(kinds, addressee.reader) if one.id == addressee.reader or situation.holds(one.when)
    )
    return {READER: kind.id, SALUTATION: _salutation(situation, kind, reader)}


def _salutation(situation: Situation, kind: LetterReaderKind, reader: LetterReader) -> str:
    forms = situation.content.organisation.spoken_names
    said = kind.salutation
    if FIRST_NAME_MARK in said:
        called = _known(situation, kind.first_name) or given_name(_known(situation, kind.full_name) or reader.name)
        said = said.replace(FIRST_NAME_MARK, called)
    return said.replace(NAME_MARK, spoken(reader.called or reader.name, forms))


def _known(situation: Situation, fact: str) -> str:
    value = situation.lookup(fact) if fact else None
    return value if isinstance(value, str) else ""


def signing(situation: Situation, template: LetterTemplate, on_behalf_of: str) -> tuple[str, str, str]:
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
