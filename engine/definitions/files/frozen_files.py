"""The files of a publication: what a folder is to its content root, for texts that are kept by their digest."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from engine.core.errors import DefinitionError
from engine.core.finding import fault
from engine.definitions.files.content_files import ContentFiles, Kind
from engine.definitions.files.footprint import Pinned

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
            raise _lost(path, digest)
        return text.replace("\r\n", "\n"), digest

    def bytes_of(self, path: str) -> bytes:
        """What is in a file that need be no text. Raises DefinitionError when it is not kept."""
        digest = self.digests.get(path, "")
        with suppress(KeyError, ValueError):
            for content in _as_it_may_be(self._kept(digest)[1]):
                if sha256(content).hexdigest() == digest:
                    return content
        raise _lost(path, digest)

    def pinned_to(self, pinned: Pinned) -> ContentFiles:
        """These files, with others in the place of some: those that a case is pinned to, by their digests."""
        at = {digest: path for path, digest in self.digests.items()}
        own = (pinned.workflow_digest, pinned.rules_digest)
        lower = (one for one in pinned.lower_rules() if one.digest)
        others = {
            **{self._place_of(one, at): one for one in own if one},
            **{self.version_file(Kind.RULES, one.owner, one.rule_set, one.version): one.digest for one in lower},
        }
        if others.items() <= self.digests.items():
            return self
        return FrozenFiles(self.root, {**self.digests, **others}, self._kept)

    def under(self, now: ContentFiles, organisation: str) -> FrozenFiles:
        """These files, under the laws of `now`: the rules of every layer that is law are those that count today."""
        owners = {one for one in now.organisations() if one != organisation and now.is_law(one)}
        laws = {
            path: digest
            for path, digest in (now.digests.items() if isinstance(now, FrozenFiles) else ())
            if path.startswith("rules/") and path.split("/")[1] in owners and path.count("/") > 2
        }
        return FrozenFiles(self.root, {**self.digests, **laws}, self._kept)

    def _place_of(self, digest: str, at: Mapping[str, str]) -> str:
        """Where a text stands, or stood when it was kept. One that moved to another owner stands in two places."""
        path = at.get(digest)
        top, _, rest = (path or "").partition("/")
        same = (f"{top}/{owner}/{rest.partition('/')[2]}" for owner in self.folders_in(top))
        if path is not None and not any(other != path and self.is_file(other) for other in same):
            return path
        return self._path_of(digest)

    def _path_of(self, digest: str) -> str:
        try:
            return self._kept(digest)[0]
        except KeyError:
            raise _lost("", digest) from None


def as_kept(content: bytes) -> str:
    """The content of any file as a text that a database takes: a font, which is no text, in base64."""
    with suppress(UnicodeDecodeError):
        text = content.decode()
        if "\0" not in text:
            return text
    return b64encode(content).decode()


def _as_it_may_be(text: str) -> Iterator[bytes]:
    """What was kept as this text: itself, or what it is in base64. The digest tells which."""
    yield text.encode()
    yield b64decode(text)


def _lost(path: str, digest: str) -> DefinitionError:
    from engine.definitions.files.places import as_error  # hardly ever: what is published is kept

    return as_error(fault("lost_text", path, digest=digest[:12]))
