"""How a part of a file of the content is called, by the key it stands under."""

from __future__ import annotations

PARTS = {
    "file": "Dit bestand",
    "addressees": "De geadresseerde",
    "boards": "Het bestuur",
    "bodies": "Het orgaan",
    "consent": "De instemming voor",
    "adds": "De aanvulling op",
    "decisions": "Het besluit",
    "direct": "De directe instap",
    "entries": "De ingang",
    "equated_days": "De gelijkgestelde dag",
    "facts": "Het gegeven",
    "fields": "Het veld",
    "floors": "Het minimum van",
    "ladders": "De ladder",
    "mandates": "Het mandaat",
    "obligations": "De plicht",
    "parameters": "De parameter",
    "rows": "De tabelrij",
    "rules": "De regel",
    "rungs": "De trede",
    "schools": "De school",
    "sectors": "De sector",
    "states": "De toestand",
    "tables": "De tabel",
    "terms": "De termijn",
    "tracks": "De route",
    "transitions": "De overgang",
    "vacations": "De vakantie",
}


def say_part(part: tuple[str, ...]) -> str:
    """A part of a file by the key it stands under, with its own name when it has one."""
    key, *name = part
    noun = PARTS.get(key, "Dit onderdeel")
    if key == "file" and name:
        return f'{noun} ("{name[0]}")'
    return f'{noun} "{name[0]}"' if name else noun
