"""The files of a publication: what a folder is to its content root, for texts that are kept by their digest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from engine.core.finding import fault
from engine.definitions.files.content_files import ContentFiles

Kept = Callable[[str], tuple[str, str]]
"""The path and the text that are kept under a digest. Raises KeyError when there is none."""


class FrozenFiles(ContentFiles):
    """Paths with the digests of their texts. `root` is the folder they were taken from; nothing is read there."""

    def __init__(self, root: Path, digests: Mapping[str, str], kept: Kept) -> None:
        super().__init__(root)
        self.digests, self._kept = digests, kept
        self._folders: dict[str, tuple[set[str], set[str]]] = {}
        for path in digests:
            folder, _, name = path.rpartition("/")
            self._folder(folder)[1].add(name)
            while folder:  # each folder is named in the one above it
                above, _, name = folder.rpartition("/")
                self._folder(above)[0].add(name)
                folder = above

    def _folder(self, path: str) -> tuple[set[str], set[str]]:
        return self._folders.setdefault(path, (set(), set()))

    def is_file(self, path: str) -> bool:
        """Whether the publication has a file at this path."""
        return path in self.digests

    def folders_in(self, folder: str) -> tuple[str, ...]:
        """The names of the folders in a folder, sorted; none when it is not there."""
        return tuple(sorted(self._folders.get(folder, ((), ()))[0]))

    def files_in(self, folder: str) -> tuple[str, ...]:
        """The names of the files in a folder, sorted; none when it is not there."""
        return tuple(sorted(self._folders.get(folder, ((), ()))[1]))

    def read(self, path: str) -> tuple[str, str]:
        """The text of a file and its SHA-256. Raises DefinitionError when it is not kept."""
        digest = self.digests.get(path, "")
        try:
            text = self._kept(digest)[1]
        except KeyError:
            text = ""
        if sha256(text.encode()).hexdigest() != digest:
            from engine.definitions.files.places import as_error  # hardly ever: what is published is kept

            raise as_error(fault("lost_text", path, digest=digest[:12]))
        return text.replace("\r\n", "\n"), digest

    def pinned_to(self, digests: Sequence[str]) -> ContentFiles:
        """These files, with others in the place of some: those that a case is pinned to, by their digests."""
        there = set(self.digests.values())
        others = [digest for digest in digests if digest and digest not in there]
        if not others:
            return self
        return FrozenFiles(self.root, {**self.digests, **{self._path_of(one): one for one in others}}, self._kept)

    def under(self, now: ContentFiles, organisation: str) -> ContentFiles:
        """These files, under the laws of `now`: the rules of every other organisation are those that count today."""
        laws = {
            path: digest
            for path, digest in (now.digests.items() if isinstance(now, FrozenFiles) else ())
            if path.startswith("rules/") and path.split("/")[1] != organisation and path.count("/") > 2
        }
        return FrozenFiles(self.root, {**self.digests, **laws}, self._kept)

    def _path_of(self, digest: str) -> str:
        try:
            return self._kept(digest)[0]
        except KeyError:
            from engine.definitions.files.places import as_error

            raise as_error(fault("lost_text", "", digest=digest[:12])) from None
