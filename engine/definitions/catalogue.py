"""The catalogue: which content there is, and the content in force on a day, already parsed.

Light to import; the reader itself (YAML, models) is loaded only when a file must really be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from engine.core.content.template import LetterTemplate
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.definitions.files.compiled_copy import CompiledCopies
from engine.definitions.files.content_files import ContentFiles, Kind
from engine.definitions.files.footprint import Footprint, Pinned

if TYPE_CHECKING:
    from engine.core.content.organisation import Organisation
    from engine.core.deciding.case import Case
    from engine.definitions.files.frozen_files import FrozenFiles
    from engine.definitions.loader import Loader

_Key = tuple[str, str, Pinned | None]


class Catalogue:
    """The content under one root (the folder that holds `rules`, `workflows` and `templates`), or of a publication.

    A snapshot: what was read stays as it was read; make a new catalogue to see changes. `cache` is a folder for
    compiled copies, so that the next process need not parse; it is skipped when it cannot be written. A consent that is
    only assumed counts in a rehearsal (`is_rehearsal`) and nowhere else. With `publication`, its digest, `frozen` gives
    its files when something must really be read, and `former` those of the publications before it, latest first.
    """

    def __init__(
        self,
        root: Path,
        *,
        cache: Path | None = None,
        is_rehearsal: bool = True,
        publication: str = "",
        frozen: Callable[[], ContentFiles] | None = None,
        former: Callable[[], Iterator[FrozenFiles]] = lambda: iter(()),
    ) -> None:
        self.publication = publication
        self.root = root
        self._frozen, self._former = frozen, former
        self._is_rehearsal = is_rehearsal
        self._copies = CompiledCopies(cache, root, publication) if cache is not None else None
        self._loader: Loader | None = None
        self._law_days: dict[str, tuple[date, ...]] = {}
        self._plans: dict[str, set[str]] = {}
        self._known: dict[_Key, list[tuple[Footprint, Content]]] = {}

    @cached_property
    def files(self) -> ContentFiles:
        """Which files there are."""
        return self._frozen() if self._frozen else ContentFiles(self.root)

    def organisations(self) -> tuple[str, ...]:
        """Every organisation with an organisation.yaml."""
        return self.files.organisations()

    def versions(self, kind: Kind, organisation: str, name: str) -> tuple[date, ...]:
        """The versions the organisation itself has, oldest first."""
        return self.files.versions(kind, organisation, name)

    def law_days(self, organisation: str) -> tuple[date, ...]:
        """The days, in order, on which another law under the rules of this organisation may begin."""
        if organisation not in self._law_days:
            self._law_days[organisation] = self.files.law_days(self._lower(organisation))
        return self._law_days[organisation]

    def chain(self, organisation: str) -> tuple[str, ...]:
        """The organisation after everything it inherits, lowest layer first."""
        return self.loader.organisations.chain(organisation)

    def organisation(self, organisation: str) -> Organisation:
        """An organisation with what it inherits. Raises DefinitionError when its file is wrong."""
        return self.loader.organisations.organisation(organisation, Footprint())

    def workflows(self, organisation: str) -> tuple[str, ...]:
        """The workflows an organisation can use, its own and inherited, sorted."""
        left_out = self.organisation(organisation).leaves_out
        return tuple(name for name in self._names(Kind.WORKFLOWS, organisation) if name not in left_out)

    def may_plan(self, organisation: str, workflow: str) -> bool:
        """Whether the calendar may bring up cases of a workflow: words in two texts tell; too many, never too few."""
        if organisation not in self._plans:
            chain = self.chain(organisation)
            planning = [name for name, text in self.files.texts(Kind.RULES, chain) if "calendar" in text]
            named = re.compile(rf"\b(?:{'|'.join(map(re.escape, planning))})\b") if planning else re.compile(r"(?!)")
            found = {name for name, text in self.files.texts(Kind.WORKFLOWS, chain) if named.search(text)}
            self._plans[organisation] = found
        return workflow in self._plans[organisation]

    def letters(self, organisation: str, on: date) -> tuple[LetterTemplate, ...]:
        """Every letter in force on the day. Raises DefinitionError when one of them is wrong."""
        found = (
            self.loader.letters.letter(organisation, name, on, Footprint())
            for name in self._names(Kind.LETTERS, organisation)
        )
        return tuple(letter for letter in found if letter is not None)

    def content(self, organisation: str, workflow_id: str, on: date, *, pinned: Pinned | None = None) -> Content:
        """The content for one workflow: in force on `on`, or with workflow and rules `pinned` to versions and digests.

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

    def content_of(self, case: Case, day: date) -> Content:
        """The content that a case is pinned to, under the law of the day. Raises DefinitionError as `content` does, and
        when its state is not there."""
        content = self.content(case.organisation, case.workflow, day, pinned=pins_of(case))
        if not content.workflow.has_state(case.state):
            raise DefinitionError(
                f"De toestand '{case.state}' van zaak {case.id} bestaat niet in deze versie van '{case.workflow}'.",
                where=content.workflow.where,
                why="Een versie die in gebruik is, is gewijzigd terwijl er zaken in die toestand staan.",
                next_step="Zet de toestand terug, en maak voor een wijziging een nieuwe versie met een eigen datum.",
            )
        return content

    def files_used(
        self, organisation: str, workflow_id: str, on: date, pinned: Pinned | None = None
    ) -> Mapping[str, str]:
        """The SHA-256 of each file that this content is made of, by path. Raises what `content` raises."""
        self.content(organisation, workflow_id, on, pinned=pinned)
        known = self._known[organisation, workflow_id, pinned]
        return next(used.files for used, _ in known if used.first_day <= on <= used.last_day)

    @property
    def loader(self) -> Loader:
        """The reader of the files."""
        if self._loader is None:
            from engine.definitions.loader import Loader

            self._loader = Loader(self.files)
        return self._loader

    def _find(self, key: _Key, on: date) -> tuple[Footprint, Content]:
        organisation, workflow_id, pinned = key
        kept = self._copies.find(key, on) if self._copies else None
        if kept is None and pinned is not None:
            kept = self._in_force(organisation, workflow_id, on, pinned)
        if kept is not None:
            return kept
        used = Footprint()
        try:
            content = self._loader_for(pinned).content(organisation, workflow_id, on, used, pinned)
        except DefinitionError as error:
            used, content = self._as_it_was(key, on, error)
        if self._copies:
            self._copies.keep(key, used, content)
        return used, content

    def _as_it_was(self, key: _Key, on: date, error: DefinitionError) -> tuple[Footprint, Content]:
        """What a case is pinned to, with the letters and the vocabulary that were published with it.

        A rehearsal publishes whatever is saved: words that leave the vocabulary, or a letter that asks a fact of
        newer rules, must not stop who began before. The law is still that of today. Raises `error` when nothing fits.
        """
        from engine.definitions.loader import Loader

        organisation, workflow_id, pinned = key
        if pinned is None or "" in (digests := (pinned.workflow_digest, pinned.rules_digest)):
            raise error
        for then in self._former():
            if not set(digests) <= set(then.digests.values()):
                continue
            used, files = Footprint(), then.under(self.files, organisation).pinned_to(pinned)
            try:
                return used, Loader(files).content(organisation, workflow_id, on, used, pinned)
            except DefinitionError:
                continue
        raise error

    def _loader_for(self, pinned: Pinned | None) -> Loader:
        """The reader, of the files that the pins name where those are not the ones that are here."""
        files = self.files.pinned_to(pinned) if pinned else self.files
        if files is self.files:
            return self.loader
        from engine.definitions.loader import Loader

        return Loader(files)

    def _in_force(
        self, organisation: str, workflow_id: str, on: date, pinned: Pinned
    ) -> tuple[Footprint, Content] | None:
        """What is in force on the day, when these are its versions and it was read already; None otherwise.

        A case opened today is pinned to what is in force: the same files, read and made ready once for both.
        """
        key: _Key = (organisation, workflow_id, None)
        kept = self._copies.find(key, on) if self._copies and key not in self._known else None
        for used, content in (*self._known.get(key, ()), *((kept,) if kept else ())):
            if _fits(content, pinned) and used.first_day <= on <= used.last_day:
                return used, content
        return None

    def _lower(self, organisation: str) -> tuple[str, ...]:
        # A publication holds nobody else than whom it inherits from: no file of it need be read to know them.
        every = self.organisations() if self.publication else self.chain(organisation)
        return tuple(one for one in every if one != organisation)

    def _names(self, kind: Kind, organisation: str) -> tuple[str, ...]:
        return tuple(sorted({name for one in self.chain(organisation) for name in self.files.names(kind, one)}))


def pins_of(case: Case) -> Pinned:
    """What this case keeps."""
    digests = case.workflow_digest, case.rules_digest
    return Pinned(case.workflow_version, case.rules_version, *digests, case.law_version, case.lower_rules)


def _fits(content: Content, pinned: Pinned) -> bool:
    """Whether these are the pinned files; a case of before there were digests has only the versions."""
    workflow, rules = content.workflow, content.rules
    return (
        (workflow.valid_from, rules.valid_from) == pinned[:2]
        and pinned.workflow_digest in ("", workflow.digest)
        and pinned.rules_digest in ("", rules.digest)
        and pinned.law in (None, rules.law)
        and (rules.lower == pinned.lower or (pinned.lower is None and ":" not in rules.lower))
    )


def _without_assumed_consent(content: Content) -> Content:
    """Nobody may lose or win anything by a consent that somebody made up to try the rules out (WMS 14a)."""
    consents = tuple(replace(one, given_on=None) if one.status else one for one in content.rules.consents)
    if consents == content.rules.consents:
        return content
    return replace(content, rules=replace(content.rules, consents=consents))
