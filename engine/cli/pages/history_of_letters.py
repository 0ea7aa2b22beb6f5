"""What became of a letter, as the history of a case tells it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from engine.core.deciding.step import EntryKind
from engine.words.of_journal import say_cause


def _told(words: str, _: object, details: Mapping[str, object]) -> str:
    """Of one that was made anew, which fields changed: what they said may be nobody's business, and is in the JSON."""
    changed: dict[str, object] = {}
    for key in ("said", "says"):
        fields = details.get(key)
        changed |= fields if isinstance(fields, Mapping) else {}
    said = say_cause(str(details.get("cause", "")), str(details.get("reason", "")))
    reason = f"; reden: {said}" if said else ""
    return words.format_map(details) + (f" ({', '.join(changed)})" if changed else "") + reason


LETTERS = {
    kind: partial(_told, words)
    for kind, words in {
        EntryKind.LETTER_SENT: "brief {letter} verstuurd aan {addressee} op {sent_on}",
        EntryKind.LETTER_REMADE: "brief {letter} voor {addressee} opnieuw gemaakt",
        EntryKind.LETTER_WITHDRAWN: "brief {letter} voor {addressee} ingetrokken",
        EntryKind.LETTER_HELD: "brief {letter} voor {addressee} vastgehouden",
        EntryKind.LETTER_RELEASED: "brief {letter} voor {addressee} vrijgegeven",
    }.items()
}
