"""Writes the examples of `trede rules explain` and the page with all messages, from the mistakes that the tests plant.

Run as `python -m docs.messages_page` after a message or a planted mistake changed.
"""

from __future__ import annotations

import json
from pathlib import Path

from docs.message_examples import made_examples
from engine.words import explained
from engine.words.explained import explain
from engine.words.of_errors import ERRORS
from engine.words.saying import FOUND, ROOMS, WORDS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "meldingen.md"
EXAMPLES = ROOT / "engine" / "words" / "examples.json"
_TITLES = {
    "of_blocks": "Binnen een blok", "of_cards": "Kaarten", "of_files": "Bestanden", "of_letters": "Brieven",
    "of_names": "Namen tussen bestanden", "of_proofs": "Wegen door een workflow", "of_rules": "Regels en tabellen",
    "of_stories": "Tests en verhalen", "of_publications": "Publiceren", "of_obligations": "Verplichtingen",
    "of_sources": "Bronnen",
    "of_views": "Overzichten", "of_planned": "Werk volgens de kalender",
}  # fmt: skip
_HEAD = """# Meldingen van `trede rules check` en `rules test`

Elke melding eindigt met haar code. `trede rules explain CODE` zegt hetzelfde als deze bladzijde. De voorbeelden zijn
fouten die de tests van het programma expres maken. Deze bladzijde wordt gemaakt met `python -m docs.messages_page`.
"""


def made_page() -> str:
    """The page, from the words and the examples that are kept."""
    parts = [_HEAD]
    for room in ROOMS:
        parts.append(f"\n## {_TITLES[room.__name__.rpartition('.')[2]]}\n")
        parts.extend(_entry(code) for code in sorted(room.WORDS))
    refused = sorted(code for code in ERRORS.keys() - FOUND.keys() if (told := explain(code)) and told.example)
    parts += ["\n## Wat de rekenkern weigert, als de inhoud het zegt\n", *map(_entry, refused)]
    return "".join(parts)


def _entry(code: str) -> str:
    told = explain(code)
    assert told is not None  # every code has words
    lines = [
        f"\n### {code}\n",
        f"\n{' '.join(filter(None, (told.what, told.why)))}\n",
        f"\nWat u doet: {told.next_step}\n",
    ]
    if told.example is not None:
        lines.append(f"\nFout, in `{told.example.file}`:\n\n```yaml\n{told.example.wrong}\n```\n")
        if told.example.right:
            lines.append(f"\nGoed:\n\n```yaml\n{told.example.right}\n```\n")
    return "".join(lines)


def main() -> None:
    """Write both."""
    text = json.dumps(
        {code: one for code, one in made_examples().items() if code in WORDS}, ensure_ascii=False, indent=1
    )
    EXAMPLES.write_text(text + "\n", encoding="utf-8")
    explained._examples.cache_clear()
    PAGE.write_text(made_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
