"""Show a letter of the content as each of its readers would get it, with invented fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from engine.core.content.letter_readers import LetterReaderKind
from engine.core.content.organisation import Organisation
from engine.core.content.template import LetterTemplate
from engine.core.deciding.readers import kinds_for
from engine.core.dutch import write_day
from engine.core.errors import UsageError
from engine.definitions.catalogue import Catalogue
from engine.letters.invented import invented_letter
from engine.letters.rendering import RenderedLetter, render
from engine.usecases.chosen_organisation import choose_organisation
from engine.words.spelling import nearest

_NUMBER = "VOORBEELD-0001"


def preview_letter(
    root: Path, name: str, *, organisation: str = "", on: date, reader: str = ""
) -> Mapping[str, RenderedLetter]:
    """The letter by kind of reader (or for this one alone), as it is in force on this local day.

    Raises UsageError when there is no such letter or reader, DefinitionError when the content is wrong, LetterError
    when the letter cannot be made.
    """
    catalogue = Catalogue(root)
    chosen = choose_organisation(catalogue, organisation)
    letters = {one.id: one for one in catalogue.letters(chosen, on)}
    template = letters.get(name)
    if template is None:
        near = nearest(name, letters)
        raise UsageError(
            f"De brief '{name}' is er niet op {write_day(on)}.",
            next_step=f"Bedoelde u {near}?" if near else "Geef het nummer van de brief, zoals zijn map heet.",
        )
    whose = catalogue.organisation(chosen)
    kinds = {one.id: one for one in _readers(catalogue, whose, template, on)}
    if reader and reader not in kinds:
        raise UsageError(f"{name} heeft geen lezer '{reader}'.", next_step=f"Hij is voor: {', '.join(kinds)}.")
    return {
        kind.id: render(
            invented_letter(template, whose, kind, on),
            template,
            whose,
            sent_on=on,
            case_id=_NUMBER,
            content_root=root,
            is_draft=True,
        )
        for kind in kinds.values()
        if not reader or kind.id == reader
    }


def _readers(
    catalogue: Catalogue, whose: Organisation, template: LetterTemplate, on: date
) -> Iterator[LetterReaderKind]:
    """Every kind that may read it. Who is meant by an address stands in the vocabulary, else with a procedure."""
    known = dict(whose.shared_addressees)
    if not known.keys() >= set(template.audience):
        for workflow in catalogue.workflows(whose.id):
            content = catalogue.content(whose.id, workflow, on)
            if template.id in content.letters:
                known |= content.rules.addressees
    for one in template.audience:
        found = kinds_for(whose.letter_readers, known[one].reader if one in known else one)
        # Of an organisation that tells no readers apart, and of a letter that no act sends yet, nobody is spoken to.
        yield from found or (LetterReaderKind(id=one, label=one, salutation=""),)
