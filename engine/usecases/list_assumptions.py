"""List what the organisation still has to decide, as the files say it; no content is left out because it is old."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.core.errors import DefinitionError
from engine.definitions.catalogue import Catalogue
from engine.definitions.letter_reader import split_letter
from engine.definitions.places import Document, Place
from engine.definitions.yaml_reader import read_yaml
from engine.proofs.assumptions import FindsPlace, find_assumptions
from engine.proofs.problems import Problem, in_order

_PATTERNS = (
    "rules/{0}/organisation.yaml",
    "rules/{0}/*/*.yaml",
    "workflows/{0}/*/*.yaml",
    "templates/letters/{0}/*.yaml",
    "templates/letters/{0}/*/*.md",
)


def list_assumptions(root: Path, organisation: str = "") -> tuple[Problem, ...]:
    """Everything marked as an assumption under a content root, or in what one organisation can use, by place.

    Files that cannot be read are passed over; checking the content says what is wrong with them.
    """
    catalogue = Catalogue(root)
    owners = catalogue.chain(organisation) if organisation else catalogue.organisations()
    pages = (page for owner in owners for page in _pages(root, owner))
    return in_order(found for page in pages for found in find_assumptions(page.value, _where_in(page)))


def _where_in(page: Document) -> FindsPlace:
    return lambda path: Place(page, path).where


def _pages(root: Path, owner: str) -> Iterator[Document]:
    for pattern in _PATTERNS:
        for path in sorted(root.glob(pattern.format(owner))):
            name = path.relative_to(root).as_posix()
            try:
                text = path.read_text(encoding="utf-8")
                yield read_yaml(split_letter(text, name)[0] if path.suffix == ".md" else text, name)
            except (DefinitionError, UnicodeDecodeError):
                continue
