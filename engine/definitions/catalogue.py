"""The catalogue: which content there is, and the content in force on a day, already parsed.

Light to import; the reader itself (YAML, models) is loaded only when a file must really be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from engine.core.content.template import LetterTemplate
from engine.core.evaluation.prepared import Content
from engine.definitions.files.compiled_copy import CompiledCopies
from engine.definitions.files.content_files import ContentFiles, Kind
from engine.definitions.files.footprint import Footprint

if TYPE_CHECKING:
    from engine.core.content.organisation import Organisation
    from engine.definitions.loader import Loader


class Catalogue:
    """The content under one root (the folder that holds `rules`, `workflows` and `templates`).

    A snapshot: what was read stays as it was read; make a new catalogue to see changes. `cache` is a folder for
    compiled copies, so that the next process need not parse; it is skipped when it cannot be written. A consent that is
    only assumed counts in a rehearsal (`is_rehearsal`) and nowhere else.
    """

    def __init__(self, root: Path, *, cache: Path | None = None, is_rehearsal: bool = True) -> None:
        self.files = ContentFiles(root)
        self._is_rehearsal = is_rehearsal
        self._copies = CompiledCopies(cache, root) if cache is not None else None
        self._loader: Loader | None = None
        self._known: dict[tuple[str, str, tuple[date, date] | None], list[tuple[Footprint, Content]]] = {}

    def organisations(self) -> tuple[str, ...]:
        """Every organisation with an organisation.yaml."""
        return self.files.organisations()

    def versions(self, kind: Kind, organisation: str, name: str) -> tuple[date, ...]:
        """The versions the organisation itself has, oldest first."""
        return self.files.versions(kind, organisation, name)

    def chain(self, organisation: str) -> tuple[str, ...]:
        """The organisation after everything it inherits, lowest layer first."""
        return self.loader.organisations.chain(organisation)

    def organisation(self, organisation: str) -> Organisation:
        """An organisation with what it inherits. Raises DefinitionError when its file is wrong."""
        return self.loader.organisations.organisation(organisation, Footprint())

    def workflows(self, organisation: str) -> tuple[str, ...]:
        """The workflows an organisation can use, its own and inherited, sorted."""
        return self._names(Kind.WORKFLOWS, organisation)

    def letters(self, organisation: str, on: date) -> tuple[LetterTemplate, ...]:
        """Every letter in force on the day. Raises DefinitionError when one of them is wrong."""
        found = (
            self.loader.letters.letter(organisation, name, on, Footprint())
            for name in self._names(Kind.LETTERS, organisation)
        )
        return tuple(letter for letter in found if letter is not None)

    def content(
        self, organisation: str, workflow_id: str, on: date, *, pinned: tuple[date, date] | None = None
    ) -> Content:
        """The content for one workflow: in force on `on`, or with workflow and rules `pinned` to versions.

        Inherited layers and letters are those in force on `on`. Raises DefinitionError when something is missing,
        expired or wrong.
        """
        key = (organisation, workflow_id, pinned)
        for used, content in self._known.get(key, ()):
            if used.first_day <= on <= used.last_day:
                return content
        used, content = self._find(key, on)
        if not self._is_rehearsal:
            content = _without_assumed_consent(content)
        self._known.setdefault(key, []).append((used, content))
        return content

    @property
    def loader(self) -> Loader:
        """The reader of the files."""
        if self._loader is None:
            from engine.definitions.loader import Loader

            self._loader = Loader(self.files)
        return self._loader

    def _find(self, key: tuple[str, str, tuple[date, date] | None], on: date) -> tuple[Footprint, Content]:
        organisation, workflow_id, pinned = key
        kept = self._copies.find(key, on) if self._copies else None
        if kept is None and pinned is not None:
            kept = self._in_force(organisation, workflow_id, on, pinned)
        if kept is not None:
            return kept
        used = Footprint()
        content = self.loader.content(organisation, workflow_id, on, used, pinned)
        if self._copies:
            self._copies.keep(key, used, content)
        return used, content

    def _in_force(
        self, organisation: str, workflow_id: str, on: date, pinned: tuple[date, date]
    ) -> tuple[Footprint, Content] | None:
        """What is in force on the day, when these are its versions and it was read already; None otherwise.

        A case opened today is pinned to what is in force: the same files, read and made ready once for both.
        """
        key = (organisation, workflow_id, None)
        kept = self._copies.find(key, on) if self._copies and key not in self._known else None
        for used, content in (*self._known.get(key, ()), *((kept,) if kept else ())):
            versions = (content.workflow.valid_from, content.rules.valid_from)
            if versions == pinned and used.first_day <= on <= used.last_day:
                return used, content
        return None

    def _names(self, kind: Kind, organisation: str) -> tuple[str, ...]:
        chain: Sequence[str] = self.chain(organisation)
        return tuple(sorted({name for one in chain for name in self.files.names(kind, one)}))


def _without_assumed_consent(content: Content) -> Content:
    """Nobody may lose or win anything by a consent that somebody made up to try the rules out (WMS 14a)."""
    consents = tuple(replace(one, given_on=None) if one.status else one for one in content.rules.consents)
    if consents == content.rules.consents:
        return content
    return replace(content, rules=replace(content.rules, consents=consents))
