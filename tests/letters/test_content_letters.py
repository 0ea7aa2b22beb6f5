"""Every letter of the content can be made, and holds no blocking mistake.

The values are stand-ins: what a field must be is read from the filter the text gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from engine.core.content.organisation import Organisation
from engine.core.content.template import LetterTemplate
from engine.core.errors import LetterError
from engine.core.finding import Level
from engine.core.language.facts import Value
from engine.definitions.catalogue import Catalogue
from engine.letters.checking import check_letter
from engine.letters.language import sources_of
from engine.letters.letter_rules import find_letter_rules
from engine.letters.rendering import RenderedLetter, render
from engine.words.saying import say
from tests.letters.samples import CASE_ID, CONTENT_ROOT, SENT_ON, letter_of

pytestmark = pytest.mark.long

STAND_INS: tuple[tuple[str, Value], ...] = (
    ("datum", date(2027, 3, 1)),
    ("dag", date(2027, 3, 1)),
    ("moment", datetime(2027, 3, 1, 9, tzinfo=UTC)),
    ("opsomming", ("Rapport van de arts", "Verslag van het gesprek")),
    ("en_lijst", ("de school", "de ouders")),
    ("aantal", ("een", "twee")),
    ("getal", 3),
    ("bedrag", 1442),
    ("kalender", ("2027-03-01|start||", "2027-03-02|last|1|")),
)


def letters_of_content() -> Iterator[tuple[Organisation, LetterTemplate]]:
    catalogue = Catalogue(CONTENT_ROOT)
    names = catalogue.organisations()
    inherited = {lower for name in names for lower in catalogue.chain(name)[:-1]}
    for name in (one for one in names if one not in inherited):
        workflows = catalogue.workflows(name)
        if not workflows:
            continue
        organisation = catalogue.content(name, workflows[0], SENT_ON).organisation
        for template in catalogue.letters(name, SENT_ON):
            yield organisation, template


def stand_in(template: LetterTemplate, field: str) -> Value:
    text = " ".join(sources_of(template).values())
    for name, value in STAND_INS:
        if re.search(rf"\b{field}\s*\|\s*{name}\b", text):
            return value
    return ("een", "twee") if re.search(rf"\bin {field}\b", text) else "Voorbeeld"


def problems_with(organisation: Organisation, template: LetterTemplate) -> list[str]:
    """The blocking mistakes, or why the letter cannot be made."""
    rules = find_letter_rules(CONTENT_ROOT, organisation)
    assert {"B1", "A2"} <= set(rules.levels)
    blocking = [say(one).what for one in check_letter(template, rules) if one.level is Level.ERROR]
    try:
        made = make(organisation, template)
    except LetterError as wrong:
        return [*blocking, wrong.text()]
    assert made.pdf.startswith(b"%PDF-")
    assert "</html>" in made.html
    return blocking


def make(organisation: Organisation, template: LetterTemplate) -> RenderedLetter:
    order = letter_of(
        template,
        organisation,
        fields={field.name: stand_in(template, field.name) for field in template.fields},
    )
    return render(order, template, organisation, sent_on=SENT_ON, case_id=CASE_ID, content_root=CONTENT_ROOT)


def test_every_letter_of_the_content_can_be_made() -> None:
    content = list(letters_of_content())
    found = {f"{one.id}/{text.id}": problems_with(one, text) for one, text in content}
    assert {name: problems for name, problems in found.items() if problems} == {}
    assert {text.level for _, text in content} == {"B1", "A2"}
