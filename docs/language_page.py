"""Writes docs/inhoudstaal.md from the models and the grammar that the reader uses. Run by `make docs`."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from engine.core.language.facts import BUILT_IN_FACTS, TERM_FACTS, FactType
from engine.core.legal_clock.period import Unit
from engine.definitions.models.acts import Origins
from engine.definitions.reading.grammar import FUNCTIONS, GROUPS, OPERATORS, REFERENCES
from engine.definitions.schema_files import MODELS

TITLES = {
    "organisation": "organisation.yaml: wie er is",
    "rule_set": "Regelset: wat de procedure eist",
    "workflow": "Workflow: hoe een zaak beweegt",
    "letter": "Brief: de kop boven de tekst",
    "card": "Kaart: wat ouders en kind van een zaak zien",
    "card_words": "De woorden rond alle kaarten",
    "rule_tests": "Tests en verhalen",
    "calendar": "Kalender",
    "sources": "sources.yaml: waar de inhoud op rust",
    "script": "Draaiboek van een demo",
}
HEAD = """# De taal van de inhoud

Elke sleutel die er is. Deze bladzijde is gemaakt uit dezelfde tabellen waarmee het programma leest (`make docs`);
een editor toont dezelfde woorden, als de eerste regel van een bestand het schema noemt. Hoe u ermee werkt, staat in
de [handleiding voor proceseigenaren](handleiding-proceseigenaar.md).

YAML 1.2. Sleutels zijn Engels; namen, vragen en brieven Nederlands. Een onbekende sleutel wordt geweigerd, met de
plaats en de naaste goede spelling. Alles mag `source`, `status: assumption` en `note` dragen.
"""


def language_page() -> str:
    """The whole page."""
    parts = [HEAD, *_conditions(), *_expressions(), *_names()]
    for kind, model in sorted(
        MODELS.items(), key=lambda item: list(TITLES).index(item[0]) if item[0] in TITLES else 99
    ):
        parts += [f"## {TITLES.get(kind, kind)}\n", *_tables(model)]
    return "\n".join(parts)


def _conditions() -> Iterator[str]:
    yield "## Voorwaarden\n"
    yield (
        "Een voorwaarde is geldt, geldt niet, of nog onbekend. Zij is een lijst (alles geldt), een van de groepen "
        "hieronder, of `gegeven: toets`. Een toets is een waarde (`sector: po`) of een of meer vergelijkingen "
        "(`leeftijd: {at_least: 12}`); meer vergelijkingen gelden samen.\n"
    )
    yield _table(("Groep", "Betekenis"), ((f"`{word}`", text) for word, text in GROUPS.items()))
    yield _table(("Vergelijking", "Betekenis"), ((f"`{op.value}`", word.text) for op, word in OPERATORS.items()))


def _expressions() -> Iterator[str]:
    yield "## Waarden\n"
    yield "Waar een waarde mag staan, mag ook een verwijzing of een berekening staan: `{fact: naam}`.\n"
    yield _table(("Verwijzing", "Betekenis"), ((f"`{word}`", one.text) for word, one in REFERENCES.items()))
    rows = [
        (
            f"`{name}`",
            function.text,
            "; ".join(f"`{key}`: {word.text}" for key, word in function.arguments.items())
            or f"een lijst: {function.each}".lower() * bool(function.each),
        )
        for name, function in FUNCTIONS.items()
    ]
    yield _table(("Berekening", "Uitkomst", "Delen"), rows)


def _names() -> Iterator[str]:
    yield "## Vaste namen\n"
    yield f"Soorten gegevens: {', '.join(f'`{one.value}`' for one in FactType)}.\n"
    units = ", ".join(f"`{one.value.replace('_', ' ')}`" for one in Unit)
    yield f"Eenheden van een lengte: {units}. Een los getal is een fout: schrijf `8 weeks`.\n"
    known = [*BUILT_IN_FACTS, *(f"term.TERMIJN.{aspect}" for aspect in TERM_FACTS)]
    yield f"Gegevens die het programma zelf levert: {', '.join(f'`{name}`' for name in known)}.\n"


def _tables(model: type[BaseModel], seen: set[str] | None = None, path: str = "") -> Iterator[str]:
    """The table of a block, then those of the blocks inside it; a block that was told before is not told again."""
    seen = set() if seen is None else seen
    if model.__name__ in seen:
        return
    seen.add(model.__name__)
    fields = [(field.alias or name, field) for name, field in model.model_fields.items()]
    shown = [(name, field) for name, field in fields if name not in ("source", "status", "note")]
    if path:
        yield f"### `{path}`\n"
    yield _table(
        ("Sleutel", "Moet", "Betekenis"),
        ((f"`{name}`", "ja" if field.is_required() else "", field.description or "") for name, field in shown),
    )
    for name, field in shown:
        for part in _blocks(field):
            yield from _tables(part, seen, f"{path}.{name}".lstrip("."))


def _blocks(field: FieldInfo) -> Iterator[type[BaseModel]]:
    yield from _models_in(field.annotation)


def _models_in(kind: object) -> Iterator[type[BaseModel]]:
    is_model = isinstance(kind, type) and not isinstance(kind, types.GenericAlias) and issubclass(kind, BaseModel)
    if is_model and kind is not Origins:  # written as a list or a word; told at the key itself
        yield kind
    for part in typing.get_args(kind):
        yield from _models_in(part)


def _table(head: tuple[str, ...], rows: typing.Iterable[tuple[str, ...]]) -> str:
    lines = [" | ".join(row) for row in (head, tuple("---" for _ in head), *rows)]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


if __name__ == "__main__":
    (Path(__file__).parent / "inhoudstaal.md").write_text(language_page(), encoding="utf-8")
