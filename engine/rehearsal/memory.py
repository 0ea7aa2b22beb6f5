"""A workplace in memory: the real use cases on real content, and nothing left behind when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property

from engine.definitions.catalogue import Catalogue
from engine.letters.drawing import DrawingOrder, DrawingRoom
from engine.letters.handover import Handover, HandoverProof, Label, Parcel
from engine.letters.rendering import RenderedLetter, compose
from engine.letters.sheet import hash_of
from engine.runtime import Runtime
from engine.settings import Settings
from engine.store.readings import Readings
from engine.store.upgrading import MemoryStore


class NoPaper:
    """Hands over nothing: a letter of a rehearsal in memory goes nowhere, but it is dated and confirmed."""

    def name(self) -> str:
        """It has one, so that the database of a rehearsal knows it."""
        return "nergens"

    def give_name(self) -> str:
        """It has one."""
        return self.name()

    def earlier_day(self, _: Label) -> date | None:
        """Nothing was handed over before."""
        return None

    def hand_over(self, parcel: Parcel) -> HandoverProof:
        """Always done, on the day that was asked."""
        return HandoverProof(places=("", ""), sent_on=parcel.sent_on, was_there=False)


class WordsOnly(DrawingRoom):
    """Composes letters, checked as real ones are, and puts none on a page."""

    def draw(self, order: DrawingOrder) -> RenderedLetter:
        """The letter without its looks. Raises LetterError when it cannot be made."""
        sheet = compose(order.letter, order.template, order.organisation, sent_on=order.sent_on, case_id=order.case_id)
        return RenderedLetter(html="", pdf=b"", text_hash=hash_of(sheet))


class MemoryRuntime(Runtime):
    """Cases live in memory; letters are composed, so that a missing field shows, and not drawn.

    The catalogue is shared by every story of a run: its content is read and prepared once. It is played on whatever it
    has, a folder or a publication; nothing is published here.
    """

    def __init__(self, catalogue: Catalogue, organisation: str) -> None:
        root = catalogue.root
        super().__init__(
            Settings(
                workplace=root,
                content_root=root,
                organisation=organisation,
                database_url="sqlite://",
                outbox=root,
                second_evaluator="off",
                is_rehearsal=True,
            )
        )
        self.catalogue = catalogue
        self.planned = frozenset()  # a story is about what it tells; it says so when something comes up by itself
        self._publication = catalogue.publication
        self.is_held_against_folder = True

    def notice(self, publication: str) -> None:
        """What a copied database says is published is not what is played on."""

    def has_other_rules(self) -> bool:
        """The catalogue stays what it is."""
        return False

    @cached_property
    def store(self) -> MemoryStore:
        """The store in memory."""
        return MemoryStore(self.settings.organisation)

    @contextmanager
    def reading(self) -> Iterator[Readings]:
        """Questions to the store in memory, which only its own connection can see."""
        with self.store.reading() as readings:
            yield readings

    @cached_property
    def outbox(self) -> Handover:
        """The way to nowhere."""
        return NoPaper()

    @cached_property
    def drawing_room(self) -> DrawingRoom:
        """Where letters get no further than their words."""
        return WordsOnly(self.settings.content_root, workers=1)

    def begin(self, moment: datetime) -> None:
        """Start afresh: no cases, and the clock at this moment."""
        self.store.begin(moment)
