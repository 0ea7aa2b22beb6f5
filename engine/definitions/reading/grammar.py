"""The closed language of conditions and expressions, as one table.

The parsers read by it, the JSON Schema is written from it; nothing else knows the words. The result types of the
functions stand in `engine.core.evaluation.expressions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from engine.core.evaluation.operators import OPERATIONS, Operand
from engine.core.language.conditions import Operator
from engine.core.quick_class import dataclass
from engine.words.of_operators import OPERATORS as MEANINGS


class LanguagePart(StrEnum):
    """What may stand at a place in the language."""

    EXPRESSION = "expression"
    LIST = "list"
    YES_NO = "yes_no"
    LENGTH = "length"
    TERM = "term"
    FACT = "fact"
    FACT_REF = "fact_ref"
    PARAMETER = "parameter"
    DECIMALS = "decimals"
    ROUNDING = "rounding"


@dataclass(frozen=True, slots=True)
class Word:
    """A key of the language: what stands behind it and the hover text for it."""

    part: LanguagePart
    text: str


@dataclass(frozen=True, slots=True)
class Function:
    """A computation: its arguments by name, which may be left out, and of which group exactly one is given.

    `direct` names the only argument of a function whose value stands behind the function itself. `each` says what every
    item is of a function that has a list of two or more behind it. `needs` names the arguments without which another
    has no meaning.
    """

    text: str
    arguments: Mapping[str, Word]
    optional: frozenset[str] = frozenset()
    one_of: frozenset[str] = frozenset()
    direct: str = ""
    each: str = ""
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_E = LanguagePart.EXPRESSION

_PART_BY_OPERAND = {Operand.ITEMS: LanguagePart.LIST, Operand.YES_NO: LanguagePart.YES_NO}

OPERATORS: Mapping[Operator, Word] = {
    operator: Word(_PART_BY_OPERAND.get(row.operand, _E), MEANINGS[operator].hover)
    for operator, row in OPERATIONS.items()
}

GROUPS: Mapping[str, str] = {
    "all": "Alle voorwaarden in deze lijst gelden.",
    "any": "Minstens een voorwaarde in deze lijst geldt.",
    "not": "Deze voorwaarde geldt niet.",
}

REFERENCES: Mapping[str, Word] = {
    "fact": Word(LanguagePart.FACT, "De waarde van een gegeven."),
    "parameter": Word(LanguagePart.PARAMETER, "Een vaste waarde uit organisation.yaml."),
    "term": Word(LanguagePart.TERM, "De laatste dag van een termijn."),
    "term_days": Word(
        LanguagePart.TERM, "De dagen van een termijn, voor een kalenderplaat in een brief (filter kalender)."
    ),
}

FUNCTIONS: Mapping[str, Function] = {
    "shift": Function(
        "Een dag, een tijd eerder of later; valt de dag niet in de maand, dan de laatste dag van de maand.",
        {
            "date": Word(_E, "De dag waarvan geteld wordt."),
            "plus": Word(LanguagePart.LENGTH, "Zoveel later, bijvoorbeeld 6 months."),
            "minus": Word(LanguagePart.LENGTH, "Zoveel eerder, bijvoorbeeld 6 months."),
            "school": Word(_E, "De school waarvan de vakanties gelden, bij school days en school weeks."),
        },
        optional=frozenset({"school"}),
        one_of=frozenset({"plus", "minus"}),
    ),
    "school_year_end": Function(
        "De laatste dag (31 juli) na zoveel hele schooljaren.",
        {
            "of": Word(_E, "De begindag."),
            "years": Word(_E, "Het aantal hele schooljaren, minstens 1; zonder: het schooljaar van de dag zelf."),
        },
        optional=frozenset({"years"}),
    ),
    "school_year_start": Function(
        "1 augustus van het schooljaar waarin de dag valt.", {"of": Word(_E, "Een dag in het schooljaar.")}
    ),
    "last_safe_day": Function(
        "De laatste dag van ontvangst waarbij de termijn op tijd eindigt.",
        {
            "before": Word(_E, "De dag waarop of waarvoor de termijn moet eindigen."),
            "term": Word(LanguagePart.TERM, "De termijn."),
        },
    ),
    "last_day": Function(
        "De laatste dag van een termijn vanaf een dag.",
        {
            "from": Word(_E, "De dag waarop de termijn begint."),
            "length": Word(LanguagePart.LENGTH, "De lengte, bijvoorbeeld 6 weeks."),
            "termijnenwet": Word(LanguagePart.YES_NO, "Of de Algemene termijnenwet geldt; zonder deze sleutel niet."),
        },
        optional=frozenset({"termijnenwet"}),
    ),
    "in_time": Function(
        "Of iets op tijd binnen is: op de laatste dag, of per post binnen de nagekomen tijd (Awb 6:9).",
        {
            "received": Word(_E, "De dag van ontvangst."),
            "received_at": Word(_E, "Het tijdstip van ontvangst, bijvoorbeeld in een portaal."),
            "last_day": Word(_E, "De laatste dag van de termijn."),
            "posted": Word(_E, "De dag waarop het op de post ging; mag onbekend zijn."),
            "grace": Word(
                LanguagePart.LENGTH, "Zo lang na de laatste dag mag tijdig geposte post komen, bijvoorbeeld 1 week."
            ),
        },
        optional=frozenset({"posted", "grace"}),
        one_of=frozenset({"received", "received_at"}),
        needs={"posted": ("received", "grace"), "grace": ("posted",)},
    ),
    "minus": Function(
        "De lijst zonder de waarden van de tweede lijst.",
        {"list": Word(_E, "De lijst."), "without": Word(_E, "De waarden die eruit gaan.")},
    ),
    "union": Function(
        "Beide lijsten samen, elke waarde een keer.",
        {"list": Word(_E, "De eerste lijst."), "with": Word(_E, "De tweede lijst.")},
    ),
    "count": Function("Het aantal waarden in de lijst.", {"of": Word(_E, "De lijst.")}, direct="of"),
    "plus": Function("De getallen bij elkaar opgeteld.", {}, each="Een getal."),
    "subtract": Function("Het eerste getal, min alle andere.", {}, each="Een getal."),
    "times": Function("De getallen vermenigvuldigd.", {}, each="Een getal."),
    "divide": Function(
        "Het eerste getal, gedeeld door de andere; onbekend als door 0 wordt gedeeld.", {}, each="Een getal."
    ),
    "min": Function("Het kleinste van de getallen.", {}, each="Een getal."),
    "max": Function("Het grootste van de getallen.", {}, each="Een getal."),
    "share": Function(
        "Welk deel (tussen 0 en 1) het ene getal is van het andere; onbekend als het andere 0 is.",
        {"part": Word(_E, "Het deel."), "of": Word(_E, "Het geheel.")},
    ),
    "days_between": Function(
        "Het aantal dagen van de ene dag tot de andere; onder 0 als de tweede eerder is.",
        {"from": Word(_E, "De eerste dag."), "to": Word(_E, "De laatste dag.")},
    ),
    "round": Function(
        "Het getal afgerond; nergens anders wordt afgerond.",
        {
            "value": Word(_E, "Het getal."),
            "decimals": Word(LanguagePart.DECIMALS, "Het aantal cijfers achter de komma, 0 tot en met 6; zonder: 0."),
            "how": Word(LanguagePart.ROUNDING, "half_up (een half naar boven), up of down (altijd); zonder: half_up."),
        },
        optional=frozenset({"decimals", "how"}),
    ),
    "labels": Function(
        "De woorden bij de gekozen waarde of waarden.", {"of": Word(LanguagePart.FACT_REF, "Het gegeven met keuzes.")}
    ),
    "name_of": Function(
        "De naam van een school, bestuur of orgaan uit de registers.",
        {"of": Word(LanguagePart.FACT_REF, "Het gegeven met het nummer.")},
    ),
    "types_of": Function(
        "De soorten onderwijs van een school uit het register; leeg als het register er geen noemt.",
        {"of": Word(LanguagePart.FACT_REF, "Het gegeven met de school.")},
    ),
}
