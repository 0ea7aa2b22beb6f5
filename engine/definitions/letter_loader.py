"""Letters in force, with the partials of the nearest organisation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from engine.core.errors import DefinitionError
from engine.core.template import LetterTemplate
from engine.definitions.content_files import Kind, version_on
from engine.definitions.footprint import Footprint
from engine.definitions.letter_reader import read_letter
from engine.definitions.organisation_loader import OrganisationLoader
from engine.definitions.sources import Sources, check_name, check_version


class LetterLoader:
    """Gives letters as one organisation sees them."""

    def __init__(self, sources: Sources, organisations: OrganisationLoader) -> None:
        self._sources = sources
        self._files = sources.files
        self._organisations = organisations

    def letter(self, organisation: str, name: str, on: date, used: Footprint) -> LetterTemplate | None:
        """The letter in force on the day; None when neither the organisation nor what it inherits has one."""
        chain = self._organisations.chain(organisation)
        for one in chain:
            used.use_folder(self._files.folder(Kind.LETTERS, one, name))
        owner = self._files.nearest_owner(Kind.LETTERS, chain, name)
        if owner is None:
            return None
        versions = self._files.versions(Kind.LETTERS, owner, name)
        chosen = version_on(versions, on)
        used.choose(versions, chosen)
        if chosen is None:
            return None
        return self.letter_version(organisation, owner, name, chosen, used)

    def letter_version(self, reader: str, owner: str, name: str, version: date, used: Footprint) -> LetterTemplate:
        """One file of a letter, read with the parameters and partials of the organisation `reader`."""
        path = self._files.version_file(Kind.LETTERS, owner, name, version)
        chain = self._organisations.chain(reader)

        def find_partial(partial: str) -> str | None:
            for one in chain:
                used.use_folder(f"templates/letters/{one}/partials")
            found = self._files.partial_file(chain, partial)
            return None if found is None else self._sources.text(found, used)

        parameters = self._organisations.organisation(reader, used).parameters
        letter, document = read_letter(self._sources.text(path, used), path, owner, parameters, find_partial)
        check_name(document, "letter", name)
        check_version(document, version)
        return letter

    def letters_named(
        self, organisation: str, names: Iterable[str], on: date, used: Footprint
    ) -> tuple[dict[str, LetterTemplate], list[DefinitionError]]:
        """Those of these letters that are in force on the day, and the problems of those that are wrong."""
        letters: dict[str, LetterTemplate] = {}
        problems: list[DefinitionError] = []
        for name in names:
            try:
                letter = self.letter(organisation, name, on, used)
            except DefinitionError as error:
                problems += error.problems or (error,)
                continue
            if letter is not None:
                letters[name] = letter
        return letters, problems
