"""The route card of a procedure for one reader: all its stops in the words of the card, before there is any case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from engine.core.content.ordered import letter_orders
from engine.core.content.template import LetterField
from engine.core.errors import LetterError
from engine.core.evaluation.prepared import Content
from engine.core.language.conditions import Literal
from engine.core.language.facts import Value
from engine.core.legal_clock.period import in_dutch
from engine.core.quick_class import dataclass
from engine.definitions.card import WAY_PARTS, Card, CardReader, Stop
from engine.letters.blocks import Block, parse_blocks
from engine.letters.filling import fill
from engine.pages.card_text import CONTACT, as_template

LENGTH = "duur"
"""The field of what is told of a term before there is a case: how long it is, in words."""
Parts = tuple[tuple[str, tuple[Block, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayStep:
    """A stop as anybody may come to it; `beside` says by name and in short where it goes otherwise.

    What comes next is not told: that is the next step.
    """

    name: str
    now: tuple[Block, ...]
    parts: Parts
    beside: tuple[tuple[str, tuple[Block, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaySheet:
    """A route card before it gets a look. `letters` are the titles of those that this reader can get."""

    organisation: str
    heading: str
    reader: CardReader
    steps: tuple[WayStep, ...]
    lengths: tuple[Block, ...]
    letters: tuple[str, ...]
    helps: tuple[Block, ...]
    since: date


def has_way_card(reader: CardReader) -> bool:
    """Whether there are route cards for this reader: only then are there words to stand on them."""
    return all(part in reader.headings for part in WAY_PARTS)


def compose_way(card: Card, reader: CardReader, fields: tuple[LetterField, ...], content: Content) -> WaySheet:
    """The route card for one reader; `fields` are those that may stand on every card.

    What a case alone can tell is told as unknown. Raises LetterError where a text prints it without asking first.
    """
    return _Composer(card, reader, fields, content).sheet()


class _Composer:
    def __init__(self, card: Card, reader: CardReader, fields: tuple[LetterField, ...], content: Content) -> None:
        self._card, self._reader, self._content = card, reader, content
        self._values: Mapping[str, Value | None] = {
            **{one.name: _known_always(one) for one in (*fields, *card.fields)},
            CONTACT: None,
        }

    def sheet(self) -> WaySheet:
        reader, card = self._reader, self._card
        return WaySheet(
            organisation=self._content.organisation.title,
            heading=card.heading[reader.id],
            reader=reader,
            steps=tuple(self._step(stop) for stop in card.way if reader.id in stop.now),
            lengths=parse_blocks("\n".join(self._lengths())),
            letters=tuple(dict.fromkeys(self._letters())),
            helps=self._list(reader.helps),
            since=card.valid_from,
        )

    def _step(self, stop: Stop) -> WayStep:
        beside = (one for one in self._card.stops if one.beside == stop.id and self._reader.id in one.now)
        return WayStep(
            name=stop.name.get(self._reader.id, ""),
            now=self._now(stop),
            parts=tuple(self._parts(stop)),
            beside=tuple(dict.fromkeys((one.name.get(self._reader.id, ""), self._now(one)) for one in beside)),
        )

    def _now(self, stop: Stop) -> tuple[Block, ...]:
        return self._blocks(stop.now[self._reader.id], stop.where)

    def _parts(self, stop: Stop) -> Iterator[tuple[str, tuple[Block, ...]]]:
        one = self._reader.id
        if blocks := self._blocks(stop.turn.get(one) or self._turn(stop), stop.where):
            yield self._reader.headings["turn"], blocks
        if blocks := self._list(stop.you.get(one, ()), stop.where):
            yield self._reader.headings["you"], blocks

    def _turn(self, stop: Stop) -> str:
        """The body that owns the first state of the stop that is not an end."""
        owners = (self._content.workflow.state(state) for state in stop.states)
        return next((self._reader.turn[one.owner] for one in owners if one.owner in self._reader.turn), "")

    def _lengths(self) -> Iterator[str]:
        for words in self._card.terms.values():
            if text := words.ahead.get(self._reader.id):
                term = self._content.find_term(words.id)
                length = in_dutch(term.period) if term and term.period else None
                yield self._filled(f"- {text}", words.where, {LENGTH: length})

    def _letters(self) -> Iterator[str]:
        for order in letter_orders(self._content.workflow, self._content.rules):
            letter = self._content.letters.get(order.letter)
            if letter and set(order.to) & set(self._reader.parties):
                yield letter.title

    def _list(self, items: tuple[str, ...], where: str = "") -> tuple[Block, ...]:
        return self._blocks("\n".join(f"- {item}" for item in items), where)

    def _blocks(self, text: str, where: str) -> tuple[Block, ...]:
        return parse_blocks(self._filled(text, where, {})) if text else ()

    def _filled(self, text: str, where: str, more: Mapping[str, Value | None]) -> str:
        template = as_template(self._card, text)
        try:
            return fill(template, {**self._values, **more})
        except LetterError as wrong:
            raise wrong.placed(LetterError, where or self._card.where) from wrong


def _known_always(field: LetterField) -> Value | None:
    return field.value.value if isinstance(field.value, Literal) else None
