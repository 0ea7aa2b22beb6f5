"""The content files as they are written, with the place of every value; for what the engine itself does not keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from engine.core.errors import DefinitionError, UsageError
from engine.core.finding import Finding
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.places import Document, Place
from engine.definitions.reading.letter_reader import split_letter
from engine.definitions.reading.sources import Sources
from engine.definitions.reading.yaml_reader import read_yaml
from engine.given_file import read_text
from engine.proofs.assumptions import FindsPlace, find_assumptions
from engine.proofs.consent import Version
from engine.words.saying import in_order

_PATTERNS = (
    "rules/{0}/organisation.yaml",
    "rules/{0}/*/*.yaml",
    "workflows/{0}/*/*.yaml",
    "templates/letters/{0}/*.yaml",
    "templates/letters/{0}/*/*.md",
    "templates/cards/{0}/*.yaml",
    "templates/cards/{0}/*/*.yaml",
)
# A workflow names its rule set too, so its own key comes first.
_DUTCH_BY_KEY = {"workflow": "workflow", "rule_set": "regelset", "letter": "brief", "card": "kaart"}
_IN_TEMPLATES = ("letter", "card")


def read_pages(root: Path, organisation: str = "", parsed: Sources | None = None) -> tuple[Document, ...]:
    """Every content file under the root, or those one organisation can use; what is `parsed` is not read again.

    Files that cannot be read are passed over; checking the content says what is wrong with them.
    """
    catalogue = Catalogue(root)
    owners = catalogue.chain(organisation) if organisation else catalogue.organisations()
    sources = parsed or Sources(catalogue.files)
    return tuple(page for owner in owners for page in _pages_of(root, owner, sources))


def _pages_of(root: Path, owner: str, sources: Sources) -> Iterator[Document]:
    for pattern in _PATTERNS:
        for path in sorted(root.glob(pattern.format(owner))):
            name = path.relative_to(root).as_posix()
            try:
                if path.suffix == ".md":
                    yield read_yaml(split_letter(read_text(path).text, name)[0], name)
                else:
                    yield sources.document(name)
            except (DefinitionError, UsageError):
                continue


def list_assumptions(root: Path, organisation: str = "") -> tuple[Finding, ...]:
    """What the organisation still has to decide, by place; nothing is left out because it is old."""
    return assumptions_on(read_pages(root, organisation))


def assumptions_on(pages: tuple[Document, ...]) -> tuple[Finding, ...]:
    """Everything on these pages that is marked as an assumption, by place."""
    return in_order(found for page in pages for found in find_assumptions(page.value, _where_on(page)))


def versions_on(pages: tuple[Document, ...]) -> tuple[Version, ...]:
    """The dated versions of rule sets, workflows and letters, with the days on which they hold."""
    return tuple(version for page in pages if (version := _version(page)) is not None)


def _version(page: Document) -> Version | None:
    values = page.value if isinstance(page.value, dict) else {}
    key = next((key for key in _DUTCH_BY_KEY if key in values), "")
    first, last = values.get("valid_from"), values.get("valid_through")
    if not key or not isinstance(first, date):
        return None
    return Version(
        kind=_DUTCH_BY_KEY[key],
        organisation=_owner(page.path, key),
        id=str(values[key]),
        valid_from=first,
        valid_through=last if isinstance(last, date) else None,
        where=Place(page, ("valid_from",)).where,
    )


def _owner(path: str, key: str) -> str:
    return path.split("/")[2 if key in _IN_TEMPLATES else 1]


def _where_on(page: Document) -> FindsPlace:
    return lambda path: Place(page, path).where
