"""What a person tried, where that is no transition of a workflow."""

from __future__ import annotations

from collections.abc import Mapping

ACTS: Mapping[str, str] = {
    "record": "gegevens vastleggen",
    "tell": "bericht van een andere zaak overnemen",
    "correct": "een klokregel corrigeren",
    "correct_dossier": "een dossier verbeteren",
    "correct_facts": "gegevens verbeteren",
    "reopen": "de zaak heropenen",
    "undo": "een handeling terugnemen",
    "note": "een notitie maken",
    "task": "een taak geven",
}
