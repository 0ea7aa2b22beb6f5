"""Why a value that was given cannot be: what is wrong with it, what is allowed, and how to write it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.words.phrases import Words

_RETYPE = "Typ de tekst opnieuw, zonder dat teken."

VALUES: Mapping[str, Words] = {
    # -- of what type
    "no_yes_or_no": Words("'{text}' is geen ja of nee.", "", "Schrijf ja of nee."),
    "no_number": Words("'{text}' is geen getal.", "", "Schrijf cijfers, bijvoorbeeld 70 of 0,5."),
    "nearly_a_choice": Words(
        "'{text}' is geen keuze die hier bestaat.",
        "",
        "Bedoelde u '{near}'? Kies uit: {choices}.",
    ),
    "no_choice": Words("'{text}' is geen keuze die hier bestaat.", "", "Kies uit: {choices}."),
    "not_a_day": Words("'{text}' is geen datum.", "", "Schrijf bijvoorbeeld 2026-11-23 of 23-11-2026."),
    "not_a_moment": Words("'{text}' is geen tijdstip.", "", "Schrijf bijvoorbeeld 2026-11-23 14:00."),
    "not_a_value": Words("'{text}' is geen waarde.", "", "Schrijf een tekst, getal, datum of lijst."),
    "value_is_blank": Words(
        "Hier staat niets.",
        "Leeg telt niet als ingevuld.",
        "Vul een waarde in, of laat het gegeven weg.{is_list:empty_list}",
    ),
    # -- numbers
    "number_too_low": Words("{given:number} is te laag.", "", "Het getal is {range:range}."),
    "number_too_high": Words("{given:number} is te hoog.", "", "Het getal is {range:range}."),
    "number_not_whole": Words("{given:number} is geen heel getal.", "", "Het getal is heel, en {range:range}."),
    "number_out_of_reach": Words(
        "Dit getal is te groot om mee te rekenen.",
        "",
        "Het getal is ten hoogste {limit:number}.",
    ),
    # -- days
    "day_too_early": Words(
        "{day:day} is te vroeg.",
        "De eerste dag die kan is {limit:day}{basis:basis}.",
        "Verbeter de datum. De eerste die past schrijft u als {limit:written}.",
    ),
    "day_too_late": Words(
        "{day:day} is te laat.",
        "De laatste dag die kan is {limit:day}{basis:basis}.",
        "Verbeter de datum. De laatste die past schrijft u als {limit:written}.",
    ),
    "day_out_of_reach": Words(
        "{day} ligt buiten de kalender waarmee het programma rekent.",
        "Die loopt van {first:day} tot en met {last:day}.",
        "Kijk het jaar na, en schrijf bijvoorbeeld 2026-11-23.",
    ),
    "computed_out_of_reach": Words(
        "Hieruit volgt een dag die geen kalender heeft ({of:list_or_none}).",
        "",
        "Kijk het jaar en het aantal na dat hiervoor is ingevuld.",
    ),
    "part_of_a_year": Words("{given:number} is geen heel aantal schooljaren.", "", "Schrijf een heel getal, zoals 1."),
    # -- texts
    "value_of_a_sheet": Words(
        "'{text}' is geen waarde, maar een fout van een rekenblad.",
        "",
        "Verbeter de cel waar het uit komt, of vul de waarde zelf in.",
    ),
    "sign_is_hidden": Words(
        "In de tekst staat een stuurteken ({sign}).",
        "Zo'n teken ziet niemand, maar een scherm of brief raakt ervan in de war.",
        _RETYPE,
    ),
    "sign_not_printed": Words(
        "In de tekst staat een teken dat niet in een brief kan worden afgedrukt ({sign}).",
        "",
        "Schrijf het in de letters van ons alfabet, met of zonder accenten.",
    ),
    "too_many_lines": Words(
        "De tekst heeft {given:lines}.",
        "",
        "Schrijf de tekst op ten hoogste {most:lines}.",
    ),
    "text_too_long": Words("De tekst heeft {given} tekens.", "", "Er passen er {most}. Schrijf het korter."),
    "too_many_items": Words("De lijst heeft {given} delen.", "", "Er passen er ten hoogste {most}."),
    "pattern_not_met": Words(
        "'{text}' is geen {label}.",
        "",
        "Schrijf {words}, bijvoorbeeld {example}.",
    ),
}
