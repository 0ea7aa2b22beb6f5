"""What may not be done with the register of subjects, and why: the words, by code."""

from __future__ import annotations

from collections.abc import Mapping

from engine.words.phrases import Words

SUBJECTS: Mapping[str, Words] = {
    "law_asks": Words(
        "De wet vraagt hier sinds {since:day} meer: {label} ({cited}).",
        "Deze zaak loopt op regels van daarvoor, maar het besluit valt onder de wet van nu.",
        "Leg vast wat ontbreekt, of zet de zaak over naar regels die het doen: `trede case move {case} --to DAG`.",
    ),
    "case_is_of_another": Words(
        "Deze zaak gaat over nummer {number}, niet over {given}.",
        "Een zaak houdt haar nummer: wat erin staat gaat over een ander.",
        "Sluit deze zaak en open haar opnieuw onder het goede nummer.",
    ),
    "subject_is_only_one": Words(
        "{label}: daarvan is er maar een, nummer {number}, en niet {given}.",
        "Onder een ander nummer ontstaat een dossier dat niemand terugvindt.",
        "Laat het nummer weg.",
    ),
    "state_not_in_version": Words(
        "De toestand '{state}' bestaat niet in de versie van {version:day} van '{workflow}'.",
        "Een zaak gaat over in de toestand waarin zij staat.",
        "Breng de zaak eerst in een toestand die daar wel is, of laat haar op haar eigen versie.",
    ),
    "on_that_version": Words(
        "Zaak {case} is al op deze versie van '{workflow}' ({version:day}).",
        "",
        "Er is niets over te zetten; kies een andere versie met --to.",
    ),
    "looks_like_known": Words(
        "Nummer {number} is nieuw, maar lijkt op iemand die al een dossier heeft: {known:list_or_none}.",
        "Een tikfout in een nummer maakt van een kind twee dossiers.",
        "Kijk met `trede dossier show`; is het echt iemand anders, geef dan --confirm.",
    ),
    "known_as_other": Words(
        "Dossier {number} heeft als {label} '{held}', en niet '{given}'.",
        "Het nummer kan van iemand anders zijn.",
        "Kijk met `trede dossier show {number}`; klopt het nummer en is dit de nieuwe waarde, geef dan --confirm.",
    ),
    "runs_already": Words(
        "Over {number} loopt al een zaak in deze procedure: {known:list_or_none}.",
        "",
        "Ga daarmee verder, of zeg met --reason waarom er een tweede bij komt.",
    ),
    "number_is_taken": Words(
        "{field} {number} staat al in het dossier van een ander.",
        "Een nummer hoort bij een dossier en bij geen ander.",
        "Controleer het nummer, of geef een ander: {fact}=...",
    ),
    "number_given_twice": Words(
        "{field} {number} staat al in dit dossier, en die regel geldt nog.",
        "Twee regels met een nummer zijn niet uit elkaar te houden.",
        "Geef een ander nummer ({fact}=...), of verbeter de regel die er staat met `trede dossier correct`.",
    ),
    "nothing_to_amend": Words("Het dossier {number} zegt dit al.", "", "Er is niets gewijzigd."),
    "subject_keeps_number": Words(
        "Het nummer van dossier {number} kan niet worden gewijzigd.",
        "Zaken, brieven en het logboek noemen dit nummer.",
        "Open nieuwe zaken onder het goede nummer, en zet bij dit dossier in de reden dat het niet meer telt.",
    ),
    "subject_has_no_record": Words(
        "Het dossier heeft geen regel '{key}'.",
        "",
        "Er is: {known:list_or_none}. Laat het nummer weg, dan komt er een regel bij.",
    ),
    "record_needs_field": Words(
        "Bij een nieuwe regel '{record}' hoort {field}.",
        "Zonder nummer in de naam komt er een regel bij.",
        "Geef {field}=..., of noem de regel die u wilt wijzigen: {kind}.1.VELD=WAARDE.",
    ),
    "record_has_twin": Words(
        "In dit dossier staat al een regel '{record}' die zo heet: {name} ({known}).",
        "Een tweede regel krijgt haar eigen brieven, en kan niet meer weg.",
        "Wijzig de regel die er is: {known}.VELD=WAARDE. Is het een ander die net zo heet, voeg dan --confirm toe.",
    ),
    "subject_has_many": Words(
        "In het dossier {number} staat meer dan een regel '{of}': {known:list_or_none}.",
        "Hier is niet te zeggen welke bedoeld is.",
        "Wijzig de juiste in het dossier: `trede dossier correct {number} {one}.VELD=WAARDE --reason ...`.",
    ),
}
