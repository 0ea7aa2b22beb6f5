"""Adding to a ledger: each illegal act has its own message with a next step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from time_world import (
    BY,
    CALENDAR,
    Entries,
    at,
    day,
    deferred,
    extended,
    resumed,
    started,
    statutory,
    stopped,
    suspended,
    term,
)

from engine.core.errors import DefinitionError, UsageError
from engine.core.legal_clock.ledger import Corrected, Extended, LedgerEntry, Restarted
from engine.core.legal_clock.period import parse_period
from engine.core.legal_clock.recording import record
from engine.core.legal_clock.terms import Extension, TermSpec, project
from engine.words.of_errors import say
from tests.refusals import refused

SPEC = statutory("8 weeks", label="Beslistermijn", extension=Extension(period=parse_period("6 weeks"), times=1))
RECEIVED = started("2026-01-12")
PAUSE = (suspended("2026-01-22"), resumed("2026-02-02"))
NOW = at("2026-02-01T12:00")

ILLEGAL: list[tuple[str, Entries, LedgerEntry, str, str]] = [
    ("suspend before the start", (), suspended("2026-01-22"), "De klok loopt niet", "Start de klok eerst"),
    ("suspend too early", (RECEIVED,), suspended("2026-01-10"), "De klok loopt niet", "Start de klok eerst"),
    ("suspend twice", (RECEIVED, PAUSE[0]), suspended("2026-01-25"), "staat al stil", "eerst hervatten"),
    (
        "suspend a stopped clock",
        (RECEIVED, stopped("2026-01-20")),
        suspended("2026-01-22"),
        "stopte op",
        "Corrigeer eerst",
    ),
    (
        "suspend after the end",
        (RECEIVED,),
        suspended("2026-03-10"),
        "kan niet meer worden opgeschort",
        "leg de overschrijding",
    ),
    (
        "resume a running clock",
        (RECEIVED,),
        resumed("2026-02-02"),
        "De klok staat niet stil",
        "Schort de klok eerst op",
    ),
    (
        "resume before it stood",
        (RECEIVED, PAUSE[0]),
        resumed("2026-01-20"),
        "De klok staat niet stil",
        "datum van de opschorting",
    ),
    ("start twice", (RECEIVED,), started("2026-01-15"), "De klok loopt al", "opnieuw beginnen"),
    (
        "restart nothing",
        (),
        Restarted(recorded_at=NOW, by=BY, day=day("2026-01-15")),
        "opnieuw beginnen",
        "Start de klok",
    ),
    ("stop nothing", (), stopped("2026-01-15"), "kan niet worden gestopt", "Start de klok eerst"),
    ("stop before the start", (RECEIVED,), stopped("2026-01-10"), "kan niet worden gestopt", "controleer de datum"),
    (
        "extend after the end",
        (RECEIVED,),
        extended("2026-03-10", "6 weeks"),
        "kan niet meer worden verlengd",
        "Controleer de datum",
    ),
    (
        "extend twice",
        (RECEIVED, extended("2026-02-10", "6 weeks")),
        extended("2026-02-11", "1 week"),
        "al 1 keer verlengd",
        "schriftelijk uitstel",
    ),
    (
        "extend too long",
        (RECEIVED,),
        extended("2026-02-10", "7 weeks"),
        "met 7 weken worden verlengd",
        "Verleng met 6 weken",
    ),
    ("extend too long in days", (RECEIVED,), extended("2026-02-10", "43 days"), "met 43 dagen", "of minder"),
    (
        "defer after the end",
        (RECEIVED,),
        deferred("2026-03-10", "2026-04-01"),
        "kan niet meer worden uitgesteld",
        "datum",
    ),
    (
        "defer to an earlier day",
        (RECEIVED,),
        deferred("2026-02-10", "2026-03-09"),
        "levert geen uitstel op",
        "latere dag",
    ),
    (
        "defer twice",
        (RECEIVED, deferred("2026-02-10", "2026-04-01")),
        deferred("2026-02-11", "2026-05-01"),
        "kan niet nog eens worden uitgesteld",
        "Houd de laatste dag aan",
    ),
    (
        "defer a standing clock",
        (RECEIVED, PAUSE[0]),
        deferred("2026-02-01", "2026-04-01"),
        "stilstaat",
        "eerst hervatten",
    ),
    (
        "correct what is not there",
        (RECEIVED,),
        Corrected(recorded_at=NOW, by=BY, cancels=4),
        "klokregel 4",
        "Verwijs naar",
    ),
    (
        "correct a suspension that was resumed",
        (RECEIVED, *PAUSE),
        Corrected(recorded_at=NOW, by=BY, cancels=1),
        "De klok staat niet stil",
        "Schort de klok eerst op",
    ),
    (
        "correct a suspension that an extension leaned on",
        (RECEIVED, *PAUSE, extended("2026-03-15", "1 week"), Corrected(recorded_at=NOW, by=BY, cancels=2)),
        Corrected(recorded_at=NOW, by=BY, cancels=1),
        "kan niet meer worden verlengd",
        "Controleer de datum",
    ),
]


@pytest.mark.parametrize(
    ("ledger", "entry", "what", "next_step"), [case[1:] for case in ILLEGAL], ids=[c[0] for c in ILLEGAL]
)
def test_an_illegal_act_is_refused_with_its_own_next_step(
    ledger: Entries, entry: LedgerEntry, what: str, next_step: str
) -> None:
    with pytest.raises(UsageError) as caught:
        record(SPEC, ledger, CALENDAR, entry)
    assert what in f"{say(caught.value).what} {say(caught.value).why}"
    assert next_step in say(caught.value).next_step


def test_legal_acts_are_added_at_the_end() -> None:
    grown = record(SPEC, (RECEIVED,), CALENDAR, *PAUSE)
    grown = record(SPEC, grown, CALENDAR, extended("2026-03-19", "6 weeks"))
    assert grown == (RECEIVED, *PAUSE, extended("2026-03-19", "6 weeks"))
    assert project(SPEC, grown, CALENDAR).last_day == day("2026-04-30")


def test_an_extension_in_another_unit_may_be_as_long_as_allowed() -> None:
    assert len(record(SPEC, (RECEIVED,), CALENDAR, extended("2026-02-10", "42 days"))) == 2


def test_an_extension_written_down_late_counts_by_the_day_it_was_decided() -> None:
    late = extended("2026-03-20", "6 weeks", on_day=day("2026-03-09"))
    assert len(record(SPEC, (RECEIVED,), CALENDAR, late)) == 2


def test_a_suspension_and_its_end_can_be_corrected_together() -> None:
    undo = tuple(Corrected(recorded_at=NOW, by=BY, cancels=number) for number in (1, 2))
    grown = record(SPEC, (RECEIVED, *PAUSE), CALENDAR, *undo)
    assert project(SPEC, grown, CALENDAR).last_day == day("2026-03-09")


def test_a_term_without_extension_or_deferral_refuses_them() -> None:
    spec = statutory("8 weeks", label="Termijn", deferrals=0)
    with refused(UsageError, "geen verlenging geregeld"):
        record(spec, (RECEIVED,), CALENDAR, extended("2026-02-10", "1 week"))
    with refused(UsageError, "kan niet worden uitgesteld"):
        record(spec, (RECEIVED,), CALENDAR, deferred("2026-02-10", "2026-05-01"))


def test_hours_are_extended_no_longer_than_allowed() -> None:
    spec = term("48 hours", extension=Extension(period=parse_period("24 hours")))
    begin = (type(RECEIVED)(recorded_at=NOW, by=BY, at=NOW),)
    too_long = Extended(recorded_at=NOW, by=BY, period=parse_period("25 hours"))
    too_late = Extended(recorded_at=NOW + timedelta(days=4), by=BY, period=parse_period("2 hours"))
    with refused(UsageError, "met 25 uur worden verlengd"):
        record(spec, begin, CALENDAR, too_long)
    with refused(UsageError, "kan niet meer worden verlengd"):
        record(spec, begin, CALENDAR, too_late)


def test_back_counted_and_fixed_terms_cannot_stand_still() -> None:
    fixed = started("2026-01-12", until=day("2026-07-31"))
    for spec, begin in ((term("10 days", counted_back=True), RECEIVED), (TermSpec(), fixed)):
        with refused(UsageError, "kan niet worden opgeschort, verlengd of uitgesteld") as caught:
            record(spec, (begin,), CALENDAR, suspended("2026-01-22"))
        assert "begin de klok opnieuw" in say(caught.value).next_step


def test_a_fixed_day_before_the_start_is_refused() -> None:
    with refused(UsageError, "voor de start op maandag 12 januari 2026") as caught:
        record(TermSpec(), (), CALENDAR, started("2026-01-12", until=day("2025-12-31")))
    assert say(caught.value).next_step == "Controleer de laatste dag en de startdag."
    with refused(UsageError, "geen lengte en geen laatste dag"):
        record(TermSpec(), (), CALENDAR, RECEIVED)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"counted_back": True}, "terugtellen zonder lengte"),
        (
            {"period": parse_period("8 weeks"), "termijnenwet": True, "roll": "backward"},
            "een eigen regel voor vrije dagen",
        ),
        ({"period": parse_period("3 school days")}, "zonder vakantieregio"),
    ],
)
def test_a_term_whose_parts_contradict_each_other_is_refused(parts: dict[str, object], words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        TermSpec(id="t", **parts)  # type: ignore[arg-type]
    assert words in say(caught.value).what
    assert say(caught.value).next_step
