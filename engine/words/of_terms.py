"""A term told in words: step by step as text, as plain values, and what moved it between two readings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine.core.legal_clock.explain import end_told, told_of
from engine.core.legal_clock.projection import Projection, TermStep
from engine.core.message import Message
from engine.words.forms import fill

STEPS: Mapping[str, str] = {
    "start": "De termijn begint te lopen na {day:day} (dag 0); {first:day} is dag 1.",
    "settled": "De zaak zegt hoe lang de termijn is: {period:period}{school:of_school}.",
    "counted": "{period:period} na {day:day} is {end:day}.",
    "extended": "Verlengd met {period:period}{reason:because}: {end:day}.",
    "deferred": "De laatste dag is uitgesteld tot en met {end:day}{reason:because}.",
    "did_not_stand_still": "De klok stond niet stil: opgeschort en hervat zonder hele dag ertussen{reason:because}.",
    "stood_still": "De klok stond {days:days} stil, {first:day}{last:through}{reason:because}; {end:moved}.",
    "stands_still": "De klok staat stil vanaf {first:day}{reason:because}; de laatste dag volgt na hervatting.",
    "in_decree": (
        "De termijn staat in een algemene maatregel van bestuur; ook daarvoor geldt de Algemene termijnenwet."
    ),
    "outside_statute": (
        "De Algemene termijnenwet geldt niet voor een termijn van {period:period}; het einde schuift niet op."
    ),
    "lengthened": "De termijn moet ten minste twee werkdagen bevatten en loopt daarom tot en met {end:day}.",
    "moved_by_statute": "Het einde valt op een vrije dag en schuift over {skipped:free_days} naar {end:day}.",
    "moved_on": "Afspraak: een einde op een vrije dag schuift vooruit over {skipped:free_days} naar {end:day}.",
    "moved_back": "Afspraak: een einde op een vrije dag schuift terug over {skipped:free_days} naar {end:day}.",
    "stays": "Het einde valt op {end:day} ({reason}) en blijft daar.",
    "counted_back": "{period:period} terug vanaf {anchor:day} is {end:day}.",
    "later_law": "Sinds {since:day} geldt een andere wet: de termijn is {period:period}.",
    "not_before_law": "Toen de wet ging gelden was die tijd al om; de laatste dag is haar eerste dag: {since:day}.",
    "stays_counted_back": "Er wordt teruggerekend, dus het einde blijft op {end:day}{reason:because}.",
    "fixed_day": "De laatste dag is een vaste datum: {end:day}.",
    "starts_at": "De termijn begint op {at:moment}.",
    "hours_after": "{period:period} na {at:moment} is {end:moment}.",
    "hours_before": "{period:period} voor {at:moment} is {end:moment}.",
    "stands_still_at": "De klok staat stil vanaf {at:moment}{reason:because}; het einde volgt na hervatting.",
    "in_office": "Alleen de uren op werkdagen van {opens} tot {closes} tellen.",
    "hours_extended": "Verlengd{reason:because}: het einde wordt {end:moment}.",
    "hours_stood_still": "De klok stond stil{reason:because}: het einde wordt {end:moment}.",
    "clock_not_started": "De klok loopt nog niet.",
    "end_is_open": "De klok staat stil.",
    "end_is_open_until": "De klok staat stil; de laatste dag is op zijn vroegst {earliest:day}.",
    "ends_at": "De termijn eindigt op {at:moment}.",
    "last_day": "De laatste dag is {end:day}, tot en met 24.00 uur.",
}
WARNINGS: Mapping[str, str] = {
    "named_day_is_free": "De genoemde laatste dag, {end:day}, is geen werkdag. Kies liever een werkdag.",
    "year_not_loaded": (
        "Voor {year} zijn de bij koninklijk besluit gelijkgestelde dagen niet geladen; de laatste dag kan later vallen."
        " Vul de kalender aan met het besluit over {year}."
    ),
    "vacations_not_loaded": (
        'Voor regio "{region}" zijn de schoolvakanties van {school_year} niet geladen; vakantiedagen zijn als schooldag'
        " geteld. Vul de kalender aan met de vakanties van {school_year}."
    ),
}


def say_step(told: Message) -> str:
    """One sentence of an explanation, or a warning."""
    return fill((STEPS.get(told.code) or WARNINGS[told.code]), told.parameters)


def explain_lines(projection: Projection) -> tuple[str, ...]:
    """The explanation in Dutch, one line for each step, the result last, then the warnings."""
    return tuple(_line(told, article) for told, article in told_of(projection))


def say_told(plain: object) -> str:
    """A line of an explanation as a journal holds it; an older journal holds the sentence itself."""
    if not isinstance(plain, Mapping):
        return str(plain)
    return _line(Message(plain["code"], plain["parameters"]), str(plain.get("article", "")))


def explain_plain(projection: Projection) -> dict[str, Any]:
    """The explanation as plain JSON values; `last_day`, `steps` and `warnings` are always there."""
    return {
        "status": projection.status,
        "last_day": _iso(projection.last_day),
        "ends_at": _iso(projection.ends_at),
        "raw_last_day": _iso(projection.raw_last_day),
        "earliest_last_day": _iso(projection.earliest_last_day),
        "suspended_days": projection.suspended_days,
        "steps": [_step_to_plain(step) for step in projection.steps],
        "warnings": [say_step(warning) for warning in projection.warnings],
    }


def describe_end(projection: Projection) -> str:
    """The result in one Dutch sentence."""
    return say_step(end_told(projection))


def explain_move(before: Projection, after: Projection) -> tuple[str, ...]:
    """Why the end of one clock is not what it was: the move, then what is new and what no longer holds.

    For a moved anchor, a corrected ledger or a changed calendar. Empty when the end stays where it was.
    """
    if (before.last_day, before.ends_at) == (after.last_day, after.ends_at):
        return ()
    old, new = (tuple(say_step(step.said) for step in projection.steps) for projection in (before, after))
    return (
        f"Eerst: {describe_end(before)}",
        f"Nu: {describe_end(after)}",
        *(f"Vervalt: {text}" for text in old if text not in new),
        *(f"Nieuw: {text}" for text in new if text not in old),
    )


def _line(told: Message, article: str) -> str:
    text = f"Let op: {say_step(told)}" if told.code in WARNINGS else say_step(told)
    return f"{text} [{article}]" if article else text


def _step_to_plain(step: TermStep) -> dict[str, Any]:
    return {
        "kind": step.kind.value,
        "article": step.article,
        "first_day": _iso(step.first_day),
        "last_day": _iso(step.last_day),
        "shift_days": step.shift.days if step.shift.seconds == 0 else None,
        "shift_hours": step.shift.total_seconds() / 3600,
        "text": say_step(step.said),
    }


def _iso(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()
