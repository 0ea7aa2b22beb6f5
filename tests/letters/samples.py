"""An invented letter of an invented organisation, for the tests of `engine/letters`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from engine.core.content.organisation import Body, Organisation
from engine.core.content.template import LetterField, LetterTemplate
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.language.conditions import Literal

TEXTS = Path(__file__).parent / "texts"
CONTENT_ROOT = Path(__file__).parents[2]
NATIONAL = CONTENT_ROOT / "rules/landelijk/organisation.yaml"
SENT_ON = date(2026, 11, 23)
CASE_ID = "TLV-2026-0042"


LABELS = YAML(typ="safe", pure=True).load(NATIONAL.read_text(encoding="utf-8"))["letter_labels"]


def read_text(name: str) -> str:
    return (TEXTS / name).read_text(encoding="utf-8")


def organisation(**letterhead: str) -> Organisation:
    lines = {
        "name": "Samenwerkingsverband Het Voorbeeld",
        "address": "Proefstraat 1",
        "place": "1234 AB Voorbeeldstad",
        "telephone": "012 345 67 89",
        "email": "post@voorbeeld.example",
        "website": "www.voorbeeld.example",
    }
    bodies = {
        "directeur": Body(id="directeur", label="Directeur-bestuurder"),
        "teamleider": Body(id="teamleider", label="Teamleider toelating"),
    }
    return Organisation(
        id="voorbeeld",
        title="Het Voorbeeld",
        inherits=("landelijk",),
        needs_consent=False,
        region="noord",
        bodies=bodies,
        mandates=(),
        boards={},
        schools={},
        sectors={},
        parameters={},
        letterhead={**lines, **letterhead},
        letter_labels=LABELS,
    )


def template(body: str, *fields: str, optional: tuple[str, ...] = (), **changes: object) -> LetterTemplate:
    declared = tuple(
        LetterField(name=name, value=Literal(value="x"), is_optional=name in optional) for name in (*fields, *optional)
    )
    made = LetterTemplate(
        id="V-01",
        organisation="voorbeeld",
        title="Besluit over extra hulp",
        valid_from=date(2026, 8, 1),
        level="B1",
        clause="none",
        audience=("ouders",),
        signature="directeur",
        legal_check=False,
        fields=declared,
        body=body,
        digest="abc",
        where="templates/letters/voorbeeld/V-01/2026-08-01.md",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def letter_of(made: LetterTemplate, organisation: Organisation, **changes: object) -> OutgoingLetter:
    """A letter as it would be ordered from this template of the real content."""
    return letter(
        letter=made.id,
        organisation=organisation.id,
        template_version=made.valid_from,
        template_digest=made.digest,
        title=made.title,
        level=made.level,
        signature=made.signature,
        **changes,
    )


def letter(**changes: object) -> OutgoingLetter:
    made = OutgoingLetter(
        key="TLV-2026-0042/7/V-01/ouders",
        letter="V-01",
        organisation="voorbeeld",
        template_version=date(2026, 8, 1),
        template_digest="abc",
        title="Besluit over extra hulp",
        addressee="ouders",
        addressee_name="Mevrouw Z. Yıldız-Łukasiewicz",
        addressee_address="Kastanjelaan 12\n1234 CD Voorbeeldstad",
        level="B1",
        clause="none",
        signature="directeur",
        on_behalf_of="",
        fields={},
    )
    return replace(made, **changes)  # type: ignore[arg-type]


DECISION = template(
    read_text("decision.md"),
    *("leerling", "soort", "begindatum", "einddatum", "adviezen", "bedrag_per_jaar", "laatste_dag"),
    optional=("toelichting",),
    clause="objection",
    partials=(("bezwaar", read_text("bezwaar.md")),),
)
DECISION_LETTER = letter(
    clause="objection",
    on_behalf_of="directeur",
    signature="teamleider",
    fields={
        "leerling": "Élise van 't Hof-Öztürk",
        "soort": "Speciaal onderwijs",
        "begindatum": date(2026, 12, 1),
        "einddatum": date(2028, 7, 31),
        "adviezen": ("de orthopedagoog", "de kinderarts", "de school"),
        "bedrag_per_jaar": 1442,
        "toelichting": "Elise leert beter in een kleine groep.\nWij zien dat in alle adviezen terug.",
    },
    late_fields={"laatste_dag": "bezwaartermijn"},
)
LATE_VALUES = {"laatste_dag": date(2027, 1, 4)}
CHILD = template(read_text("child.md"), "roepnaam", "gesprek_op", "helper", level="A2", title="Jij krijgt extra hulp")
CHILD_LETTER = letter(
    level="A2",
    title="Jij krijgt extra hulp",
    addressee="leerling",
    addressee_name="Elise van 't Hof",
    fields={"roepnaam": "Elise", "gesprek_op": date(2026, 12, 1), "helper": "Juf Noor"},
)


def read_table(name: str) -> list[Any]:
    """A table of cases from `tables/`."""
    rows = YAML(typ="safe", pure=True).load((Path(__file__).parent / "tables" / name).read_text(encoding="utf-8"))
    assert isinstance(rows, list)
    return rows


def read_names() -> list[str]:
    """Names that a letter must be able to print."""
    return [str(name) for name in read_table("names.yaml")]
