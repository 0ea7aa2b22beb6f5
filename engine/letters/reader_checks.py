"""Does everybody who gets a letter get words of their own, and nothing that is not theirs to know?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.core.content.letter_readers import READER, SALUTATION, LetterReaderKind
from engine.core.content.ordered import letter_orders
from engine.core.content.template import LetterTemplate
from engine.core.deciding.readers import kinds_for
from engine.core.errors import LetterError
from engine.core.evaluation.prepared import Content
from engine.core.finding import Finding, fault
from engine.core.language.conditions import facts_in_expression
from engine.core.language.facts import term_fact
from engine.letters.language import names_used, place_in
from engine.letters.reader_blocks import fields_for, reader_choices


def check_readers(content: Content) -> Iterator[Finding]:
    """For each letter that this content orders: its text, held against every kind of reader it may go to."""
    kinds = content.organisation.letter_readers
    addressed: dict[str, dict[str, None]] = {}
    for order in letter_orders(content.workflow, content.rules):
        addressed.setdefault(order.letter, {}).update(dict.fromkeys(order.to))
    for name, addressees in sorted(addressed.items()):
        template = content.letters.get(name)
        if template is None:
            continue
        try:
            yield from _check(content, template, tuple(addressees), kinds)
        except LetterError:
            continue  # a text that cannot be read is a finding already


def _check(
    content: Content, template: LetterTemplate, addressees: tuple[str, ...], kinds: Mapping[str, LetterReaderKind]
) -> Iterator[Finding]:
    choices = reader_choices(template)
    speaks = bool({READER, SALUTATION} & {use.name for use in names_used(template)})
    for choice in choices:
        for name in sorted(choice.named - kinds.keys()):
            where = place_in(template, choice.source, choice.line)
            yield fault("unknown_letter_reader", where, letter=template.id, reader=name, known=kinds)
    for name in addressees:
        addressee = content.rules.addressees.get(name)
        if addressee is None:
            continue
        if speaks and not addressee.reader:
            yield fault("addressee_without_reader", addressee.where, addressee=name, letter=template.id)
        for kind in kinds_for(kinds, addressee.reader):
            for choice in choices:
                if not choice.is_open and kind.id not in choice.named:
                    where = place_in(template, choice.source, choice.line)
                    yield fault("no_text_for_reader", where, letter=template.id, reader=kind.id, label=kind.label)
            yield from _told_too_much(template, kind)


def _told_too_much(template: LetterTemplate, kind: LetterReaderKind) -> Iterator[Finding]:
    if not kind.sees_only:
        return
    shown = fields_for(template, kind.id)
    for field in template.fields:
        beyond = {fact for fact in facts_in_expression(field.value) if not term_fact(fact)} - set(kind.sees_only)
        if field.name in shown and beyond:
            where = field.where or template.where
            told = {"letter": template.id, "field": field.name, "reader": kind.id, "facts": tuple(sorted(beyond))}
            yield fault("told_too_much", where, **told)
