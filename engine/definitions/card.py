"""The card of a case: what people outside are told of a procedure, stop by stop, each reader in words of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from engine.core.content.template import LetterField
from engine.core.quick_class import dataclass

ByReader = Mapping[str, str]
"""A text for each reader, by the name of the reader in the words of the organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardReader:
    """Somebody for whom cards are made. `level` is that of the language checks on letters.

    `headings` stand over the parts of a card by the name of the part, `turn` says of a body that it must act now,
    `helps` names who helps. A reader bears the name of a kind of reader of letters; when another kind reads instead of
    it this card is not theirs, unless that kind stands under `also`. Of what hangs on one addressee only what is for
    one of these `parties` is told.
    """

    id: str
    label: str = ""
    level: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    turn: Mapping[str, str] = field(default_factory=dict)
    helps: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """For whom cards are made, with the words around them; `fields` may stand in every text of every card."""

    readers: Mapping[str, CardReader] = field(default_factory=dict)
    fields: tuple[LetterField, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A part of the way, as people outside see it: one or more states of the workflow.

    A stop `beside` another one is not on the usual way: it is told only to whom is there, at the place of the other.
    `turn` says who must act now, where the words for the body that owns the state do not.
    """

    id: str
    states: tuple[str, ...]
    beside: str = ""
    name: ByReader
    now: ByReader
    turn: ByReader = field(default_factory=dict)
    coming: ByReader = field(default_factory=dict)
    you: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermWords:
    """What is told of a term: while it `runs`, while it stands `still`, and when it is `late`; with `dag` its day.

    `ahead` is told of it before there is a case, with `duur` for how long it is: no day is known then.
    """

    id: str
    runs: ByReader = field(default_factory=dict)
    still: ByReader = field(default_factory=dict)
    late: ByReader = field(default_factory=dict)
    ahead: ByReader = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One dated version of the card of a workflow. `untold` are statutory terms that concern no reader."""

    workflow: str
    organisation: str
    valid_from: date
    valid_through: date | None = None
    heading: ByReader
    fields: tuple[LetterField, ...] = ()
    stops: tuple[Stop, ...]
    terms: Mapping[str, TermWords] = field(default_factory=dict)
    untold: tuple[str, ...] = ()
    where: str = ""

    @property
    def way(self) -> tuple[Stop, ...]:
        """The stops of the usual way, in order."""
        return tuple(stop for stop in self.stops if not stop.beside)

    def stop_of(self, state: str) -> Stop | None:
        """The stop at which a case in this state is; None when the card does not know the state."""
        return next((stop for stop in self.stops if state in stop.states), None)


PARTS = ("way", "here", "now", "turn", "coming", "until", "you", "helps", "made_on", "about")
"""The words around a card that every reader needs."""

WAY_PARTS = ("introduction", "otherwise", "length", "letters")
"""The words that a reader needs besides, for whom route cards are made: those of a procedure, without a case."""
