"""What the proofs of workflows, letters and openings find, by code."""

from __future__ import annotations

from engine.words.phrases import read_words

WORDS = read_words("""
unreachable_state: De toestand "{state}" is niet te bereiken. ? Geen enkele weg vanaf een ingang komt hier.
    > Voeg een overgang naar deze toestand toe, of verwijder haar.
no_owner: De toestand "{state}" heeft geen eigenaar. ? In een open zaak moet altijd iemand aan zet zijn.
    > Zet owner, of maak de toestand een einde met end.
no_way_to_end: Vanuit de toestand "{state}" is geen einde te bereiken.
    ? Een zaak die hier komt, kan nooit worden afgesloten. > Voeg een overgang toe die naar een einde leidt.
nobody_may: De overgang "{transition}" vanuit "{origin}" kan door niemand worden genomen.
    ? Er is geen bekend orgaan in by, en de overgang gaat niet vanzelf.
    > Zet by, of maak de overgang automatisch met automatic of on_term.
shadowed_transition: De overgang "{transition}" van "{origin}" naar "{target}" wordt nooit genomen.
    ? Een eerdere overgang "{transition}" naar "{earlier}" ({place}) gaat altijd voor.
    > Geef de eerdere een when, of zet deze ervoor.
impossible_transition: De overgang "{transition}" van "{origin}" naar "{target}" wordt nooit genomen.
    ? De voorwaarde spreekt zichzelf tegen. > Verbeter when.
automatic_circle: Automatische overgangen vormen een kring: {way:way}.
    ? {transitions:quoted} kunnen elkaar eindeloos opvolgen zonder dat iemand iets doet.
    > Geef een van de overgangen een when die na één ronde niet meer geldt.
held_up: De overgang "{transition}" vanuit "{origin}" gaat vanzelf, maar kan blijven steken.
    ? Zij zet "{fact}", en {missing:and} is dan niet zeker bekend.
    > Vereis {missing:and} voordat de zaak in "{origin}" komt, of zet het in when.
overtaken_transition: De overgang "{transition}" vanuit "{origin}" wordt nooit genomen.
    ? De zaak verlaat deze toestand meteen vanzelf door "{leaver}". > Geef "{leaver}" een when die niet altijd geldt.
entry_without_sector: De ingang "{entry}" vraagt niet naar "{fact}".
    ? Zonder sector is niet na te gaan of de medezeggenschap heeft ingestemd; elke zaak wordt geweigerd.
    > Zet "{fact}" onder requires.
standing_not_proven: Niet bewezen dat overal een termijn loopt. ? De klokken kunnen op meer dan {limit} manieren staan.
    > Laat termijnen vaker stoppen (stops_in).
only_suspended_terms: In de toestand "{state}" staan alle termijnen stil.
    ? Langs {way:way} loopt hier niets door; {terms:and} is opgeschort.
    > Laat in deze toestand een termijn lopen (starts_in) waarvan het verlopen iets doet.
no_running_term: In de toestand "{state}" loopt geen termijn die ergens toe leidt.
    ? Langs {way:way} kan de zaak hier blijven liggen zonder dat iemand het merkt.{uncertain:uncertain}
    > Laat in deze toestand een termijn lopen (starts_in) waarvan het verlopen iets doet: zet passed, of een overgang
      met on_term die altijd kan.
silence: In de toestand "{state}" wordt het stil.
    ? Langs {way:way} is er {begins:silent_from} niets meer dat de zaak verder brengt of iemand iets vraagt.
    > Laat hier een termijn lopen die de eigenaar blijft berichten (repeats: always, met passed), of zet een overgang
      met on_term die altijd kan.
term_cannot_run: De overgang "{transition}" vanuit "{origin}" wordt nooit genomen.
    ? De termijn "{term}" kan in die toestand niet lopen.
    > Laat de termijn daar lopen (starts_in), of haal "{origin}" uit from.
idle_term: De termijn "{term}" wordt nergens gebruikt. ? Niets laat de klok beginnen en geen regel rekent ermee.
    > Zet starts_in, starts_on of sending_of, of verwijder de termijn.
term_never_starts: De termijn "{term}" kan nooit beginnen.
    ? Geen weg door de workflow komt langs starts_in, starts_on of sending_of.
    > Verbeter waar de klok begint, of verwijder de termijn.
field_not_supplied: Het veld "{field}" van de brief "{letter}" kan leeg blijven.
    ? {by:maker} maakt de brief, maar {missing:and} is dan niet zeker bekend.
    > {remedy:remedy}, geef de brief een when, of maak het veld optional.
addressee_not_known: De naam van de geadresseerde "{addressee}" van de brief "{letter}" kan ontbreken.
    ? {by:maker} maakt de brief, maar {missing:and} is dan niet zeker bekend.
    > {remedy:remedy}, of geef de brief een when.
address_not_known: Het adres van de geadresseerde "{addressee}" van de brief "{letter}" kan ontbreken.
    ? {by:maker} maakt de brief, maar {missing:and} is dan niet zeker bekend. Zo'n brief kan niet weg.
    > {remedy:remedy}, of geef de brief een when. Hangt er geen clausule of termijn aan, dan mag de brief ook wachten:
      zeg bij may_wait waarom.
waits_for_nothing: Onder may_wait staat "{addressee}", maar het adres daarvan is altijd bekend.
    ? Geen brief hoeft te wachten. > Haal de regel onder may_wait weg.
clause_without_last_day: De brief "{letter}" heeft een clausule ({clause}) zonder laatste dag.
    ? De lezer moet kunnen zien tot welke dag hij iets kan doen.
    > Voeg een veld {{term: ...}} toe van een termijn met sending_of: [{letter}].
decision_unsaid: De handeling "{transition}" vanuit "{origin}" neemt een besluit, maar zegt dat niet.
    ? Aan wat zij doet is te zien dat het {decisions:quoted} is; de wet stelt daar eisen aan.
    > Zet decides, met {decisions:quoted}.
decision_misnamed: De handeling "{transition}" vanuit "{origin}" noemt haar besluit "{decides}", maar doet "{really}".
    ? Wat "{really}" is, staat in {place}. > Zet decides op {really}, of laat weg wat daarbij hoort.
decision_in_name: De handeling "{transition}" vanuit "{origin}" zegt "{decides}" te besluiten, maar legt dat niet vast.
    ? Bij dat besluit hoort: record {records:or_none|geen}, brief {letters:or_none|geen}, einde
      {outcomes:or_none|geen}, latere dag van {terms:or_none|geen} ({place}).
    > Laat de handeling dat doen, of haal decides weg.
decided_by_itself: Het besluit "{decides}" valt hier zonder mens{letter:letter_of}.
    ? Besluiten doet een mens, in eigen naam of met een mandaat. > Laat een orgaan (by) de handeling doen.
decider_barred: De handeling "{transition}" vanuit "{origin}" mag niet door {bodies:and} worden gedaan.
    ? {label} ({law:or_none|geen bron}); de plicht "{obligation}" staat in {place}.
    > Haal {bodies:and} weg bij by of uit het mandaat.
not_surely_true: De handeling "{transition}" kan vanuit "{origin}" worden genomen zonder dat {facts:and} waar is.
    ? {label} ({law:or_none|geen bron}).
      Langs {way:way} wordt niets daarvan gevraagd; de plicht "{obligation}" staat in {place}.
    > Vraag {facts:and} in when.
not_surely_known: De handeling "{transition}" kan vanuit "{origin}" worden genomen zonder {facts:and}.
    ? {label} ({law:or_none|geen bron}).
      Langs {way:way} wordt het niet gevraagd; de plicht "{obligation}" staat in {place}.
    > Zet {facts:and} onder requires.
not_sent: De handeling "{transition}" vanuit "{origin}" stuurt niet zeker een brief aan "{reader}"{clause:with_clause}.
    ? {label} ({law:or_none|geen bron}).
      Langs {way:way} krijgt "{reader}" haar niet; de plicht "{obligation}" staat in {place}.
    > Zet onder letters een brief met to: [{reader}], zonder when.
not_heard: De handeling "{transition}" kan worden genomen zonder dat "{party}" om een zienswijze is gevraagd.
    ? {label} ({law:or_none|geen bron}). Dat kan langs {way:way}; de plicht "{obligation}" staat in {place}.
    > Stuur op die weg eerst {asked:or_none|een brief} aan "{party}", of sluit de weg af.
not_handed_over: De zaak "{workflow}" kan niet zeker openen zonder het gegeven "{fact}".
    ? De ingang "{entry}" van "{workflow}" vereist het. Het wordt niet meegegeven. > Zet "{fact}" onder with.
not_surely_handed_over: De zaak "{workflow}" kan niet zeker openen zonder het gegeven "{fact}".
    ? De ingang "{entry}" van "{workflow}" vereist het. Het wordt meegegeven, maar kan dan nog onbekend zijn.
    > Zorg dat het dan zeker bekend is.
never_opens: De zaak "{workflow}" kan zo nooit openen.
    ? De ingang "{entry}" heeft een when, en {absent:and} wordt niet meegegeven.
    > Geef onder with mee wat de when vraagt, of kies een andere ingang.
never_opens_by_value: De zaak "{workflow}" kan zo nooit openen.
    ? De ingang "{entry}" heeft een when, en wat wordt meegegeven, sluit dat uit.
    > Geef onder with mee wat de when vraagt, of kies een andere ingang.
impossible_entry: De ingang "{entry}" kan nooit worden genomen.
    ? Haar voorwaarde (when) spreekt zichzelf tegen, of vraagt wat de regels nooit vaststellen.
    > Verbeter de when, of haal de ingang weg.
no_parent: De overgang "{transition}" geeft gegevens door aan een bovenliggende zaak, maar die is er nooit.
    ? Geen enkele workflow opent "{workflow}". > Haal tells_parent weg, of laat een workflow deze zaak openen.
told_derived_fact: Het gegeven "{fact}" kan niet worden doorgegeven aan "{workflow}". ? Daar leiden de regels het af.
    > Geef een gegeven door dat de regels gebruiken.
""")
