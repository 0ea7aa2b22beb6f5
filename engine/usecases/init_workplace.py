"""Make a workplace (settings, a database, a copy of the content to edit), and keep its database up to date."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from engine.clock import system_now
from engine.core.errors import UsageError
from engine.definitions.catalogue import Catalogue
from engine.runtime import Runtime
from engine.settings import FILE_NAME, Settings, load_settings, write_settings
from engine.store.upgrading import create_or_upgrade
from engine.usecases.chosen_organisation import choose_organisation
from engine.usecases.reproject_cases import reproject_changed

FOLDERS = ("rules", "workflows", "templates")


def init_workplace(
    folder: Path,
    *,
    organisation: str = "",
    is_rehearsal: bool = False,
    clock_at: datetime | None = None,
    database_url: str = "",
    content: Path | None = None,
    copied_from: Path | None = None,
) -> Settings:
    """Make a workplace in `folder`; only a rehearsal has a clock, which then stands at `clock_at` (default: now).

    The content is copied into the folder (from `copied_from`, or from where it is found by itself), unless `content`
    names a root to use as it is. Raises UsageError when
    there is a workplace already, when the organisation is not known, or when a clock is asked for outside a
    rehearsal. What was made is removed again when it fails.
    """
    if (folder / FILE_NAME).exists():
        raise UsageError(
            f"In {folder} is al een werkplek.",
            where=str(folder / FILE_NAME),
            next_step="Kies een andere map, of verwijder deze eerst.",
        )
    if clock_at is not None and not is_rehearsal:
        raise UsageError("Alleen een oefenwerkplek heeft een eigen klok.", next_step="Geef ook --rehearsal.")
    defaults = load_settings(folder, {})
    source = (content or copied_from or defaults.content_root).resolve()
    chosen = choose_organisation(Catalogue(source), organisation)
    folder.mkdir(parents=True, exist_ok=True)
    root = source if content else _copy_content(source, folder)
    settings = replace(
        defaults,
        workplace=folder.resolve(),
        content_root=root,
        organisation=chosen,
        is_rehearsal=is_rehearsal,
        outbox=folder.resolve() / "outbox",
        database_url=database_url or f"sqlite:///{folder.resolve() / 'trede.db'}",
        has_file=True,
    )
    store = create_or_upgrade(settings.database_url, organisation=chosen, is_rehearsal=is_rehearsal)
    if is_rehearsal:
        with store.transaction() as tx:
            tx.set_clock_moment(clock_at or system_now())
    store.close()
    write_settings(settings)  # last: a folder with this file is a workplace
    return settings


def _copy_content(source: Path, folder: Path) -> Path:
    for name in FOLDERS:
        if (source / name).is_dir() and not (folder / name).exists():
            shutil.copytree(source / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder.resolve()


def upgrade_database(runtime: Runtime) -> None:
    """Make the tables, or change them to what this program knows, and compute what a migration cannot know of the law.

    Raises StoreError when that cannot be done.
    """
    settings = runtime.settings
    create_or_upgrade(
        settings.database_url, organisation=settings.organisation, is_rehearsal=settings.is_rehearsal
    ).close()
    reproject_changed(runtime)
