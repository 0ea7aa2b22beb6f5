"""The content as it is, read once, and the same content in which one file is another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from engine.core.content.ruleset import RuleSet
from engine.core.evaluation.prepared import Content
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.content_files import ContentFiles, Kind, read_day
from engine.definitions.files.footprint import Footprint, Pinned
from engine.definitions.letter_loader import LetterLoader
from engine.definitions.loaded import Loaded, Version, load_all
from engine.definitions.loader import Loader
from engine.definitions.reading.chains import family_in
from engine.usecases.chosen_organisation import working_organisations
from tools.removals.changes import Change, changes_in
from tools.removals.rewriting import changed, written

Layers = dict[tuple[str, str], RuleSet]
"""Files of rule sets as they were read, by path and by who reads them."""


class Whole:
    """The content of a folder as it is; what is read of it stays as it was read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.catalogue = Catalogue(root)
        self._digests: dict[str, str] = {}
        self.layers = Layers()

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """Those that work with the content."""
        return working_organisations(self.catalogue)

    @cached_property
    def loaded(self) -> Mapping[str, Loaded]:
        """Everything that each of these can use."""
        every = ContentFiles(self.root)
        return {one: load_all(ContentFiles(self.root, family_in(every, one)), one)[0] for one in self.organisations}

    @cached_property
    def files(self) -> Mapping[Version, frozenset[str]]:
        """The files that the content of each organisation, workflow and day is made of."""
        keys = (key for loaded in self.loaded.values() for key in loaded.contents)
        return {key: frozenset(self.catalogue.files_used(*key)) for key in keys}

    def files_of(self, workflows: Iterable[tuple[str, str]]) -> frozenset[str]:
        """The files of these workflows of organisations, on whatever day."""
        named = frozenset(workflows)
        return frozenset().union(*(files for (one, name, _), files in self.files.items() if (one, name) in named))

    def using(self, path: str) -> tuple[Version, ...]:
        """The contents that are made of this file besides others."""
        return tuple(key for key, files in self.files.items() if path in files)

    def digest_of(self, paths: Iterable[str], *marks: str) -> str:
        """One SHA-256 over these files and what is in them, and these marks, in whatever order."""
        told = "\n".join((*(f"{path} {self._digest(path)}" for path in sorted(paths)), *sorted(marks)))
        return sha256(told.encode()).hexdigest()

    def _digest(self, path: str) -> str:
        if path not in self._digests:
            file = self.root / path
            self._digests[path] = sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
        return self._digests[path]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Everything that can be taken away or turned round, by file."""
        return tuple(one for path in self._paths() for one in changes_in(path, self._value(path)))

    def _paths(self) -> Iterator[str]:
        """The rule sets and workflows."""
        found = sorted(path for part in ("rules", "workflows") for path in self.root.glob(f"{part}/*/*/*.yaml"))
        names = (path.relative_to(self.root).as_posix() for path in found if read_day(path.stem))
        yield from (name for name in names if "/calendar/" not in name)

    def otherwise(self, change: Change) -> Otherwise:
        """The same content with this change."""
        return Otherwise(self, change.path, written(changed(self._value(change.path), change)) + "\n")

    def _value(self, path: str) -> object:
        return self.catalogue.loader.sources.document(path).value


class _Other(ContentFiles):
    """The files of a folder, of which one has another text."""

    def __init__(self, root: Path, path: str, text: str) -> None:
        super().__init__(root)
        self._path, self._text = path, text

    def read(self, path: str) -> tuple[str, str]:
        """The text of a file and its SHA-256."""
        return (self._text, sha256(self._text.encode()).hexdigest()) if path == self._path else super().read(path)


class _Sharing(Loader):
    """A reader that takes what others read of the same folder, besides one file: that has another text here."""

    def __init__(self, files: ContentFiles, whole: Whole, besides: str) -> None:
        super().__init__(files)
        loader = whole.catalogue.loader
        others, layers = loader.sources, whole.layers
        self.organisations = loader.organisations  # no change is one of an organisation
        self.letters = LetterLoader(self.sources, self.organisations)
        self._besides, self._shared, self._own = besides, layers, Layers()
        self.sources._texts.update({path: text for path, text in others._texts.items() if path != besides})
        self.sources._documents.update({path: read for path, read in others._documents.items() if path != besides})

    def layer(self, owner: str, name: str, version: date, reader: str, used: Footprint) -> RuleSet:
        """One file of a rule set as `Loader` reads it: once, and what is not changed once for all changes."""
        path = self.files.version_file(Kind.RULES, owner, name, version)
        kept, key = self._own if path == self._besides else self._shared, (path, reader)
        if key not in kept:
            kept[key] = super().layer(owner, name, version, reader, used)
        else:
            self.sources.fresh(path, self.organisations.organisation(reader, used), used)
        return kept[key]


class Otherwise(Catalogue):
    """The content with another text of one file. What is not made of that file is taken from the whole."""

    def __init__(self, whole: Whole, path: str, text: str) -> None:
        files = _Other(whole.root, path, text)
        super().__init__(whole.root, frozen=lambda: files)
        self._whole, self._path, self._using = whole, path, whole.using(path)
        self._touched = {(one, name) for one, name, _ in self._using}
        self._loader = _Sharing(files, whole, path)

    def content(self, organisation: str, workflow_id: str, on: date, *, pinned: Pinned | None = None) -> Content:
        """The content for one workflow, as `Catalogue` gives it."""
        if (organisation, workflow_id) not in self._touched:
            return self._whole.catalogue.content(organisation, workflow_id, on, pinned=pinned)
        return super().content(organisation, workflow_id, on, pinned=pinned)

    def touched(self) -> Mapping[Version, Content]:
        """The contents that are made of this file. Raises DefinitionError when one cannot be made."""
        found = {key: self.content(*key) for key in self._using}
        if not found and self._path.startswith("rules/"):  # a rule set that no workflow goes by is still read
            _, owner, name, file = self._path.split("/")
            layer = owner, name, date.fromisoformat(Path(file).stem)
            for one in self._whole.organisations:
                if owner in self._whole.catalogue.chain(one):
                    self.loader.layer(*layer, one, Footprint())
        return found
