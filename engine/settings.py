"""What can be configured: the file `trede.toml` in the workplace folder, and above it the environment.

A key or value that is not understood is a UsageError: a setting that is silently ignored would look as if it worked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from engine.core.errors import UsageError
from engine.core.quick_class import dataclass
from engine.given_file import read_text

FILE_NAME = "trede.toml"
DATABASE_FILE = "trede.db"
_AWAY_HOURS, _FURTHEST_DAYS = 48, 300
_LONGEST = 250  # of a name of a file or folder
_URL_FORM = "Schrijf bijvoorbeeld postgresql://naam@server:5432/trede."
SecondEvaluator = Literal["off", "alarm", "stop"]

_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where a command works, and how. Paths are absolute.

    `has_file` is False when no workplace was found: then everything has its default, seen from the folder where the
    command was given. `second_evaluator` says what a difference between the two rule evaluators does. `default_role`
    is the body in whose name a person acts without saying so. `people` gives, for a user of this machine, the number of
    the person that is. When no sweep began for `away_hours` somebody is told; a clock more than `furthest_days` ahead
    of the last sweep stops the next one.
    """

    workplace: Path
    content_root: Path
    database_url: str
    outbox: Path
    organisation: str = ""
    second_evaluator: SecondEvaluator = "alarm"
    is_rehearsal: bool = False
    default_role: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    away_hours: int = _AWAY_HOURS
    furthest_days: int = _FURTHEST_DAYS
    has_file: bool = False

    def place(self, path: Path) -> str:
        """A place as it is told: seen from the workplace, so that it holds when that moves; else absolute."""
        return _relative(path, self.workplace)


def find_workplace(start: Path) -> Path | None:
    """The nearest folder with a `trede.toml`, from `start` upward; None when there is none."""
    folder = start.resolve()
    return next((one for one in (folder, *folder.parents) if _is_file(one / FILE_NAME)), None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long, or a folder that may not be looked in
        return False


def load_settings(start: Path, environ: Mapping[str, str]) -> Settings:
    """The settings for a command given in folder `start`.

    `TREDE_WORKPLACE` names the workplace without searching. Raises UsageError for an unknown key or variable, and for
    a value of the wrong type.
    """
    named = environ.get("TREDE_WORKPLACE", "")
    workplace = Path(named).resolve() if named else find_workplace(start)
    if named and not _is_file(Path(named) / FILE_NAME):
        raise _unusable("TREDE_WORKPLACE", f"In {named} staat geen {FILE_NAME}.", "Maak er een met `trede init`.")
    folder = workplace or start.resolve()
    settings = Settings(
        workplace=folder,
        content_root=_default_content_root(folder, start),
        database_url=_sqlite_url(folder / DATABASE_FILE),
        outbox=folder / "outbox",
        has_file=workplace is not None,
    )
    if workplace is not None:
        settings = _from_file(settings, workplace / FILE_NAME)
    return _from_environment(settings, environ)


def write_settings(settings: Settings) -> Path:
    """Write `trede.toml` in the workplace and return its path. What has its default is left out."""
    folder = settings.workplace
    is_here = settings.database_url == _sqlite_url(folder / DATABASE_FILE)
    lines = [
        "# Instellingen van deze werkplek. Omgevingsvariabelen (TREDE_...) gaan voor.",
        f"organisation = {_quoted(settings.organisation)}",
        f"content = {_quoted(_relative(settings.content_root, folder))}",
        *(() if is_here else (f"database = {_quoted(settings.database_url)}",)),
        f"outbox = {_quoted(_relative(settings.outbox, folder))}",
        f'second_evaluator = "{settings.second_evaluator}"',
        f"rehearsal = {'true' if settings.is_rehearsal else 'false'}",
        f"role = {_quoted(settings.default_role)}",
        *((f"away_hours = {settings.away_hours}",) if settings.away_hours != _AWAY_HOURS else ()),
        *((f"furthest_days = {settings.furthest_days}",) if settings.furthest_days != _FURTHEST_DAYS else ()),
        *(
            ("[people]", *(f"{_quoted(user)} = {_quoted(one)}" for user, one in settings.people.items()))
            if settings.people
            else ()
        ),
    ]
    path, draft = folder / FILE_NAME, folder / f".{FILE_NAME}.new"
    draft.write_text("\n".join(lines) + "\n", encoding="utf-8")
    draft.replace(path)  # half a file of settings would be half a workplace
    return path


def _from_file(settings: Settings, path: Path) -> Settings:
    import tomllib  # only a workplace needs it

    try:
        read = tomllib.loads(read_text(path).text)
    except (ValueError, RecursionError) as error:  # a day or number that does not exist, or a thousand brackets
        line = re.search("line ([0-9]+)", str(error))
        where = f"{path}:{line[1]}" if line else str(path)
        raise _unusable(where, "Het bestand is geen geldige TOML.", "Verbeter de regel.") from None
    for key, value in read.items():
        settings = _apply(settings, key, value, f"{path}: {key}", _KEYS)
    return settings


def _from_environment(settings: Settings, environ: Mapping[str, str]) -> Settings:
    for name, value in sorted(environ.items()):
        if name.startswith("TREDE_") and name != "TREDE_WORKPLACE" and not name.startswith("TREDE_TEST_"):
            key = name.removeprefix("TREDE_").lower()
            settings = _apply(settings, key, value, name, _KEYS_IN_ENVIRONMENT)
    return settings


def _apply(settings: Settings, key: str, value: object, where: str, keys: Collection[str]) -> Settings:
    if key not in keys:
        from difflib import get_close_matches  # slow to import, and hardly anybody mistypes

        nearest = get_close_matches(key, keys, n=1)
        hint = f"Bedoelde u {nearest[0]!r}?" if nearest else f"Kies uit: {', '.join(keys)}."
        raise _unusable(where, f"De instelling {key!r} bestaat niet.", hint)
    name, read = _KEYS[key]
    changed: dict[str, Any] = {name: read(settings, value, where)}
    return replace(settings, **changed)


_Reader = Callable[[Settings, object, str], object]


def _read_folder(settings: Settings, value: object, where: str) -> Path:
    return settings.workplace / _read_text(settings, value, where)


def _read_database(settings: Settings, value: object, where: str) -> str:
    url = _read_text(settings, value, where)
    prefix, separator, path = url.partition(":///")
    is_file = separator and prefix == "sqlite" and path not in ("", ":memory:")
    try:
        _ = urlsplit(url).port
    except ValueError:
        raise _unusable(where, f"Het adres {url.rpartition('@')[2]!r} wordt niet begrepen.", _URL_FORM) from None
    return _sqlite_url(settings.workplace / path) if is_file else url


def _read_second_evaluator(_settings: Settings, value: object, where: str) -> object:
    allowed = get_args(SecondEvaluator)
    if value not in allowed:
        raise _unusable(where, f"De waarde {value!r} wordt niet begrepen.", f"Kies uit: {', '.join(allowed)}.")
    return value


def _read_yes_no(_settings: Settings, value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise _unusable(where, f"{value!r} is geen ja of nee.", "Schrijf true of false, zonder aanhalingstekens.")
    return value


def _read_number(_settings: Settings, value: object, where: str) -> int:
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdigit()) or not 0 < int(text[:6]) <= 99_999:
        raise _unusable(where, f"{value!r} is geen aantal.", "Schrijf een getal van 1 tot en met 99999.")
    return int(text)


def _read_text(_settings: Settings, value: object, where: str) -> str:
    if not isinstance(value, str):
        raise _unusable(where, f"{value!r} is geen tekst.", "Zet de waarde tussen aanhalingstekens.")
    if max(map(len, value.split("/"))) > _LONGEST or not value.isprintable():
        why = "De waarde is te lang, of er staat een teken in dat niemand ziet."
        raise _unusable(where, why, "Verbeter de waarde.")
    return value


def _read_people(_settings: Settings, value: object, where: str) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise _unusable(where, "Dit is geen lijst van gebruikers.", 'Schrijf onder [people] regels als jo = "P-0001".')
    return dict(value)


# The key of the file, the setting it fills, and how it is read.
_KEYS: dict[str, tuple[str, _Reader]] = {
    "organisation": ("organisation", _read_text),
    "content": ("content_root", _read_folder),
    "database": ("database_url", _read_database),
    "outbox": ("outbox", _read_folder),
    "second_evaluator": ("second_evaluator", _read_second_evaluator),
    "rehearsal": ("is_rehearsal", _read_yes_no),
    "role": ("default_role", _read_text),
    "people": ("people", _read_people),
    "away_hours": ("away_hours", _read_number),
    "furthest_days": ("furthest_days", _read_number),
}
# Not from the environment: whether the clock can be set is decided once, when the workplace is made, and who somebody
# is may not be said by that somebody.
_KEYS_IN_ENVIRONMENT = tuple(key for key in _KEYS if key not in ("rehearsal", "people"))


def _unusable(where: str, why: str, next_step: str) -> UsageError:
    return UsageError("De instelling is niet bruikbaar.", where=where, why=why, next_step=next_step)


def _default_content_root(folder: Path, start: Path) -> Path:
    # The folders of a checkout stand beside the package; an installed package carries a copy inside.
    places = (folder, start.resolve(), _PACKAGE / "content", _PACKAGE.parent)
    return next((place for place in places if (place / "rules").is_dir()), folder)


def _sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def _relative(path: Path, folder: Path) -> str:
    """A place as it is written: seen from this folder when it is in it, else absolute."""
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)


def _quoted(text: str) -> str:
    # A TOML basic string escapes as JSON does, for everything that can stand in a path or a name.
    import json

    return json.dumps(text, ensure_ascii=False)
