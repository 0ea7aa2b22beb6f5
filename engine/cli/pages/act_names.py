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
    "letter_redo": "een brief opnieuw maken",
    "letter_withdraw": "een brief intrekken",
    "letter_hold": "een brief vasthouden",
    "letter_release": "een brief vrijgeven",
    "letter_sent": "een brief als verstuurd vastleggen",
    "letters": "brieven van deze zaak",
    "assign": "een zaak toewijzen",
    "add_person": "een persoon toevoegen",
    "change_person": "een persoon wijzigen",
    "merge_people": "twee personen samenvoegen",
    "let_stand_in": "iemand laten waarnemen",
    "end_stand_in": "een waarneming beëindigen",
    "note": "een notitie maken",
    "task": "een taak geven",
    "message": "een bericht afhandelen of uitstellen",
}
