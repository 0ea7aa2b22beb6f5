"""Organisations and their calendars, over what they inherit."""

from __future__ import annotations

from engine.core.content.organisation import Organisation
from engine.core.finding import fault
from engine.core.legal_clock.calendar import Calendar
from engine.definitions.checking.narrower import wider_subjects
from engine.definitions.checking.type_organisation import check_organisation
from engine.definitions.files.footprint import Footprint
from engine.definitions.files.places import Document, as_error
from engine.definitions.reading.build_files import build_calendar, build_organisation
from engine.definitions.reading.chains import chain_of
from engine.definitions.reading.sources import Sources, check_head, raise_all

# What a calendar says of days that move the end of statutory terms (Algemene termijnenwet art. 3).
_DAYS = frozenset({"equated_days", "loaded_years"})


class OrganisationLoader:
    """Gives organisations and calendars; keeps each organisation it made."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._files = sources.files
        self._organisations: dict[str, Organisation] = {}

    def chain(self, organisation: str) -> tuple[str, ...]:
        """The organisation after everything it inherits, lowest layer first."""
        return chain_of(self._files, organisation, self._sources.document)

    def organisation(self, organisation: str, used: Footprint) -> Organisation:
        """The organisation with what it inherits merged in."""
        for one in self.chain(organisation):
            self._sources.text(self._files.organisation_file(one), used)
        return self._organisation(organisation)

    def _organisation(self, organisation: str) -> Organisation:
        if organisation not in self._organisations:
            inherited = [self._organisation(one) for one in self.chain(organisation)[:-1]]
            document = self._sources.document(self._files.organisation_file(organisation)).read_for({})
            check_head(document, "organisation", organisation)
            found = build_organisation(document, inherited)
            wider = (one for below in inherited for one in wider_subjects(below.subjects, found.subjects))
            raise_all(found.id, (*check_organisation(found), *wider))
            self._organisations[organisation] = found
        return self._organisations[organisation]

    def calendar(self, organisation: str, used: Footprint) -> Calendar:
        """All calendar files of the organisation and of what it inherits, together."""
        documents = []
        for one in self.chain(organisation):
            used.use_folder(f"rules/{one}/calendar")
            for path in self._files.calendar_files(one):
                document = self._sources.fresh(path, None, used)
                self._refuse_closed(document, organisation, one)
                documents.append(document)
        return build_calendar(documents)

    def _refuse_closed(self, document: Document, reader: str, owner: str) -> None:
        """Raise for a calendar above one that is closed, when it says which days count as a holiday."""
        chain = self.chain(reader)
        closing = next((one for one in chain if self._organisation(one).closed_calendar), owner)
        written = document.value if isinstance(document.value, dict) else {}
        if chain.index(owner) > chain.index(closing) and (key := _DAYS.intersection(written)):
            where = (document.top / min(key)).key_where
            raise as_error(fault("calendar_closed", where, organisation=closing))

    def locked_partial(self, reader: str, partial: str) -> tuple[str, str] | None:
        """Who locked this text of letters, lowest layer first, and the digest of what was agreed; None: nobody."""
        for one in self.chain(reader):
            agreed = self._organisation(one).locked_partials.get(partial)
            if agreed:
                return one, agreed
        return None
