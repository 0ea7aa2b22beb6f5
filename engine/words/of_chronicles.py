"""What a story did, told in short lines for a page that is kept: by ids, so that another label moves no line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine.core.moment import LOCAL_ZONE, to_utc

LINES: Mapping[str, str] = {
    "opened": "{who}: geopend{entry} → {state}{owner}",
    "with": "met {facts}",
    "opened_by": "geopend door {parent}{entry} → {state}{owner}",
    "moved": "{who}: {transition}{more}: {origin} → {target}{owner}",
    "stayed": "{who}: {transition}{more} (blijft {target})",
    "refused": "{who}: {attempted} geweigerd: {reasons}",
    "recorded": "{who} legt vast: {facts}",
    "corrected": "{who} verbetert: {facts}",
    "clock": "termijn {clock} {verbs}{ends}",
    "clock_moved": "termijn {clock}: was {was}, wordt {becomes}",
    "reminded": "herinnering {number} bij {clock}",
    "skipped": "herinnering {number} bij {clock} overgeslagen",
    "passed": "termijn {clock} is voorbij",
    "notice": "bericht aan {to}: {about}",
    "letter": "brief {letter} aan {to}{says}",
    "letter_waits": "brief {letter} aan {to} (wacht){says}",
    "sent": "verzonden: brief {letter} aan {to}",
    "ordered": "vraagt om een zaak {workflow}{entry}",
    "told": "hoort van {case}: {facts}",
    "record": "{record}{facts}",
    "subject": "dossier{record}{facts}",
    "other": "{kind}{facts}",
}
ABOUT: Mapping[str, str] = {
    "transition": "{transition}",
    "case_opened": "nieuwe zaak ({entry})",
    "term_warning": "herinnering {number} bij {term}",
    "term_passed": "{term} is voorbij",
}
TERM_ENDS: Mapping[str, str] = {
    "day": " t/m {day}",
    "moment": " tot {moment}",
    "reminders": "; herinnering {reminders}",
}
TITLE = "# Verloop van {path}\n# Gemaakt door `trede rules test --keep`; schrijf er niet zelf in."
STORY = "## {name}"
BY_ITSELF = "vanzelf"
_LONGEST = 60


def say_line(code: str, **said: object) -> str:
    """One line of the page."""
    return LINES[code].format(**said)


def say_value(value: object) -> str:
    """A value as the journal holds it; a long text by its beginning."""
    if value is None:
        return "onbekend"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(say_value, value))}]"
    said = " ".join(str(value).split())
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1].rstrip()}…"


def say_moment(moment: datetime) -> str:
    """A moment as a story writes it; of midnight only the day, because a term that ends at a day passes then."""
    local = to_utc(moment).astimezone(LOCAL_ZONE)
    return f"{local:%Y-%m-%d}" if not (local.hour or local.minute) else f"{local:%Y-%m-%d %H:%M}"
