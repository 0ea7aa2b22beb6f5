"""One letter, from its frozen fields and template version to HTML and PDF."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from engine.core.content.letter_readers import READER, SALUTATION, SIGNER
from engine.core.content.organisation import Organisation
from engine.core.content.template import LetterTemplate
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.errors import LetterError
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass
from engine.letters.blocks import parse_blocks
from engine.letters.filling import Values, fill, signs_itself
from engine.letters.language import SIGNATORY_FIELD
from engine.letters.look import Look, find_look, read_look
from engine.letters.page import write_page
from engine.letters.pdf import write_pdf
from engine.letters.sheet import Sheet, check_characters, hash_of, split_address
from engine.letters.value_lists import with_typed_lists

BODY_ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedLetter:
    """A letter as it goes out. `text_hash` is over its words and structure, not over its look."""

    html: str
    pdf: bytes
    text_hash: str


def render(
    letter: OutgoingLetter,
    template: LetterTemplate,
    organisation: Organisation,
    *,
    sent_on: date,
    case_id: str,
    content_root: Path,
    late_values: Mapping[str, Value] | None = None,
    is_draft: bool = False,
) -> RenderedLetter:
    """Make the letter, dated `sent_on` (a local date). The same arguments give the same bytes.

    `late_values` are the fields that are known only on the day of sending, by field. Raises LetterError, for this
    letter only, when a field is missing, a character cannot be printed, or template or look is wrong.
    """
    sheet = compose(
        letter,
        template,
        organisation,
        sent_on=sent_on,
        case_id=case_id,
        late_values=late_values,
        is_draft=is_draft,
    )
    look = find_look(content_root, organisation)
    return RenderedLetter(html=write_html(sheet, look), pdf=write_pdf(sheet, look), text_hash=hash_of(sheet))


def compose(
    letter: OutgoingLetter,
    template: LetterTemplate,
    organisation: Organisation,
    *,
    sent_on: date,
    case_id: str,
    late_values: Mapping[str, Value] | None = None,
    is_draft: bool = False,
) -> Sheet:
    """Everything that stands on the letter, still without a look. Arguments and errors as for `render`."""
    _demand_same(letter, template)
    values = collect_values(letter, organisation, sent_on=sent_on, case_id=case_id, late_values=late_values)
    sheet = Sheet(
        title=letter.title,
        reference=case_id,
        dated_on=sent_on,
        name=letter.addressee_name,
        address=split_address(letter.addressee_address),
        sender=dict(organisation.letterhead),
        signatory=_label(organisation, letter.signature),
        signer=str(letter.fields.get(SIGNER, "")),
        on_behalf_of=_label_in_sentence(organisation, letter.on_behalf_of),
        is_closed_here=not signs_itself(template),
        level=letter.level,
        is_draft=is_draft,
        blocks=with_typed_lists(parse_blocks(fill(template, values))),
        labels=dict(organisation.letter_labels),
    )
    check_characters(sheet)
    return sheet


def collect_values(
    letter: OutgoingLetter,
    organisation: Organisation,
    *,
    sent_on: date,
    case_id: str,
    late_values: Mapping[str, Value] | None = None,
) -> Values:
    """All fields of the letter by name: frozen, late and standard."""
    return {
        # A letter that was ordered before letters knew their readers says none of these.
        READER: "",
        SALUTATION: "",
        SIGNER: "",
        **letter.fields,
        **(late_values or {}),
        "geadresseerde": letter.addressee_name,
        "datum_brief": sent_on,
        "zaaknummer": case_id,
        "afzender": organisation.letterhead,
        SIGNATORY_FIELD: _label(organisation, letter.signature),
        "namens": _label_in_sentence(organisation, letter.on_behalf_of),
    }


def write_html(sheet: Sheet, look: Look) -> str:
    """The page of a sheet in a look."""
    return write_page(sheet, read_look(look.style))


def _label(organisation: Organisation, body: str) -> str:
    """The words for a body. What is not a body but reads as words already (a name) is kept."""
    known = organisation.bodies.get(body)
    if known or not BODY_ID.fullmatch(body):
        return known.label if known else body
    raise LetterError(
        f"De brief wordt ondertekend door '{body}', maar dat orgaan bestaat niet.",
        where=organisation.where or organisation.id,
        next_step="Voeg het orgaan toe aan organisation.yaml of verbeter 'signature' in de kop van de brief.",
    )


def _label_in_sentence(organisation: Organisation, body: str) -> str:
    """The words for a body in the middle of a sentence; a label that begins with an abbreviation keeps it."""
    label = _label(organisation, body)
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _demand_same(letter: OutgoingLetter, template: LetterTemplate) -> None:
    """A letter is made from the version it was frozen with, and from no other."""
    if not letter.addressee_name.strip():
        raise LetterError(
            f"Brief {letter.letter} heeft geen naam om aan te schrijven.",
            where=letter.key,
            next_step=f"Leg de naam vast van '{letter.addressee}'.",
        )
    frozen = (letter.letter, letter.template_version, letter.template_digest)
    if frozen != (template.id, template.valid_from, template.digest):
        raise LetterError(
            f"De tekst van brief {letter.letter} is niet meer de tekst waarmee de brief is klaargezet.",
            where=template.where or letter.key,
            why=f"Klaargezet met versie {letter.template_version}, gevonden is {template.id} {template.valid_from}.",
            next_step="Zet dat bestand terug; een nieuwe tekst is een nieuwe versie met een eigen datum.",
        )
