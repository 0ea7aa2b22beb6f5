"""What is published, and what the folder has otherwise, by code."""

from __future__ import annotations

from engine.words.phrases import read_words

WORDS = read_words("""
published_by_itself: Gepubliceerd (oefening, nummer {number}): {files:some}.
    ? Lopende zaken houden de versie waarmee zij begonnen.
published_otherwise: {files:some} is anders dan wat is gepubliceerd, en telt niet.
    > Bekijk met `trede rules publish --dry-run` wat er zou veranderen.
published_and_changed: Dit bestand is gepubliceerd en sindsdien gewijzigd; de gepubliceerde tekst geldt.
    ? Een versie die is ingegaan, verandert niet meer onder haar zaken.
    > Zet de tekst terug, en maak voor een wijziging een nieuwe versie met een eigen datum.
published_and_gone: Dit bestand is gepubliceerd en staat niet meer in de map; de gepubliceerde tekst geldt.
    > Zet het bestand terug.
opens_on_older: Voor {labels:plain_and} geldt regelset "{rules}" van {first} niet; de zaak volgt de versie van {older}.
    ? Die sector stemde niet in met de nieuwere versie.
opens_without_consent: Regelset "{rules}" van {first} heeft geen instemming voor {labels:plain_and}.
    ? Dit is een oefening: de zaak gaat toch open. In een echte werkplek kan dat niet.
    > Vraag instemming, en zet de dag bij given.
cases_stand_still: Zaken van "{workflow}" op de regels van {first} kunnen vanaf {day} niet verder: {cases:some}.
    ? {because} > Herstel dat, of zet deze zaken over met `trede case move`.
law_asks_more: Zaken van "{workflow}" op de regels van {first} doen niet wat de wet vraagt (op {day}): {cases:some}.
    ? {because} > Zet deze zaken over naar regels die het wel doen, met `trede case move`.
law_leaves_no_way: De wet vraagt meer van een besluit ({law}); de versie die op {day} geldt, kent {states:some} niet.
    ? Wie het besluit zo niet mag nemen, moet de zaak kunnen overzetten, en dat kan dan niet.
    > Geef die versie deze toestanden, of zet bij de plicht `running_cases: false` als de wet lopende zaken ontziet.
not_yet_published: Dit bestand is gewijzigd en nog niet gepubliceerd; de gepubliceerde tekst geldt.
    > Publiceer met `trede rules publish`, of zet de tekst terug.
""")
