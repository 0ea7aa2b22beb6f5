"""Which files there are, and which of them is in force on a day. Reads names, and of a layer whether it is law."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

from engine.core.errors import DefinitionError, UsageError
from engine.core.finding import Finding, fault
from engine.definitions.files.footprint import Pinned
from engine.given_file import MOST_OF_REGISTER, decoded, read_bytes

# A name becomes a part of a path, and may not lead out of the content root.
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Told from the text: a sweep asks it each time, and to read all that an organisation says takes far longer.
_IS_LAW = re.compile(r"^[\"']?is_law[\"']?\s*:\s*(true|false)\b", re.MULTILINE | re.IGNORECASE)


class Kind(StrEnum):
    """The kinds of dated files."""

    RULES = "rules"
    WORKFLOWS = "workflows"
    LETTERS = "letters"
    CARDS = "cards"


_FOLDERS = {
    Kind.RULES: "rules",
    Kind.WORKFLOWS: "workflows",
    Kind.LETTERS: "templates/letters",
    Kind.CARDS: "templates/cards",
}
_SUFFIXES = {Kind.RULES: ".yaml", Kind.WORKFLOWS: ".yaml", Kind.LETTERS: ".md", Kind.CARDS: ".yaml"}
_NAMES = {
    Kind.RULES: re.compile(r"(?!calendar$)[a-z][a-z0-9_]*"),
    Kind.WORKFLOWS: re.compile(r"[a-z][a-z0-9_]*"),
    Kind.LETTERS: re.compile(r"[A-Z].*"),
    Kind.CARDS: re.compile(r"[a-z][a-z0-9_]*"),
}


class ContentFiles:
    """The content root. Paths that come out are relative to it, with forward slashes.

    With `owners` no other organisations are listed than these: several may have their content in one folder.
    """

    def __init__(self, root: Path, owners: Collection[str] | None = None) -> None:
        self.root, self.owners = root, owners

    # What a kind of source says of itself: a folder here, a publication in `FrozenFiles`.

    def is_file(self, path: str) -> bool:
        """Whether there is a file at this path."""
        return (self.root / path).is_file()

    def folders_in(self, folder: str) -> tuple[str, ...]:
        """The names of the folders in a folder, sorted; none when it is not there."""
        return self._listed(folder, lambda path: path.is_dir())

    def files_in(self, folder: str) -> tuple[str, ...]:
        """The names of the files in a folder, sorted; none when it is not there."""
        return self._listed(folder, lambda path: path.is_file())

    def _listed(self, folder: str, is_meant: Callable[[Path], bool]) -> tuple[str, ...]:
        there = self.root / folder
        return tuple(sorted(path.name for path in there.iterdir() if is_meant(path))) if there.is_dir() else ()

    def pinned_to(self, _: Pinned) -> ContentFiles:
        """These files with those of a case in the place of some; a folder has one text of each: these."""
        return self

    # What follows from that.

    def organisations(self) -> tuple[str, ...]:
        """Every folder of rules that has an organisation.yaml, of the owners that are asked for."""
        named = (name for name in self.folders_in("rules") if self.owners is None or name in self.owners)
        return tuple(name for name in named if self.is_file(f"rules/{name}/organisation.yaml"))

    def organisation_file(self, organisation: str) -> str:
        """The path of organisation.yaml. Raises DefinitionError when the organisation is not there."""
        path = f"rules/{organisation}/organisation.yaml"
        if not (_PLAIN.fullmatch(organisation) and self.is_file(path)):
            known = self.organisations()
            raise _error_of(fault("unknown_organisation", path, organisation=organisation, known=known, path=path))
        return path

    def is_law(self, organisation: str) -> bool:
        """Whether later versions of its rules bind cases that run: also when it does not say, lest a law be lost."""
        return says_law(self.read(self.organisation_file(organisation))[0]) is not False

    def calendar_files(self, organisation: str) -> tuple[str, ...]:
        """All calendar files of the organisation: they add up, so none replaces another."""
        return self._yaml_in(f"rules/{organisation}/calendar")

    def test_files(self, organisation: str, rule_set: str) -> tuple[str, ...]:
        """The files of rule tests and stories beside a rule set."""
        return self._yaml_in(f"rules/{organisation}/{rule_set}/tests")

    def card_words_file(self, organisation: str) -> str:
        """The words around the cards of this organisation itself; empty when it has none."""
        path = f"{_FOLDERS[Kind.CARDS]}/{organisation}/words.yaml"
        return path if self.is_file(path) else ""

    def sources_file(self, organisation: str) -> str:
        """What this organisation itself says may be cited; empty when it says nothing."""
        path = f"rules/{organisation}/sources.yaml"
        return path if self.is_file(path) else ""

    def names(self, kind: Kind, organisation: str) -> tuple[str, ...]:
        """The ids of everything of a kind that the organisation itself has."""
        # Letters stand among folders of another sort (partials, fonts), which have no capital.
        found = self.folders_in(f"{_FOLDERS[kind]}/{organisation}")
        return tuple(name for name in found if _NAMES[kind].fullmatch(name))

    def folder(self, kind: Kind, organisation: str, name: str) -> str:
        """The folder with the versions of one thing."""
        return f"{_FOLDERS[kind]}/{organisation}/{name}"

    def versions(self, kind: Kind, organisation: str, name: str) -> tuple[date, ...]:
        """The dates of the versions, oldest first. Files whose name is no date are left out."""
        if not (_PLAIN.fullmatch(organisation) and _PLAIN.fullmatch(name)):
            return ()
        suffix = _SUFFIXES[kind]
        files = self.files_in(self.folder(kind, organisation, name))
        stems = (one.removesuffix(suffix) for one in files if one.endswith(suffix))
        return tuple(sorted(found for stem in stems if (found := read_day(stem)) is not None))

    def law_days(self, lower: Sequence[str], of: Collection[str] = ()) -> tuple[date, ...]:
        """The days, in order, on which rules (of these names, or any) begin in those of these layers that are law."""
        named = ((one, name) for one in lower if self.is_law(one) for name in of or self.names(Kind.RULES, one))
        return tuple(sorted({day for one, name in named for day in self.versions(Kind.RULES, one, name)}))

    def strangers(self, kind: Kind, organisation: str, name: str) -> tuple[str, ...]:
        """Files in the folder that are no dated version."""
        folder = self.folder(kind, organisation, name)
        stems = ((one, *one.rpartition(".")[::2]) for one in self.files_in(folder))
        wrong = (one for one, stem, suffix in stems if read_day(stem) is None or f".{suffix}" != _SUFFIXES[kind])
        return tuple(f"{folder}/{one}" for one in wrong)

    def version_file(self, kind: Kind, organisation: str, name: str, version: date) -> str:
        """The path of one version."""
        return f"{self.folder(kind, organisation, name)}/{version.isoformat()}{_SUFFIXES[kind]}"

    def partial_file(self, chain: Sequence[str], name: str) -> str | None:
        """The nearest partial of this name, own organisation first; None when there is none."""
        if not _PLAIN.fullmatch(name):
            return None
        for organisation in reversed(chain):
            path = f"{_FOLDERS[Kind.LETTERS]}/{organisation}/partials/{name}.md"
            if self.is_file(path):
                return path
        return None

    def nearest_owner(self, kind: Kind, chain: Sequence[str], name: str) -> str | None:
        """The organisation nearest to the end of the chain that has this thing; None when none has."""
        return next((one for one in reversed(chain) if self.versions(kind, one, name)), None)

    def read(self, path: str) -> tuple[str, str]:
        """The text of a file and its SHA-256. Raises DefinitionError when it is no file, or no text in UTF-8."""
        try:
            content = read_bytes(self.root / path)
            written = decoded(content, self.root / path)
        except UsageError as error:
            raise _placed(error, path) from error
        # Content goes to other machines and editors: what is only recognised here would be read otherwise there.
        if written.encoding != "UTF-8":
            raise _error_of(fault("not_utf8", path, encoding=written.encoding))
        from hashlib import sha256  # most commands read a compiled copy, and no file

        return written.text.replace("\r\n", "\n"), sha256(content).hexdigest()

    def texts(self, kind: Kind, owners: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The text of every version of a kind that these have, each with its name. Raises as `read`."""
        for one in owners:
            for name in self.names(kind, one):
                for day in self.versions(kind, one, name):
                    yield name, self.read(self.version_file(kind, one, name, day))[0]

    def bytes_of(self, path: str) -> bytes:
        """What is in a file that need be no text. Raises DefinitionError when it is no file, or has no end."""
        try:
            return read_bytes(self.root / path, MOST_OF_REGISTER)
        except UsageError as error:
            raise _placed(error, path) from error

    def _yaml_in(self, folder: str) -> tuple[str, ...]:
        return tuple(f"{folder}/{name}" for name in self.files_in(folder) if name.endswith(".yaml"))


def read_day(text: str) -> date | None:
    """The date a file name says; None when it says none."""
    if not _DATED.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def says_law(text: str) -> bool | None:
    """Whether what others inherit is law, as this text of organisation.yaml says; None when it does not say."""
    said = _IS_LAW.search(text)
    return said[1].lower() == "true" if said else None


def version_on(versions: Sequence[date], day: date) -> date | None:
    """The newest version that began on or before the day; None when none had."""
    return max((version for version in versions if version <= day), default=None)


def not_in_force(
    kind: Kind, organisation: str, name: str, day: date, versions: Sequence[date], ended: date | None = None
) -> DefinitionError:
    """The error for a thing of which no version is in force on the day; `ended` is the last day of the newest."""
    told = {"of": kind, "name": name, "organisation": organisation, "day": day, "versions": tuple(versions)}
    where = f"{_FOLDERS[kind]}/{organisation}/{name}"
    return _error_of(fault("no_version_in_force", where, **told, ended=(ended,) if ended else ()))


def not_found(kind: Kind, organisation: str, name: str, known: Sequence[str]) -> DefinitionError:
    """The error for a thing that neither the organisation nor what it inherits has."""
    where = f"{_FOLDERS[kind]}/{organisation}/{name}"
    return _error_of(fault("not_found", where, of=kind, name=name, organisation=organisation, known=set(known)))


def owner_of(path: str) -> str:
    """Whose file this is, by its path below a content root; empty for a file of nobody."""
    parts = path.split("/")
    place = 2 if parts[0] == "templates" else 1
    return parts[place] if len(parts) > place + 1 else ""


def _placed(error: UsageError, path: str) -> DefinitionError:
    from engine.definitions.files.places import moved

    return _error_of(moved(error, path))


def _error_of(finding: Finding) -> DefinitionError:
    from engine.definitions.files.places import (
        as_error,  # a place in a file is made by who reads it, or finds a mistake
    )

    return as_error(finding)
