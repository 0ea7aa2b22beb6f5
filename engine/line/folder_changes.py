"""How the folder differs from what is published, and what of that may be published: by paths and digests alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from engine.core.quick_class import dataclass
from engine.definitions.files.content_files import owner_of, read_day

Files = Mapping[str, str]
"""The digest of each file, by its path below the content root."""
MayChange = Callable[[Sequence[str]], Collection[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How the folder differs from what is published, as paths: what comes, what becomes otherwise, what goes.

    `kept` are dated files that took force and are otherwise in the folder, or (`missing`) are not there: what was
    published of them stays.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when publishing would change nothing."""
        return not (self.new or self.changed or self.gone)


def changes_between(
    published: Files,
    folder: Files,
    today: date,
    *,
    is_rehearsal: bool,
    may_change: MayChange = lambda _: frozenset(),
    left: Collection[str] = (),
) -> Changes:
    """What publishing the folder would change; in a rehearsal nothing is held back.

    Of the files that took force and are otherwise, those that `may_change` gives are not held back either; nor those of
    an organisation that was `left`: nothing is inherited from it any more.
    """
    otherwise = [path for path, digest in published.items() if folder.get(path, digest) != digest]
    gone = [path for path in published if path not in folder]
    kept_back = (path for path in (*otherwise, *gone) if not is_rehearsal and owner_of(path) not in left)
    held = [path for path in kept_back if took_force(path, today)]
    free = may_change([path for path in held if path in folder]) if held else ()
    kept = [path for path in held if path not in free]
    return Changes(
        new=tuple(sorted(folder.keys() - published.keys())),
        changed=tuple(sorted(path for path in otherwise if path not in kept)),
        gone=tuple(sorted(path for path in gone if path not in kept)),
        kept=tuple(sorted(kept)),
        missing=tuple(sorted(path for path in gone if path in kept)),
    )


def took_force(path: str, today: date) -> bool:
    """Whether this is a dated file whose day has come: a case may be on it, or a letter may have left with it.

    A calendar has a date and no versions: its files add up, and each year brings days to those that are there.
    """
    day = read_day(Path(path).stem)
    return day is not None and day <= today and Path(path).parent.name != "calendar"


def published_files(published: Files, folder: Files, changes: Changes) -> Files:
    """The files of the publication that would come of it."""
    return {**folder, **{path: published[path] for path in changes.kept}}
