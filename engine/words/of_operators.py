"""What each operator means, as an editor shows it, and how a reason says what it asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from engine.core.language.conditions import Operator


class Meaning(NamedTuple):
    """`hover` explains the operator to who writes content; `asked` says it in a reason, `{0}` is what it was asked."""

    hover: str
    asked: str


OPERATORS: Mapping[Operator, Meaning] = {
    Operator.IS: Meaning("Het gegeven heeft deze waarde.", "{0}"),
    Operator.IS_NOT: Meaning("Het gegeven heeft een andere waarde.", "niet {0}"),
    Operator.IN: Meaning("Het gegeven is een van deze waarden.", "{0}"),
    Operator.NOT_IN: Meaning("Het gegeven is geen van deze waarden.", "geen van {0}"),
    Operator.LESS: Meaning("Minder dan dit getal.", "minder dan {0}"),
    Operator.AT_MOST: Meaning("Hoogstens dit getal.", "hoogstens {0}"),
    Operator.MORE: Meaning("Meer dan dit getal.", "meer dan {0}"),
    Operator.AT_LEAST: Meaning("Minstens dit getal.", "minstens {0}"),
    Operator.BEFORE: Meaning("Voor deze dag of dit tijdstip.", "voor {0}"),
    Operator.ON_OR_BEFORE: Meaning("Op of voor deze dag of dit tijdstip.", "op of voor {0}"),
    Operator.AFTER: Meaning("Na deze dag of dit tijdstip.", "na {0}"),
    Operator.ON_OR_AFTER: Meaning("Op of na deze dag of dit tijdstip.", "op of na {0}"),
    Operator.CONTAINS: Meaning("De lijst bevat deze waarde.", "met {0} erin"),
    Operator.CONTAINS_ALL: Meaning("De lijst bevat al deze waarden.", "met alle van {0}"),
    Operator.CONTAINS_ANY: Meaning("De lijst bevat minstens een van deze waarden.", "met een van {0}"),
    Operator.SUBSET_OF: Meaning("De lijst bevat niets anders dan deze waarden.", "niets buiten {0}"),
    Operator.KNOWN: Meaning("Of het gegeven bekend is; het antwoord is altijd ja of nee.", "bekend"),
    Operator.EMPTY: Meaning("Of de lijst of de tekst leeg is.", "leeg"),
    Operator.IN_LAST_SCHOOL_YEAR_OF: Meaning(
        "De dag valt in het laatste schooljaar voor deze einddatum.",
        "in het laatste schooljaar voor {0}",
    ),
}
