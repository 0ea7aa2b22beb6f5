"""What the proofs of rules, ladders and versions find, and what is still an assumption, by code."""

from __future__ import annotations

from engine.words.phrases import read_words

WORDS = read_words("""
mandate_to_self: Het mandaat "{mandate}" is van "{giver}" aan zichzelf. ? Een mandaat draagt over aan een ander.
    > Verbeter holder of giver, of verwijder het.
expired_mandate: Het mandaat "{mandate}" is verlopen. ? Het gold t/m {through}. > Verleng het, of verwijder het.
idle_mandate: Het mandaat "{mandate}" geeft geen enkele bevoegdheid.
    ? "{giver}" mag geen van deze handelingen zelf doen, dus ook niet overdragen.
    > Zet de gever bij by van de overgang, of verbeter acts.
contradicting_rules: De regels "{one}" en "{other}" kunnen elkaar tegenspreken over "{fact}".
    ? Beide gelden {when:situation}. > Maak hun voorwaarden uitsluitend.
overlapping_rows: In de tabel "{table}" (unique) kunnen rij {first} en rij {second} tegelijk gelden.
    ? Beide gelden {when:situation}. > Maak de rijen uitsluitend, of kies hit: first.
table_not_proven: Niet bewezen dat de tabel "{table}" altijd een antwoord heeft.
    ? Er zijn te veel combinaties om te proberen. > Voeg een laatste rij zonder when toe, of splits de tabel.
incomplete_table: De tabel "{table}" heeft niet in elke situatie een antwoord.
    ? Geen rij geldt {when:situation}; "{output}" blijft dan onbekend.
    > Voeg een rij toe, of bevestig dat dit de bedoeling is.
no_consent: De regelset "{rules}" van {first} heeft geen instemming voor {label}.
    ? Een versie geldt pas met instemming van "{body}".
    > Zet onder consent: {sector}: {{given: <datum>}}, of stel de versie uit.
sector_on_older: De regelset "{rules}" van {first} geldt niet voor {label}.
    ? Die sector stemde er niet mee in; nieuwe zaken daarvan volgen de versie van {older}.
    > Vraag instemming, of laat het zo.
sector_waits: De regelset "{rules}" van {first} geldt nog niet voor {label}.
    ? De stand is {state:standing}, en geen oudere versie heeft instemming: nieuwe zaken van die sector kunnen niet.
    > Vraag instemming van "{body}", en zet de dag bij given.
consent_while_waiting: De instemming voor {label} bij "{rules}" van {first} spreekt zichzelf tegen.
    ? De stand is {state:standing}, en er staat een dag van instemming ({given}).
    > Zet state: consented als de raad instemde; haal anders given weg.
consent_without_day: De instemming voor {label} bij "{rules}" van {first} heeft geen dag.
    ? De stand is {state:standing}; zonder dag telt zij niet. > Zet onder consent bij {sector}: given: <datum>.
late_consent: De instemming voor {label} is gegeven na de ingangsdatum van "{rules}" van {first}.
    ? Gegeven op {given}, in werking vanaf {first}. > Laat de versie ingaan op of na de dag van instemming.
consent_over_at_start: De instemming voor {label} gold al niet meer toen "{rules}" van {first} inging.
    ? Zij gold t/m {through}. > Vraag opnieuw instemming.
expired_consent: De instemming voor {label} bij "{rules}" van {first} is verlopen.
    ? Zij gold t/m {through}; nieuwe zaken kunnen niet worden geopend. > Vraag opnieuw instemming en leg haar vast.
consent_ends_soon: De instemming voor {label} bij "{rules}" van {first} loopt af.
    ? Zij geldt t/m {through}; daarna kunnen geen nieuwe zaken worden geopend. > Vraag op tijd opnieuw instemming.
versions_of_one_day: Van {of} "{id}" ({organisation}) gaan twee versies in op {first}. ? De andere staat in {other}.
    > Geef een van beide een andere datum.
overlapping_versions: Twee versies van {of} "{id}" ({organisation}) overlappen. ? Die van {earlier} geldt t/m {through}.
    > Laat haar eindigen op {last}.
version_gap: Van {free} t/m {last} geldt geen versie van {of} "{id}" ({organisation}).
    ? De vorige ({other}) eindigt op {through}.
    > Laat de versies op elkaar aansluiten, of bevestig dat dit de bedoeling is.
versions_over: Van {of} "{id}" ({organisation}) is geen versie meer in kracht.
    ? De laatste gold t/m {through}. > Maak een versie met een latere datum, of haal valid_through weg.
versions_end_soon: De laatste versie van {of} "{id}" ({organisation}) loopt af.
    ? Zij geldt t/m {through}; daarna is er geen. > Maak op tijd een versie die daarop volgt.
rung_without_maximum: De trede "{rung}" heeft geen maximum. ? Een zaak zou er onbeperkt kunnen blijven.
    > Zet maximum, bijvoorbeeld "7 days".
target_beyond_maximum: De streeftijd van trede "{rung}" is langer dan haar maximum.
    ? Streeftijd {target}, maximum {maximum}. > Maak target korter of maximum langer.
share_without_target: De trede "{rung}" heeft een aandeel zonder streeftijd. ? target_share zegt niets zonder target.
    > Zet target, of haal target_share weg.
rung_without_way_on: De trede "{rung}" heeft geen vervolg als de tijd op is.
    ? Geen overgang wacht op haar maximumtermijn. > Zet overrun en exhausted bij de ladder.
rung_without_sure_way_on: De trede "{rung}" heeft niet altijd een vervolg als de tijd op is.
    ? Elke overgang na het maximum heeft een voorwaarde.
    > Zet exhausted bij de ladder op een toestand waar de zaak altijd heen kan.
answered_by_itself: De overgang "{transition}" beantwoordt een trede vanzelf.
    ? Een trede geldt pas als beantwoord door een handeling van een mens. > Laat een orgaan deze overgang nemen (by).
assumption: {part:part} is een aanname{label:label}. ? {sources:sources}
    > Laat de organisatie dit vaststellen en haal status: assumption dan weg.
rule_never: De regel "{rule}" is nooit waar. ? De voorwaarde spreekt zichzelf tegen, of vraagt een waarde die niet kan.
    > Verbeter when, of haal de regel weg.
rule_always: De regel "{rule}" is altijd waar. ? Geen geval maakt de voorwaarde onwaar.
    > Haal when weg, of verbeter het.
row_never: In de tabel "{table}" kan rij {row} nooit gelden.
    ? De voorwaarde spreekt zichzelf tegen, of vraagt een waarde die niet kan. > Verbeter when, of haal de rij weg.
row_masked: In de tabel "{table}" (first) komt rij {row} nooit aan de beurt.
    ? Een eerdere rij gaat altijd voor. Bijvoorbeeld {when:situation}: daar antwoordt rij {first}.
    > Zet rij {row} ervoor, maak de eerdere rij enger, of haal rij {row} weg.
row_again: In de tabel "{table}" zegt rij {row} hetzelfde als rij {first}.
    ? Waar rij {row} geldt, geldt rij {first} ook. Bijvoorbeeld {when:situation}. > Haal een van de twee weg.
fact_from_nobody: Het gegeven "{fact}" wordt gebruikt, maar niemand kan het geven.
    ? Het heeft geen supplied_by, geen handeling vraagt of zet het, en geen regel stelt het vast.
    > Zet supplied_by, vraag het in een handeling (asks), of haal het weg.
idle_fact: Het gegeven "{fact}" wordt nergens gebruikt.
    ? Geen regel, brief, kaart of handeling noemt het, en niemand geeft het.
    > Gebruik het, of haal het weg.
special_for_nothing: Het bijzondere gegeven "{fact}" dient nergens voor.
    ? Geen regel, brief of kaart leest het. Zonder doel mag het niet worden verwerkt (AVG artikel 5 en 9).
    > Haal het gegeven weg, of laat zien waarvoor het nodig is.
idle_addressee: De geadresseerde "{addressee}" krijgt geen enkele brief.
    ? Geen ingang, overgang of termijn noemt haar bij to. > Gebruik haar in een brief, of haal haar weg.
idle_shared: {part:part} wordt door niets genoemd.
    ? Een naam om te delen is er voor een ander deel van de inhoud.
    > Gebruik de naam waar hij hoort, of haal hem weg.
idle_conclusion: {part:part} zegt iets dat niets gebruikt.
    ? Geen voorwaarde, termijn, brief, kaart of andere regel leest {facts:and}.
    > Gebruik de uitkomst, haal haar weg, of zet bij only_shown waarom mensen haar lezen.
conclusion_is_used: {part:part} zou alleen te lezen zijn, maar {facts:and} wordt gebruikt.
    ? Bij only_shown staat waarom niets anders de uitkomst leest. > Haal only_shown weg.
reminder_beyond_term: Een signaal van de termijn "{term}" valt buiten de termijn.
    ? Het signaal ligt op {ahead}, de termijn duurt {length}. > Kies een kortere tijd, of een langere termijn.
rung_without_answer: De trede "{rung}" vraagt geen antwoord.
    ? Zonder answer telt elke handeling als antwoord, en staat nergens wat er is bedacht.
    > Noem bij answer ten minste een gegeven dat het antwoord moet bevatten.
automatic_together: "{one}" en "{other}" kunnen vanuit "{origin}" tegelijk vanzelf gaan.
    ? Bijvoorbeeld {when:situation}. Dan beslist alleen de volgorde in het bestand. > Laat hun when elkaar uitsluiten.
left_out_unknown: leaves_out noemt "{workflow}", en die procedure wordt niet geërfd.
    > {known:near|Geërfd worden||{workflow}}
left_out_own: leaves_out noemt "{workflow}", maar dat is een eigen procedure van deze organisatie.
    > Haal de map van de procedure weg, of de naam onder leaves_out.
law_unsaid: {organisation} zegt niet of wat anderen van haar erven wet is.
    > Schrijf op een eigen regel is_law: true voor wet, of is_law: false voor een afgesproken werkwijze.
law_over_agreement: {organisation} is wet, en ligt op {lower}, dat geen wet is.
    > Zet bij inherits de wet vóór de werkwijze, of schrijf hier is_law: false.
procedure_left_out: {organisation} heeft de procedure "{workflow}" niet: {reason}
    > Open de zaak bij een organisatie die deze procedure heeft, of haal de naam weg onder leaves_out.
serves_no_sector: De regelset "{rules}" is er niet voor een sector waarvoor {organisation} werkt ({served:and}).
    > Zet de procedure met de reden onder leaves_out in organisation.yaml.
""")
