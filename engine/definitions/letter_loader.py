"""Letters in force, with the partials of the nearest organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import sha256

from engine.core.content.template import LetterTemplate
from engine.core.errors import DefinitionError
from engine.core.finding import Finding, fault
from engine.definitions.files.content_files import Kind
from engine.definitions.files.footprint import Footprint
from engine.definitions.files.places import Document, as_error, findings_of
from engine.definitions.files.version_choice import find_version, refuse_expired, valid_through_of
from engine.definitions.organisation_loader import OrganisationLoader
from engine.definitions.reading.letter_reader import read_letter
from engine.definitions.reading.sources import Sources, check_head


class LetterLoader:
    """Gives letters as one organisation sees them."""

    def __init__(self, sources: Sources, organisations: OrganisationLoader) -> None:
        self._sources = sources
        self._files = sources.files
        self._organisations = organisations

    def letter(self, organisation: str, name: str, on: date, used: Footprint) -> LetterTemplate | None:
        """The letter in force on the day; None when neither the organisation nor what it inherits has one."""
        chain = self._organisations.chain(organisation)
        found = find_version(self._files, Kind.LETTERS, chain, name, on, used)
        if found is None:
            return None
        owner, version = found
        letter, document = self._read(organisation, owner, name, version, used)
        refuse_expired(self._files, Kind.LETTERS, owner, name, on, valid_through_of(document), used)
        return letter

    def letter_version(self, reader: str, owner: str, name: str, version: date, used: Footprint) -> LetterTemplate:
        """One file of a letter, read with the parameters and partials of the organisation `reader`."""
        return self._read(reader, owner, name, version, used)[0]

    def _read(
        self, reader: str, owner: str, name: str, version: date, used: Footprint
    ) -> tuple[LetterTemplate, Document]:
        path = self._files.version_file(Kind.LETTERS, owner, name, version)
        chain = self._organisations.chain(reader)

        def find_partial(partial: str) -> str | None:
            for one in chain:
                used.use_folder(f"templates/letters/{one}/partials")
            found = self._files.partial_file(chain, partial)
            if found is None:
                return None
            text = self._sources.text(found, used)
            self._refuse_unlocked(reader, partial, found, text)
            return text

        parameters = self._organisations.organisation(reader, used).parameters
        letter, document = read_letter(self._sources.text(path, used), path, owner, parameters, find_partial)
        check_head(document, "letter", name, version)
        return letter, document

    def _refuse_unlocked(self, reader: str, partial: str, path: str, text: str) -> None:
        """Raise when a text that is locked below was replaced, or is no longer what was agreed."""
        locked = self._organisations.locked_partial(reader, partial)
        if locked is None:
            return
        owner, agreed = locked
        if path != self._files.partial_file((owner,), partial):
            raise as_error(fault("partial_replaced", f"{path}:1:1", partial=partial, organisation=owner))
        now = sha256(text.encode()).hexdigest()[: len(agreed)]
        if now != agreed:
            told = {"partial": partial, "agreed": agreed, "now": now, "organisation": owner}
            raise as_error(fault("partial_changed", f"{path}:1:1", **told))

    def fitting_letters(
        self,
        organisation: str,
        names: Iterable[str],
        on: date,
        used: Footprint,
        check: Callable[[LetterTemplate], list[Finding]],
        *,
        may_be_older: bool,
    ) -> tuple[dict[str, LetterTemplate], dict[str, list[Finding]]]:
        """Those of these letters that are in force on the day and fit, and what is wrong with each of the others.

        With `may_be_older` a letter that does not fit gives way to its newest older version that does: rules a
        case is pinned to may lack what a newer letter asks.
        """
        letters: dict[str, LetterTemplate] = {}
        wrong: dict[str, list[Finding]] = {}
        for name in names:
            try:
                letter = self.letter(organisation, name, on, used)
            except DefinitionError as error:
                wrong[name] = list(findings_of(error))
                continue
            if letter is None:
                continue
            found = check(letter)
            if found and may_be_older:
                older = (one for one in self._older(organisation, letter, used) if not check(one))
                letter = next(older, letter)
                found = check(letter)
            if found:
                wrong[name] = found
            else:
                letters[name] = letter
        return letters, wrong

    def _older(self, organisation: str, letter: LetterTemplate, used: Footprint) -> Iterator[LetterTemplate]:
        """Older versions of the letter, newest first: of its own organisation, then of those below it."""
        chain = self._organisations.chain(organisation)
        for owner in reversed(chain[: chain.index(letter.organisation) + 1]):
            for version in reversed(self._files.versions(Kind.LETTERS, owner, letter.id)):
                if version < letter.valid_from:
                    yield self.letter_version(organisation, owner, letter.id, version, used)
