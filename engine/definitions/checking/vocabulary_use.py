"""Is everything that got a name to be shared also named by somebody?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.core.finding import Finding, doubt
from engine.definitions.files.places import Document

_SHARED = (
    "choices",
    "handovers",
    "letter_groups",
    "parameters",
    "patterns",
    "shared_acts",
    "shared_addressees",
    "shared_facts",
    "shared_records",
    "shared_tables",
)
# What `like` stands before is a name too.
_LIKE = "like "


def check_vocabulary_use(pages: Iterable[Document]) -> Iterator[Finding]:
    """A shared name that stands nowhere else in the content."""
    read = tuple(pages)
    named = {name for page in read for name in _named(page.value, ())}
    for page in read:
        for block in _SHARED:
            for name in _block(page, block):
                if name not in named:
                    yield doubt("idle_shared", (page.top / block / name).key_where, part=(block, name))


def _block(page: Document, block: str) -> Iterable[str]:
    found = page.value.get(block) if isinstance(page.value, Mapping) else None
    return map(str, found) if isinstance(found, Mapping) and "id" not in found else ()


def _named(value: object, path: tuple[str, ...]) -> Iterator[str]:
    """Every name in a part of a file, but the keys by which shared things get theirs."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            if not (len(path) == 1 and path[0] in _SHARED):
                yield str(key)
            yield from _named(part, (*path, str(key)))
    elif isinstance(value, list):
        for part in value:
            yield from _named(part, (*path, ""))
    elif isinstance(value, str):
        yield value.removeprefix(_LIKE).strip()
