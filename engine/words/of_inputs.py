"""Why a file that a person names is not taken: it is no file, too big, or no text; by code."""

from __future__ import annotations

from engine.words.phrases import read_words

INPUTS = read_words("""
no_such_step: Stap {step} bestaat niet. > De laatste stap van deze zaak is {last}.
no_workplace: In {start} en de mappen erboven is geen werkplek.
    ? Er is geen bestand {file}. > Maak een werkplek met `trede init`, of ga naar de map van een werkplek.
nothing_planned_for: Voor {number} is niets gepland.
    > Zoek het nummer van een school met `trede list schools`.
no_draw: Er is geen loting '{draw}'. ? Geloot is: {known:list_or_none}. > Kies een daarvan.
nothing_published: Er is nog niets gepubliceerd, dus er kan geen zaak worden geopend.
    ? Een zaak houdt de regels waarmee zij begint, en die liggen dan vast.
    > Controleer de inhoud met `trede rules check`, en publiceer haar met `trede rules publish`.
file_is_missing: Dit bestand is er niet. > Controleer de naam en de map.
file_is_folder: Dit is een map, geen bestand. > Noem een bestand in deze map.
file_goes_round: Deze naam verwijst in een kring naar zichzelf. > Noem het bestand zelf, niet een verwijzing.
file_name_too_long: Deze naam is te lang voor een bestand. > Controleer de naam.
file_name_unusable: Deze naam kan geen naam van een bestand zijn. ? Er staat een teken in dat dat niet toelaat.
    > Controleer de naam.
file_is_closed: Dit bestand mag u niet lezen. > Vraag de rechten aan wie het bestand beheert.
file_is_no_file: Dit is geen gewoon bestand.
    ? Het is een pijp, een apparaat of een verbinding, en daar komt geen eind aan.
    > Sla de inhoud op als bestand, en noem dat.
file_is_unreadable: Dit bestand kan niet worden gelezen. ? De schijf of het netwerk geeft het niet.
    > Controleer de schijf, of maak een kopie en noem die.
file_is_too_big: Dit bestand is te groot. ? Het mag hoogstens {most} MB zijn. > Controleer of dit het goede bestand is.
file_is_no_text: Dit bestand is geen tekst. ? Het is niet opgeslagen als UTF-8, UTF-16 of Windows-1252.
    > Sla het opnieuw op als UTF-8.
workbook_is_none: Het bestand is geen leesbare XLSX-werkmap.
    ? Het is iets anders met die naam, het is beschadigd, of er zit een wachtwoord op.
    > Open het in uw rekenblad en sla het op als .xlsx zonder wachtwoord, of als .csv.
workbook_is_page: Dit is een webpagina die .xlsx heet. ? Sommige programma's geven hun uitvoer zo mee.
    > Open het in uw rekenblad en sla het op als .xlsx, of als .csv.
workbook_is_locked: Dit is een werkmap met een wachtwoord, of van een oude soort (.xls).
    > Open het in uw rekenblad en sla het op als .xlsx zonder wachtwoord, of als .csv.
workbook_is_too_big: Deze werkmap is uitgepakt te groot. ? Er mag hoogstens {most} MB in zitten.
    > Sla alleen het blad met het register op als .csv.
table_is_empty: Het bestand is leeg. > De eerste regel noemt de kolommen.
table_is_too_long: Dit register heeft meer dan {most} regels. > Verdeel het over meer bestanden.
table_is_too_wide: Regel {line} heeft meer dan {most} cellen. ? Een register heeft een kolom voor elk gegeven.
    > Haal de cellen weg die er niet bij horen.
cell_is_too_long: Een cel op regel {line} heeft geen eind.
    ? Er staan meer dan {most} tekens in; meestal is een aanhalingsteken niet gesloten.
    > Sluit het aanhalingsteken op deze regel of de regel ervoor.
row_has_more_cells: Regel {line} heeft meer cellen dan er kolommen zijn.
    > Zet een waarde met een scheidingsteken tussen aanhalingstekens.
columns_wrong: De kolommen kloppen niet ({wrong}). > Verwacht wordt: {expected}.
columns_unknown: De kolommen kloppen niet ({wrong}).
    > Verwacht wordt: {expected}. Wat er niet bij hoort, slaat u over met --ignore-columns.
table_has_title: Boven de namen van de kolommen staat nog iets. ? Regel {line} lijkt de namen te bevatten.
    > Haal de regels daarboven weg.
column_twice: De kolom '{column}' staat er twee keer. > Geef elke kolom een eigen naam.
column_without_name: Een kolom mist een naam. > Geef elke kolom een eigen naam.
word_is_no_text: Woord {number} van uw opdracht is geen tekst. ? Er staan bytes in die geen UTF-8 zijn.
    > Typ het woord opnieuw, of stel uw scherm in op UTF-8.
no_kind_of_register: '{name}' is geen CSV- of XLSX-bestand. > Sla het op als .csv of .xlsx.
""")
