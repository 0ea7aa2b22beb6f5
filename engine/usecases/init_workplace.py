"""Make a workplace (settings, a database, a copy of the content to edit), and keep its database up to date."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from engine.clock import system_now
from engine.core.errors import UsageError
from engine.definitions.catalogue import Catalogue
from engine.line.fence import Swept
from engine.line.publishing import keep_up, take_over
from engine.runtime import Runtime
from engine.settings import DATABASE_FILE, FILE_NAME, Settings, load_settings, write_settings
from engine.store.upgrading import create_or_upgrade
from engine.usecases.chosen_organisation import choose_organisation
from engine.usecases.fill_register import fill_registers
from engine.usecases.reproject_cases import reproject_changed

FOLDERS = ("rules", "workflows", "templates")
UNDONE = ".nog-niet-af-"
"""How the name of a folder begins that is being copied; one that is left says that the copying was stopped."""


def init_workplace(
    folder: Path,
    *,
    organisation: str = "",
    is_rehearsal: bool = False,
    clock_at: datetime | None = None,
    database_url: str = "",
    content: Path | None = None,
    copied_from: Path | None = None,
    joins: bool = False,
) -> Settings:
    """Make a workplace in `folder`; only a rehearsal has a clock, which then stands at `clock_at` (default: now).

    The content is copied into the folder (from `copied_from`, or from where it is found by itself), unless `content`
    names a root to use as it is. With `joins` it comes beside another organisation in a database that is there.

    Whole or not at all: everything is made beside the folder's own things under another name, and the settings come
    last; who was stopped halfway finds that said at the next attempt. Raises UsageError when there is a workplace
    already, when the organisation is not known, when content stands there that differs from its source, or when a
    clock is asked for outside a rehearsal; StoreError when the database is not to be had.
    """
    _refuse(folder, clock_at, is_rehearsal=is_rehearsal)
    defaults = load_settings(folder, {})
    source = (content or copied_from or defaults.content_root).resolve()
    chosen = choose_organisation(Catalogue(source), organisation)
    folder.mkdir(parents=True, exist_ok=True)
    root = source if content else _copy_content(source, folder.resolve())
    if not content:
        _bring_schemas(root)
    settings = replace(
        defaults,
        workplace=folder.resolve(),
        content_root=root,
        organisation=chosen,
        is_rehearsal=is_rehearsal,
        outbox=folder.resolve() / "outbox",
        database_url=database_url or f"sqlite:///{folder.resolve() / DATABASE_FILE}",
        has_file=True,
    )
    store = create_or_upgrade(settings.database_url, organisation=chosen, is_rehearsal=is_rehearsal, joins=joins)
    if is_rehearsal:
        with store.transaction() as tx:
            if tx.clock_moment() is None:
                tx.set_clock_moment(clock_at or system_now())
    store.close()
    if is_rehearsal:
        _publish(settings)
    write_settings(settings)  # last: a folder with this file is a workplace
    return settings


def _publish(settings: Settings) -> None:
    """A rehearsal publishes by itself; in a real workplace somebody does, who looked at it."""
    runtime = Runtime(settings)
    try:
        if runtime.hold_against_folder():
            keep_up(runtime)
    finally:
        runtime.close()


def _refuse(folder: Path, clock_at: datetime | None, *, is_rehearsal: bool) -> None:
    if (folder / FILE_NAME).exists():
        raise UsageError(
            f"In {folder} is al een werkplek.",
            where=str(folder / FILE_NAME),
            next_step="Kies een andere map, of verwijder deze eerst.",
        )
    if clock_at is not None and not is_rehearsal:
        raise UsageError("Alleen een oefenwerkplek heeft een eigen klok.", next_step="Geef ook --rehearsal.")
    half = [name for name in (f"{UNDONE}{name}" for name in FOLDERS) if (folder / name).exists()]
    if half:
        raise UsageError(
            f"In {folder} is eerder een werkplek niet afgemaakt.",
            where=str(folder / half[0]),
            why="Het programma is gestopt, of de schijf was vol, terwijl de inhoud werd gekopieerd.",
            next_step=f"Verwijder {', '.join(half)}, en geef de opdracht opnieuw.",
        )


def _copy_content(source: Path, folder: Path) -> Path:
    """Copy the content, and compare; what stands there already must be the same."""
    for name in FOLDERS:
        if not (source / name).is_dir() or source == folder:
            continue
        if not (folder / name).exists():
            _copy_whole(source / name, folder / f"{UNDONE}{name}")
            (folder / f"{UNDONE}{name}").rename(folder / name)  # from here on it is whole
        else:
            _demand_equal(source / name, folder / name)
    return folder


def _bring_schemas(root: Path) -> None:
    """Write the schemas where the first line of each content file says an editor finds them."""
    from engine.definitions.schema_files import write_schemas  # every model of the content: half a second to import

    try:
        write_schemas(root / "docs" / "schema")
    except OSError as error:
        raise UsageError(
            "De schema's voor de editor kunnen niet worden geschreven.",
            where=str(root / "docs"),
            why="De schijf is vol, of de map is niet beschrijfbaar.",
            next_step="Maak ruimte of kies een andere map, en geef de opdracht opnieuw.",
        ) from error


def _copy_whole(source: Path, draft: Path) -> None:
    try:
        shutil.copytree(source, draft, ignore=shutil.ignore_patterns("__pycache__"))
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise UsageError(
            "De inhoud kan niet worden gekopieerd.",
            where=str(draft.parent),
            why="De schijf is vol, of de map is niet beschrijfbaar.",
            next_step="Maak ruimte of kies een andere map; er is nog niets gemaakt.",
        ) from error
    _demand_equal(source, draft)


def _demand_equal(source: Path, copy: Path) -> None:
    """Raise UsageError when a file of the source is not in the copy, or otherwise there."""
    for path in sorted(source.rglob("*")):
        there = copy / path.relative_to(source)
        if "__pycache__" in path.parts or not path.is_file():
            continue
        if not there.is_file() or there.read_bytes() != path.read_bytes():
            raise UsageError(
                "De inhoud in de map is niet die van de bron.",
                where=str(there),
                why=f"Zij hoort gelijk te zijn aan {path}.",
                next_step="Kies een lege map, of gebruik de inhoud in de map zelf met --content.",
            )


def upgrade_database(runtime: Runtime) -> Swept:
    """Change the tables to what this program knows, and do what a migration cannot: compute, and fill the register.

    How many cases put something in the register, and which could not be dealt with.
    Raises StoreError when that cannot be done.
    """
    settings = runtime.settings
    create_or_upgrade(
        settings.database_url,
        organisation=settings.organisation,
        is_rehearsal=settings.is_rehearsal,
        may_create=False,
    ).close()
    take_over(runtime)
    reproject_changed(runtime, anew=True)
    return fill_registers(runtime)
