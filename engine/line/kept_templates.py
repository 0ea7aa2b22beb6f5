"""Templates are kept in the store when a letter is ordered, so that it can be printed again after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.core.content.template import LetterTemplate
from engine.definitions.files.codec import from_plain, to_plain

if TYPE_CHECKING:
    from engine.store.readings import Readings
    from engine.store.transaction import Transaction


def keep_template(tx: Transaction, template: LetterTemplate) -> None:
    """Keep a template under its digest; what is kept is never replaced."""
    tx.keep_template(template.digest, {"template": to_plain(template)})


def template_of(readings: Readings, digest: str) -> LetterTemplate:
    """The template a letter was frozen with. Raises StoreError when it was never kept."""
    template = from_plain(readings.template_text(digest)["template"])
    assert isinstance(template, LetterTemplate)
    return template
