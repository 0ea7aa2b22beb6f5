"""Where a test or a story came out otherwise than expected, by code; one line each, without a next step."""

from __future__ import annotations

from engine.words.phrases import read_words

WORDS = read_words("""
no_person_to_declare: '{name}' kan niet onder people staan: het is geen naam, of staat er twee keer. > Verbeter de naam.
nobody_of_that_name: '{name}' staat niet in het register van personen. > Zet de naam bij people, boven aan het bestand.
dossier_not_made: Wat bij records staat, kan zo niet in een dossier staan: {reasons}.
    > Verbeter records, of beschrijf bij open over wie de zaak gaat.
not_refused: Dit is gelukt, maar had moeten worden geweigerd om {expected:value}.
refused_instead: '{attempted}' is geweigerd: {reasons:reasons}
refused_otherwise: weigering om {absent:value} verwacht, maar de redenen zijn: {reasons:reasons}
other_state: toestand '{expected}' verwacht, maar het is '{actual}'
other_conclusion: gevolgtrekking '{fact}': {expected:value} verwacht, maar het is {actual:value}
other_fact: gegeven '{fact}': {expected:value} verwacht, maar het is {actual:value}
other_question: voor '{fact}' moet gevraagd worden naar {expected:value}, maar het is {actual:value}
other_last_day: termijn '{term}': laatste dag {expected:value} verwacht, maar het is {actual:value}
not_possible: overgang '{transition}' moet kunnen, maar kan niet
possible: overgang '{transition}' mag niet kunnen, maar kan wel
other_letters: brieven: {expected:value} verwacht, maar het is {actual:value}
letter_not_of_step: brief {letter} verwacht, maar deze stap heeft {actual:value}
other_field: brief {letter}, veld '{field}': {expected:value} verwacht, maar het is {actual:value}
field_is_a_list: brief {letter}, veld '{field}' is een lijst van {number}, en verwacht is de tekst '{expected}'.
    > Schrijf elk deel apart: [{actual:quoted}].
other_waiting: brieven die klaarstaan: {expected:value} verwacht, maar het is {actual:value}
other_reminders: herinneringen: {expected:value} verwacht, maar het is {actual:value}
other_passed: verlopen termijnen: {expected:value} verwacht, maar het is {actual:value}
other_notices: berichten: {expected:notices} verwacht, maar het is {actual:notices}
other_opened: geopende zaken: {expected:value} verwacht, maar het is {actual:value}{refused:refused}
none_opened: een zaak '{workflow}' moest geopend worden, maar geopend is {actual:value}
other_received: zaak '{workflow}' kreeg mee bij '{fact}': {expected:value} verwacht, maar het is {actual:value}
none_not_opened: een zaak '{workflow}' moest geweigerd worden om {expected:value}, maar er is er geen geweigerd
not_opened_otherwise: een zaak '{workflow}' moest geweigerd worden om {expected:value}, maar het is om {actual:value}
other_told: aan de bovenliggende zaak '{fact}': {expected:value} verwacht, maar het is {actual:value}
other_records: van '{record}' zijn er {expected:value} verwacht, maar het zijn er {actual:value}
other_record: '{record}' nummer {number}, veld '{field}': {expected:value} verwacht, maar het is {actual:value}
not_dealt_with: {what}: {why}
compiled_differs: de gecompileerde vorm van '{rules}' wijkt af bij {names}
second_differs: durable-rules wijkt af bij regel '{rule}': {truth:value} tegen {other:value}
second_is_silent: {reason}
no_such_case: Er is hier geen zaak '{case}'. > {known:near|||{case}}
no_case_yet: Er is hier geen zaak '{case}'. > Open eerst een zaak.
value_not_known: De waarde van {fact} is niet te bepalen. ? Iets waar zij op rust is van deze zaak niet bekend.
    > Schrijf een vaste waarde, of laat het gegeven weg.
terms_without_end: Op {moment:moment} blijven termijnen elkaar opvolgen zonder eind.
    > Kijk welke termijn steeds opnieuw begint.
""")
