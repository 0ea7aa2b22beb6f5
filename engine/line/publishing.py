"""Publishing: what the folder holds is kept in the store, and from then on counts. Who may, and what must hold before,
is said by who asks; a rehearsal does it by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from engine.core.deciding.case import ENGINE, Actor
from engine.core.deciding.step import Entry, EntryKind
from engine.core.errors import DefinitionError
from engine.core.finding import Finding, doubt, fault
from engine.core.moment import local_day
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.compiled_copy import TEXTS
from engine.definitions.files.content_files import ContentFiles, owner_of
from engine.definitions.files.footprint import Footprint, Pinned, pins_on
from engine.definitions.files.frozen_files import as_kept
from engine.line.folder_changes import Changes, Files, changes_between, published_files, took_force
from engine.runtime import Runtime
from engine.store.publications import Publication, keep_publication, publication_of, publications, unpinned_cases
from engine.store.snapshot import Row
from engine.store.transaction import Transaction

PROJECTED_WITH = "projected_with"
"""The remembered value with the digest of the publication that all terms were counted with."""
LAW_DUE = "law_due"
"""The remembered first day of the next law that was not yet looked at when the terms were counted."""


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
    left = set(map(owner_of, published)) - set(runtime.watched.owners())

    def may_change(paths: Sequence[str]) -> frozenset[str]:
        from engine.line.renewed_consent import with_other_consent  # hardly ever

        with runtime.reading() as readings:
            return with_other_consent(readings, runtime.settings.content_root, published, paths)

    today, is_rehearsal = local_day(runtime.now()), runtime.settings.is_rehearsal
    return changes_between(published, folder, today, is_rehearsal=is_rehearsal, may_change=may_change, left=left)


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
    """Let cases of before go on with what they read: pinned to it, and published where nothing ever was."""
    with runtime.reading() as readings:
        is_first, older = not readings.published(), bool(unpinned_cases(readings))
    if older and is_first:
        freeze(runtime, Changes(new=tuple(sorted(_without_concepts(runtime, {})))), ENGINE)
    elif older:
        pins = _pins_of_older(runtime, local_day(runtime.now()))
        with runtime.store.transaction() as tx:
            _pin(tx, pins)


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

    is_rehearsal = runtime.settings.is_rehearsal
    files = ContentFiles(runtime.settings.content_root, runtime.watched.owners())
    found = concepts_in(files, today, tries=is_rehearsal, agreed=published.keys())
    return frozenset(path for path in found if is_rehearsal or path not in published or not took_force(path, today))


def _without_concepts(runtime: Runtime, published: Files) -> Files:
    folder, hidden = runtime.watched.digests(), concepts_of(runtime, published)
    return {path: digest for path, digest in folder.items() if path not in hidden} if hidden else folder


def published_now(runtime: Runtime) -> Files:
    """The files of the publication that counts, as far as they are in its chain; none when there is none.

    One of before held whatever lay in the folder, also what is of an organisation beside this one.
    """
    with runtime.reading() as readings:
        found = publication_of(readings)
    files, owners = found.files if found else {}, set(runtime.watched.owners())
    if any(owner_of(path) not in owners for path in files):
        owners.update(runtime.catalogue.chain(runtime.settings.organisation))
    return {path: digest for path, digest in files.items() if owner_of(path) in owners}


def freeze(
    runtime: Runtime, changes: Changes, actor: Actor, consents: Sequence[Mapping[str, str]] = (), reason: str = ""
) -> int:
    """Publish the folder with these changes; the number of the publication. What is running goes on with it.

    Raises DefinitionError for a file that cannot be kept, and then nothing is.
    """
    moment = runtime.now()
    published, older = published_now(runtime), _pins_of_older(runtime, local_day(moment))
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
        _pin(tx, older)
        if not older and number == 1:
            tx.set_meta(PROJECTED_WITH, digest)  # there is no case yet to be counted otherwise
            lower = [one for one in runtime.watched.owners() if one != runtime.settings.organisation]
            laws = ContentFiles(runtime.settings.content_root).law_days(lower)
            tx.set_meta(LAW_DUE, next_law(laws, local_day(moment)))
    runtime.notice(digest)
    return number


def next_law(days: Sequence[date], today: date) -> str:
    """The first of these days, in order, that is still to come (ISO); the last day there is when none is."""
    return next((day for day in days if day > today), date.max).isoformat()


def is_law_due(law_due: str, today: date) -> bool:
    """Whether a law took force since the terms were counted; surely, where nobody ever looked."""
    return law_due <= today.isoformat()


class _Texts:
    """The files in the folder, as they will be kept: whole, a text with its own line ends."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def of(self, path: str) -> str:
        files = ContentFiles(self._root)
        if path.endswith(TEXTS):
            files.read(path)  # says what is wrong with a file that is no text
        return as_kept(files.bytes_of(path))


def _pins_of_older(runtime: Runtime, day: date) -> list[tuple[Row, Row]]:
    """What cases of before are pinned to, as far as it is kept, and wholly: the files they read until this day.

    Asked before anything is written. One that cannot be read keeps what it has.
    """
    with runtime.reading() as readings:
        unpinned = unpinned_cases(readings)
    root, organisation = runtime.settings.content_root, runtime.settings.organisation
    catalogue = runtime.catalogue if runtime.publication else Catalogue(root)
    found: list[tuple[Row, Row]] = []
    for workflow, pins in unpinned:
        with suppress(DefinitionError):
            kept = Pinned(*pins)
            whole = pins_on(catalogue.content(organisation, workflow, day, pinned=kept))
            found.append((_columns(workflow, kept), _columns(workflow, whole._replace(law=kept.law or whole.law))))
    return found


def _pin(tx: Transaction, older: Sequence[tuple[Row, Row]]) -> None:
    for these, pins in older:
        tx.pin(these, pins)


def _columns(workflow: str, pinned: Pinned) -> Row:
    names = ("workflow_version", "rules_version", "workflow_digest", "rules_digest", "law_version", "lower_rules")
    return {"workflow": workflow, **dict(zip(names, pinned, strict=True))}
