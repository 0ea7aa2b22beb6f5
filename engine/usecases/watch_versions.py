"""What ends before long: the consent of a sector, or the last version of something. Told sixty days ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from engine.core.content.organisation import Sector
from engine.core.dutch import write_day
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.definitions.files.content_files import Kind
from engine.line.opening_cases import older_versions
from engine.runtime import Runtime

TIMELY = timedelta(days=60)
_ONE_DAY = timedelta(days=1)
_THROUGH = re.compile(r"^valid_through:\s*(\d{4}-\d{2}-\d{2})\b", re.MULTILINE)
_WORDS = {Kind.RULES: "regelset", Kind.WORKFLOWS: "workflow", Kind.LETTERS: "brief", Kind.CARDS: "kaart"}


class Ending(NamedTuple):
    """What ends or ended, in words, and whether it is over: then something cannot be done any more."""

    text: str
    is_over: bool


def endings(runtime: Runtime) -> tuple[Ending, ...]:
    """What of the content in force ends within sixty days, or ended, with nothing after it; per sector.

    Raises DefinitionError when the content cannot be read.
    """
    today = local_day(runtime.now())
    return (*_of_consents(runtime, today), *_of_last_versions(runtime, today))


def _of_consents(runtime: Runtime, today: date) -> Iterator[Ending]:
    organisation = runtime.settings.organisation
    seen: set[tuple[str, date]] = set()
    for name in runtime.catalogue.workflows(organisation):
        try:
            content = runtime.content(name, today)
        except DefinitionError:
            continue  # not begun yet, or over: that is told of its version
        key = (content.rules.id, content.rules.valid_from)
        if content.organisation.needs_consent and key not in seen:
            seen.add(key)
            for sector in filter(lambda one: content.rules.is_for(one.id), content.organisation.sectors.values()):
                yield from _of_sector(runtime, content, sector, today)


def _of_sector(runtime: Runtime, content: Content, sector: Sector, today: date) -> Iterator[Ending]:
    """Of the version that new cases of the sector come under: that of the day, or an older one."""
    one = content if content.rules.is_open_to(sector.id, today) else None
    one = one or next(older_versions(runtime, content, (sector.id,), today), None)
    named = f"regelset {content.rules.id} voor {sector.label}"
    if one is None:
        consent = content.rules.consent_of(sector.id)
        through = consent.valid_through if consent and consent.is_given else None
        if through is not None and through < today:
            yield Ending(f"{named}: instemming gold tot en met {write_day(through)}", is_over=True)
        else:
            yield Ending(f"{named}: geen instemming", is_over=False)
        return
    consent = one.rules.consent_of(sector.id)
    last = min(filter(None, (one.rules.valid_through, consent.valid_through if consent else None)), default=None)
    if last is not None and last - today <= TIMELY and not _goes_on(runtime, content, sector, last + _ONE_DAY):
        yield Ending(f"{named}: instemming geldt tot en met {write_day(last)}", is_over=False)


def _goes_on(runtime: Runtime, content: Content, sector: Sector, day: date) -> bool:
    """Whether a case of the sector can be opened on that day too, under whatever version."""
    try:
        then = runtime.content(content.workflow.id, day)
    except DefinitionError:
        return False
    return then.rules.is_open_to(sector.id, day) or any(older_versions(runtime, then, (sector.id,), day))


def _of_last_versions(runtime: Runtime, today: date) -> Iterator[Ending]:
    catalogue = runtime.catalogue
    for owner in catalogue.chain(runtime.settings.organisation):
        for kind, said in _WORDS.items():
            for name in catalogue.files.names(kind, owner):
                through = _ends(runtime, kind, owner, name)
                if through is not None and through - today <= TIMELY:
                    verb = "gold" if through < today else "geldt"
                    text = f"{said} {name} van {owner}: de laatste versie {verb} tot en met {write_day(through)}"
                    yield Ending(text, is_over=through < today)


def _ends(runtime: Runtime, kind: Kind, owner: str, name: str) -> date | None:
    files = runtime.catalogue.files
    days = files.versions(kind, owner, name)
    text = files.read(files.version_file(kind, owner, name, days[-1]))[0] if days else ""
    found = _THROUGH.search(text)
    return date.fromisoformat(found[1]) if found else None
