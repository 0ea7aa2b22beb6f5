"""Templates as letters were frozen with them, whatever the content says since."""

from __future__ import annotations

from engine.core.content.template import LetterTemplate
from engine.definitions.files.codec import from_plain
from engine.store.readings import Readings


def template_of(readings: Readings, digest: str) -> LetterTemplate:
    """The template a letter was frozen with. Raises StoreError when it was never kept."""
    template = from_plain(readings.template_text(digest)["template"])
    assert isinstance(template, LetterTemplate)
    return template
