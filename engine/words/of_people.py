"""What may not be done with people, and why; and what is asked of who acts: the words, by code."""

from __future__ import annotations

from engine.words.phrases import read_words

PEOPLE = read_words("""
person_is_asked: {fact} ({id}): wie is '{text}'? Bedoeld kan zijn: {known:list_or_none}.
    ? Twee schrijfwijzen van een naam zouden twee personen worden.
    > Geef het nummer ({id}=NUMMER); is het iemand anders, voeg die dan toe met `trede person add`.
person_is_unknown: {fact} ({id}): '{text}' staat niet in het register van personen.
    ? Een persoon wordt nooit vanzelf gemaakt.
    > Zoek met `trede person find`, of voeg toe met `trede person add "{text}"`.
person_has_no_such_number: {fact} ({id}): er is geen persoon met nummer {text}. > Zoek met `trede person find NAAM`.
person_looks_like_known: {name} lijkt op iemand die er al is: {known:list_or_none}.
    ? Twee nummers voor een mens maken van een mens twee deskundigen.
    > Gebruik het nummer dat er is; is het echt iemand anders, geef dan --confirm.
person_says_so_already: Van {name} ({number}) is dit al bekend. > Er is niets gewijzigd.
person_is_the_same: Beide zijn {number}. ? Iemand kan niet met zichzelf worden samengevoegd.
    > Geef twee nummers: eerst dat wat vervalt, dan dat wat blijft.
person_was_merged: {number} is al samengevoegd met {into}. > Er hoeft niets te gebeuren.
person_has_no_name: '{text}' is geen naam. ? Er staat geen achternaam in. > Schrijf bijvoorbeeld "A. de Boer".
person_has_no_address: '{text}' is geen e-mailadres. > Schrijf het als naam@organisatie.nl.
no_such_discipline: Het vakgebied '{text}' bestaat niet. > Er is: {known:list_or_none}.
period_is_backwards: Deze periode eindigt ({until:day}) voor zij begint ({since:day}).
    > Geef de eerste en de laatste dag; beide tellen mee.
body_comes_twice: Het orgaan '{body}' staat er twee keer over dezelfde dagen. > Laat de perioden op elkaar aansluiten.
stands_in_for_self: {name} kan niet voor zichzelf waarnemen. > Noem iemand anders.
person_is_not_here_then: {name} werkt niet al die dagen hier. ? De laatste dag is {until:known_day}.
    > Kies iemand anders, of andere dagen.
somebody_stands_in_then: Voor {name} neemt op een van die dagen al iemand waar: {known:list_or_none}.
    > Kies andere dagen; beide dagen van een periode tellen mee.
nobody_stands_in_then: Na {day:day} neemt {by} niet waar voor {name}; er is niets te beëindigen.
    ? Waarnemingen van {name}: {known:list_or_none}. > Kijk met `trede person show` wie wanneer waarneemt.
stands_in_already: {by} neemt al waar voor {name}; dat eindigt niet eerder dan gisteren.
    ? Wie op een dag de zaken deed, blijft bekend. > Geef met --until gisteren of een latere dag.
stands_in_circle: {by} kan niet waarnemen voor {name}.
    ? Zo zouden zij in een kring voor elkaar waarnemen, en deed niemand het werk. > Noem iemand die er dan zelf is.
case_is_in_these_hands: Zaak {case} is al in handen van {name}. > Er hoeft niets te gebeuren.
person_is_not_here: {name} ({number}) werkt hier niet; zaak {case} kan daar niet heen.
    ? De laatste dag was {until:known_day}. > Kies iemand die hier werkt: `trede person find`.
""")
ACTING = read_words("""
another_case_changed: Een andere zaak van dezelfde persoon is intussen gewijzigd.
    ? Wat daar staat, telt mee voor deze handeling. > Voer de opdracht opnieuw uit.
planned_by_another: '{work}' voor {number} is intussen gedaan. ? Een ander deed het op hetzelfde moment.
    > Er hoeft niets te gebeuren.
number_was_given: Zaaknummer {number} is intussen uitgegeven. ? Een ander opende op hetzelfde moment een zaak.
    > Voer de opdracht opnieuw uit; er is niets opgeslagen.
person_changed_meanwhile: Persoon {number} is intussen gewijzigd.
    ? Een ander werkte op hetzelfde moment aan het register van personen.
    > Voer de opdracht opnieuw uit; er is niets opgeslagen.
user_is_nobody: Het is niet bekend wie u bent. ? De gebruiker '{user}' van deze computer hoort bij geen persoon.
    > Zet in {file} onder [people] een regel {user} = "NUMMER"; zoek het nummer met `trede person find`.
user_has_no_such_person: De gebruiker '{user}' hoort volgens {file} bij {number}, en die persoon is er niet.
    > Verbeter de regel onder [people]; zoek het nummer met `trede person find`.
user_is_not_here: {name} ({number}) werkt hier vandaag niet. > Laat de dagen verbeteren met `trede person change`.
name_is_of_another: U bent {name}, en niet wie --name noemt.
    ? Wie handelt, zegt het systeem; alleen in een oefening zegt u het. > Laat --name weg.
role_is_not_yours: {name} handelt vandaag niet als '{role}'.
    > Kies: {known:list_or_none}; of laat het orgaan toevoegen met `trede person change {number} --body`.
actor_is_asked: Wie is '{text}'? Bedoeld kan zijn: {known:list_or_none}. > Geef het nummer met --name.
hands_are_the_same: Alle zaken zijn al bij {name}. > Noem met --to iemand anders.
hands_are_empty: {name} ({number}) heeft geen open zaak in handen. > Er is niets over te dragen.
no_register_of_people: De organisatie '{organisation}' houdt geen register van personen bij.
    > Beschrijf het onder people in organisation.yaml.
who_is_meant: Wie is '{text}'? Bedoeld kan zijn: {known:list_or_none}. > Geef het nummer.
no_such_person: Er is geen persoon '{text}'.
    > Zoek met `trede person find NAAM`, of voeg toe met `trede person add NAAM`.
nothing_to_find: Er is niets om te zoeken. > Geef een naam, een nummer of een orgaan.
""")
