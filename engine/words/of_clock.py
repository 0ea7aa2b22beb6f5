"""What the legal clock refuses: what is wrong, why, and the next step, by code."""

from __future__ import annotations

from collections.abc import Mapping

from engine.words.phrases import Words

_MONTH_DAY = "maand-dag, en 29 februari bestaat niet elk jaar."
_FIRST_OF_FEBRUARY = 'Schrijf bijvoorbeeld "02-01" voor 1 februari.'
_LENGTHS = 'Schrijf bijvoorbeeld "8 weeks", "48 hours" of "5 working days".'
_UNREADABLE = "De klokregel is zo niet te lezen."
_TOGETHER = "Dat gaat niet samen."
_NO_ACTS = 'De termijn "{term}" kan niet worden opgeschort, verlengd of uitgesteld.'
_MOVE_ANCHOR = "Verzet de dag waar de termijn van afhangt: begin de klok opnieuw."
_UNITS = "Bekende eenheden: {known}."

CLOCK: Mapping[str, Words] = {
    # -- what an act may not do
    "act_too_late": Words(
        'De termijn "{term}" kan niet meer worden {act:done}.',
        "De laatste dag was {last_day:day}, de handeling is van {on:day}.",
        "Controleer de datum, of leg de overschrijding vast en handel de zaak af.",
    ),
    "no_extension": Words(
        'De termijn "{term}" kan niet worden verlengd.',
        "Voor deze termijn is geen verlenging geregeld.",
        "Neem de verlenging met haar grondslag op in de regels, of houd de termijn aan.",
    ),
    "extended_enough": Words(
        'De termijn "{term}" is al {times} keer verlengd.',
        "Verlengen mag ten hoogste {allowed} keer.",
        "Beslis binnen de termijn, of spreek met de betrokkene schriftelijk uitstel af.",
    ),
    "extension_too_long": Words(
        'De termijn "{term}" kan niet met {period:period} worden verlengd.',
        "Een verlenging duurt ten hoogste {allowed:period}.",
        "Verleng met {allowed:period} of minder.",
    ),
    "no_deferral": Words(
        'De laatste dag van "{term}" kan niet worden uitgesteld.',
        "Uitstellen mag ten hoogste {allowed} keer.",
        "Houd de laatste dag aan die al is genoemd.",
    ),
    "deferred_enough": Words(
        'De laatste dag van "{term}" kan niet nog eens worden uitgesteld.',
        "Uitstellen mag ten hoogste {allowed} keer.",
        "Houd de laatste dag aan die al is genoemd.",
    ),
    "law_prolongs_less": Words(
        'De termijn "{term}" kan sinds {since:day} niet meer zo worden {act:done}.',
        "De wet staat dat vanaf die dag niet meer toe ({cited}).",
        "Beslis binnen de termijn. Kijk met `trede case why` wat er kan.",
    ),
    "no_office_hours": Words(
        'De termijn "{term}" telt kantooruren, maar die zijn niet bekend.',
        "In organisation.yaml staat geen office.",
        'Vul office aan, bijvoorbeeld {{opens: "08:30", closes: "17:00"}}.',
    ),
    "told_already": Words(
        'Over "{term}" wacht al een brief van dezelfde handeling.',
        "De nieuwe laatste dag telt vanaf de verzending van die brief.",
        "Wacht tot de brief weg is, of trek hem in.",
    ),
    "deferral_too_long": Words(
        'De laatste dag van "{term}" kan niet worden uitgesteld tot {until:day}.',
        "Dat is meer dan {allowed:period} na {last_day:day}. Langer noemt de inhoud niet redelijk.",
        "Noem een dag tot en met {furthest:day}.",
    ),
    "deferral_is_no_later": Words(
        "De nieuwe laatste dag {until:day} levert geen uitstel op.",
        "De laatste dag is nu al {last_day:day}.",
        "Noem een latere dag, of laat het uitstel weg.",
    ),
    "clock_runs_already": Words(
        "De klok loopt al, sinds {since:day}.",
        "Een klok begint maar een keer.",
        "Laat de klok opnieuw beginnen, of corrigeer eerst de eerdere start.",
    ),
    "clock_stands_still_already": Words(
        "De klok staat al stil, sinds {since:day}.",
        "Een klok die stilstaat kan niet nog eens worden opgeschort.",
        "Laat de klok eerst hervatten.",
    ),
    "clock_does_not_stand_still": Words(
        "De klok kan niet worden hervat.",
        "De klok staat niet stil.",
        "Schort de klok eerst op, of controleer de datum van de opschorting.",
    ),
    "deferred_while_standing_still": Words(
        "De laatste dag kan niet worden uitgesteld zolang de klok stilstaat.",
        "Een klok die stilstaat heeft geen laatste dag.",
        "Laat de klok eerst hervatten en noem dan de nieuwe laatste dag.",
    ),
    "clock_not_running": Words(
        "De klok kan niet worden {act:done}.",
        "De klok loopt niet: er is op die dag nog geen start.",
        "Start de klok eerst, of controleer de datum.",
    ),
    "clock_has_stopped": Words(
        "De klok kan niet worden {act:done}.",
        "Zij stopte op {stopped_on:day}; dit is van {on:day}.",
        "Corrigeer eerst de stop, of laat de klok opnieuw beginnen.",
    ),
    "restart_without_start": Words(
        "De klok kan niet opnieuw beginnen.",
        "De klok loopt niet: er is nog geen start.",
        "Start de klok eerst.",
    ),
    "no_acts_counted_back": Words(_NO_ACTS, "De termijn wordt teruggeteld.", _MOVE_ANCHOR),
    "no_acts_fixed_day": Words(_NO_ACTS, "De termijn heeft een vaste laatste dag.", _MOVE_ANCHOR),
    "hours_from_a_day": Words(
        'De termijn "{term}" telt in uren, maar de start heeft alleen een dag.',
        "Uren tellen vanaf een tijdstip.",
        "Geef het tijdstip met tijdzone, bijvoorbeeld 2026-12-24T14:00+01:00.",
    ),
    "hours_and_days": Words(
        'Een termijn in uren kan niet met "{period}" worden gerekend.',
        "Dagen en uren worden verschillend geteld.",
        "Geef de lengte in uren.",
    ),
    "hours_until_a_day": Words(
        'De termijn "{term}" telt in uren en kan niet tot een dag worden uitgesteld.',
        "Een dag heeft geen uur.",
        "Verleng de termijn met een aantal uren.",
    ),
    # -- what a term cannot be
    "term_without_end": Words(
        'De termijn "{term}" heeft geen lengte en geen laatste dag.',
        "Een regel zou de laatste dag geven, maar bij de start is hij niet genoemd.",
        "Noem bij de start de laatste dag.",
    ),
    "term_ends_before_start": Words(
        'De termijn "{term}" eindigt op {end:day}, voor de start op {start:day}.',
        "Een termijn kan niet eindigen voor hij begint.",
        "Controleer de laatste dag en de startdag.",
    ),
    "letter_lacks_length": Words(
        'De laatste dag van "{term}" is nog niet te noemen.',
        "Niet bekend is: {facts:facts}.",
        "Leg het vast, en verstuur de brief opnieuw.",
    ),
    "letter_moves_nothing": Words(
        'De brief noemt de nieuwe laatste dag van "{term}", maar op {day:day} verschuift die niet meer.',
        "De termijn is voorbij, staat stil of is al eerder verlengd.",
        "Trek de brief in (trede letters withdraw), en kijk met `trede case why` wat nog kan.",
    ),
    "counted_back_without_length": Words(
        'De termijn "{term}" heeft terugtellen zonder lengte.',
        _TOGETHER,
        "Geef de lengte die wordt teruggeteld.",
    ),
    "statute_and_own_roll": Words(
        'De termijn "{term}" heeft de Algemene termijnenwet en een eigen regel voor vrije dagen.',
        _TOGETHER,
        "Kies een van beide.",
    ),
    "school_days_without_region": Words(
        'De termijn "{term}" heeft schooldagen of schoolweken zonder vakantieregio.',
        _TOGETHER,
        "Geef de vakantieregio of de school.",
    ),
    "no_day_counts": Words(
        "Het einde van {period:period} is niet te vinden: tot {day} telt geen enkele dag.",
        "De vakanties in de kalender laten geen dag over.",
        "Controleer de eerste en laatste dag van de vakanties.",
    ),
    "part_outside_term": Words(
        "Het deel {amount} van een termijn ligt niet tussen 0 en 1.",
        "Een herinnering valt binnen de termijn.",
        "Schrijf bijvoorbeeld 0.6 voor 60 %.",
    ),
    # -- lengths
    "length_is_negative": Words(
        'De lengte "{length}" is negatief.',
        "Een termijn kan niet korter zijn dan niets.",
        "Geef een lengte van nul of meer; voor terugtellen bestaat een aparte instelling.",
    ),
    "length_is_too_long": Words(
        'De lengte "{length}" is langer dan {years} jaar.',
        "Zo lang duurt geen enkele termijn.",
        "Controleer het getal en de eenheid.",
    ),
    "no_length": Words("{text!r} is geen lengte.", "Een lengte is een getal met een eenheid.", _LENGTHS),
    "length_without_unit": Words(
        'De lengte "{text}" heeft geen eenheid.',
        "Een los getal zegt niet wat het telt.",
        _LENGTHS,
    ),
    "length_is_not_whole": Words(
        'De lengte "{text}" is geen heel getal.',
        "Alleen hele eenheden worden geteld.",
        "Kies een kleinere eenheid, bijvoorbeeld dagen in plaats van weken.",
    ),
    "unit_is_nearly_known": Words('De eenheid "{unit}" in "{text}" is onbekend.', _UNITS, 'Bedoelt u "{near}"?'),
    "unit_is_unknown": Words('De eenheid "{unit}" in "{text}" is onbekend.', _UNITS, "Kies een van deze eenheden."),
    # -- days of the calendar
    "vacation_ends_before_start": Words(
        "De vakantie {name} {school_year} eindigt op {last_day}, voor zij begint.",
        "De eerste dag is {first_day}.",
        "Draai de dagen om of verbeter het jaartal.",
    ),
    "no_day_of_every_year": Words(
        '"{day}" is geen dag die elk jaar terugkomt.',
        f"Zo'n dag is {_MONTH_DAY}",
        _FIRST_OF_FEBRUARY,
    ),
    "no_day_of_school_year": Words(
        '"{day}" is geen dag in schooljaar {school_year}.',
        f"Een vaste dag van het jaar is {_MONTH_DAY}",
        _FIRST_OF_FEBRUARY,
    ),
    "negative_school_years": Words(
        "Het aantal schooljaren {years} is negatief.",
        "De einddatum ligt na de dag van afgifte.",
        "Geef het aantal hele schooljaren, nul of meer.",
    ),
    "received_before_posted": Words(
        "Post van {posted:day} kan niet op {received:day} zijn ontvangen.",
        "Post komt niet aan voor zij is verstuurd.",
        "Controleer het poststempel en de ontvangstdatum.",
    ),
    "no_last_day_to_judge_by": Words(
        "De termijn heeft geen laatste dag.",
        "De klok loopt nog niet, of staat stil.",
        "Start of hervat de klok voordat de ontvangst wordt beoordeeld.",
    ),
    # -- lines of a ledger
    "correction_of_no_entry": Words(
        "De correctie verwijst naar klokregel {cancels}, maar die staat niet eerder in het klokboek.",
        "Voor de correctie staan {before} regels, genummerd vanaf 0.",
        "Verwijs naar de regel die niet meer moet gelden.",
    ),
    "entry_without_day": Words(
        "De klokregel {kind} heeft geen dag en geen tijdstip.",
        "Zonder dag is er niets te tellen.",
        "Geef de dag van de handeling, of het tijdstip bij een termijn in uren.",
    ),
    "entry_of_unknown_kind": Words("De soort {kind!r} is onbekend.", _UNREADABLE, "Kies uit: {choices}."),
    "entry_with_unknown_field": Words("Het veld {field!r} is onbekend.", _UNREADABLE, "Kies uit: {choices}."),
    "entry_without_field": Words("Er ontbreekt een veld ({missing}).", _UNREADABLE, "Vul het veld in."),
    "entry_with_unreadable_day": Words(
        "{value!r} in {field!r} is geen datum of tijdstip.",
        _UNREADABLE,
        "Schrijf het als {form}.",
    ),
}
