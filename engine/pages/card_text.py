"""A card for one reader: the words of the content at the stop where the case is, with its days filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from engine.core.content.template import LetterTemplate
from engine.core.errors import LetterError
from engine.core.language.facts import Value
from engine.core.quick_class import dataclass
from engine.definitions.card import ByReader, Card, CardReader, Stop
from engine.letters.blocks import Block, parse_blocks
from engine.letters.filling import fill

DAY, CONTACT = "dag", "contact"
"""The fields that every text of a card has: the day of the term it tells of, and who has the case in hand."""


class Running(StrEnum):
    """How a term stands, as a card tells it."""

    RUNS = "runs"
    STILL = "still"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTerm:
    """A term of the case: how it stands and its last day (None while that is not known)."""

    term: str
    standing: Running
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCase:
    """What a card tells of a case. `body` is at move (empty: nobody); `terms` in the order of their days.

    `values` are the fields of the card. `contact` is the name of who has the case in hand; empty when nobody has.
    """

    case_id: str
    state: str
    body: str
    terms: tuple[CardTerm, ...]
    values: Mapping[str, Value | None]
    contact: str
    made_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSheet:
    """A card before it gets a look. `steps` are the stops of the way, and whether the case is there.

    `aside` names the stop where it really is, when that stands beside the way.
    """

    organisation: str
    heading: str
    about: str
    case_id: str
    reader: CardReader
    steps: tuple[tuple[str, bool], ...]
    aside: str
    parts: tuple[tuple[str, tuple[Block, ...]], ...]
    made_on: date


def compose_card(card: Card, reader: CardReader, told: ToldCase, *, about: str, organisation: str) -> CardSheet:
    """The card for one reader. Raises LetterError when the card has no words for this state or reader."""
    stop = card.stop_of(told.state)
    if stop is None or reader.id not in stop.now:
        raise LetterError(
            f"De kaart zegt {reader.label or reader.id} niets over de toestand '{told.state}'.",
            where=card.where,
            next_step="Neem de toestand op bij een halte (states), met woorden voor deze lezer.",
        )
    here = stop.beside or stop.id
    return CardSheet(
        organisation=organisation,
        heading=card.heading[reader.id],
        about=about,
        case_id=told.case_id,
        reader=reader,
        steps=tuple((one.name[reader.id], one.id == here) for one in card.way if reader.id in one.name),
        aside=stop.name.get(reader.id, "") if stop.beside else "",
        parts=tuple(_parts(card, reader, stop, told)),
        made_on=told.made_on,
    )


def _parts(card: Card, reader: CardReader, stop: Stop, told: ToldCase) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Every part that has something to tell, under its heading, in the order in which people ask."""
    for part, texts in (
        ("now", [stop.now[reader.id]]),
        ("turn", _turn(reader, stop, told)),
        ("coming", _said(stop.coming, reader)),
    ):
        if texts:
            yield reader.headings[part], _blocks(card, texts, told)
    if until := tuple(block for one in told.terms for block in _until(card, reader, one, told)):
        yield reader.headings["until"], until
    for part, items in (("you", stop.you.get(reader.id, ())), ("helps", reader.helps)):
        if items:
            yield reader.headings[part], _blocks(card, [_as_list(items)], told)


def _turn(reader: CardReader, stop: Stop, told: ToldCase) -> list[str]:
    own = _said(stop.turn, reader)
    return own or ([reader.turn[told.body]] if told.body in reader.turn else [])


def _until(card: Card, reader: CardReader, one: CardTerm, told: ToldCase) -> tuple[Block, ...]:
    words = card.terms.get(one.term)
    texts = _said(getattr(words, one.standing), reader) if words else []
    return _blocks(card, texts, told, one.day)


def _said(texts: ByReader, reader: CardReader) -> list[str]:
    return [texts[reader.id]] if reader.id in texts else []


def _as_list(items: tuple[str, ...]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _blocks(card: Card, texts: list[str], told: ToldCase, day: date | None = None) -> tuple[Block, ...]:
    values = {**told.values, DAY: day, CONTACT: told.contact}
    return parse_blocks(fill(as_template(card, "\n\n".join(texts)), values)) if texts else ()


def as_template(card: Card, text: str, level: str = "") -> LetterTemplate:
    """A text of a card, for those who read, fill and judge the texts of letters."""
    return LetterTemplate(
        id=f"kaart {card.workflow}",
        organisation=card.organisation,
        title=card.workflow,
        valid_from=card.valid_from,
        level=level,
        clause="none",
        audience=(),
        signature="",
        legal_check=False,
        fields=card.fields,
        body=text,
        where=card.where,
    )
