"""Who was asked for a view before a decision: on every way, since the last decision about the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.definitions.loaded import load_all
from engine.proofs.dataflow import Dataflow
from engine.proofs.obligations import prove_obligations
from engine.words.saying import say
from tests.proofs.samples import GOOD

ASKING = """---
letter: V-03
title: Uw mening
valid_from: 2026-01-01
level: B1
clause: none
audience: [aanvrager]
signature: hoofd
fields: {naam: {fact: kind.naam}}
---
Wat vindt u van ons plan voor {{ naam }}?
"""
HEAR = """  - id: horen
    label: Om een zienswijze vragen
    from: [ingediend]
    to: gehoord
    by: [balie]
    letters: [{letter: V-03, to: [aanvrager]}]
"""
AGAIN = """  - id: heroverwegen
    label: Heroverwegen
    from: [bekendgemaakt]
    to: %s
    by: [hoofd]
  - id: afwijzen
"""
OBLIGATION = """  - id: horen
    label: Wie een afwijzing treft, geeft eerst zijn zienswijze
    decides: afwijzen
    must_have_heard: [aanvrager]
    asked_with: [V-03]
    source: Awb 4:7
"""


def ways_unheard(folder: Path, back_to: str) -> list[str]:
    """The ways on which nobody was asked, in content where a decision can be thought over again from this state."""
    root = folder / "content"
    shutil.copytree(GOOD, root)
    letter = root / "templates/letters/voorbeeld/V-03/2026-01-01.md"
    letter.parent.mkdir()
    letter.write_text(ASKING, encoding="utf-8")
    rules = root / "rules/voorbeeld/verzoek/2026-01-01.yaml"
    rules.write_text(f"{rules.read_text(encoding='utf-8').rstrip()}\n{OBLIGATION}", encoding="utf-8")
    workflow = root / "workflows/voorbeeld/verzoek/2026-01-01.yaml"
    text = workflow.read_text(encoding="utf-8")
    head, refusal = text.split("  - id: afwijzen\n")
    refusal = refusal.replace("    from: [ingediend]\n", "    from: [gehoord]\n", 1)
    # Nobody decides before there was a hearing: else that would be the way on which nobody was asked.
    before, granting = head.split("  - id: toewijzen\n")
    head = f"{before}  - id: toewijzen\n{granting.replace('[ingediend]', '[gehoord]', 1)}"
    text = f"{head}{HEAR}{AGAIN % back_to}{refusal}".replace(
        "states:\n", "states:\n  - {id: gehoord, label: Gehoord, owner: balie}\n"
    )
    workflow.write_text(text, encoding="utf-8")
    loaded, findings = load_all(root)
    assert [say(one).text() for one in findings] == []
    (content,) = (one for one in loaded.contents.values() if one.workflow.id == "verzoek")
    return [say(one).text() for one in prove_obligations(content, Dataflow(content)).findings]


@pytest.mark.parametrize("back_to", ["ingediend", "wacht"])
def test_who_is_asked_anew_is_heard(tmp_path: Path, back_to: str) -> None:
    assert ways_unheard(tmp_path, back_to) == []


def test_what_was_said_before_an_earlier_decision_does_not_count_for_the_next(tmp_path: Path) -> None:
    (said,) = ways_unheard(tmp_path, "gehoord")
    assert '"horen" → "afwijzen" → "heroverwegen" → "afwijzen"' in said
    assert "Awb 4:7" in said
