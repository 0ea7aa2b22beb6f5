"""What the organisation still has to decide: everything in the content that is marked as an assumption."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from engine.proofs.problems import Level, Problem

ASSUMPTION = "assumption"
Path = tuple[str | int, ...]
FindsPlace = Callable[[Path], str]
"""Gives file:line:column of the value at this path."""

_NOUNS: Mapping[str, str] = {
    "addressees": "De geadresseerde",
    "boards": "Het bestuur",
    "bodies": "Het orgaan",
    "consent": "De instemming voor",
    "direct": "De directe instap",
    "entries": "De ingang",
    "equated_days": "De gelijkgestelde dag",
    "facts": "Het gegeven",
    "fields": "Het veld",
    "ladders": "De ladder",
    "mandates": "Het mandaat",
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
_FILE_KEYS = ("letter", "ladder", "rule_set", "workflow", "organisation", "calendar")
_NAME_KEYS = ("id", "number", "name", "day")
_LABEL_KEYS = ("label", "title", "note")


def find_assumptions(page: object, where: FindsPlace) -> Iterator[Problem]:
    """Every part of one file with `status: assumption`, in the order they are written."""
    for path, part in _marked(page, ()):
        sources = _texts(part.get("source"))
        yield Problem(
            level=Level.ASSUMPTION,
            kind=ASSUMPTION,
            what=f"{_name(path, part)} is een aanname{_label(part)}.",
            where=where(path),
            why=f"Bron: {'; '.join(sources)}." if sources else "",
            next_step="Laat de organisatie dit vaststellen en haal status: assumption dan weg.",
        )


def _marked(value: object, path: Path) -> Iterator[tuple[Path, Mapping[str, object]]]:
    if isinstance(value, Mapping):
        if value.get("status") == ASSUMPTION:
            yield path, value
        for key, part in value.items():
            yield from _marked(part, (*path, key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, part in enumerate(value):
            yield from _marked(part, (*path, number))


def _name(path: Path, part: Mapping[str, object]) -> str:
    if not path:
        kind = next((key for key in _FILE_KEYS if key in part), "")
        return f'Dit bestand ("{part[kind]}")' if kind else "Dit bestand"
    noun = next((_NOUNS[key] for key in reversed(path) if isinstance(key, str) and key in _NOUNS), "Dit onderdeel")
    named = next((str(part[key]) for key in _NAME_KEYS if key in part), "")
    name = named or (str(path[-1]) if isinstance(path[-1], str) else "")
    return f'{noun} "{name}"' if name else noun


def _label(part: Mapping[str, object]) -> str:
    label = next((str(part[key]) for key in _LABEL_KEYS if part.get(key)), "")
    return f": {' '.join(label.split()).rstrip('.')}" if label else ""


def _texts(value: object) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else (str(value),)
