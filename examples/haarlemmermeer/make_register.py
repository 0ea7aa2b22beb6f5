"""Maakt register.csv: 48 verzonnen leerlingen met een verklaring voor sbo of so.

Gebruik: python make_register.py > register.csv. Dezelfde uitkomst op elke machine; er zit geen toeval in. Het plan
noemt geen aantallen per soort: twee op de drie sbo is verzonnen, net als de scholen.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date
from typing import TextIO

PUPILS = 48
COLUMNS = """
    leerlingnummer naam geboortedatum emb ouders_naam ouders_adres sector brin contact soort categorie
    tlv_nummer begindatum einddatum
"""
FIRST_NAMES = """
    Anker Baken Duin Fuut Gors Helm Jol Kwel Lisdodde Meeuw Oever Polder Riet Sluis Terp Vaart
"""
SURNAMES = ("Droogmaker", "Gemaal", "Ringvaart")
LAST_YEARS = (2027, 2027, 2028, 2029)


def make_rows() -> Iterator[dict[str, str]]:
    """De leerlingen, op nummer."""
    first_names = FIRST_NAMES.split()
    for number in range(PUPILS):
        is_sbo = number % 3 != 2
        last = LAST_YEARS[number % len(LAST_YEARS)]
        surname = SURNAMES[number // len(first_names)]
        yield {
            "leerlingnummer": f"92{number:07d}",
            "naam": f"{first_names[number % len(first_names)]} {surname}",
            "geboortedatum": date(2016 + number % 4, 1 + number % 12, 1 + number % 28).isoformat(),
            "emb": "nee",
            "ouders_naam": f"Familie {surname}",
            "ouders_adres": f"Verzonnendijk {number + 1}, 2130 ZZ Hoofddorp",
            "sector": "po",
            "brin": "99HC00" if is_sbo else "99HD00",
            "contact": "Administratie, Verzonnenweg 1, 2130 ZZ Hoofddorp",
            "soort": "sbo" if is_sbo else "so",
            "categorie": "" if is_sbo else "categorie_1",
            "tlv_nummer": f"TLV-{last - 2}-{number + 1:04d}",
            "begindatum": f"{last - 2}-08-01",
            "einddatum": f"{last}-07-31",
        }


def write_register(target: TextIO) -> None:
    """Het hele register als CSV met een kopregel."""
    writer = csv.DictWriter(target, COLUMNS.split(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(make_rows())


if __name__ == "__main__":
    write_register(sys.stdout)
