"""How a part of a file of the content is called, by the key it stands under."""

from __future__ import annotations

from collections.abc import Mapping

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
    "choices": "De lijst",
    "handovers": "De overdracht",
    "letter_groups": "De groep brieven",
    "patterns": "Het patroon",
    "shared_acts": "De gedeelde handeling",
    "shared_addressees": "De gedeelde geadresseerde",
    "shared_facts": "Het gedeelde gegeven",
    "shared_records": "De gedeelde soort records",
    "shared_tables": "De gedeelde tabel",
    "states": "De toestand",
    "tables": "De tabel",
    "terms": "De termijn",
    "tracks": "De route",
    "transitions": "De overgang",
    "vacations": "De vakantie",
}

_FILE_KEYS = ("letter", "card", "workflow", "ladder", "rule_set", "organisation", "calendar")
_NAME_KEYS = ("id", "number", "name", "day")


def part_at(path: tuple[str | int, ...], part: Mapping[str, object]) -> tuple[str, ...]:
    """The key of the list that a part of a file stands in, and its own name when it has one."""
    if not path:
        return ("file", *(str(part[key]) for key in _FILE_KEYS if key in part))[:2]
    keys = [key for key in path if isinstance(key, str)]
    noun = next((key for key in reversed(keys) if key in PARTS), "")
    named = next((str(part[key]) for key in _NAME_KEYS if key in part), "")
    name = named or (str(path[-1]) if isinstance(path[-1], str) else "")
    return (noun, name) if name else (noun,)


def say_part(part: tuple[str, ...]) -> str:
    """A part of a file by the key it stands under, with its own name when it has one."""
    key, *name = part
    noun = PARTS.get(key, "Dit onderdeel")
    if key == "file" and name:
        return f'{noun} ("{name[0]}")'
    return f'{noun} "{name[0]}"' if name else noun
