"""The sources that an organisation may cite, over those of what it inherits."""

from __future__ import annotations

from engine.definitions.files.footprint import Footprint
from engine.definitions.models.source_book import SourcesFile
from engine.definitions.organisation_loader import OrganisationLoader
from engine.definitions.reading.building import build
from engine.definitions.reading.model_check import fit
from engine.definitions.reading.sources import Sources, check_head
from engine.definitions.source_book import SourceBook


class SourceLoader:
    """Gives the books of sources. They are read by who checks or asks, and for no decision."""

    def __init__(self, sources: Sources, organisations: OrganisationLoader) -> None:
        self._sources = sources
        self._files = sources.files
        self._organisations = organisations

    def book(self, organisation: str) -> SourceBook | None:
        """What the organisation may cite; None where neither it nor what it inherits says so."""
        found: SourceBook | None = None
        for one in self._organisations.chain(organisation):
            own = self.own_book(one)
            found = own.over(found) if own and found else own or found
        return found

    def own_book(self, organisation: str) -> SourceBook | None:
        """Only what its own sources.yaml says. Raises DefinitionError when that is wrong."""
        path = self._files.sources_file(organisation)
        if not path:
            return None
        document = self._sources.fresh(path, None, Footprint())
        check_head(document, "sources", organisation)
        book: SourceBook = build(fit(document, SourcesFile), document.top)
        document.refuse_if_wrong()
        return book
