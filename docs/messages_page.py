"""Writes the examples of `trede rules explain` and the page with all messages, from the mistakes that the tests plant.

Run as `python -m docs.messages_page` after a message or a planted mistake changed.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.core.finding import Finding
from engine.usecases.check_rules import check_rules
from engine.words import explained
from engine.words.explained import explain
from engine.words.saying import FOUND, ROOMS, say
from tests.definitions import test_broken_content as reading
from tests.proofs import samples

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "meldingen.md"
EXAMPLES = ROOT / "engine" / "words" / "examples.json"
_LINES = 8
_TITLES = {
    "of_blocks": "Binnen een blok", "of_cards": "Kaarten", "of_files": "Bestanden", "of_letters": "Brieven",
    "of_names": "Namen tussen bestanden", "of_proofs": "Wegen door een workflow", "of_rules": "Regels en tabellen",
    "of_stories": "Tests en verhalen", "of_publications": "Publiceren", "of_obligations": "Verplichtingen",
    "of_sources": "Bronnen",
    "of_views": "Overzichten",
}  # fmt: skip
_HEAD = """# Meldingen van `trede rules check` en `rules test`

Elke melding eindigt met haar code. `trede rules explain CODE` zegt hetzelfde als deze bladzijde. De voorbeelden zijn
fouten die de tests van het programma expres maken. Deze bladzijde wordt gemaakt met `python -m docs.messages_page`.
"""


def made_examples() -> dict[str, dict[str, str]]:
    """The shortest planted mistake of each code."""
    found: dict[str, dict[str, str]] = {}
    for code, example in sorted((*_of_proofs(), *_of_reading()), key=lambda one: (one[0], len(one[1]["wrong"]))):
        found.setdefault(code, example)
    return found


def _of_proofs() -> Iterator[tuple[str, dict[str, str]]]:
    for mistake in samples.read_mistakes():
        with tempfile.TemporaryDirectory() as folder:
            found = samples.inspect_root(samples.copy_with(mistake, Path(folder))).findings
        said = next(say(one).text() for one in found if one.kind == mistake.kind)
        yield mistake.kind, _example(mistake.file, mistake.by, mistake.replace, said)


def _of_reading() -> Iterator[tuple[str, dict[str, str]]]:
    for path in reading.BROKEN:
        case = reading.read_case(path)
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "content"
            shutil.copytree(reading.GOOD, root)
            reading.break_content(root, case)
            found = [one for one in reading.load_all(root)[1] if _is_meant(one, case)]
            if not found:  # what only the whole check sees takes seconds
                found = [one for one in check_rules(root, on=reading.ON).findings if _is_meant(one, case)]
        for one in found:
            yield one.kind, _example(case["file"], case["to"], case.get("change", ""), say(one).text())


def _is_meant(finding: Finding, case: dict[str, Any]) -> bool:
    return all(word in say(finding).text() for word in case["expect"])


def _example(file: str, wrong: str, right: str, says: str) -> dict[str, str]:
    return {"file": file, "wrong": _short(wrong), "right": _short(right), "says": says}


def _short(text: str) -> str:
    lines = text.strip("\n").splitlines()
    return "\n".join((*lines[:_LINES], *(["…"] if len(lines) > _LINES else [])))


def made_page() -> str:
    """The page, from the words and the examples that are kept."""
    parts = [_HEAD]
    for room in ROOMS:
        parts.append(f"\n## {_TITLES[room.__name__.rpartition('.')[2]]}\n")
        parts.extend(_entry(code) for code in sorted(room.WORDS))
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
        {code: one for code, one in made_examples().items() if code in FOUND}, ensure_ascii=False, indent=1
    )
    EXAMPLES.write_text(text + "\n", encoding="utf-8")
    explained._examples.cache_clear()
    PAGE.write_text(made_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
