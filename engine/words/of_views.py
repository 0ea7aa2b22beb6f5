"""What a view cannot look at, and what several records at once or other cases cannot say, by code."""

from __future__ import annotations

from engine.words.phrases import read_words

WORDS = read_words("""
full_and_alike: Een overzicht kan niet tegelijk full en alike hebben. > Maak er twee overzichten van.
full_adds_no_number: "{name}" van "{of}" kan bij full niet worden opgeteld.
    ? Alleen een getal dat er altijd is en nooit onder nul komt, vult een stuk tijd.
    > Noem een veld van de soort number dat in needs staat, met at_least: 0 of meer.
full_by_no_day: "{name}" van "{of}" kan bij full niet de dag zijn. > Noem een veld van de soort date dat in needs staat.
full_within_hours: Een stuk tijd van {given} kan hier niet. > Tel in dagen, weken, schooldagen of schoolweken.
full_of_no_school: De school bij full van "{view}" is geen tekst. > Noem het gegeven met het nummer van de school.
reads_unlike_fields: "{name}" van "{of}" staat niet bij fields en reads allebei.
    ? fields zegt wat het hier is, reads welk gegeven van de andere zaak het is.
    > Zet "{name}" bij allebei, of haal het weg.
cases_not_shown: De workflow "{workflow}" laat "{fact}" niet zien.
    ? Een andere zaak leest alleen wat die workflow noemt.
    > {known:near|Zij laat zien|Zet "{fact}" bij shows van die workflow.|{fact}}
cases_read_otherwise: "{fact}" is in "{workflow}" van type {there}, en hier {here}.
    > Zet hier type: {there}.
shows_unknown: "{fact}" staat bij shows, maar wordt in deze workflow niet opgegeven.
    ? Wat een regel vaststelt, staat in geen zaak; een andere zaak kan het dus niet lezen.
    > Noem een gegeven dat iemand aanlevert of een handeling vastlegt.
cases_written: "{of}" zijn andere zaken; een handeling kan ze niet schrijven, wijzigen of sluiten.
    > Open zo'n zaak met opens.
told_apart_by_unsure: "{name}" staat bij told_apart_by van "{of}", maar niet bij needs.
    > {known:near|Altijd bekend zijn||{name}}
binds_no_choice: "{name}" staat bij binds van "{of}", maar is daar geen keuze uit vaste antwoorden.
    > Noem een veld van de soort choice of choices, met de namen van regelsets als antwoorden.
binds_without_end: "{of}" noemt met binds regelsets, maar een record ervan is in geen zaak open of gedaan.
    ? Wie publiceert, krijgt te zien wat open staat; dat moet eens klaar kunnen zijn.
    > Geef "{of}" een life en ends, en laat het bij een zaak horen en niet bij een dossier.
binds_unknown_rules: Een antwoord van het veld dat "{of}" bij binds noemt, is geen regelset: "{name}".
    > {known:near|Er zijn||{name}}
each_of_no_need: Voor elke waarde van "{name}" ontstaat hier een record "{of}", maar dat veld staat niet bij needs.
    > {known:near|Kies een veld uit needs||{name}}
each_of_one_that_counts: Van "{of}" telt er een tegelijk, en hier ontstaan er meer.
    > Haal replaced_as weg, of schrijf er een.
each_read_by_act: "{act}" leest "{fact}", en schrijft tegelijk een record voor elk van een lijst waarden daarvan.
    ? Dan is niet te zeggen welke waarde bedoeld is. > Haal "{fact}" daar weg.
""")
