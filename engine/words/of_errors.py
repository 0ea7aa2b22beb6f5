"""What is wrong, why, and the next step: the words of an error, made where a person reads it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.errors import EngineError, on_one_line
from engine.core.message import Message
from engine.words.forms import fill
from engine.words.of_clock import CLOCK
from engine.words.of_inputs import INPUTS
from engine.words.of_mended_letters import MENDED_LETTERS
from engine.words.of_people import ACTING, PEOPLE
from engine.words.of_subjects import SUBJECTS
from engine.words.of_values import VALUES
from engine.words.phrases import Words

OTHERS: Mapping[str, Words] = {
    # -- moments
    "moment_without_zone": Words(
        "Het tijdstip {moment} heeft geen tijdzone.",
        "Zonder tijdzone is niet vast te stellen welk uur bedoeld is.",
        "Schrijf het met tijdzone, bijvoorbeeld {moment:iso}+01:00.",
    ),
    "moment_is_skipped": Words(
        "Het tijdstip {moment:%Y-%m-%d %H:%M} bestaat niet.",
        "Die nacht gaat de klok een uur vooruit.",
        "Kies een tijdstip voor of na dat uur.",
    ),
    "moment_comes_twice": Words(
        "Het tijdstip {moment:%Y-%m-%d %H:%M} komt twee keer voor.",
        "Die nacht gaat de klok een uur terug, en zonder tijdzone is niet te zeggen welk uur bedoeld is.",
        "Schrijf het met tijdzone: {moment:%Y-%m-%dT%H:%M}+02:00 of {moment:%Y-%m-%dT%H:%M}+01:00.",
    ),
    # -- content that contradicts itself
    "rows_disagree": Words(
        "tabel '{table}' is 'unique', maar meer rijen gelden met verschillende uitkomst",
        "",
        "Maak de rijen uitsluitend, of kies 'first'.",
    ),
    "rules_disagree": Words(
        "regels spreken elkaar tegen over '{fact}' ({said})",
        "",
        "Maak de voorwaarden van deze regels uitsluitend en draai `trede rules check`.",
    ),
    "moves_in_circle": Words(
        "automatische overgangen draaien in een kring bij toestand '{state}'",
        "",
        "Geef een van deze overgangen een voorwaarde die na de overgang niet meer geldt.",
    ),
    "cases_in_circle": Words(
        "zaken die naar elkaar kijken sturen elkaar in een kring rond; deze staat in toestand '{state}'",
        "Elk gaat vanzelf verder omdat de ander dat doet.",
        "Geef een van de automatische overgangen een voorwaarde die na de overgang niet meer geldt.",
    ),
    # -- what the second evaluator cannot take
    "cannot_be_checked": Words(
        "deze voorwaarde kan de tweede beoordelaar niet nagaan",
        "Reden: {reason:unsayable}.",
        "Draai `trede rules check`.",
    ),
    "unfit_for_second": Words(
        "'{of}' kan niet naar de tweede beoordelaar",
        "Reden: {reason:unsayable}.",
        "Verbeter de waarde, of zet second_evaluator uit.",
    ),
    "both_true_and_false": Words(
        "de tweede beoordelaar vindt '{subject}' tegelijk waar en onwaar", "", "Meld dit aan de bouwers."
    ),
    # -- a value that somebody wants to write over
    "already_known": Words(
        "{fact} ({id}) is al bekend: {value}; opgegeven door {by} op {on:day}.",
        "",
        "Klopt dat niet? Verbeter het met `trede case correct {case} {id}=WAARDE --reason TEKST`.",
    ),
    "fact_is_fixed": Words(
        "{fact} ({id}) ligt vast: het besluit '{decision}' rust erop.",
        "",
        "Een nieuw besluit begint hier met '{label}' (`trede case advance {case} {act}`).",
    ),
    "fact_of_another_kind": Words(
        "{fact} ({id}) hoort bij een dossier over: {kind}; deze zaak gaat over: {own}.",
        "",
        "`trede list facts PROCEDURE` noemt de gegevens van een procedure.",
    ),
    "record_is_decided": Words(
        "{label} [{record}] is van het besluit '{decision}' in zaak {case}; met de hand verandert dat niet.",
        "",
        "Een nieuw besluit begint met '{begins}' (`trede case advance {case} {act}`); de brief zegt dan wat anders is.",
    ),
    "record_is_decided_for_good": Words(
        "{label} [{record}] is van het besluit '{decision}' in zaak {case}; met de hand verandert dat niet.",
        "",
        "In die zaak kan geen nieuw besluit meer worden genomen; vraag zo nodig een nieuwe zaak aan.",
    ),
    "fact_is_fixed_for_good": Words(
        "{fact} ({id}) ligt vast: het besluit '{decision}' rust erop.",
        "",
        "In deze zaak kan dat niet meer worden vervangen; open zo nodig een nieuwe zaak.",
    ),
    "not_known_yet": Words(
        "{fact} ({id}) is nog niet bekend; er is niets te verbeteren.",
        "",
        "Leg het vast met `trede case record {case} {id}=WAARDE`.",
    ),
    # -- an act that is to be taken back
    "nothing_to_undo": Words(
        "Er is geen handeling die nog kan worden teruggenomen.",
        "Alleen de laatste handeling van een mens kan terug, en een keer.",
        "Verbeter gegevens met `trede case correct`.",
    ),
    "letter_has_left": Words(
        "Brief {letter} aan {to} is op {day:day} verstuurd.", "", "Die kan niet worden teruggehaald."
    ),
    "letter_is_leaving": Words("Brief {letter} aan {to} wordt juist verstuurd.", "", "Kijk met `trede case letters`."),
    "child_went_on": Words(
        "In zaak {child}, die hierdoor werd geopend, is al iets gedaan.", "", "Neem dat eerst terug."
    ),
    "message_was_answered": Words("Een bericht van deze handeling is al beantwoord.", "", ""),
    "term_passed_since": Words("Sindsdien is een termijn verstreken.", "", ""),
    "case_moved_since": Words("Sindsdien ging de zaak vanzelf verder.", "", ""),
    "child_told_since": Words("Sindsdien kwam bericht van een andere zaak.", "", ""),
    "letter_left_since": Words("Sindsdien is een brief verstuurd.", "", ""),
    "letter_ordered_since": Words("Sindsdien is een brief klaargezet.", "", ""),
    "clock_moved_since": Words("Sindsdien is een termijn opnieuw berekend.", "", ""),
    "subject_was_changed": Words(
        "Het dossier is erdoor gewijzigd.", "Andere zaken lezen daar al uit.", "Verbeter het daar."
    ),
    "parent_was_told": Words("De zaak waar deze uit komt, kreeg hiervan bericht.", "", ""),
    "decision_was_taken": Words(
        "In deze zaak is een besluit genomen.",
        "",
        "Een nieuw besluit vervangt het; `trede case why` zegt hoe dat begint.",
    ),
    "dossier_rests_on_case": Words(
        "In het dossier staat wat deze zaak erin schreef.",
        "Andere zaken lezen dat.",
        "Sluit de zaak langs de procedure.",
    ),
    # -- a note, a task
    "note_is_empty": Words("Er staat niets.", "", "Schrijf een tekst tussen aanhalingstekens."),
    "note_is_long": Words("Een tekst is hoogstens {most} letters lang.", "", "Maak haar korter."),
    "no_such_body": Words("Het orgaan '{body}' bestaat niet.", "", "Er is: {known:list_or_none}."),
    "message_asks": Words(
        "Dit bericht vraagt om een handeling: {acts:list_or_none}.",
        "",
        "Doe die (trede case advance), of zeg met --reason waarom het zonder kan.",
    ),
    "message_for_other": Words(
        "Bericht {number} is voor '{to}'.", "", "Handel het af in die rol (--as {to}), of laat het liggen."
    ),
    "not_put_off": Words("{day:day} is niet later dan vandaag.", "", "Kies een latere dag."),
    "task_in_the_past": Words("{day:day} is voorbij.", "", "Kies vandaag of een latere dag."),
    # -- an act that is written down later
    "happens_in_future": Words("{at:moment} moet nog komen.", "", "Geef met --at het tijdstip waarop het gebeurde."),
    "happened_before_the_last": Words(
        "In deze zaak gebeurde op {last:moment} al iets; {at:moment} ligt daarvoor.",
        "Wat volgde, is zonder deze handeling beslist.",
        "Kies een later tijdstip, of zet eerst recht wat erna kwam.",
    ),
    "day_to_come": Words("{at:day} moet nog komen.", "", "Geef de dag waarop het gebeurde."),
    "day_before_the_last": Words(
        "Deze zaak staat pas sinds {last:moment} waar zij staat; {at:day} ligt daarvoor.",
        "Wat volgde, is zonder deze handeling beslist.",
        "Kies een latere dag, of neem eerst terug wat erna kwam (trede case undo).",
    ),
    "happened_otherwise": Words(
        "--at zegt {at:day}, en '{fact}' ({id}) zegt {day:day}.",
        "Een handeling gebeurt op een dag.",
        "Noem de dag een keer, of twee keer dezelfde.",
    ),
    "happened_after_term": Words(
        "'{term}' liep tot en met {last_day:day}; op {on:day} was die termijn al om.",
        "Dan volgde er iets anders uit dan nu in de zaak staat.",
        "Neem de handeling terug (trede case undo) en leg haar opnieuw vast met de goede dag.",
    ),
    "same_value": Words("{fact} ({id}) is al {value}.", "", "Er hoeft niets verbeterd te worden."),
    "anchor_is_guarded": Words(
        "Aan {fact} ({id}) hangt de wettelijke termijn '{term}'.",
        "De laatste dag verschuift mee als deze datum verandert.",
        "Dit mag alleen: {who}.",
    ),
    # -- a correction in a ledger
    "case_has_no_such_term": Words("Deze zaak heeft geen termijn '{key}'.", "", "Er is: {known:list_or_none}."),
    "no_such_line": Words("Regel {line} bestaat niet.", "", "Het klokboek heeft de regels 1 tot en met {lines}."),
    "line_was_cancelled": Words(
        "Regel {line} telt al niet meer: regel {by} nam hem terug.",
        "",
        "Corrigeer zo nodig regel {by}.",
    ),
    "line_before_restart": Words(
        "Regel {line} telt al niet meer: de klok is daarna opnieuw begonnen.",
        "",
        "Kies een regel die nog telt.",
    ),
    "start_follows_fact": Words(
        "Het begin van '{term}' volgt uit een gegeven van de zaak.",
        "",
        "Verbeter de datum zelf ({facts:facts}) met `trede case correct`; de klok begint dan vanzelf opnieuw.",
    ),
    "state_asks_for_start": Words(
        "In deze toestand loopt '{term}'; het begin kan niet vervallen.",
        "",
        "Geef de dag waarop de klok echt begon.",
    ),
    "line_has_no_day": Words(
        "Regel {line} ({kind:act}) kan niet naar een andere dag.",
        "",
        "Laat de dag weg om de regel te laten vervallen, en doe de handeling daarna opnieuw.",
    ),
    "correction_needs_moment": Words(
        "Deze termijn telt in uren.",
        "",
        "Geef het goede tijdstip, bijvoorbeeld 2026-11-23 14:00.",
    ),
    "correction_in_future": Words("{day:day} ligt in de toekomst.", "", "Een correctie gaat over wat al is gebeurd."),
    "line_has_that_day": Words("Regel {line} staat al op {day:day}.", "", "Geef de dag die het moet zijn."),
    "term_no_longer_known": Words("De termijn '{term}' staat niet meer in de regels.", "", "Zet haar terug."),
}
ERRORS: Mapping[str, Words] = {
    **CLOCK,
    **VALUES,
    **INPUTS,
    **SUBJECTS,
    **PEOPLE,
    **ACTING,
    **MENDED_LETTERS,
    **OTHERS,
}


def say(error: EngineError) -> Words:
    """The words of an error of the core, or those that a room above it gave itself."""
    return _say(error.said) or Words(error.what, error.why, error.next_step)


def say_whole(error: EngineError) -> str:
    """The whole message on one line: where, what, why, next step."""
    said = say(error)
    return on_one_line(error.where, *said)


def say_refused(said: Message) -> str:
    """What a term refuses, on one line; a sentence of an older journal as it is."""
    return " ".join(part for part in _say(said) or (said.code,) if part)


def _say(said: Message) -> Words | None:
    words = ERRORS.get(said.code)
    return Words(*(fill(one, said.parameters) for one in words)) if words else None
