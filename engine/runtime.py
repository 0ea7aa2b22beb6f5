"""The only place that wires the parts together: settings, content, store, clock, letters, second evaluator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from engine.clock import system_now
from engine.core.deciding.case import Case
from engine.core.errors import IS_DONE, UsageError
from engine.core.evaluation.prepared import Content
from engine.settings import FILE_NAME, Settings, load_settings

if TYPE_CHECKING:
    from engine.core.finding import Finding
    from engine.crosscheck.partner import SecondEvaluator
    from engine.definitions.catalogue import Catalogue
    from engine.definitions.files.compiled_copy import WatchedFiles
    from engine.definitions.files.frozen_files import FrozenFiles
    from engine.letters.drawing import DrawingRoom
    from engine.letters.handover import Handover
    from engine.store.database import Store
    from engine.store.readings import Readings
    from engine.store.work import Work


class Runtime:
    """One workplace, opened. Parts are made when they are first needed, because a consultant waits for each."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.partner: SecondEvaluator | None = None
        self.told: list[Finding] = []  # what somebody must hear besides: what was published by itself, or is not used
        self.planned: frozenset[str] | None = None  # which work comes up by the calendar; None: all of it
        self.is_held_against_folder = False
        self._publication: str | None = None
        self._seen_rules = ""
        self._older: dict[str, Catalogue] = {}

    @cached_property
    def store(self) -> Store:
        """The store, for writing. Raises StoreError when it cannot be reached or has another schema."""
        from engine.store.database import Store

        return Store(
            self.settings.database_url, self.settings.organisation, survives_power_cut=not self.settings.is_rehearsal
        )

    @property
    def publication(self) -> str:
        """The digest of what is published; empty when nothing is, and then the folder of the content is read."""
        if self._publication is None:
            with self.reading():
                pass
        return self._publication or ""

    def notice(self, publication: str) -> None:
        """Go on with this publication: somebody may have published since."""
        if publication != self._publication:
            self._publication = publication
            self.refresh()

    @cached_property
    def catalogue(self) -> Catalogue:
        """The content that is published, by version."""
        return self._catalogue_of(self.publication)

    def catalogue_of(self, publication: str) -> Catalogue:
        """The content of a publication of before, by its digest."""
        if publication == self.publication:
            return self.catalogue
        if publication not in self._older:
            self._older[publication] = self._catalogue_of(publication)
        return self._older[publication]

    def _catalogue_of(self, publication: str) -> Catalogue:
        from engine.definitions.catalogue import Catalogue

        return Catalogue(
            self.settings.content_root,
            cache=self.cache,
            is_rehearsal=self.settings.is_rehearsal,
            publication=publication,
            frozen=(lambda: next(self._frozen(publication))) if publication else None,
            former=self._frozen,
        )

    @property
    def cache(self) -> Path:
        """The folder for what can be made again."""
        return self.settings.workplace / ".trede-cache"

    def _frozen(self, publication: str = "") -> Iterator[FrozenFiles]:
        """The files of a publication, out of the store; of all of them, the latest first, when none is named."""
        from engine.definitions.files.frozen_files import FrozenFiles
        from engine.store.publications import kept_text, publications

        def kept(digest: str) -> tuple[str, str]:
            with self.reading() as readings:
                return kept_text(readings, digest)

        with self.reading() as readings:
            found = [one.files for one in publications(readings) if publication in ("", one.digest)]
        return (FrozenFiles(self.settings.content_root, files, kept) for files in found or ({},))

    @cached_property
    def watched(self) -> WatchedFiles:
        """What lies in the folder of this organisation's content, for who must know whether that is published."""
        from engine.definitions.files.compiled_copy import WatchedFiles

        kept = self.cache / f"folder-{self.settings.organisation}.json"
        return WatchedFiles(self.settings.content_root, self._owners, kept=kept)

    @cached_property
    def watched_rules(self) -> WatchedFiles:
        """Of those the rules and workflows alone, which a heartbeat can afford to look at."""
        from engine.definitions.files.compiled_copy import RULES, WatchedFiles

        return WatchedFiles(self.settings.content_root, self._owners, RULES)

    def _owners(self) -> tuple[str, ...]:
        from engine.definitions.reading.chains import owners_in

        known = self.catalogue.organisations if self.publication else tuple
        return owners_in(self.settings.content_root, self.settings.organisation, known)

    def hold_against_folder(self) -> bool:
        """Whether the folder has other texts than are published. It is looked at once, until it is asked for again."""
        if self.is_held_against_folder:
            return False
        self.is_held_against_folder = True
        return self.watched.digest() != self.publication

    def has_other_rules(self) -> bool:
        """Whether rules in the folder of a rehearsal, which publishes by itself, changed since this was asked."""
        if not self.settings.is_rehearsal:
            return False
        seen, self._seen_rules = self._seen_rules, self.watched_rules.digest()
        return self._seen_rules != seen

    def refresh(self) -> None:
        """Look at the content afresh: a catalogue is a snapshot, and so is how letters look."""
        self.__dict__.pop("catalogue", None)
        if room := self.__dict__.pop("drawing_room", None):
            room.close()

    @cached_property
    def outbox(self) -> Handover:
        """Where letters are handed over."""
        from engine.letters.handover import FolderOutbox

        return FolderOutbox(folder=self.settings.outbox, survives_power_cut=not self.settings.is_rehearsal)

    @cached_property
    def drawing_room(self) -> DrawingRoom:
        """Where letters are drawn."""
        from engine.letters.drawing import DrawingRoom

        return DrawingRoom(self.look_root)

    @property
    def look_root(self) -> Path:
        """The root under which lies how letters look, and what their language must be: as published, where it is."""
        from engine.definitions.files.unpacked_looks import look_root

        named, folder = self.publication, self.settings.content_root
        return look_root(self.cache / "looks", named, lambda: next(self._frozen(named)), folder) if named else folder

    @contextmanager
    def reading(self) -> Iterator[Readings]:
        """Questions to the store."""
        with self.store.reading() as readings:
            if self._publication is None:
                self.notice(readings.published())
            yield readings

    def keep_second_evaluator(self) -> None:
        """Keep a second evaluator alive from here on, unless it is switched off or cannot run here."""
        from engine.crosscheck.partner import SecondEvaluator, is_available

        if self.partner is None and self.settings.second_evaluator != "off" and is_available():
            self.partner = SecondEvaluator()

    def second_evaluator(self) -> SecondEvaluator | None:
        """The second evaluator, when one is kept at hand or the settings demand it; None otherwise."""
        if self.settings.second_evaluator == "stop":
            self.keep_second_evaluator()
        return self.partner

    def now(self) -> datetime:
        """This moment in UTC; in a rehearsal the moment its clock stands at."""
        if not self.settings.is_rehearsal:
            return system_now()
        with self.reading() as readings:
            return self.moment_by(readings)

    def enter(self, work: Work) -> datetime:
        """This moment, for a command that begins; it goes on with what is published now."""
        self.notice(work.published_at_first)
        return (work.clock_at_first if self.settings.is_rehearsal else None) or system_now()

    def moment_by(self, readings: Readings) -> datetime:
        """This moment, for who has a connection open: in a rehearsal the clock stands in the store."""
        return (readings.clock_moment() if self.settings.is_rehearsal else None) or system_now()

    def content(self, workflow: str, day: date) -> Content:
        """The content of a workflow as it is in force on a day. Raises DefinitionError when there is none."""
        return self.catalogue.content(self.settings.organisation, workflow, day)

    def content_to_open(self, workflow: str, day: date) -> Content:
        """The same for who opens a case. Raises UsageError in a real workplace where nothing is published yet."""
        if not (self.publication or self.settings.is_rehearsal):
            raise UsageError("nothing_published")
        return self.content(workflow, day)

    def content_of(self, case: Case, day: date) -> Content:
        """The content a case is pinned to; its statutory layer is that of the day."""
        return self.catalogue.content_of(case, day)

    @property
    def has_written(self) -> bool:
        """Whether something was stored already, so that what fails from here on leaves an act that is done."""
        return "store" in self.__dict__ and self.store.has_written

    def close(self) -> None:
        """Close what was opened."""
        for part in (self.__dict__.get("store"), self.__dict__.get("drawing_room"), self.partner):
            if part is not None:
                part.close()


@contextmanager
def open_runtime(start: Path, environ: Mapping[str, str]) -> Iterator[Runtime]:
    """The workplace in this folder or the nearest one above it. Raises UsageError when there is none."""
    settings = load_settings(start, environ)
    if not settings.has_file:
        raise UsageError("no_workplace", start=str(start), file=FILE_NAME)
    runtime = Runtime(settings)
    try:
        yield runtime
    except Exception as error:
        if runtime.has_written:
            error.add_note(IS_DONE)
        raise
    finally:
        runtime.close()
