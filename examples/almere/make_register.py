"""Maakt register.csv: 1.084 verzonnen leerlingen met extra ondersteuning, in de verhoudingen van 1 oktober 2017.

Gebruik: python make_register.py > register.csv. Dezelfde uitkomst op elke machine; er zit geen toeval in.
Bron van de verhoudingen: grafiek in het Ondersteuningsplan VO Almere 2018-2022.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import TextIO

PUPILS = 1084
PRO, VSO_ALMERE = 564, 444  # 52 % en 41 %; de overige 76 (7 %) gaan naar VSO buiten Almere
COLUMNS = """
    leerlingnummer naam geboortedatum emb ouders_naam ouders_adres sector brin contact soort categorie
    tlv_nummer begindatum einddatum
"""
FIRST_NAMES = """
    Aap Bes Cent Dauw Eik Fluit Gans Hazel Iep Joop Kwast Linde Mees Noot Olijf Pluk Quint Roos Spriet
    Tak Uil Vlinder Wolk Xelle Yuki Zon Amber Berk Ceder Distel Esdoorn Fazant Gember Hulst
"""
SURNAMES = """
    Bloemendaal Dromenland Duinpan Fluisterbos Glimworm Hemelboog Kikkerdril Klaverblad Luchtkasteel
    Maanlicht Nachtvlinder Ooievaarsnest Papierboot Regenboog Sterrenstof Suikerspin Toverbos
    Vergeetmijniet Verzinsel Vliegerdraad Voorbeeld Vuurvlieg Waterval Windmolen Wolkenveld Zandkasteel
    Zeepbel Zilverdraad Zomerwind Zonnestraal Zeekomkommer Zwaluwstaart
"""
STREETS = ("Verzonnenlaan", "Sprookjespad", "Fantasiekade", "Nergensweg", "Droomplein", "Voorbeeldstraat")
SCHOOLS = {
    "pro": (("28BU00", "PrO Marathonlaan"), ("28BU02", "PrO Marathonlaan"), ("17J00", "PrO Bachweg")),
    "almere": (("23HU00", "Nautilus College"), ("30EF00", "Almere Speciaal")),
    "buiten": (("99XD00", "Voorbeeldschool VSO"),),
}
LAST_YEARS = (2027, 2027, 2027, 2028, 2028, 2028, 2028, 2029, 2029, 2030)


def make_rows() -> Iterator[dict[str, str]]:
    """De leerlingen, op nummer; soorten en scholen liggen door elkaar."""
    order = sorted(range(PUPILS), key=lambda number: _draw(number, "plek", 2**32))
    place = {number: rank for rank, number in enumerate(order)}
    for number in range(PUPILS):
        rank = place[number]
        group = "pro" if rank < PRO else "almere" if rank < PRO + VSO_ALMERE else "buiten"
        yield _row(number, group)


def write_register(target: TextIO) -> None:
    """Het hele register als CSV met een kopregel."""
    writer = csv.DictWriter(target, COLUMNS.split(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(make_rows())


def _row(number: int, group: str) -> dict[str, str]:
    brin, school = SCHOOLS[group][_draw(number, "school", len(SCHOOLS[group]))]
    first_names, surnames = FIRST_NAMES.split(), SURNAMES.split()
    first, last = first_names[number % len(first_names)], surnames[number // len(first_names)]
    born = date(2008 + _draw(number, "jaar", 6), 1 + _draw(number, "maand", 12), 1 + _draw(number, "dag", 28))
    emb = group != "pro" and _draw(number, "emb", 100) < 6
    begins, ends = _validity(number, group, born, emb)
    return {
        "leerlingnummer": str(900_000_001 + number),
        "naam": f"{first} {last}",
        "geboortedatum": born.isoformat(),
        "emb": "ja" if emb else "nee",
        "ouders_naam": f"Familie {last}",
        "ouders_adres": f"{STREETS[_draw(number, 'straat', len(STREETS))]} {1 + number % 180}, 1300 ZZ Almere",
        "sector": "vo",
        "brin": brin,
        "contact": f"Administratie {school}, Postbus {100 + _draw(number, 'postbus', 9)}, 1300 ZZ Almere",
        "soort": "pro" if group == "pro" else "vso",
        "categorie": _category(number, group, emb),
        "tlv_nummer": f"TLV-{begins.year}-{number + 1:04d}",
        "begindatum": begins.isoformat(),
        "einddatum": "" if ends is None else ends.isoformat(),
    }


def _category(number: int, group: str, emb: bool) -> str:
    if group == "pro":
        return ""
    return "categorie_3" if emb else "categorie_2" if number % 4 == 3 else "categorie_1"


def _validity(number: int, group: str, born: date, emb: bool) -> tuple[date, date | None]:
    start = date(born.year + 12 + _draw(number, "later", 2), 8, 1)
    begins = min(start, date(2025, 8, 1))
    if group == "pro":
        return begins, None
    if emb:
        return begins, date(max(born.year + 19, 2027), 7, 31)
    return begins, date(LAST_YEARS[_draw(number, "einde", len(LAST_YEARS))], 7, 31)


def _draw(number: int, about: str, choices: int) -> int:
    """Een vaste keuze per leerling en onderwerp, van 0 tot choices."""
    return int.from_bytes(sha256(f"{number}/{about}".encode()).digest()[:4], "big") % choices


if __name__ == "__main__":
    write_register(sys.stdout)
