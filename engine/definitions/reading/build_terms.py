"""Terms: from the blocks of a rule set to core values."""

from __future__ import annotations

from engine.core.content.ruleset import Deferring, Passing, Prolonging, Reminder, TermRule
from engine.core.legal_clock.period import Period, Unit
from engine.definitions.files.places import Place
from engine.definitions.models.terms import DeferPart, ExtendPart, PassingPart, ReminderPart, TermPart
from engine.definitions.reading.build_parts import build_cases, build_conclusions, build_letters, build_optional
from engine.definitions.reading.expression_parser import read_expression, read_length

_NO_LENGTH = Period(0, Unit.DAYS)


def build_term(term_id: str, part: TermPart, at: Place) -> TermRule:
    """One term; combinations that mean nothing are reported."""
    _check_form(part, at)
    _check_kind(part, at)
    _check_decree(part, at)
    _check_standstill(part, at)
    return TermRule(
        id=term_id,
        label=part.label,
        kind=part.kind,
        length=build_length(part.length, at / "length"),
        before=build_optional(part.before, at / "before"),
        until=build_optional(part.until, at / "until"),
        anchor=build_optional(part.anchor, at / "anchor"),
        termijnenwet=part.termijnenwet,
        in_decree=part.in_decree,
        roll=part.roll,
        starts_in=tuple(part.starts_in),
        starts_on=tuple(part.starts_on),
        sending_of=tuple(part.sending_of),
        stops_in=tuple(part.stops_in),
        stops_on=tuple(part.stops_on),
        suspended_in=tuple(part.suspended_in),
        suspends_on=tuple(part.suspends_on),
        resumes_on=tuple(part.resumes_on),
        ground=part.ground,
        follows=part.follows,
        extension=_build_extension(part.extend, at / "extend"),
        deferral=_build_deferral(part.defer, at / "defer"),
        warnings=tuple(_build_reminder(one, at / "warnings" / n) for n, one in enumerate(part.warnings)),
        passing=_build_passing(part.passed, at / "passed"),
        target_share=part.target_share,
        basis=tuple(part.basis),
        source=tuple(part.source),
        status=part.status,
        where=at.key_where,
    )


def build_length(raw: object, at: Place) -> Period | None:
    """The length at this place; None when it was not written or is wrong (then reported)."""
    return None if raw is None else read_length(raw, at)


def _check_form(part: TermPart, at: Place) -> None:
    if (part.length is None) == (part.until is None):
        at.report(
            "Een termijn heeft een lengte (length) of een einddag (until), en niet allebei.",
            next_step="Schrijf bijvoorbeeld length: 8 weeks.",
            at_key=True,
        )
    if part.before is not None and part.length is None:
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


def _build_extension(part: ExtendPart | None, at: Place) -> Prolonging | None:
    if part is None:
        return None
    return Prolonging(by=part.by, length=read_length(part.length, at / "length") or _NO_LENGTH, times=part.times)


def _build_deferral(part: DeferPart | None, at: Place) -> Deferring | None:
    if part is None:
        return None
    return Deferring(by=part.by, until=read_expression(part.until, at / "until"), times=part.times)


def _build_reminder(part: ReminderPart, at: Place) -> Reminder:
    given = [key for key in ("after", "share", "before_end") if getattr(part, key) is not None]
    if len(given) != 1:
        at.report(
            "Een signaal heeft precies een van after, share en before_end.",
            why=f"Hier staat: {', '.join(given) or 'geen van drie'}.",
            next_step="Kies er een.",
        )
    return Reminder(
        to=tuple(part.to),
        after=build_length(part.after, at / "after"),
        share=part.share,
        before_end=build_length(part.before_end, at / "before_end"),
        ask=tuple(part.ask),
        letters=build_letters(part.letters, at / "letters"),
        label=part.label,
        where=at.where,
    )


def _build_passing(part: PassingPart | None, at: Place) -> Passing:
    if part is None:
        return Passing()
    return Passing(
        sets=build_conclusions(part.sets, at / "sets"),
        letters=build_letters(part.letters, at / "letters"),
        tells=tuple(part.tells),
        opens=build_cases(part.opens, at / "opens"),
    )
