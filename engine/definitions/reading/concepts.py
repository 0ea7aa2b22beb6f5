"""Which files of a folder are a concept: rules that no council agreed to, and what comes with them.

Nothing runs on them. They are told from the rest before anything is built,
for a concept may be such that nothing can be built of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from engine.core.content.ruleset import WAITING
from engine.core.errors import DefinitionError
from engine.definitions.files.content_files import ContentFiles, Kind, version_on
from engine.definitions.reading.yaml_reader import read_yaml

_NEEDS_CONSENT = re.compile(r"^needs_consent:\s*true\b", re.MULTILINE | re.IGNORECASE)
_SAID = re.compile(rf"\bstate:\s*[\"']?({'|'.join(WAITING)})\b")


class WithoutSome(ContentFiles):
    """The files of a folder without some of them; a folder of versions of which none is left is gone with its tests."""

    def __init__(self, files: ContentFiles, hidden: Collection[str]) -> None:
        super().__init__(files.root, files.owners)
        self._files, self._hidden = files, frozenset(hidden)
        folders = {path.rpartition("/")[0] for path in self._hidden}
        self._gone = {folder for folder in folders if not self.files_in(folder)}

    def is_file(self, path: str) -> bool:
        """Whether there is a file at this path that is not hidden."""
        return path not in self._hidden and self._files.is_file(path)

    def folders_in(self, folder: str) -> tuple[str, ...]:
        """The names of the folders in a folder, sorted; none when it is not there."""
        return tuple(name for name in self._files.folders_in(folder) if f"{folder}/{name}" not in self._gone)

    def files_in(self, folder: str) -> tuple[str, ...]:
        """The names of the files in a folder that are not hidden, sorted."""
        return tuple(name for name in self._files.files_in(folder) if f"{folder}/{name}" not in self._hidden)

    def read(self, path: str) -> tuple[str, str]:
        """The text of a file and its SHA-256. Raises DefinitionError when it is no file, or no text in UTF-8."""
        return self._files.read(path)


def concepts_in(
    files: ContentFiles, today: date, *, tries: bool = False, agreed: Collection[str] = ()
) -> frozenset[str]:
    """The paths of the concepts, as they stand on this day.

    Rules of which every sector says concept, to_opr or rejected; rules still to come to which no sector consented, or
    that cannot be read; the versions of workflows that would go by them; and the letters and cards that begin with
    them, until that day. Only where versions need consent: a law to come is law.

    Who `tries` rules out gets those that began and have nothing older in their place. One that cannot be read and is
    `agreed`, published before, is no concept: it is a version in which somebody made a mistake.
    """
    owners = (_Owner(files, owner, today, frozenset(agreed), tries) for owner in files.organisations())
    return frozenset(path for owner in owners for path in owner.concepts())


class _Owner:
    """The dated files of one organisation."""

    def __init__(self, files: ContentFiles, owner: str, today: date, agreed: Collection[str], tries: bool) -> None:
        self._files, self._owner, self._today, self._agreed, self._tries = files, owner, today, agreed, tries
        self._rules = {name: files.versions(Kind.RULES, owner, name) for name in files.names(Kind.RULES, owner)}

    def concepts(self) -> Iterator[str]:
        """The paths of the concepts of this organisation."""
        if not (self._is_doubtful() and self._needs_consent()):
            return
        waiting = {
            (name, day) for name, days in self._rules.items() for day in days if self._is_waiting(Kind.RULES, name, day)
        }
        if self._tries:
            waiting = {(name, day) for name, day in waiting if self._has_place_taken(name, day, waiting)}
        flows = [(name, day) for name, day in self._seen(Kind.WORKFLOWS) if self._goes_by(name, day, waiting)]
        first_days = {day for _, day in (*waiting, *flows) if day > self._today}
        yield from (self._path(Kind.RULES, *one) for one in waiting)
        yield from (self._path(Kind.WORKFLOWS, *one) for one in flows)
        for kind in (Kind.LETTERS, Kind.CARDS):
            yield from (self._path(kind, name, day) for name, day in self._seen(kind) if day in first_days)

    def _is_doubtful(self) -> bool:
        """Whether anything may be a concept at all: nearly never, and then no file need be read as YAML for it."""
        if any(day > self._today for kind in (Kind.RULES, Kind.WORKFLOWS) for _, day in self._seen(kind)):
            return True
        return any(_SAID.search(self._text(self._path(Kind.RULES, name, day))) for name, day in self._seen(Kind.RULES))

    def _needs_consent(self) -> bool:
        return bool(_NEEDS_CONSENT.search(self._text(self._files.organisation_file(self._owner))))

    def _is_waiting(self, kind: Kind, name: str, day: date) -> bool:
        path = self._path(kind, name, day)
        to_come = day > self._today
        if not (to_come or _SAID.search(self._text(path))):
            return False
        written = self._written(path)
        if written is None:
            return to_come and path not in self._agreed
        consents = written.get("consent")
        said = [one for one in consents.values() if isinstance(one, dict)] if isinstance(consents, dict) else []
        if said and all(one.get("state") in WAITING for one in said):
            return True
        return to_come and not any("given" in one and one.get("state") not in WAITING for one in said)

    def _has_place_taken(self, name: str, day: date, waiting: Collection[tuple[str, date]]) -> bool:
        """Whether it is still to come, or something older holds in its place."""
        older = (one for one in self._rules[name] if one < day and (name, one) not in waiting)
        return day > self._today or any(older)

    def _goes_by(self, name: str, day: date, waiting: Collection[tuple[str, date]]) -> bool:
        """Whether this version of a workflow begins under rules that wait; one to come that cannot be read does."""
        path = self._path(Kind.WORKFLOWS, name, day)
        if not (waiting or day > self._today):
            return False
        written = self._written(path)
        if written is None:
            return day > self._today and path not in self._agreed
        rule_set = str(written.get("rule_set", ""))
        first = version_on(self._rules.get(rule_set, ()), day)
        return first is not None and (rule_set, first) in waiting

    def _seen(self, kind: Kind) -> Iterator[tuple[str, date]]:
        for name in self._files.names(kind, self._owner):
            yield from ((name, day) for day in self._files.versions(kind, self._owner, name))

    def _path(self, kind: Kind, name: str, day: date) -> str:
        return self._files.version_file(kind, self._owner, name, day)

    def _text(self, path: str) -> str:
        try:
            return self._files.read(path)[0]
        except DefinitionError:
            return ""

    def _written(self, path: str) -> Mapping[str, object] | None:
        """What the file says, by key; None when it cannot be read."""
        try:
            value = read_yaml(self._files.read(path)[0], path).value
        except DefinitionError:
            return None
        return value if isinstance(value, dict) else None
