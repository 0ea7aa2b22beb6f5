"""A letter with invented fields, so that who writes its text sees it as each reader would, before any case exists.

What the content gives by itself (parameters) is shown as it is. All else stands in square brackets, or is one fixed
day, number or list: nobody can take it for what was decided about a child.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from engine.core.content.letter_readers import (
    FIRST_NAME_MARK,
    NAME_MARK,
    READER,
    SALUTATION,
    SIGNER,
    LetterReaderKind,
)
from engine.core.content.organisation import Organisation
from engine.core.content.template import LetterTemplate
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.language.conditions import Literal
from engine.core.language.facts import Value
from engine.core.moment import LOCAL_ZONE
from engine.letters.language import sources_of

_PERSON, _CALLED = "mevrouw Voorbeeld", "Sam"
_SIGNER = "A. Voorbeeld"
_ADDRESS = "Voorbeeldlaan 1\n1300 AA Voorbeeldstad"


def invented_letter(
    template: LetterTemplate, organisation: Organisation, kind: LetterReaderKind, on: date
) -> OutgoingLetter:
    """The letter as this kind of reader would get it on this local day, when every field is known."""
    text = " ".join(sources_of(template).values())
    fields = {field.name: _value(field.value, field.name, text, on) for field in template.fields}
    salutation = kind.salutation.replace(FIRST_NAME_MARK, _CALLED).replace(NAME_MARK, _PERSON)
    return OutgoingLetter(
        key=f"{template.id}/{kind.id}",
        letter=template.id,
        organisation=organisation.id,
        template_version=template.valid_from,
        template_digest=template.digest,
        title=template.title,
        addressee=kind.id,
        addressee_name=_PERSON[0].upper() + _PERSON[1:],
        addressee_address=_ADDRESS,
        level=template.level,
        clause=template.clause,
        signature=template.signature,
        on_behalf_of="",
        fields={**fields, READER: kind.id, SALUTATION: salutation, SIGNER: _SIGNER},
    )


def _value(given: object, name: str, text: str, on: date) -> Value:
    if isinstance(given, Literal):
        return given.value
    said = f"[{name.replace('_', ' ')}]"
    for form, value in _by_form(said, on).items():
        if re.search(rf"\b{re.escape(name)}\s*\|\s*{form}\b", text):
            return value
    is_listed = re.search(rf"\bin\s+{re.escape(name)}\b", text)
    return (said, said) if is_listed else said


def _by_form(said: str, on: date) -> Mapping[str, Value]:
    """A value for each filter that asks another kind than a text."""
    day = on.isoformat()
    return {
        "datum": on,
        "dag": on,
        "moment": datetime.combine(on, time(9), LOCAL_ZONE),
        "opsomming": (said, said),
        "en_lijst": (said, said),
        "aantal": (said, said),
        "getal": 3,
        "bedrag": 100,
        "kalender": (f"{day}|start||", f"{day}|last|1|"),
    }
