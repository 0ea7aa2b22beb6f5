"""Publishing: what the folder holds is kept in the store, and from then on counts. Who may, and what must hold before,
is said by who asks; a rehearsal does it by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from engine.core.deciding.case import ENGINE, Actor
from engine.core.deciding.step import Entry, EntryKind
from engine.core.errors import DefinitionError
from engine.core.finding import Finding, doubt, fault
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.content_files import ContentFiles, read_day
from engine.definitions.files.footprint import Footprint, Pinned
from engine.definitions.files.frozen_files import FrozenFiles
from engine.given_file import read_bytes
from engine.runtime import Runtime
from engine.store.publications import Publication, keep_publication, publication_of, publications, unpinned_versions
from engine.store.transaction import Transaction

PROJECTED_WITH = "projected_with"
"""The remembered value with the digest of the publication that all terms were counted with."""
LAW_DUE = "law_due"
"""The remembered first day of the next law that was not yet looked at when the terms were counted."""
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
    published: Files, folder: Files, today: date, *, is_rehearsal: bool, may_change: MayChange = lambda _: frozenset()
) -> Changes:
    """What publishing the folder would change; in a rehearsal nothing is held back.

    Of the files that took force and are otherwise, those that `may_change` gives are not held back either.
    """
    otherwise = [path for path, digest in published.items() if folder.get(path, digest) != digest]
    gone = [path for path in published if path not in folder]
    held = [path for path in (*otherwise, *gone) if not is_rehearsal and took_force(path, today)]
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


def keep_up(runtime: Runtime) -> None:
    """In a rehearsal publish what the folder has otherwise; elsewhere say what differs from it, and is not used."""
    changes = changes_of(runtime)
    if runtime.settings.is_rehearsal:
        number = freeze(runtime, changes, ENGINE)
        if number > 1:
            names = (*changes.new, *changes.changed, *changes.gone)
            runtime.told.append(doubt("published_by_itself", "", number=number, files=names))
        return
    if runtime.publication and (differs := (*changes.changed, *changes.gone, *changes.kept)):
        runtime.told.append(doubt("published_otherwise", "", files=differs))


def changes_of(runtime: Runtime) -> Changes:
    """How what may be published of the folder differs from what is published."""
    published = published_now(runtime)
    folder = _without_concepts(runtime, published)

    def may_change(paths: Sequence[str]) -> frozenset[str]:
        from engine.line.renewed_consent import with_other_consent  # hardly ever

        with runtime.reading() as readings:
            return with_other_consent(readings, runtime.settings.content_root, published, paths)

    today, is_rehearsal = local_day(runtime.now()), runtime.settings.is_rehearsal
    return changes_between(published, folder, today, is_rehearsal=is_rehearsal, may_change=may_change)


def differing(runtime: Runtime) -> tuple[Finding, ...]:
    """What is published and otherwise in the folder, by path: it is not used. A rehearsal uses it before long."""
    if runtime.settings.is_rehearsal or not runtime.publication or runtime.watched.digest() == runtime.publication:
        return ()
    changes = changes_of(runtime)
    return (
        *(fault("published_and_changed", path) for path in changes.kept if path not in changes.missing),
        *(fault("published_and_gone", path) for path in changes.missing),
        *(doubt("not_yet_published", path) for path in (*changes.changed, *changes.gone)),
    )


def take_over(runtime: Runtime) -> None:
    """Publish what the folder holds when nothing ever was, and there are cases: they go on with what they read."""
    with runtime.reading() as readings:
        is_first = not readings.published() and bool(unpinned_versions(readings))
    if is_first:
        freeze(runtime, Changes(new=tuple(sorted(_without_concepts(runtime, {})))), ENGINE)


def concepts_of(runtime: Runtime, published: Files) -> frozenset[str]:
    """The paths in the folder that are a concept, and are not published.

    A rehearsal tries out what has nothing older in its place. What took force is no concept any more, whatever is
    written since, and what was published and cannot be read now is a mistake.
    """
    is_rehearsal, today = runtime.settings.is_rehearsal, local_day(runtime.now())
    asked = f"{runtime.watched.digest()} {today} {is_rehearsal} {runtime.publication}"
    kept = runtime.settings.workplace / ".trede-cache" / "concepts.json"
    with suppress(OSError, ValueError, KeyError, TypeError):  # to read rules as YAML takes longer than most commands
        told = json.loads(kept.read_bytes())
        if told["of"] == asked:
            return frozenset(told["paths"])
    found = _find_concepts(runtime, published, today)
    with suppress(OSError):
        kept.write_text(json.dumps({"of": asked, "paths": sorted(found)}), encoding="utf-8")
    return found


def _find_concepts(runtime: Runtime, published: Files, today: date) -> frozenset[str]:
    from engine.definitions.reading.concepts import concepts_in

    is_rehearsal, files = runtime.settings.is_rehearsal, ContentFiles(runtime.settings.content_root)
    found = concepts_in(files, today, tries=is_rehearsal, agreed=published.keys())
    return frozenset(path for path in found if is_rehearsal or path not in published or not took_force(path, today))


def _without_concepts(runtime: Runtime, published: Files) -> Files:
    folder, hidden = runtime.watched.digests(), concepts_of(runtime, published)
    return {path: digest for path, digest in folder.items() if path not in hidden} if hidden else folder


def published_now(runtime: Runtime) -> Files:
    """The files of the publication that counts; none when there is none."""
    with runtime.reading() as readings:
        found = publication_of(readings)
    return found.files if found else {}


def freeze(
    runtime: Runtime, changes: Changes, actor: Actor, consents: Sequence[Mapping[str, str]] = (), reason: str = ""
) -> int:
    """Publish the folder with these changes; the number of the publication. What is running goes on with it.

    Raises DefinitionError for a file that cannot be kept, and then nothing is.
    """
    moment = runtime.now()
    published = published_now(runtime)
    files = published_files(published, _without_concepts(runtime, published), changes)
    digest, texts = Footprint(files=dict(files)).digest, _Texts(runtime.settings.content_root)
    with runtime.store.transaction() as tx:
        latest = next(iter(publications(tx)), None)
        number = latest.number + 1 if latest else 1
        made = Publication(number=number, digest=digest, at=moment, actor=actor, files=files, consents=tuple(consents))
        told = {"number": number, "digest": digest, "new": changes.new, "changed": changes.changed,
                "gone": changes.gone, "consents": [dict(one) for one in consents], "reason": reason}  # fmt: skip
        plain = {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}
        keep_publication(tx, made, texts.of, Entry(kind=EntryKind.PUBLISHED, at=moment, actor=actor, details=plain))
        if not _pin_older_cases(runtime, tx, local_day(moment)) and number == 1:
            tx.set_meta(PROJECTED_WITH, digest)  # there is no case yet to be counted otherwise
            laws = FrozenFiles(runtime.settings.content_root, files, _nothing_kept).law_days(
                runtime.settings.organisation
            )
            tx.set_meta(LAW_DUE, next_law(laws, local_day(moment)))
    runtime.notice(digest)
    return number


def next_law(days: Sequence[date], today: date) -> str:
    """The first of these days, in order, that is still to come (ISO); the last day there is when none is."""
    return next((day for day in days if day > today), date.max).isoformat()


def is_law_due(law_due: str, today: date) -> bool:
    """Whether a law took force since the terms were counted; surely, where nobody ever looked."""
    return law_due <= today.isoformat()


def _nothing_kept(digest: str) -> tuple[str, str]:
    raise KeyError(digest)  # of these files only the names are asked


class _Texts:
    """The texts in the folder, as they will be kept: whole, with their own line ends."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def of(self, path: str) -> str:
        ContentFiles(self._root).read(path)  # says what is wrong with a file that is no text
        return read_bytes(self._root / path).decode()


def _pin_older_cases(runtime: Runtime, tx: Transaction, day: date) -> bool:
    """Pin the cases that have no pin to the files they read until now; one that cannot be read keeps its versions.

    The day is given: to ask the clock of a rehearsal is a reading, and this one is inside the transaction that writes.
    """
    unpinned, organisation = unpinned_versions(tx), runtime.settings.organisation
    catalogue = Catalogue(runtime.settings.content_root)
    for workflow, *days in unpinned:
        first, second = map(date.fromisoformat, days)
        try:
            content = catalogue.content(organisation, workflow, day, pinned=Pinned(first, second))
        except DefinitionError:
            continue
        these = {"workflow": workflow, "workflow_version": first, "rules_version": second}
        digests = {"workflow_digest": content.workflow.digest, "rules_digest": content.rules.digest}
        tx.pin(these, {**digests, "law_version": content.rules.law})
    return bool(unpinned)
