"""What does not exist, does not fit or may not be, once the files of a procedure are held together, by code."""

from __future__ import annotations

from engine.words.phrases import Words, read_words

_STRICTER = "Een organisatie mag strenger zijn dan de wet, niet ruimer: pas de termijn aan."
_HELD = "(de wettelijke termijn staat in {place})"
# What a higher layer loosens, and what stays.
_LOOSER = {
    "looser_kind": ("wordt hier een afspraak of streeftermijn", "De soort blijft statutory"),
    "looser_act_on_terms": ("wijkt af van de Algemene termijnenwet", "termijnenwet blijft {stays}"),
    "looser_basis": ("verliest haar grondslag", "De basis blijft {stays}"),
    "looser_length": ("wordt hier ruimer ({now})", "De wet geeft {stays}"),
    "looser_shorter": ("wordt hier korter ({now})", "De wet geeft de burger {stays}"),
    "looser_protection": ("zegt hier anders van wie de tijd is", "protects blijft {stays:or|leeg}"),
    "looser_fixed_day": ("wordt hier ruimer (een vaste dag)", "De wet geeft {stays}"),
    "looser_follows": ("deelt hier andere opschortingen", "follows blijft {stays:or_none|leeg}"),
    "looser_standstill_states": ("staat hier in andere toestanden stil", "Wettelijk: {stays:or_none|nergens}"),
    "looser_standstill_while": ("staat hier op een andere voorwaarde stil", "suspended_while blijft gelijk"),
    "looser_standstill": ("staat hier vaker of langer stil", "Wettelijk: {stays:or_none|nergens}"),
    "looser_extension": ("kan hier ruimer worden verlengd", "Wettelijk: {stays:extension}"),
    "looser_deferral": ("kan hier ruimer worden uitgesteld", "Uitstel staat niet of minder vaak in de wettelijke laag"),
    "looser_sending": ("telt hier niet vanaf dezelfde verzending", "from_sending van de wet blijft"),
    "looser_days": ("telt hier vanaf of tot een andere dag", "anchor, before, until en roll blijven gelijk"),
    "looser_start": ("begint hier niet meer overal waar de wet haar laat beginnen", "Elk wettelijk begin blijft"),
    "looser_stop": ("stopt hier eerder dan in de wettelijke laag", "Er komen geen plaatsen bij waar de klok stopt"),
}

WORDS = read_words("""
letter_for_others: De brief "{letter}" gaat naar "{reader}", maar is niet voor die lezer geschreven.
    ? audience staat in {place}. > Zet {reader} bij audience in de brief, of kies een andere brief.
unknown_letter: De brief "{letter}" bestaat niet of is nog niet in kracht.
    > {known:near|Bekende brieven|Maak de map {letter} bij de briefsjablonen aan.|{letter}}
unknown_workflow: De workflow "{workflow}" bestaat niet. > {known:near|Bekende workflows||{workflow}}
gathers_people_unregistered: '{fact}' brengt mensen bijeen, maar er is geen register van personen.
    > Geef in organisation.yaml onder people een prefix, of noem facts.
gathers_unknown: "{fact}" brengt "{other}" bijeen, maar dat bestaat niet in de genoemde workflows.
    > {known:near|||{other}}
unknown_entry: De workflow "{workflow}" heeft geen ingang "{entry}". > {known:near|Ingangen||{entry}}
told_unknown_fact: "{workflow}" opent deze zaak, maar kent het gegeven "{fact}" niet. > {known:near|||{fact}}
handed_unknown_fact: De workflow "{workflow}" kent het gegeven "{fact}" niet. > {known:near|||{fact}}
handed_derived_fact: "{fact}" wordt in "{workflow}" afgeleid en kan niet worden meegegeven.
    > Geef de gegevens mee waaruit het volgt.
term_names_no_state: De toestand "{name}" die termijn "{term}" noemt, bestaat in geen workflow met deze regelset.
    > {known:near|||{name}}
term_names_no_transition: De overgang "{name}" die termijn "{term}" noemt, bestaat in geen workflow met deze regelset.
    > {known:near|||{name}}
mandate_without_workflow: Het mandaat "{mandate}" noemt "{act}", maar die handeling bestaat niet.
    > {known:near|Bekende workflows||{name}}
mandate_without_act: Het mandaat "{mandate}" noemt "{act}", maar die handeling bestaat niet. > {known:near|||{name}}
body_named_by_unknown: Het orgaan "{body}" heet naar het gegeven "{name}", maar geen regelset kent dat.
    > {known:near|||{name}}
other_type: Het gegeven "{fact}" is hier {now}, maar {stays} in {organisation}.
    ? Een gegeven houdt de soort van de laag eronder ({place}). > Schrijf type: {stays}.
replaces_law: "{rule}" is wettelijk in {organisation} en kan hier niet worden vervangen.
    ? De wet ligt onder de afspraken van de organisatie.
    > Haal de regel weg, of geef hem een eigen naam en een eigen conclusie.
rebinds_acts: "{name}" bindt handelingen in {organisation}, en kan hier niet anders worden gezegd.
    ? Wat een besluit is en wat de wet daarvan vraagt, wordt hierboven alleen aangevuld.
    > Geef wat erbij komt een eigen naam.
below_floor: De termijn "{term}" kan hier korter zijn ({now:or|een vaste dag}) dan mag.
    ? Zij duurt ten minste {least} ({place}), want de burger moet er iets in kunnen doen. > Geef ten minste {least}.
floor_lowered: Het minimum van de termijn "{term}" wordt hier lager ({now}).
    ? In {place} is het {least}. > Haal het hier weg, of geef ten minste {least}.
floor_without_term: De termijn "{term}" ontbreekt, maar er is wel tijd voor voorgeschreven.
    ? Zij duurt ten minste {least}. > Zet "{term}" onder terms, met die lengte of meer.
statutory_for_whom: De wettelijke termijn "{term}" zegt niet van wie de tijd is.
    ? Zonder dat is niet te zien of korter of langer soepeler is.
    > Schrijf protects: citizen (korter is soepeler), body (langer is soepeler) of both.
statutory_copied: De termijn "{term}" staat hier overgeschreven uit de wettelijke laag.
    ? Een kopie blijft achter als de wet verandert; het origineel staat in {place}.
    > Haal haar weg, en zet wat erbij komt onder adds: {term}.
adds_to_nothing: Bij de termijn "{term}" kan hier niets worden bijgezet.
    ? Een aanvulling hoort bij een termijn uit een lagere laag, die hier niet nog eens staat.
    > {known:near|Bekende termijnen||{term}}
adds_no_length: De termijn "{term}" eindigt op een dag en heeft geen lengte.
    ? Een lengte erbij doet dan niets; hoe zij eindigt staat in {place}. > Haal length hier weg.
judges_itself: "{rule}" concludeert "{fact}", maar dat moet waar zijn voor een besluit.
    ? De plicht "{obligation}" staat in {place}; wie zij bindt, kan niet zelf zeggen dat eraan is voldaan.
    > Zet de regel in de laag van de plicht, of laat hem een eigen gegeven concluderen.
unknown_decision: Het besluit "{name}" bestaat niet.
    > {known:near|Bekende besluiten|Beschrijf het onder decisions.|{name}}
decision_unseen: Aan geen handeling is te zien dat zij "{decision}" besluit.
    ? Zonder kenmerk gaat wie decides weglaat om de plichten heen. > Geef writes, begins of letters.
obligation_not_yes_no: De plicht "{obligation}" vraagt of "{fact}" waar is, maar dat is geen ja of nee.
    > Noem een gegeven van de soort yes_no, of zet het onder must_be_known.
heard_how: De plicht "{obligation}" moet zeggen wie is gehoord, en met welke brief.
    > Geef must_have_heard en asked_with samen.
clause_to_whom: De plicht "{obligation}" noemt een clausule, maar niet aan wie de brief gaat. > Geef sends_to.
calendar_closed: Alleen {organisation} mag zeggen welke dagen met een feestdag gelijk staan.
    ? Met zulke dagen schuift het einde van wettelijke termijnen op.
    > Haal equated_days en loaded_years weg; vakanties en vaste dagen mogen hier wel.
partial_replaced: Het tekstblok "{partial}" van {organisation} staat vast, en wordt hier vervangen.
    ? De tekst is de kern die de wet vraagt. > Haal dit bestand weg; eigen tekst kan in de brief zelf.
partial_changed: Het tekstblok "{partial}" is veranderd sinds het werd vastgezet.
    ? Afgesproken is {agreed}, de tekst is nu {now}.
    > Laat de tekst nakijken, en zet dan {partial}: {now} bij locked_partials van {organisation}.
speaks_for_law: "{rule}" concludeert "{fact}", maar dat bepaalt "{held}" wettelijk.
    ? De wettelijke regel staat in {place}. > Laat deze regel een eigen gegeven concluderen.
unknown_fact: Het gegeven "{fact}" bestaat niet. > {known:near||Beschrijf het onder facts.|{fact}}
fact_not_taken_over: Het gegeven "{fact}" wordt gedeeld, maar deze regelset neemt het niet over.
    > Zet "{fact}" bij shares.
undeclared_fact: Het gegeven "{fact}" is niet beschreven. > {known:near||Beschrijf het onder facts.|{fact}}
subject_fact_declared_again: "{fact}" hoort bij het dossier of wordt gedeeld, en wordt hier nog eens beschreven.
    ? Het staat in {place}. > Haal "{fact}" hier weg.
unique_not_needed: Het veld "{name}" van "{of}" is uniek (unique), maar kan ontbreken. > Zet {name} ook bij needs.
only_without_number: Van "{of}" is er een (only), maar haar nummer staat er niet bij. > Zet {key} ook onder only.
unique_in_case: Een record "{of}" van een zaak kan niet uniek (unique) zijn.
    ? Alleen een dossier wordt met de andere dossiers vergeleken. > Beschrijf {of} bij het dossier, of haal unique weg.
limit_widened: "{fact}" mag hier meer zijn dan in de laag eronder ({limit}).
    ? Een hogere laag maakt een grens nauwer, nooit ruimer. Wat zij niet noemt, blijft zoals het was. Zie {place}.
    > Maak {limit} nauwer, of haal haar hier weg.
unknown_subject_record: Het dossier kent geen regels "{name}". > {known:near|||{name}}
unknown_subject_list: Het dossier kent geen lijst "{name}". > {known:near||Beschrijf haar onder lists.|{name}}
unknown_subject_field: "{name}" is geen gegeven van "{of}". > {known:near||Beschrijf het onder facts of fields.|{name}}
unknown_term: De termijn "{name}" bestaat niet. > {known:near|Bekende termijnen||{name}}
unknown_body: Het orgaan "{name}" bestaat niet. > {known:near|Bekende organen||{name}}
letter_labels_missing: Om de tekst van elke brief heen staan vaste woorden; hier ontbreken er.
    ? Zonder {labels:plain_and} kan geen brief worden gemaakt.
    > Vul ze aan onder letter_labels, of erf ze van een organisatie die ze heeft.
wrong_salutation: In de aanhef van "{reader}" staat een accolade die niets betekent.
    > Alleen {marks} worden ingevuld.
unknown_kind_of_reader: De lezer "{name}" staat niet bij letter_readers in organisation.yaml. > {known:near|||{name}}
unprintable_word: In "{name}" staat een teken dat geen brief kan afdrukken: {sign}. > Schrijf het in gewone letters.
unknown_shared_act: De handeling "{act}" staat niet bij shared_acts van de organisatie.
    > {known:near|Bekende handelingen||{act}}
unknown_shared: "{name}" staat in organisation.yaml niet bij shared_facts of shared_addressees.
    > {known:near|Wat er staat||{name}}
shared_twice: "{name}" is in organisation.yaml een gegeven en een geadresseerde.
    ? Dan is niet te zeggen wat shares bedoelt. > Geef een van beide een andere naam.
fact_of_two_rule_sets: Het gegeven "{fact}" wordt in twee regelsets beschreven.
    ? Het staat ook in {place}. Wie het ene verandert, vergeet het andere.
    > Zet het onder shared_facts in organisation.yaml, en in beide regelsets bij shares; of geef het een eigen naam als
      het iets anders betekent.
shared_act_again: De handeling "{act}" staat bij shares en bij transitions. ? Dan zijn er twee van dezelfde naam.
    > Haal er een weg.
unknown_record: De soort "{name}" staat niet bij records. > {known:near|Bekende soorten||{name}}
needs_no_field: "{name}" staat bij needs van "{of}", maar is daar geen veld. > {known:near|Bekende velden||{name}}
alike_no_field: "{name}" staat bij alike van een overzicht van "{of}", maar is daar geen veld.
    > {known:near|Bekende velden||{name}}
replaced_with_unlike: {names:quoted} bij replaced_with van "{of}" zijn geen twee velden van een soort gegeven.
    ? Het eerste krijgt de waarde van het tweede, als een nieuw record het vorige vervangt (replaced_as).
    > Noem twee velden van "{of}" met hetzelfde type, en zet er replaced_as bij.
begins_unlike: Een nieuw record "{of}" kan hier niet beginnen met de stand "{life}".
    ? Dat kan alleen met een open stand, in een handeling die het record schrijft (writes).
    > {known:near|Open standen||{life}}
taken_over_unlike: De stand "{life}" van "{of}" kan hier niet bij taken_over staan.
    ? Alleen een einde zegt wat een oude zaak naliet, en alleen van een soort uit het dossier.
    > {known:near|Bekende standen|Haal {of} weg, of zet taken_over bij een einde.|{life}}
length_is_no_number: De lengte van de termijn "{term}" (length_of) is geen heel getal.
    > Schrijf amount: {{fact: naam}} met een gegeven van de soort number, of amount: {{parameter: naam}}.
length_without_bounds: De termijn "{term}" is zo lang als "{fact}", en dat kan alles zijn.
    ? Zonder grenzen is niets over de termijn te bewijzen, en duurt een tikfout jaren.
    > Zet bij "{fact}": whole: true, at_least en at_most.
school_of_no_school: De school van de termijn "{term}" is geen school uit het register.
    > Schrijf school: {{fact: naam}} met een gegeven dat choices_from: schools heeft.
school_without_school_days: De termijn "{term}" noemt een school, maar telt geen schooldagen of schoolweken.
    > Haal school weg, of tel in school days of school weeks.
of_any_case_unlike: De handeling "{act}" noemt "{of}" bij of_any_case, maar wijzigt of sluit geen record "{of}" uit een
      dossier.
    ? Alleen wat in het dossier staat kan door een andere zaak zijn geschreven.
    > {known:near|Soorten die het wel kunnen|Haal {of} weg.|{of}}
otherwise_without_then: De regel "{rule}" zegt alleen bij otherwise iets over {facts:quoted}.
    ? Geldt de voorwaarde, dan zegt niemand iets, en telt otherwise toch.
    > Zeg bij then wat er geldt als de voorwaarde waar is, of draai de voorwaarde om (not) en gebruik then.
needs_nothing: Een record "{of}" heeft niets nodig (needs). ? Dan kan er een leeg record worden geschreven.
    > Noem bij needs ten minste een veld.
view_named_as_kind: "{name}" is de naam van een soort en van een overzicht (views).
    ? Dan is niet te zeggen wat "{name}." betekent. > Geef het overzicht een eigen naam, bijvoorbeeld het meervoud.
field_concluded: "{fact}" is een veld van een record en kan geen uitkomst van een regel zijn.
    ? Een veld wordt gegeven of gezet bij de handeling die het record schrijft.
    > Laat de regel een eigen gegeven concluderen.
view_reads_later: Het overzicht "{view}" leest "{fact}", maar dat volgt pas uit overzichten of regels.
    ? Een overzicht wordt eerder uitgewerkt dan de regels.
    > Gebruik in where de velden van het record, en gegevens die iemand vastlegt.
view_reads_other: Het overzicht "{view}" gaat over "{of}" en leest "{fact}", een veld van een andere soort.
    > Gebruik de velden van {of}, of van de soort waar {of} bij hoort (belongs_to).
field_not_at_hand: "{act}" leest "{fact}", maar schrijft of wijzigt geen record van de soort "{of}".
    ? Een veld betekent alleen iets in de handeling die het record schrijft of wijzigt.
    > Zet {of} bij writes of changes, of gebruik een overzicht (views), bijvoorbeeld met latest.
field_in_term: De termijn "{term}" leest "{fact}", een veld van een record "{of}".
    ? Buiten de handeling zegt een veld niets; een termijn geldt voor de zaak.
    > Zet for_each: {of} bij de termijn, of gebruik een overzicht (views).
entry_without_owner: Een record "{of}" hoort bij een record "{parent}", en dat is er bij het openen nog niet.
    > Zet ook {parent} bij writes, of schrijf {of} bij een latere handeling.
no_such_life: Een record "{of}" kent de stand "{life}" niet. > {known:near|Bekende standen||{life}}
written_and_changed: Dezelfde handeling schrijft een nieuw record "{of}" en wijzigt er een.
    ? Dan is niet te zeggen welk record de velden bedoelen. > Maak er twee handelingen van.
field_set_by_term: De termijn "{term}" zet "{fact}", een veld van een record.
    ? Een veld wordt geschreven door een handeling, niet door het verstrijken van tijd.
    > Laat een overgang met on_term het record schrijven of wijzigen.
record_never_written: Geen ingang of overgang schrijft een record "{of}".
    ? Dan is er nooit een om te wijzigen, of om een termijn voor te tellen. > Zet {of} bij writes van een overgang.
for_each_without_life: De termijn "{term}" geldt voor elk record "{of}", maar zo'n record heeft geen stand (life).
    ? De klok loopt zolang een record open is. > Geef de soort {of} een life, en ends.
for_each_of_subject: De termijn "{term}" geldt voor elk record "{of}", maar dat is van het dossier en niet van de zaak.
    ? Elke zaak over dezelfde persoon zou dan haar klok laten lopen.
    > Laat de termijn lopen in de zaak die het record schrijft.
record_of_other_subject: Deze zaak gaat niet over "{subject}", en schrijft een record "{of}" van dat dossier.
    > Haal {of} weg bij writes, of laat de zaak over {subject} gaan.
for_each_and_states: De termijn "{term}" geldt voor elk record (for_each), en noemt ook toestanden of brieven.
    ? Haar klok begint als het record open is, in welke toestand de zaak ook staat; stops_in mag wel.
    > Haal starts_in, suspended_in, sending_of en follows weg.
unknown_board: School {school} noemt bestuur "{board}", dat niet in boards staat.
    > {known:near||Voeg het bestuur toe aan boards.|{board}}
unknown_sector: De sector "{sector}" onder {key} bestaat niet. > {known:near|Bekende sectoren||{sector}}
derived_and_supplied: "{fact}" wordt door een regel of tabel vastgesteld en kan niet ook worden aangeleverd.
    > Haal supplied_by of gathered weg, of laat de regel een ander gegeven vaststellen.
limit_on_itself: {name} van "{fact}" noemt het gegeven zelf. > Noem een ander gegeven, of today.
years_not_whole: "{fact}" telt hier schooljaren, maar kan een deel van een jaar zijn.
    > Zet whole: true bij het gegeven.
concluded_twice: "{fact}" wordt ook door een andere tabel of regel vastgesteld.
    > Laat een tabel haar gegeven alleen vaststellen.
collects_no_list: Tabel "{table}" verzamelt, maar "{fact}" is {given:kind}.
    > Kies hit: unique of first, of maak van het gegeven een lijst.
no_day: Bij {name} hoort een dag, geen {given:kind}. > Kies een dag.
unknown_rung: De trede "{rung}" bestaat niet. > {known:near|||{rung}}
derived_asked: "{fact}" wordt door een regel of tabel vastgesteld en kan niet worden gevraagd.
    > Kies een gegeven dat niet wordt afgeleid, of vraag de gegevens waaruit het volgt.
derived_set: "{fact}" wordt door een regel of tabel vastgesteld en kan niet worden gezet.
    > Kies een gegeven dat niet wordt afgeleid, of vraag de gegevens waaruit het volgt.
unknown_addressee: De geadresseerde "{addressee}" bestaat niet.
    > {known:near|Bekende geadresseerden|Beschrijf haar onder addressees.|{addressee}}
value_of_other_kind: "{fact}" is {wanted:kind}, en krijgt hier {given:kind}{literal:brackets}. > {wanted:fit|{given}}
value_beyond_limit: Deze waarde past niet bij "{fact}". ? {reason}
    > Verbeter de waarde, of de grens bij het gegeven.
value_may_be_else: "{fact}" kent een vaste keuze, en deze waarde kan iets anders zijn. ? {differing:differing}
    > Maak de keuzes gelijk, of kies de waarde in een tabel.
no_such_choice: "{choice}" is geen keuze van "{fact}". > {known:near|Keuzes||{choice}}
argument_of_other_kind: De berekening {function} wil bij "{argument}" {wanted:kind}, geen {given:kind}.
    > {wanted:fit|{given}}
term_without_length: De termijn "{term}" heeft geen lengte. > Kies een termijn met length.
fact_without_choices: De berekening {function} vraagt een gegeven met keuzes. > Kies een gegeven met choices of
      choices_from; voor name_of met choices_from, voor types_of met choices_from: schools.
cannot_be_asked: "{operator}" past niet bij "{fact}": dat is {given:kind}. > Hierbij past: {fitting}.
compared_with_other_kind: "{fact}" ({operator}) wordt vergeleken met {given:kind}{literal:brackets}; daar hoort
      {wanted:kind}.
    > {wanted:fit|{given}}
facts_of_other_kinds: "{fact}" is {wanted:kind} en wordt vergeleken met {given:kind}.
    > Vergelijk twee gegevens van dezelfde soort.
never_equal: "{fact}" kan nooit gelijk zijn aan deze waarde: zij hebben geen keuze gemeen.
    > Vergelijk met een ander gegeven, of maak de keuzes gelijk.
conclusions_in_circle: Deze conclusies draaien in een kring: {circle:back}.
    ? Elk gegeven wordt afgeleid uit het volgende, en zo komt het eerste nooit vast te staan.
    > Haal uit een van deze regels de verwijzing weg.
""") | {
    kind: Words(f'De wettelijke termijn "{{term}}" {what}.', f"{why} {_HELD}.", _STRICTER)
    for kind, (what, why) in _LOOSER.items()
}  # fmt: skip
