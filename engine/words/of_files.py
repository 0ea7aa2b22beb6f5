"""What is wrong with a content file before its meaning is looked at: its name, its YAML, its keys, by code."""

from __future__ import annotations

from engine.words.phrases import read_words

WORDS = read_words("""
refused: {what} ? {why} > {next_step}
unknown_organisation: De organisatie "{organisation}" bestaat niet.
    > {known:near|Bekende organisaties|Maak {path} aan.|{organisation}}
not_utf8: Dit bestand is niet in UTF-8 opgeslagen, maar in {encoding}. > Sla het opnieuw op als UTF-8.
damaged_copy: Een bewaarde kopie van de inhoud kan niet worden gelezen.
    ? Zij is door een andere versie van het programma gemaakt of beschadigd.
    > Verwijder de kopie; zij wordt vanzelf opnieuw gemaakt.
lost_text: De tekst {digest} die is gepubliceerd, staat niet meer (of anders) in de database.
    ? Er is buiten het programma om geschreven. > Zet een reservekopie van de database terug.
inherits_in_circle: Organisaties erven in een kring: {circle:back}. > Haal een van deze inherits weg.
no_version_in_force: Van {of:kind_of_file} "{name}" van {organisation} is op {day} geen versie in kracht.
    ? {versions:versions}{ended:ended} > Voeg een versie toe die op die dag geldt, of kies een andere dag.
not_found: De {of:kind_of_file} "{name}" bestaat niet voor {organisation}.
    > {known:near|Wat er wel is|Maak de map en een versie aan.|{name}}
not_dated: Dit bestand heet niet naar een datum.
    > Geef het bestand de datum waarop het ingaat, bijvoorbeeld 2026-08-01, of verplaats het.
wrong_folder: {key} is "{value}", maar het bestand staat in de map "{folder}". > Maak ze gelijk.
wrong_first_day: valid_from is {value}, maar het bestand heet {version}. > Maak ze gelijk.
tests_of_another: Dit bestand test "{rule_set}", maar staat bij "{folder}". > Maak rule_set gelijk aan de map.
letter_without_head: Deze brief heeft geen kop. > Begin met een regel ---, dan de kop, dan weer een regel ---.
unknown_partial: Het tekstdeel "{name}" bestaat niet. > Maak partials/{name}.md aan, of verbeter de naam.
two_documents: Dit bestand bevat meer dan een document. > Haal de regel '---' weg.
empty_file: Dit bestand is leeg. > Vul het aan, of verwijder het.
too_deep: Dit is te diep genest. > Verdeel de voorwaarde over meer regels.
double_key: De sleutel "{key}" staat er twee keer. > Haal er een weg; de eerste staat op regel {line}.
key_is_no_word: Een sleutel moet een woord zijn. > Schrijf voor de dubbele punt een naam.
no_value: Hier ontbreekt een waarde. > Vul de waarde in of haal de regel weg.
comma_in_braces: Achter de komma staat geen sleutel met een waarde. ? Tussen accolades sluit een komma de waarde af.
    > Is de komma een deel van de tekst, schrijf dan {key}: "{text}". Is het een sleutel, geef haar een waarde.
number_too_long: Dit getal heeft te veel cijfers. > Schrijf een getal van hoogstens {most} tekens.
no_such_day: "{text}" is geen bestaande dag of tijd. > Verbeter de datum.
alias: Een verwijzing ("*{name}") kan hier niet. > Schrijf de tekst voluit.
anchor: Een anker ("&{name}") kan hier niet. > Haal het anker weg.
tag: Een YAML-soort ("{name}") kan hier niet. > Haal het uitroepteken weg.
tab: Hier staat een tab. > Gebruik spaties om in te springen.
no_yaml: Dit is geen geldige YAML. > Kijk naar inspringen, dubbele punten en haakjes op deze regel.
yaml_two_colons: Dit is geen geldige YAML. ? Er staan twee dubbele punten in één regel.
    > Zet de tekst tussen aanhalingstekens.
yaml_open_quote: Dit is geen geldige YAML. ? Een aanhalingsteken is niet gesloten.
    > Sluit de tekst met hetzelfde aanhalingsteken.
yaml_apostrophe: Dit is geen geldige YAML. ? Het teken voor {word} opent hier een aanhaling, die niet wordt gesloten.
    > Zet de hele tekst tussen dubbele aanhalingstekens, bijvoorbeeld "{word} ochtends".
yaml_open_brace: Dit is geen geldige YAML. ? Een accolade is niet gesloten of er ontbreekt een komma.
    > Sluit de accolade.
yaml_open_bracket: Dit is geen geldige YAML. ? Een blokhaak is niet gesloten of er ontbreekt een komma.
    > Sluit de blokhaak.
yaml_no_colon: Dit is geen geldige YAML. ? Na een sleutel ontbreekt de dubbele punt.
    > Zet een dubbele punt na de sleutel.
yaml_odd_start: Dit is geen geldige YAML. ? Dit teken kan niet aan het begin staan.
    > Zet de tekst tussen aanhalingstekens.
yaml_indent: Dit is geen geldige YAML. ? Het inspringen klopt niet.
    > Zet deze regel recht onder de regels waar hij bij hoort.
yaml_anchors: Dit is geen geldige YAML. ? Er staan ankers in. > Schrijf de tekst voluit.
yaml_aliases: Dit is geen geldige YAML. ? Er staat een verwijzing in. > Schrijf de tekst voluit.
yaml_control: Dit is geen geldige YAML. ? Er staat een onzichtbaar stuurteken in. > Haal het teken weg.
key_missing: De sleutel "{key}" ontbreekt. ? {about} > Vul {key} aan.
key_renamed: De sleutel "{key}" heet nu "{now}". > Schrijf {now}.
key_unknown: De sleutel "{key}" is hier onbekend. > {known:near|Hier kunnen staan||{key}}
field_key_unknown: De sleutel "{key}" is hier onbekend. > {known:near|||{key}}
not_a_choice: "{given}" kan hier niet staan bij {name}. > {known:near|||{given}}
bad_name: "{given}" is geen goede naam bij {name}. > {form:name_form}
wrong_kind: Bij {name} hoort {wanted:yaml_kind}, geen {given}. > {wanted:yaml_step}
one_expected: Bij {name} hoort een enkele waarde, geen {given}. > Noem er een, zonder haken of accolades eromheen.
out_of_range: {given} is te klein of te groot bij {name}. > Een deel ligt tussen 0 en 1; een aantal is minstens 1.
empty_value: {name} is leeg. > Vul minstens een waarde in.
does_not_fit: {name} klopt niet. > Kijk in het schema wat hier kan staan.
""")
