"""What one block of a content file may not say, by code: terms, facts, transitions, values, conditions, plans."""

from __future__ import annotations

from engine.words.phrases import read_words

WORDS = read_words("""
double_id: De naam "{name}" komt twee keer voor. > Geef een van beide een eigen naam.
double_name: De naam "{name}" komt twee keer voor. > Geef een van beide een andere naam.
reserved_name: De naam "{name}" is van de motor zelf. > Kies een andere naam.
choice_without_list: Het gegeven "{fact}" is een keuze en heeft een lijst van keuzes nodig.
    > Vul choices aan, of choices_from met een register; niet allebei.
choices_by_name: Achter choices hoort een lijst van antwoorden, of like en de naam van een lijst.
    > Schrijf bijvoorbeeld choices: like {name}, en zet {name} onder choices in organisation.yaml.
unknown_choices: De lijst "{name}" staat niet bij choices in organisation.yaml.
    > {known:near|Bekende lijsten|Voeg de lijst toe.|{name}}
unknown_letters: De groep "{name}" staat niet bij letter_groups van dit bestand.
    > {known:near|Bekende groepen|Voeg de groep toe, of schrijf de brief hier uit.|{name}}
list_without_choice: Bij de soort {of} horen geen keuzes. > Haal ze weg, of kies choice.
no_question: Het gegeven "{fact}" wordt gevraagd, maar heeft geen vraag. > Vul question aan.
reserved_field: Een veld kan geen "{name}" heten: dat heeft elk record al. > Kies een andere naam.
replaced_as_no_end: "{name}" staat niet bij ends. ? Een vervangen record is afgelopen.
    > {known:near|Bekende einden||{name}}
ends_without_life: Een soort met een einde (ends) heeft ook een begin nodig.
    > Noem bij life de stand van een nieuw record.
life_named_twice: De stand "{name}" staat bij life en bij ends. > Laat een van beide weg.
gathers_nothing: Er wordt niets bijeengebracht. > Noem facts, of zeg met people wie meetelt.
days_or_weeks: Een inbox telt in dagen of weken, niet in "{given}". > Schrijf bijvoorbeeld 1 weeks of 10 days.
only_persons_gather_people: Mensen kunnen alleen in een lijst van personen bijeenkomen. > Kies de soort persons.
only_lists_gather: Alleen een lijst kan worden bijeengebracht. > Kies persons of texts.
limit_of_other_type: {name} past niet bij de soort {of}. ? Hierbij past: {fitting:or_none|geen grens}.
    > Haal {name} weg, of kies een andere soort.
limits_cross: {first} ligt boven {last}, dus geen enkele waarde past. > Verbeter een van beide.
limit_both_ways: plus en minus gaan niet samen. > Kies een van de twee.
day_limit_expected: Hier hoort een dag waar de waarde niet voor of na kan liggen.
    > Schrijf 2026-08-01, today, {{fact: naam}} of {{fact: today, minus: 25 years}}.
unknown_pattern: Het patroon "{pattern}" staat niet bij patterns in organisation.yaml.
    > {known:near|Bekende patronen|Voeg het patroon toe.|{pattern}}
bad_form: "{written}" is geen vorm die het programma kan lezen. ? De reguliere expressie heeft een fout: {error}.
    > Verbeter form, bijvoorbeeld [0-9]{{4}}[A-Z]{{2}}.
example_does_not_fit: Het voorbeeld "{given}" past niet bij de vorm {written}.
    ? Wie een fout maakt krijgt dit voorbeeld te zien. > Verbeter example of form.
length_or_until: Een termijn heeft precies een van length, length_of, until en on_day.
    > Schrijf bijvoorbeeld length: 8 weeks.
repeats_without_length: Een termijn die opnieuw begint (repeats) heeft een lengte die vooruit telt, vanaf het begin
      zelf.
    ? Een dag gaat maar één keer voorbij. > Haal repeats weg, of schrijf length zonder before, anchor en for_each.
before_without_length: Terugtellen vanaf een dag (before) vraagt een lengte. > Vul length aan.
before_with_anchor: before en anchor gaan niet samen. > Haal een van de twee weg.
two_beginnings: Een termijn begint in een toestand of bij een overgang, of bij het verzenden van een brief; niet
      allebei.
    > Haal starts_in en starts_on weg, of sending_of.
hours_of_no_hours: hours zegt van een termijn in uren, die vooruit telt, welke uren tellen.
    > Haal hours weg, of schrijf de lengte in hours.
sending_of_nothing: "{name}" doet niets met de klok van deze termijn, dus ook niet vanaf een verzending.
    > {known:near|Wat de termijn noemt|Noem een toestand of overgang waarbij de klok begint, stilstaat, verlengt of
      uitstelt.|{name}}
sending_with_day_zero: "{name}" kan hier niet vanaf een verzending tellen.
    ? De verzending is dag 0; anchor, before en for_each zeggen een andere dag. > Haal een van beide weg.
statutory_without_basis: Een wettelijke termijn noemt haar grondslag. > Vul basis aan, bijvoorbeeld Awb 4:13.
act_on_terms_not_statutory: De Algemene termijnenwet geldt alleen voor wettelijke termijnen.
    > Haal termijnenwet weg, of kies roll: forward.
decree_without_act: in_decree zegt waarom de Algemene termijnenwet geldt, en die geldt hier niet.
    > Zet termijnenwet: true, of haal in_decree weg.
standstill_without_ground: Een wettelijke termijn staat alleen stil op een grondslag. > Vul ground aan.
suspends_without_resumes: suspends_on en resumes_on horen bij elkaar.
    ? Een klok die stil gaat staan moet ook weer kunnen lopen, en omgekeerd. > Noem de overgang die ontbreekt.
two_standstills: Een klok staat stil door een toestand (suspended_in, follows) of door een overgang (suspends_on).
    ? Ook met suspended_while gaat suspends_on niet samen: anders is niet te zeggen wanneer zij weer loopt.
    > Kies een van de twee.
reminder_when: Een signaal heeft precies een van after, share en before_end.
    ? Hier staat: {given:or_none|geen van drie}. > Kies er een.
mandate_ends_first: Het mandaat "{mandate}" eindigt voor het begint. > Verbeter een van beide dagen.
state_without_owner: De toestand "{state}" heeft geen eigenaar. ? Zonder eigenaar is niemand aan zet.
    > Vul owner aan, of end als dit een einde is.
texts_only: Een lijst bevat alleen teksten, geen {given}. > Zet de waarde tussen aanhalingstekens.
one_value: Een waarde is één verwijzing of één berekening. ? Hier staan {count} sleutels: {keys:or_none|geen}.
    > Kies er een van: {known}.
no_such_value: "{word}" is geen verwijzing of berekening. > {known:near|||{word}}
name_expected: Achter {word} hoort een naam. > Schrijf de naam zonder haakjes.
unknown_parameter: De parameter "{parameter}" staat niet in organisation.yaml.
    > {known:near|Bekende parameters||{parameter}}
arguments_by_name: De berekening {function} krijgt haar gegevens bij naam.
    > Schrijf {function}: {{{arguments:arguments}}}.
unknown_argument: De berekening {function} kent "{argument}" niet. > {known:near|||{argument}}
one_argument_of: De berekening {function} heeft precies een van {arguments:plain_and} nodig. > Schrijf er een op.
fingerprint_of_no_form: "{fact}" is de vingerafdruk van een bestand, maar geen tekst met een vaste vorm.
    > Maak er type: text van, en noem bij pattern een vorm van 64 cijfers en letters.
argument_missing: De berekening {function} mist "{argument}". ? {about} > Vul {argument} aan.
argument_needs: In de berekening {function} hoort bij "{argument}" ook "{other}". ? {about}
    > Vul {other} aan, of haal {argument} weg.
numbers_expected: Achter {function} hoort een lijst van twee of meer getallen.
    > Schrijf bijvoorbeeld {function}: [1, {{fact: naam}}].
none_of_these: "{given}" kan hier niet. > Schrijf {known:or_none|niets}.
term_name_expected: Hier hoort de naam van een termijn. > Schrijf de naam zonder haakjes.
fact_expected: Hier hoort een gegeven. > Schrijf {{fact: naam}}.
yes_no_expected: Hier hoort true of false, geen {given}. > Schrijf true of false.
parameter_is_plain: Een parameter is een vaste waarde, geen berekening. > Schrijf een tekst, getal of dag.
optional_without_value: Bij optional hoort de waarde achter value. > Schrijf {{value: {{fact: x}}, optional: true}}.
no_condition: "{given}" is geen voorwaarde. > Schrijf {{gegeven: waarde}}, of all, any of not met voorwaarden eronder.
empty_condition: Deze voorwaarde is leeg. > Vul haar in of haal de sleutel weg.
conditions_expected: Achter {word} hoort een lijst van voorwaarden. > Begin elk met een streepje.
empty_test: De vraag over "{fact}" is leeg. > Schrijf bijvoorbeeld {{is: waarde}}.
no_comparison: "{word}" is geen vergelijking. ? Wat er kan: {known:or_none|niets}.
    > {known:near||Kies een van deze.|{word}}
value_as_comparison: "{word}" is geen vergelijking. > Schrijf {{is: {{{word}: ...}}}}.
values_expected: Achter {word} hoort een lijst met minstens een waarde. > Schrijf [a, b].
unknown_ladder: De ladder "{ladder}" staat niet in de regelset.
    > {known:near|Bekende ladders|Voeg de ladder toe aan de regelset.|{ladder}}
direct_to_no_rung: De rechtstreekse instap ({direct}) wijst naar trede "{rung}", die er niet is of uit staat.
    > {known:near|Treden in gebruik||{rung}}
ladder_by_nobody: Er staat niet bij wie een zaak op de ladder mag zetten. > Vul by aan.
double_state: De toestand "{state}" bestaat twee keer. ? Ook de treden van een ladder zijn toestanden.
    > Geef een van beide een andere naam.
state_named_any: "any" is geen naam voor een toestand. > Kies een andere naam.
who_or_what_takes: De overgang "{transition}" moet precies een van by, automatic en on_term hebben.
    ? Een mens neemt haar, of zij gaat vanzelf. > Vul by aan, of haal weg wat te veel is.
automatic_without_when: De overgang "{transition}" gaat vanzelf, maar zegt niet wanneer. > Vul when aan.
happened_on_and_set: Bij "{act}" wordt de dag "{fact}" gevraagd (happened_on) en ook ingevuld (sets).
    > Haal "{fact}" uit sets; wie de handeling doet, noemt de dag.
now_for_nobody: Het orgaan "{body}" staat bij now_for, maar mag "{act}" niet doen.
    > {known:near|Wie het mag||{body}}
happened_on_unlike: Van de overgangen "{act}" vraagt niet elke dezelfde dag (happened_on).
    ? De dag moet bekend zijn voordat vaststaat welke van hen het wordt.
    > Zet bij elke overgang "{act}" dezelfde happened_on met "{fact}".
automatic_asks: De overgang "{transition}" gaat vanzelf en kan niets vragen. > Haal asks en reason weg.
reopens_no_end: "{state}" met `reopens: {to}`: alleen een einde kan worden heropend, en alleen naar een open toestand.
    > Zet `reopens` bij een einde, en noem een open toestand.
from_an_end: "{state}" is een einde; daar gaat niets meer uit weg. > Haal het weg.
moves_and_to: Onder from staat al waar elke toestand heen gaat.
    > Haal `to: {to}` weg, of noem onder from alleen toestanden.
ladder_knows_where_to: De ladder weet zelf waar een zaak op komt.
    > Noem alleen de toestanden, zonder waar zij heen gaan.
from_nowhere: Hier staat geen enkele toestand. > Noem de toestanden, of schrijf any.
unknown_state: De toestand "{state}" bestaat niet. > {known:near|Bekende toestanden||{state}}
ends_before_start: Het einde ligt niet na het begin. > Kies een later tijdstip.
story_without_opening: Een verhaal begint met open, op een dag of tijdstip. > Vul open: on aan.
plan_open_or_for: Een plan heeft precies een van open en for. > Kies er een.
plan_acts_or_ways: Een plan heeft acts of ways, niet beide. > Kies er een.
records_without_opening: Wat hier in het dossier staat (records) is van niemand.
    ? Van wie het is, zegt de handeling die de zaak opent. > Haal records weg, of laat het plan beginnen met open.
shares_above_one: De delen zijn samen meer dan 1. > Verklein een van de delen.
act_before_the_last: Deze stap gebeurt voor de vorige. > Zet de stappen op volgorde van tijd.
set_without_act: set hoort bij do of open. > Gebruik record om alleen gegevens vast te leggen.
act_is_one_thing: Een handeling heeft precies een van do, record, correct, open en wait. > Kies er een.
act_without_time: Er staat niet wanneer dit gebeurt. > Vul on of after in.
act_with_two_times: Er staan twee tijden. > Kies een van on en after.
after_unit: {length} kan hier niet. > Tel in uren, dagen, werkdagen of weken.
spread_unit: {length} kan hier niet. > Schrijf bijvoorbeeld "10 days".
wait_refused: Wachten kan niet worden geweigerd. > Haal refused weg.
wait_mail: Post van het wachten is al weg. > Zet mail bij de handeling ervoor.
expects_nothing: Deze test verwacht niets, en kan dus niet mislukken.
    > Vul expect in, of bij een handeling refused.
only_with_an_act: {key} hoort bij een handeling, en in deze test wordt niets gedaan.
    > Zeg met act wat er wordt gedaan, of haal {key} weg.
only_in_a_story: In een test van een moment gaat geen tijd voorbij, dus {key} kan hier niet.
    > Schrijf er een verhaal van (stories), en laat daar de tijd verstrijken met wait.
act_by_nobody: Er staat niet bij wie dit doet. > Vul as aan.
unknown_group: De groep "{group}" bestaat niet. > {known:near|||{group}}
fixed_value_expected: Hier hoort een vaste waarde, geen berekening. > Schrijf een tekst, getal, dag of lijst.
moment_expected: "{given}" is geen dag of tijdstip. > Schrijf 2026-08-01 of 2026-08-01 10:00.
last_day_expected: "{given}" is geen laatste dag. > Schrijf 2026-08-01, of none als de termijn niet loopt.
values_to_draw_expected: Achter one_of hoort een lijst met waarden. > Schrijf {{one_of: [a, b]}}.
script_names_nothing: {what:the} "{name}" bestaat niet. > {known:near|||{name}}
""")
