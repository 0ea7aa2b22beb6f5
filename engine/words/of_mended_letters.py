"""Why nothing can be done with a letter, or why it cannot be printed: the words, by code."""

from __future__ import annotations

from collections.abc import Mapping

from engine.words.phrases import Words

_SEE = "Kijk met `trede letters list`."

MENDED_LETTERS: Mapping[str, Words] = {
    "no_such_letter": Words("Zaak {case} heeft geen brief '{letter}'.", "", "Kijk met `trede case letters {case}`."),
    "letter_cannot_be_redone": Words("Brief {letter} kan niet opnieuw worden gemaakt ({status:letter}).", "", _SEE),
    "letter_cannot_be_withdrawn": Words("Brief {letter} is al {status:letter}.", "", _SEE),
    "letter_cannot_be_held": Words("Brief {letter} kan niet worden vastgehouden ({status:letter}).", "", _SEE),
    "letter_cannot_be_released": Words(
        "Brief {letter} wordt niet vastgehouden ({status:letter}).",
        "",
        "Is een ingetrokken brief toch nodig: `trede letters redo {letter}` maakt hem opnieuw.",
    ),
    "letter_cannot_be_sent": Words(
        "Brief {letter} is {status:letter}.",
        "",
        "Ging hij toch uit: haal hem eerst terug met `trede letters redo {letter}`.",
    ),
    "letter_sent_in_future": Words(
        "{day:day} is nog niet geweest.", "Een termijn begint pas als de brief weg is.", "Leg het vast als hij weg is."
    ),
    "letter_sent_before_order": Words(
        "Op {day:day} bestond brief {letter} nog niet.",
        "Hij is klaargezet op {ordered:day}, met wat toen is besloten.",
        "Geef met --on een dag vanaf {ordered:day}.",
    ),
    "letter_withdrawn_since": Words("Sindsdien is een brief ingetrokken.", "", ""),
    "address_too_long": Words(
        "Naam en adres zijn samen {given:lines}; in het venster van de envelop passen er {most}.",
        "",
        "Kort de naam of het adres in.",
    ),
    "word_too_wide": Words(
        "Het woord '{word}...' heeft {given} tekens; in het venster van de envelop passen er {most}.",
        "",
        "Kort het adres in, of zet er een spatie in.",
    ),
}
