"""What may not be done with the register of subjects, and why: the words, by code."""

from __future__ import annotations

from collections.abc import Mapping

from engine.words.phrases import Words

SUBJECTS: Mapping[str, Words] = {
    "case_is_of_another": Words(
        "Deze zaak gaat over nummer {number}, niet over {given}.",
        "Een zaak houdt haar nummer: wat erin staat gaat over een ander.",
        "Sluit deze zaak en open haar opnieuw onder het goede nummer.",
    ),
}
