"""What the keys of one block may not say together; each is a function of the block and its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from engine.core.language.facts import FactType
from engine.definitions.files.places import Place
from engine.definitions.models.ladders import LadderPart
from engine.definitions.models.organisation import MandatePart
from engine.definitions.models.parts import Part
from engine.definitions.models.rule_set import FactPart, RuleSetFile
from engine.definitions.models.terms import ReminderPart, TermPart
from engine.definitions.models.workflow import StatePart

Check = Callable[[Any, Place], None]


@cache
def checks_of(model: type[Part]) -> tuple[Check, ...]:
    """The checks of a block, and of the blocks it is a kind of."""
    return tuple(check for kind in reversed(model.__mro__) for check in _CHECKS.get(kind, ()))


def _check_rule_set(part: RuleSetFile, at: Place) -> None:
    _refuse_doubles((rule.id for rule in part.rules), at / "rules")
    _refuse_doubles((table.id for table in part.tables), at / "tables")


def _check_ladder(part: LadderPart, at: Place) -> None:
    _refuse_doubles((rung.id for rung in part.rungs), at / "rungs")


def _refuse_doubles(ids: Iterable[str], at: Place) -> None:
    seen: set[str] = set()
    for number, one in enumerate(ids):
        if one in seen:
            (at / number).report(
                f'De naam "{one}" komt twee keer voor.', next_step="Geef een van beide een eigen naam."
            )
        seen.add(one)


_WITH_CHOICES = frozenset({"choice", "choices", "documents"})
_RESERVED = frozenset({"all", "any", "not", "today", "now", "term", "case", "actor", "letters"})


def _check_fact(part: FactPart, at: Place) -> None:
    fact_id = str(at.path[-1])
    if fact_id.split(".")[0] in _RESERVED:
        at.report(f'De naam "{fact_id}" is van de motor zelf.', next_step="Kies een andere naam.", at_key=True)
    given = bool(part.choices) + bool(part.choices_from)
    if part.type in _WITH_CHOICES and given != 1:
        at.report(
            f'Het gegeven "{fact_id}" is een keuze en heeft een lijst van keuzes nodig.',
            next_step="Vul choices aan, of choices_from met een register; niet allebei.",
            at_key=True,
        )
    if part.type not in _WITH_CHOICES and given:
        at.report(f"Bij de soort {part.type} horen geen keuzes.", next_step="Haal ze weg, of kies choice.", at_key=True)
    if part.supplied_by and not part.question:
        at.report(
            f'Het gegeven "{fact_id}" wordt gevraagd, maar heeft geen vraag.',
            next_step="Vul question aan.",
            at_key=True,
        )
    if part.gathered and not FactType(part.type).is_list:
        (at / "gathered").report("Alleen een lijst kan worden bijeengebracht.", next_step="Kies persons of texts.")


def _check_form(part: TermPart, at: Place) -> None:
    if (part.period is None) == (part.until is None):
        at.report(
            "Een termijn heeft een lengte (length) of een einddag (until), en niet allebei.",
            next_step="Schrijf bijvoorbeeld length: 8 weeks.",
            at_key=True,
        )
    if part.before is not None and part.period is None:
        (at / "before").report("Terugtellen vanaf een dag (before) vraagt een lengte.", next_step="Vul length aan.")
    if part.before is not None and part.anchor is not None:
        (at / "anchor").report("before en anchor gaan niet samen.", next_step="Haal een van de twee weg.")
    if (part.starts_in or part.starts_on) and part.sending_of:
        (at / "sending_of").report(
            "Een termijn begint in een toestand of bij een overgang, of bij het verzenden van een brief; niet allebei.",
            next_step="Haal starts_in en starts_on weg, of sending_of.",
        )


def _check_kind(part: TermPart, at: Place) -> None:
    if part.kind == "statutory" and not part.basis:
        at.report(
            "Een wettelijke termijn noemt haar grondslag.",
            next_step="Vul basis aan, bijvoorbeeld Awb 4:13.",
            at_key=True,
        )
    if part.termijnenwet and part.kind != "statutory":
        (at / "termijnenwet").report(
            "De Algemene termijnenwet geldt alleen voor wettelijke termijnen.",
            next_step="Haal termijnenwet weg, of kies roll: forward.",
        )


def _check_decree(part: TermPart, at: Place) -> None:
    if part.in_decree and not part.termijnenwet:
        (at / "in_decree").report(
            "in_decree zegt waarom de Algemene termijnenwet geldt, en die geldt hier niet.",
            next_step="Zet termijnenwet: true, of haal in_decree weg.",
            at_key=True,
        )


def _check_standstill(part: TermPart, at: Place) -> None:
    where = at / ("suspended_in" if part.suspended_in else "suspends_on")
    if (part.suspended_in or part.suspends_on) and part.kind == "statutory" and not part.ground:
        where.report(
            "Een wettelijke termijn staat alleen stil op een grondslag.", next_step="Vul ground aan.", at_key=True
        )
    if bool(part.suspends_on) is not bool(part.resumes_on):
        at.report(
            "suspends_on en resumes_on horen bij elkaar.",
            why="Een klok die stil gaat staan moet ook weer kunnen lopen, en omgekeerd.",
            next_step="Noem de overgang die ontbreekt.",
            at_key=True,
        )
    if part.suspends_on and (part.suspended_in or part.follows):
        where.report(
            "Een klok staat stil door een toestand (suspended_in, follows) of door een overgang (suspends_on).",
            why="Anders is niet te zeggen wanneer zij weer loopt.",
            next_step="Kies een van de twee.",
            at_key=True,
        )


def _check_reminder(part: ReminderPart, at: Place) -> None:
    given = [key for key in ("after", "share", "before_end") if getattr(part, key) is not None]
    if len(given) != 1:
        at.report(
            "Een signaal heeft precies een van after, share en before_end.",
            why=f"Hier staat: {', '.join(given) or 'geen van drie'}.",
            next_step="Kies er een.",
        )


def _check_mandate(part: MandatePart, at: Place) -> None:
    if part.valid_through and part.valid_through < part.valid_from:
        at.report(f'Het mandaat "{part.id}" eindigt voor het begint.', next_step="Verbeter een van beide dagen.")


def _check_state(part: StatePart, at: Place) -> None:
    if not part.outcome and not part.owner:
        at.report(
            f'De toestand "{part.id}" heeft geen eigenaar.',
            why="Zonder eigenaar is niemand aan zet.",
            next_step="Vul owner aan, of end als dit een einde is.",
        )


_CHECKS: Mapping[type, tuple[Check, ...]] = {
    FactPart: (_check_fact,),
    LadderPart: (_check_ladder,),
    MandatePart: (_check_mandate,),
    ReminderPart: (_check_reminder,),
    RuleSetFile: (_check_rule_set,),
    StatePart: (_check_state,),
    TermPart: (_check_form, _check_kind, _check_decree, _check_standstill),
}
