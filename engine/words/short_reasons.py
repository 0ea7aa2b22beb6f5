"""Why not, in a few Dutch words: for messages in an inbox, where the whole reason would not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.dutch import join_words
from engine.words.of_errors import say_refused

_WORDS: Mapping[BlockerKind, str] = {
    BlockerKind.UNKNOWN_TRANSITION: "'{subject}' bestaat niet",
    BlockerKind.NOT_FROM_HERE: "'{subject}' kan niet vanuit '{detail}'",
    BlockerKind.CLOSED: "de zaak is gesloten",
    BlockerKind.NO_MANDATE: "'{detail}' mag '{subject}' niet",
    BlockerKind.CONDITION: "de voorwaarde van '{subject}' geldt niet",
    BlockerKind.MISSING_FACT: "'{subject}' is niet bekend",
    BlockerKind.WRONG_VALUE: "'{detail}' past niet bij '{subject}'",
    BlockerKind.UNKNOWN_FACT: "het gegeven '{subject}' bestaat niet",
    BlockerKind.DERIVED_FACT: "'{subject}' volgt uit de regels",
    BlockerKind.REASON_MISSING: "er hoort een reden bij",
    BlockerKind.NO_LETTER: "brief {subject} bestaat niet in deze versie",
    BlockerKind.LETTER_FIELD: "in brief {subject} ontbreekt '{detail}'",
    BlockerKind.LETTER_PRINT: "in brief {subject} past '{detail}' niet",
    BlockerKind.LETTER_STATE: "met brief {subject} kan dat niet",
    BlockerKind.ONLY_BY_ITSELF: "'{subject}' gaat vanzelf",
    BlockerKind.NO_CONSENT: "voor de sector '{subject}' is er geen geldige instemming",
    BlockerKind.OTHER_SECTOR: "deze regels zijn niet voor de sector '{subject}'",
    BlockerKind.TERM_RULE: "{detail}",
    BlockerKind.OUT_OF_REACH: "'{subject}' leidt tot een dag die niet bestaat",
    BlockerKind.NOT_DUE: "'{subject}' is niet meer aan de orde",
    BlockerKind.SUBJECT_RULE: "{detail}",
    BlockerKind.NOT_AT_HAND: "'{subject}' hoort bij een record dat deze handeling niet schrijft",
    BlockerKind.WHICH_RECORD: "het is niet duidelijk welke '{subject}' is bedoeld",
    BlockerKind.NOTHING_WRITTEN: "bij '{subject}' is niets gezegd",
    BlockerKind.NOT_SUPPLIER: "'{detail}' mag '{subject}' niet opgeven",
    BlockerKind.NOT_TYPED: "niemand geeft '{subject}' zelf op",
    BlockerKind.ALREADY_KNOWN: "'{subject}' is al bekend",
    BlockerKind.NOT_KNOWN: "'{subject}' is nog niet bekend",
    BlockerKind.SAME_VALUE: "'{subject}' is al zo",
    BlockerKind.FIXED: "op '{subject}' rust een besluit",
    BlockerKind.ANCHOR: "aan '{subject}' hangt een wettelijke termijn",
    BlockerKind.NOT_CLOSED: "de zaak is niet gesloten",
    BlockerKind.ENDS_FOR_GOOD: "'{subject}' is een einde dat blijft",
    BlockerKind.WHEN: "het tijdstip past niet",
    BlockerKind.NOTHING_TO_UNDO: "er is niets terug te nemen",
    BlockerKind.LAW: "de wet vraagt meer bij '{subject}'",
    BlockerKind.OUTSIDE: "het is al buiten de zaak gevolgd",
    BlockerKind.PERSON: "het is niet duidelijk wie met '{subject}' bedoeld is",
    BlockerKind.ALREADY_OPEN: "er is al een zaak '{subject}' open",
}


def say_shortly(blockers: Iterable[Blocker]) -> str:
    """The reasons on one line, without a full stop; each reason once."""
    return join_words(list(dict.fromkeys(_say(blocker) for blocker in blockers)))


def _say(blocker: Blocker) -> str:
    if blocker.said is not None:
        said = say_refused(blocker.said)
        if blocker.kind is BlockerKind.LETTER_PRINT:
            return f"brief {blocker.subject}, '{blocker.detail}': {said}"
        return f"'{blocker.subject}': {said}" if blocker.kind is BlockerKind.WRONG_VALUE else said
    return _WORDS[blocker.kind].format(subject=blocker.subject or "onbekend", detail=blocker.detail or "onbekend")
