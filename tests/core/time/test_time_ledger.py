"""The ledger: suspension, extension, deferral, restart, stop, corrections, and what was known when."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from time_world import (
    BY,
    CALENDAR,
    at,
    day,
    deferred,
    extended,
    resumed,
    started,
    started_at,
    statutory,
    stopped,
    suspended,
    term,
)

from engine.core.errors import UsageError
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.ledger import Corrected, Restarted, Started, ledger_from_plain, ledger_to_plain
from engine.core.legal_clock.period import parse_period
from engine.core.legal_clock.terms import (
    Extension,
    StepKind,
    TermSpec,
    moment_before,
    moments_after,
    passed_at,
    project,
    was_in_time,
)
from engine.core.moment import start_of_day
from engine.words.of_errors import say_whole
from engine.words.of_terms import explain_move, say_step
from tests.refusals import refused

DECISION = statutory("8 weeks", id="beslistermijn", basis=("Awb 4:13",))
RECEIVED = started("2026-01-12")
PAUSE = (
    suspended("2026-01-22", reason="aanvraag niet compleet", basis="Awb 4:15 lid 1 onder a"),
    resumed("2026-02-02"),
)


def corrected(on: str, cancels: int) -> Corrected:
    return Corrected(recorded_at=start_of_day(day(on)), by=BY, reason="vergissing", cancels=cancels)


def test_the_worked_example_of_suspension() -> None:
    projection = project(DECISION, (RECEIVED, *PAUSE), CALENDAR)
    assert (projection.last_day, projection.suspended_days) == (day("2026-03-19"), 10)
    step = next(step for step in projection.steps if step.kind is StepKind.SUSPENSION)
    assert (step.first_day, step.last_day) == (day("2026-01-23"), day("2026-02-01"))
    assert step.article == "Awb 4:15 lid 1 onder a"
    assert "10 dagen stil" in say_step(step.said)
    assert "aanvraag niet compleet" in say_step(step.said)
    assert step.shift == timedelta(days=10)


def test_a_standing_clock_tells_its_earliest_end() -> None:
    projection = project(DECISION, (RECEIVED, PAUSE[0]), CALENDAR)
    assert (projection.status, projection.last_day, projection.ends_at) == ("suspended", None, None)
    assert projection.earliest_last_day == day("2026-03-09")
    assert projection.still_since == day("2026-01-23")
    assert not passed_at(projection, at("2030-01-01T00:00"))


def test_a_suspension_in_the_days_the_end_moves_over_moves_it_further() -> None:
    # Raw end Good Friday, moved to Tuesday 2 April; suspended on Easter Monday until Friday.
    spec, begin = statutory("6 weeks"), started("2024-02-16")
    projection = project(spec, (begin, suspended("2024-04-01"), resumed("2024-04-05")), CALENDAR)
    assert (projection.raw_last_day, projection.last_day) == (day("2024-03-29"), day("2024-04-05"))
    assert "dinsdag 2 april 2024 (klok stond stil)" in say_step(projection.steps[-1].said)


def test_a_suspension_on_the_last_day_comes_too_late() -> None:
    projection = project(DECISION, (RECEIVED, suspended("2026-03-09")), CALENDAR)
    assert (projection.status, projection.last_day) == ("running", day("2026-03-09"))


def test_a_suspension_that_ended_at_once_has_no_days() -> None:
    pause = (suspended("2026-01-22"), resumed("2026-01-22"))
    projection = project(DECISION, (RECEIVED, *pause), CALENDAR)
    assert (projection.suspended_days, projection.last_day) == (0, day("2026-03-09"))
    assert any("stond niet stil" in say_step(step.said) for step in projection.steps)


def test_a_standstill_of_two_years_is_counted_through() -> None:
    pause = (suspended("2026-06-02"), resumed("2028-06-05"))
    spec = term("5 working days", kind="agreed")
    assert project(spec, (started("2026-06-01"), *pause), CALENDAR).last_day == day("2028-06-09")


def test_working_days_that_stand_still_count_later() -> None:
    spec = term("5 working days", kind="agreed")
    pause = (suspended("2026-06-02"), resumed("2026-06-08"))
    assert project(spec, (started("2026-06-01"),), CALENDAR).last_day == day("2026-06-08")
    assert project(spec, (started("2026-06-01"), *pause), CALENDAR).last_day == day("2026-06-11")


@pytest.mark.parametrize(("lenient", "last_day"), [(False, "2026-07-06"), (True, "2026-07-07")])
def test_the_worked_example_of_adjournment(lenient: bool, last_day: str) -> None:
    spec = statutory("12 weeks", extension=Extension(period=parse_period("6 weeks"), from_moved_end=lenient))
    entries = (started("2026-03-02"), extended("2026-05-20", "6 weeks", basis="Awb 7:10 lid 3"))
    projection = project(spec, entries, CALENDAR)
    assert projection.last_day == day(last_day)
    assert projection.extended_times == 1
    assert sum((step.shift for step in projection.steps), timedelta(0)) == day(last_day) - day("2026-03-02")


def test_a_deferral_replaces_the_last_day_and_follows_later_suspension() -> None:
    later = deferred("2026-03-02", "2026-04-15", reason="deskundige ziek", basis="Awb 4:14 lid 3")
    projection = project(DECISION, (RECEIVED, *PAUSE, later), CALENDAR)
    assert (projection.last_day, projection.deferred_times) == (day("2026-04-15"), 1)
    assert sum((step.shift for step in projection.steps), timedelta(0)) == day("2026-04-15") - day("2026-01-12")
    again = (suspended("2026-03-10"), resumed("2026-03-16"))
    assert project(DECISION, (RECEIVED, later, *again), CALENDAR).last_day == day("2026-04-20")


def test_a_deferral_to_a_free_day_stays_there_and_warns() -> None:
    projection = project(DECISION, (RECEIVED, deferred("2026-03-02", "2026-04-06")), CALENDAR)
    assert projection.last_day == day("2026-04-06")
    assert "geen werkdag" in say_step(projection.warnings[0])


def test_a_restart_begins_anew_and_forgets_what_went_before() -> None:
    for anew in ("2026-02-10", "2026-01-05"):
        again = Restarted(recorded_at=at("2026-02-10T10:00"), by=BY, day=day(anew))
        projection = project(DECISION, (RECEIVED, *PAUSE, again), CALENDAR)
        assert projection.last_day == day(anew) + timedelta(weeks=8)
        assert projection.suspended_days == 0


def test_a_stopped_clock_keeps_its_last_day_and_whether_it_was_in_time() -> None:
    for stop, in_time in (("2026-03-09", True), ("2026-03-10", False)):
        projection = project(DECISION, (RECEIVED, stopped(stop)), CALENDAR)
        assert (projection.status, projection.last_day) == ("stopped", day("2026-03-09"))
        assert was_in_time(projection) is in_time
        assert passed_at(projection, at("2026-06-01T00:00")) is not in_time


def test_a_clock_that_stopped_while_it_stood_still_was_in_time() -> None:
    projection = project(DECISION, (RECEIVED, PAUSE[0], stopped("2026-08-01")), CALENDAR)
    assert (projection.status, was_in_time(projection)) == ("stopped", True)
    assert not was_in_time(project(DECISION, (RECEIVED,), CALENDAR))


def test_a_term_passes_at_midnight_after_its_last_day() -> None:
    projection = project(DECISION, (RECEIVED,), CALENDAR)
    assert not passed_at(projection, at("2026-03-09T22:59:59"))
    assert passed_at(projection, at("2026-03-09T23:00"))


def test_a_correction_cancels_and_can_itself_be_cancelled() -> None:
    wrong = (RECEIVED, *PAUSE, corrected("2026-02-03", 2), corrected("2026-02-03", 1))
    assert project(DECISION, wrong, CALENDAR).last_day == day("2026-03-09")
    assert project(DECISION, wrong[:4], CALENDAR).status == "suspended"
    back = (*wrong, corrected("2026-02-04", 4), corrected("2026-02-04", 3))
    assert project(DECISION, back, CALENDAR).last_day == day("2026-03-19")


def test_a_start_that_replaces_a_corrected_start_takes_its_place() -> None:
    moved = (RECEIVED, *PAUSE, corrected("2026-02-10", 0), started("2026-01-10"))
    projection = project(DECISION, moved, CALENDAR)
    assert (projection.last_day, projection.suspended_days) == (day("2026-03-17"), 10)


def test_a_corrected_restart_keeps_what_happened_after_it() -> None:
    again = Restarted(recorded_at=at("2026-01-15T10:00"), by=BY, day=day("2026-01-15"))
    new = replace(started("2026-01-16"), recorded_at=at("2026-02-10T10:00"))
    ledger = (RECEIVED, stopped("2026-01-14"), again, *PAUSE, corrected("2026-02-10", 2), new)
    projection = project(DECISION, ledger, CALENDAR)
    assert (projection.started_on, projection.suspended_days) == (day("2026-01-16"), 10)
    assert projection.last_day == day("2026-03-23")
    assert project(DECISION, ledger, CALENDAR, as_of=at("2026-02-05T00:00")).started_on == day("2026-01-15")


def test_the_last_day_as_known_on_a_moment() -> None:
    late = tuple(replace(entry, recorded_at=at("2026-03-01T09:00")) for entry in PAUSE)
    entries = (RECEIVED, *late, replace(corrected("2026-03-05", 2)), replace(corrected("2026-03-05", 1)))
    known = [
        project(DECISION, entries, CALENDAR, as_of=at(moment)).last_day
        for moment in ("2026-02-20T00:00", "2026-03-01T09:00", "2026-03-05T12:00")
    ]
    assert known == [day("2026-03-09"), day("2026-03-19"), day("2026-03-09")]
    assert project(DECISION, entries, CALENDAR, as_of=at("2026-01-01T00:00")).status == "not_started"


def test_entries_written_down_late_take_their_place_by_day() -> None:
    entries = (RECEIVED, stopped("2026-03-15"), *PAUSE)
    projection = project(DECISION, entries, CALENDAR)
    assert (projection.last_day, was_in_time(projection)) == (day("2026-03-19"), True)


def test_the_last_day_that_a_rule_gives_stands_in_the_ledger() -> None:
    spec = TermSpec(id="teldatum", kind="agreed")
    given = started("2026-09-01", until=day("2027-01-31"))
    projection = project(spec, (given,), CALENDAR)
    assert projection.last_day == day("2027-01-31")
    assert project(replace(spec, roll="backward"), (given,), CALENDAR).last_day == day("2027-01-29")


@pytest.mark.parametrize(
    ("amount", "moment"),
    [
        ("6 weeks", "2026-02-23"),
        ("49 days", "2026-03-02"),
        (0.6, "2026-02-15"),
        (0.85, "2026-03-01"),
        (1.0, "2026-03-09"),
        (0.0, "2026-01-12"),
    ],
)
def test_a_reminder_falls_on_the_day_that_bears_its_number(amount: str | float, moment: str) -> None:
    asked = parse_period(amount) if isinstance(amount, str) else amount
    assert moments_after(DECISION, (RECEIVED,), CALENDAR, (asked,))[0] == start_of_day(day(moment))
    later = moments_after(DECISION, (RECEIVED, *PAUSE), CALENDAR, (asked,))[0]
    assert later == start_of_day(day(moment) + timedelta(days=10 if amount != 0.0 else 0))


def test_a_reminder_waits_while_the_clock_stands_still() -> None:
    six_weeks, one_week = parse_period("6 weeks"), parse_period("1 week")
    assert moments_after(DECISION, (RECEIVED, PAUSE[0]), CALENDAR, (six_weeks,))[0] is None
    assert moments_after(DECISION, (RECEIVED, PAUSE[0]), CALENDAR, (one_week,))[0] == start_of_day(day("2026-01-19"))
    assert moments_after(DECISION, (RECEIVED, PAUSE[0]), CALENDAR, (parse_period("10 days"),))[0] is not None
    assert moments_after(DECISION, (RECEIVED, PAUSE[0]), CALENDAR, (parse_period("11 days"),))[0] is None
    assert moments_after(DECISION, (), CALENDAR, (six_weeks,))[0] is None
    with refused(UsageError, "ligt niet tussen 0 en 1"):
        moments_after(DECISION, (RECEIVED,), CALENDAR, (1.5,))[0]


def test_a_share_looks_at_the_term_up_to_its_raw_end() -> None:
    # Raw end Good Friday 29 March; a suspension among the days it moves over takes nothing from the share.
    ledger = (started("2024-02-16"), suspended("2024-04-01"), resumed("2024-04-05"))
    assert moments_after(statutory("6 weeks"), ledger, CALENDAR, (1.0,))[0] == start_of_day(day("2024-03-29"))
    assert moments_after(statutory("6 weeks"), ledger, CALENDAR, (0.5,))[0] == start_of_day(day("2024-03-08"))


def test_a_fixed_day_has_reminders_too() -> None:
    given, later = (started("2026-07-01", until=day(until)) for until in ("2026-07-21", "2026-07-31"))
    assert moments_after(TermSpec(), (later,), CALENDAR, (0.5,))[0] == start_of_day(day("2026-07-16"))
    found = moments_after(TermSpec(), (given,), CALENDAR, (0.5, parse_period("1 week")))
    assert found == (start_of_day(day("2026-07-11")), start_of_day(day("2026-07-08")))
    assert moments_after(term("1 week", counted_back=True), (RECEIVED,), CALENDAR, (0.5,))[0] is None


def test_a_reminder_before_the_end_is_counted_back_from_the_last_day() -> None:
    projection = project(DECISION, (RECEIVED,), CALENDAR)
    assert moment_before(projection, parse_period("2 weeks"), CALENDAR) == start_of_day(day("2026-02-23"))
    standing = project(DECISION, (RECEIVED, PAUSE[0]), CALENDAR)
    assert moment_before(standing, parse_period("2 weeks"), CALENDAR) is None


def test_a_ledger_survives_the_way_through_json() -> None:
    entries = (
        started("2026-01-12", until=day("2026-03-01")),
        started_at(at("2026-01-12T10:00")),
        *PAUSE,
        extended("2026-02-10", "6 weeks", on_day=day("2026-02-09")),
        deferred("2026-02-11", "2026-04-15"),
        Restarted(recorded_at=at("2026-02-12T10:00"), by=BY, day=day("2026-02-12")),
        stopped("2026-02-13"),
        corrected("2026-02-14", 7),
    )
    assert ledger_from_plain(json.loads(json.dumps(ledger_to_plain(entries)))) == entries


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ({"kind": "begonnen"}, "De soort 'begonnen' is onbekend"),
        ({"kind": "started", "recorded_at": "2026-01-01T00:00:00+00:00", "by": "x", "dag": "y"}, "Het veld 'dag'"),
        ({"kind": "extended", "recorded_at": "2026-01-01T00:00:00+00:00", "by": "x"}, "ontbreekt een veld (period)"),
        ({"kind": "stopped", "recorded_at": "gisteren", "by": "x"}, "'gisteren' in 'recorded_at' is geen"),
        ({"kind": "stopped", "recorded_at": "2026-01-01T00:00:00", "by": "x"}, "heeft geen tijdzone"),
    ],
)
def test_a_ledger_that_cannot_be_read_says_what_is_wrong(plain: dict[str, str], words: str) -> None:
    with pytest.raises(Exception) as caught:
        ledger_from_plain([plain])
    assert words in say_whole(caught.value)


def test_a_moved_anchor_and_a_changed_calendar_say_why_the_end_moved() -> None:
    spec = statutory("6 weeks")
    old = project(spec, (started("2026-04-02"),), Calendar(loaded_years=frozenset({2026})))
    new = project(spec, (started("2026-04-02"),), CALENDAR)
    lines = explain_move(old, new)
    assert "vrijdag 15 mei 2026" in lines[0]
    assert "maandag 18 mei 2026" in lines[1]
    assert any(line.startswith("Nieuw:") and "gelijkgestelde dag" in line for line in lines)
    assert any(line.startswith("Vervalt:") for line in lines)
    assert explain_move(new, new) == ()
    anchor = Restarted(recorded_at=at("2026-04-07T10:00"), by=BY, day=day("2026-04-07"))
    moved = explain_move(new, project(spec, (started("2026-04-02"), anchor), CALENDAR))
    assert any("dinsdag 7 april 2026 (dag 0)" in line for line in moved)


def test_a_start_without_day_or_moment_is_refused() -> None:
    with refused(UsageError, "heeft geen dag en geen tijdstip"):
        project(DECISION, (Started(recorded_at=at("2026-01-01T00:00"), by=BY),), CALENDAR)
