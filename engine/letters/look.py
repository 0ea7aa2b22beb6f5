"""The look of an organisation: letterhead, style of the page and fonts, found through what it inherits."""

from __future__ import annotations

from pathlib import Path

from engine.core.content.organisation import Organisation
from engine.core.errors import LetterError, UsageError
from engine.core.quick_class import dataclass
from engine.given_file import read_text

LETTER, CARD = "letterhead", "card"
"""What there is a look of: each has a file for the PDF and one for the page."""
FONTS = "fonts"
PACKAGE_SIGN = '"@'


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The files that make a look. A letterhead may read other files under `root`, and nothing outside it."""

    root: Path
    letterhead: Path
    style: Path
    fonts: tuple[Path, ...]


def find_look(content_root: Path, organisation: Organisation, of: str = LETTER) -> Look:
    """The look under `templates/letters`: the organisation's own file, else that of what it inherits.

    Fonts of all of them may be used. Raises LetterError when a file is missing, or when the letterhead asks for
    a package, because that would be fetched from elsewhere.
    """
    root = content_root / "templates" / "letters"
    folders = [root / name for name in (organisation.id, *reversed(organisation.inherits))]
    for source in (file for folder in folders for file in sorted(folder.glob("*.typ"))):
        _refuse_packages(source)
    return Look(
        root=root,
        letterhead=_first(folders, f"{of}.typ"),
        style=_first(folders, f"{of}.css"),
        fonts=tuple(folder / FONTS for folder in folders if (folder / FONTS).is_dir()),
    )


def _refuse_packages(source: Path) -> None:
    if PACKAGE_SIGN in read_look(source):
        raise LetterError(
            "Het briefpapier haalt een pakket van elders.",
            where=str(source),
            why="Een brief hangt alleen af van bestanden in de inhoud.",
            next_step="Neem de opmaak zelf op in de map van het briefpapier.",
        )


def read_look(path: Path) -> str:
    """The text of a file of the look. Raises LetterError for what is no text."""
    try:
        return read_text(path).text
    except UsageError as error:
        raise error.placed(LetterError, str(path)) from error


def _first(folders: list[Path], name: str) -> Path:
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise LetterError(
        f"Er is geen briefpapier: {name} ontbreekt.",
        where=", ".join(str(folder) for folder in folders),
        next_step=f"Zet {name} in een van deze mappen, of laat de organisatie een andere erven die het heeft.",
    )
