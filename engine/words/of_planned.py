"""What is wrong with work that comes up by the calendar, by code."""

from __future__ import annotations

from engine.words.phrases import read_words

WORDS = read_words("""
planned_when: Gepland werk zegt met precies een van on, every en every_of wanneer het aan de beurt is.
    > Schrijf bijvoorbeeld on: ["11-01"], of every: 5 school weeks.
planned_starts_twice: since hoort bij every: de dagen bij on staan al vast. > Haal een van de twee weg.
planned_unit: Gepland werk komt om de zoveel school weeks, weeks of months aan de beurt, niet "{given}".
    > Schrijf bijvoorbeeld 5 school weeks, of noem de dagen bij on.
planned_every_nothing: Werk dat om de 0 weken of maanden komt, komt nooit aan de beurt. > Schrijf een lengte boven 0.
planned_start: {name} past niet bij deze lengte. ? first_week telt schoolweken, since is een dag bij weken of maanden.
    > Haal {name} weg, of gebruik de andere.
planned_for_nobody: Gepland werk is niet "for: {name}".
    ? Het is voor een register (schools, boards), voor de organisatie zelf (organisation), of voor een soort dossier.
    > {known:near|||{name}}
draw_of_one: Bij "{work}" valt niets te loten: het is voor de organisatie zelf. > Haal draw weg, of kies for.
planned_amount: De parameter bij every_of van "{work}" is geen heel getal. ? Bij 0 rust het werk.
    > Geef de parameter in organisation.yaml een heel getal, 0 of hoger.
planned_on_other_rules: Gepland werk opent een zaak op dezelfde regels, maar "{workflow}" gebruikt "{rules}".
    ? De voorwaarde en de gegevens van het werk staan in deze regelset. > Zet het werk in de regelset "{rules}".
planned_never_comes: Het geplande werk "{work}" komt nooit aan de beurt.
    ? Tussen {first} en {last} valt er geen enkele keer. > Verbeter on, every, first_week of valid_through.
planned_without_vacations: Van het geplande werk "{work}" is niet te zeggen wanneer het aan de beurt is.
    ? De schoolvakanties van {year} zijn niet bekend. > Vul de kalender aan met deze vakanties.
planned_for_empty_register: Het geplande werk "{work}" is voor niemand. ? Het register {name} is leeg.
    > Vul {name} in organisation.yaml aan.
""")
