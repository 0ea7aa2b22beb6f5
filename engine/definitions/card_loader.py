"""Cards in force, and the words of the nearest organisation around them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.core.content.organisation import Organisation
from engine.core.content.template import LetterField
from engine.definitions.card import Card, CardReader, CardWords
from engine.definitions.files.content_files import Kind
from engine.definitions.files.footprint import Footprint
from engine.definitions.files.version_choice import choose_version, refuse_expired
from engine.definitions.models.card import CardFile, CardWordsFile
from engine.definitions.organisation_loader import OrganisationLoader
from engine.definitions.reading.building import build
from engine.definitions.reading.model_check import fit
from engine.definitions.reading.part_checks import refuse_doubles
from engine.definitions.reading.sources import Sources, check_head


class CardLoader:
    """Gives cards as one organisation sees them. They are read when somebody asks for a card, and for no decision."""

    def __init__(self, sources: Sources, organisations: OrganisationLoader) -> None:
        self._sources = sources
        self._files = sources.files
        self._organisations = organisations

    def card(self, organisation: str, workflow: str, on: date) -> Card:
        """The card in force on the day. Raises DefinitionError when there is none, or it is wrong."""
        chain, used = self._organisations.chain(organisation), Footprint()
        owner, version = choose_version(self._files, Kind.CARDS, chain, workflow, on, used)
        card = self.card_version(organisation, owner, workflow, version)
        refuse_expired(self._files, Kind.CARDS, owner, workflow, on, card.valid_through, used)
        return card

    def card_version(self, reader: str, owner: str, workflow: str, version: date) -> Card:
        """One file of a card, read with the parameters of the organisation `reader`."""
        document = self._sources.fresh(
            self._files.version_file(Kind.CARDS, owner, workflow, version), self._organisation(reader), Footprint()
        )
        check_head(document, "card", workflow, version)
        part = fit(document, CardFile)
        card: Card = build(part, document.top, organisation=owner)
        refuse_doubles([stop.id for stop in part.stops], document.top / "stops", "id")
        document.refuse_if_wrong()
        return card

    def words(self, organisation: str) -> CardWords:
        """For whom cards are made, with the words around them: what a higher layer says goes before a lower one."""
        readers: dict[str, CardReader] = {}
        fields: dict[str, LetterField] = {}
        for one in self._organisations.chain(organisation):
            if path := self._files.card_words_file(one):
                layer = self._words_in(path, one, organisation)
                fields |= {field.name: field for field in layer.fields}
                for name, reader in layer.readers.items():
                    readers[name] = _over(readers[name], reader) if name in readers else reader
        return CardWords(readers=readers, fields=tuple(fields.values()))

    def _words_in(self, path: str, owner: str, reader: str) -> CardWords:
        document = self._sources.fresh(path, self._organisation(reader), Footprint())
        check_head(document, "card_words", owner)
        words: CardWords = build(fit(document, CardWordsFile), document.top)
        document.refuse_if_wrong()
        return words

    def _organisation(self, reader: str) -> Organisation:
        return self._organisations.organisation(reader, Footprint())


def _over(lower: CardReader, upper: CardReader) -> CardReader:
    return replace(
        upper,
        label=upper.label or lower.label,
        level=upper.level or lower.level,
        headings={**lower.headings, **upper.headings},
        turn={**lower.turn, **upper.turn},
        helps=upper.helps or lower.helps,
        parties=upper.parties or lower.parties,
        also=upper.also or lower.also,
    )
