"""Bring the database of a workplace up to date."""

from __future__ import annotations

from engine.runtime import Runtime
from engine.store.upgrading import create_or_upgrade
from engine.usecases.reproject_cases import reproject_changed


def upgrade_database(runtime: Runtime) -> None:
    """Make the tables, or change them to what this program knows, and compute what a migration cannot know of the law.

    Raises StoreError when that cannot be done.
    """
    settings = runtime.settings
    create_or_upgrade(
        settings.database_url, organisation=settings.organisation, is_rehearsal=settings.is_rehearsal
    ).close()
    reproject_changed(runtime)
