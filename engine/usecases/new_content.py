"""New content to begin from: a skeleton that is checked and tested as it stands, in the folder that somebody edits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from string import Template

from engine.core.content.organisation import Organisation
from engine.core.errors import UsageError
from engine.core.quick_class import dataclass
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.content_files import Kind
from engine.definitions.models.parts import LETTER_NAME, PLAIN_NAME
from engine.usecases.chosen_organisation import choose_organisation
from engine.words.phrases import say_name_form

SKELETONS = Path(__file__).parent.parent / "definitions" / "skeletons"
PROCEDURE, RULE_SET, LETTER = "procedure", "rule-set", "letter"
_READER = "over_wie"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContent:
    """What is to be made: its kind and name, from which day it is valid, who owns its cases (empty: the first body).

    With `letter` a procedure also sends a letter of that name.
    """

    kind: str
    name: str
    valid_from: date
    organisation: str = ""
    owner: str = ""
    letter: str = ""


def make_new_content(root: Path, wanted: NewContent) -> tuple[Path, ...]:
    """Write the files of a skeleton under the content root; gives them, in the order in which to edit them.

    Raises UsageError, before anything is written, for a name that cannot be one, a body that is not there, and for
    anything that would be overwritten or hidden: what has this name already, in whatever version.
    """
    catalogue = Catalogue(root)
    organisation = catalogue.organisation(choose_organisation(catalogue, wanted.organisation))
    owner = _owner(organisation, wanted.owner)
    letter = wanted.name if wanted.kind == LETTER else wanted.letter
    _refuse_names(catalogue, organisation.id, wanted, letter)
    words = _words(organisation, wanted, owner, letter)
    texts = _texts(organisation.id, wanted, words)
    paths = []
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:  # never over what somebody put there meanwhile
            file.write(text)
        paths.append(path)
    return tuple(paths)


def _texts(organisation: str, wanted: NewContent, words: Mapping[str, str]) -> dict[str, str]:
    """The files by path, in the order in which to edit them."""
    day, letter = wanted.valid_from, words["letter"]
    rules = f"rules/{organisation}/{wanted.name}"
    letters = {f"templates/letters/{organisation}/{letter}/{day}.md": "letter.md"} if letter else {}
    files = {
        f"workflows/{organisation}/{wanted.name}/{day}.yaml": "workflow.yaml",
        f"{rules}/{day}.yaml": "rule_set.yaml",
        **letters,
        f"{rules}/tests/{wanted.name}.yaml": "tests.yaml",
    }
    return {path: _filled(skeleton, words) for path, skeleton in (letters if wanted.kind == LETTER else files).items()}


def _words(organisation: Organisation, wanted: NewContent, owner: str, letter: str) -> dict[str, str]:
    """What stands in the gaps of the skeletons."""
    kind = next(iter(organisation.subjects.values()), None)
    key, key_name = (kind.key_fact, kind.fact(kind.name or kind.key)) if kind else ("persoon.nummer", "persoon.naam")
    pattern = kind.facts[key].pattern if kind else None
    readers = organisation.letter_readers.values()
    plain = {
        "name": wanted.name,
        "title": wanted.name.replace("_", " ").capitalize(),
        "day": wanted.valid_from.isoformat(),
        "later": (wanted.valid_from + timedelta(weeks=1)).isoformat(),
        "owner": owner,
        "prefix": (re.sub("[^A-Z]", "", wanted.name.upper()) + "ZAAK")[:4],
        "key": key,
        "key_name": key_name,
        "letter": letter,
        "reader": next((f", reader: {one.id}" for one in readers if not one.sees_only and not one.instead_of), ""),
        "letter_title": f"Bericht over {wanted.name.replace('_', ' ')}",
    }
    required, opening = [key_name], [f'{key}: "{pattern.example if pattern else "1"}"', f"{key_name}: Sam Voorbeeld"]
    if letter:
        required.append(f"{wanted.name}.adres")
        opening.append(f"{wanted.name}.adres: Kade 1 te Dorp")
    order = f"    letters: [{{letter: {letter}, to: [{_READER}]}}]\n"
    return plain | {
        "required": ", ".join(required),
        "opening": ", ".join(opening),
        "consent": _consent(organisation, wanted.valid_from),
        "declared": ("" if kind else _filled("facts.yaml", plain)) + (_filled("address.yaml", plain) if letter else ""),
        "addressees": _filled("addressees.yaml", plain) if letter else "",
        "letters": order if letter else "",
        "ordered": letter,
        "stories": _filled("stories.yaml", plain | {"opening": ", ".join(opening), "ordered": letter}),
    } | ({"stories": ""} if wanted.kind == RULE_SET else {})  # fmt: skip


def _consent(organisation: Organisation, day: date) -> str:
    """An invented consent of every sector, marked as such: it serves a rehearsal, and opens no case elsewhere."""
    if not organisation.needs_consent:
        return ""
    lines = [f"  {sector}: {{given: {day}, status: assumption}}" for sector in organisation.sectors]
    return "\n".join(("consent:", *lines, ""))


def _filled(skeleton: str, words: Mapping[str, str]) -> str:
    return Template((SKELETONS / skeleton).read_text(encoding="utf-8")).substitute(words)


def _owner(organisation: Organisation, wanted: str) -> str:
    if wanted and wanted not in organisation.bodies:
        raise UsageError(
            f"De organisatie '{organisation.id}' heeft geen orgaan '{wanted}'.",
            next_step=f"Er is: {', '.join(organisation.bodies)}.",
        )
    if not organisation.bodies:
        raise UsageError(
            f"De organisatie '{organisation.id}' heeft nog geen organen.",
            why="Van elke open toestand is iemand de eigenaar.",
            next_step="Beschrijf eerst bodies in organisation.yaml.",
        )
    return wanted or next(iter(organisation.bodies))


def _refuse_names(catalogue: Catalogue, organisation: str, wanted: NewContent, letter: str) -> None:
    for kind, name in _named(wanted, letter):
        form = LETTER_NAME if kind is Kind.LETTERS else PLAIN_NAME
        if not re.fullmatch(form, name):
            raise UsageError(f"'{name}' kan geen naam zijn.", next_step=say_name_form(form))
        folders = [catalogue.files.folder(kind, owner, name) for owner in catalogue.chain(organisation)]
        taken = [folder for folder in folders if (catalogue.root / folder).exists()]
        if taken:
            raise UsageError(
                f"{taken[0]} is er al; er is niets gemaakt.",
                why="Wat er staat, wordt niet overschreven.",
                next_step="Kies een andere naam, of maak in die map een bestand met een nieuwe datum.",
            )


def _named(wanted: NewContent, letter: str) -> list[tuple[Kind, str]]:
    named = [] if wanted.kind == LETTER else [(Kind.RULES, wanted.name), (Kind.WORKFLOWS, wanted.name)]
    return [*named, *([(Kind.LETTERS, letter)] if letter else [])]
