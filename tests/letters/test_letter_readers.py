"""Every reader of every letter of the content: spoken to as who it is, told what is theirs, in brief on one page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from io import BytesIO

import pytest
from pypdf import PdfReader

from engine.core.content.letter_readers import LetterReaderKind
from engine.core.content.ordered import letter_orders
from engine.core.content.organisation import Organisation
from engine.core.content.template import LetterTemplate
from engine.core.deciding.readers import given_name, kinds_for, spoken
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.definitions.catalogue import Catalogue
from engine.letters.rendering import RenderedLetter, render
from engine.letters.words_only import words_of
from tests.letters.samples import CASE_ID, CONTENT_ROOT, SENT_ON, letter_of
from tests.letters.test_content_letters import stand_in

pytestmark = pytest.mark.long

HOME = ("ouders", "meerderjarige", "kind", "kind_van_18")
ADULTS = ("meerderjarige", "kind_van_18")
SHORT = ("L-01", "L-02", "L-62K", "L-73")
# What such letters said in the demo year, the longest of it.
SAID: dict[str, Value] = {
    "leerling": "Annemarie-Sophie van den Berg-Nieuwkomer",
    "school": "Voorbeeldschool speciaal basisonderwijs",
    "soort": "Voortgezet speciaal onderwijs (vso)",
    "ontbrekend": (
        "Beschrijving van wat de school heeft gedaan en waarom dat niet genoeg is",
        "Verslag van het toelaatbaarheidsoverleg",
        "Mening van de ouders op schrift",
    ),
    "verslag": "Verslag van het overleg van vorige week",
    "kader": "Afspraak van de besturen",
    "steunpunt_naam": "Steunpunt Passend Onderwijs Almere",
    "steunpunt": "Steunpunt Passend Onderwijs Almere",
    "steunpunt_website": "www.passendonderwijs-almere.nl/steunpunt-2",
    "consulent_website": "www.onderwijsconsulenten.nl",
    "gpo_website": "www.onderwijsgeschillen.nl",
    "klachten_contact": "Samenwerkingsverband Passend Onderwijs Almere, Grote Markt 2-1, 1315 JG Almere",
    "dagen": tuple(f"2026-11-{day:02d}|counts||" for day in range(23, 31))
    + tuple(f"2026-12-{day:02d}|counts||" for day in range(1, 10)),
}


@cache
def contents() -> tuple[Content, ...]:
    catalogue = Catalogue(CONTENT_ROOT)
    return tuple(catalogue.content("almere", name, SENT_ON) for name in catalogue.workflows("almere"))


def letters_and_readers() -> Iterator[tuple[Organisation, LetterTemplate, LetterReaderKind]]:
    seen = set()
    for content in contents():
        kinds = content.organisation.letter_readers
        for order in letter_orders(content.workflow, content.rules):
            template = content.letters[order.letter]
            for name in order.to:
                for kind in kinds_for(kinds, content.rules.addressees[name].reader):
                    if (template.id, kind.id) not in seen:
                        seen.add((template.id, kind.id))
                        yield content.organisation, template, kind


ALL = tuple(letters_and_readers())
NAMED = [f"{template.id}-{kind.id}" for _, template, kind in ALL]


def made_for(
    organisation: Organisation, template: LetterTemplate, kind: LetterReaderKind, **known: Value
) -> RenderedLetter:
    fields = {
        field.name: known.get(field.name, SAID.get(field.name, stand_in(template, field.name)))
        for field in template.fields
        if field.name in known or not field.is_optional
    }
    salutation = kind.salutation.replace("{first_name}", "Sam").replace("{name}", "mevrouw Vos")
    order = letter_of(
        template,
        organisation,
        addressee_name="Voorbeeldschool speciaal basisonderwijs",
        addressee_address="Administratie\nPostbus 1\n1300 ZZ Almere",
        fields={**fields, "lezer": kind.id, "aanhef": salutation},
    )
    return render(order, template, organisation, sent_on=SENT_ON, case_id=CASE_ID, content_root=CONTENT_ROOT)


def text_for(name: str, reader: str, **known: Value) -> str:
    organisation, template, kind = next(one for one in ALL if one[1].id == name and one[2].id == reader)
    return unescape(words_of(made_for(organisation, template, kind, **known).html))


@pytest.mark.parametrize(("organisation", "template", "kind"), ALL, ids=NAMED)
def test_each_reader_is_addressed_in_its_own_way(
    organisation: Organisation, template: LetterTemplate, kind: LetterReaderKind
) -> None:
    text = words_of(made_for(organisation, template, kind).html)
    assert kind.salutation.replace("{first_name}", "Sam").replace("{name}", "mevrouw Vos") in text
    assert "Beste Voorbeeldschool" not in text
    assert "heer, mevrouw" not in text


@pytest.mark.parametrize(
    ("organisation", "template", "kind"),
    [one for one in ALL if one[2].id in ADULTS],
    ids=[name for name, one in zip(NAMED, ALL, strict=True) if one[2].id in ADULTS],
)
def test_an_adult_pupil_is_spoken_to_and_not_about(
    organisation: Organisation, template: LetterTemplate, kind: LetterReaderKind
) -> None:
    text = words_of(made_for(organisation, template, kind, leerling="Robin Adelaar").html)
    text = re.sub(r"Leerling \| Robin Adelaar", "", text)
    assert "Robin" not in text
    # In the clause and in what belongs to nobody in particular parents may stand; what the reader must do, not.
    assert not re.search(r"(?i)je ouders|de ouders (melden|krijgen|hoeven|kunnen)|samen met de ouders", text)


@pytest.mark.parametrize(
    ("organisation", "template", "kind"),
    [one for one in ALL if one[2].id not in HOME],
    ids=[name for name, one in zip(NAMED, ALL, strict=True) if one[2].id not in HOME],
)
def test_no_school_board_or_expert_is_sent_to_the_support_for_parents(
    organisation: Organisation, template: LetterTemplate, kind: LetterReaderKind
) -> None:
    text = words_of(made_for(organisation, template, kind).html)
    assert "Steunpunt" not in text
    assert "meenemen" not in text or template.id == "L-05"


def test_the_school_in_sight_gets_number_sort_and_period_and_no_more() -> None:
    text = text_for("L-06R", "school_in_beeld", nummer="TLV-2026-0042", soort="Speciaal onderwijs", categorie="Laag")
    assert "TLV-2026-0042" in text
    assert "Speciaal onderwijs" in text
    assert "Voorbeeld\n" not in text
    kind = contents()[0].organisation.letter_readers["school_in_beeld"]
    assert kind.sees_only == ("tlv.nummer", "tlv.soort", "tlv.categorie", "tlv.begindatum", "tlv.einddatum")


def test_a_child_is_not_promised_a_day_that_nobody_agreed() -> None:
    for reader in ("kind", "kind_van_18"):
        text = text_for("L-06K", reader)
        assert "starten" not in text
        assert "spreekt" in text


@pytest.mark.parametrize(
    ("organisation", "template", "kind"),
    [one for one in ALL if one[1].id in SHORT],
    ids=[name for name, one in zip(NAMED, ALL, strict=True) if one[1].id in SHORT],
)
def test_a_short_letter_fits_on_one_page(
    organisation: Organisation, template: LetterTemplate, kind: LetterReaderKind
) -> None:
    pages = PdfReader(BytesIO(made_for(organisation, template, kind).pdf)).pages
    assert len(pages) == 1


def test_a_name_is_said_as_one_says_it() -> None:
    forms = contents()[0].organisation.spoken_names
    assert spoken("De heer en mevrouw 't Lam", forms) == "heer en mevrouw 't Lam"
    assert spoken("dhr. A. Bos en mw. C. Vos", forms) == "heer A. Bos en mevrouw C. Vos"
    assert spoken("Familie Nieuwkomer", forms) == "familie Nieuwkomer"
    assert spoken("Mwangi Heerema", forms) == "Mwangi Heerema"


@pytest.mark.parametrize(
    ("full_name", "given"),
    [
        ("Bram 't Lam", "Bram"),
        ("J. de Vries", "J. de Vries"),
        ("A.B. Bos", "A.B. Bos"),
        ("Vos, Ada", "Vos, Ada"),
        ("Ada", "Ada"),
    ],
)
def test_the_first_name_is_what_stands_first_unless_that_is_an_initial(full_name: str, given: str) -> None:
    assert given_name(full_name) == given
