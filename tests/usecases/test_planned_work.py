from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.core.deciding.planned_work import Fate
from engine.core.deciding.step import EntryKind, Step
from engine.usecases.do_planned import do_planned
from tests.usecases.rounds import (
    EVERY_FIVE_WEEKS,
    VISITOR,
    VISITS,
    WORLD,
    done_days,
    occasions,
    publish,
    rounds_office,
)
from tests.usecases.workplace import Office, change

YEAR = "2027-03-09 09:00"
RULES = "rules/dorp/rondgang/2026-08-01.yaml"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return rounds_office(tmp_path / "kantoor", "2026-08-10 09:00", planned=[VISITS])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WORLD, tmp_path / "inhoud"))


def test_over_a_school_year_each_school_is_visited_by_its_own_calendar(office: Office) -> None:
    report = office.pass_time(YEAR)
    assert report.failed == ()
    assert {number: done_days(office, number) for number in EVERY_FIVE_WEEKS} == EVERY_FIVE_WEEKS
    assert report.planned == 18
    assert office.is_sound()


def test_the_case_knows_for_whom_and_for_which_day_it_is(office: Office) -> None:
    office.pass_time("2026-08-18")
    case = next(one for one in office.cases() if one.subject == "02BB00")
    known = {fact: one.value for fact, one in case.facts.items()}
    assert known["bezocht.naam"] == "De Beuk"
    assert str(known["bezoek.voor"]) == "2026-08-17"
    assert (known["bezoek.ronde"], known["bezoek.soorten"]) == (1, ("so",))
    line = next(entry for entry in office.journal(case.id) if entry.kind is EntryKind.PLANNED)
    assert line.details == {
        "work": VISITS, "slot": "2026-2027/1", "number": "02BB00", "round": 1, "day": "2026-08-17", "fate": "done",
    }  # fmt: skip


def test_the_case_that_came_up_is_a_case_like_any_other(office: Office) -> None:
    office.pass_time("2026-08-18")
    assert isinstance(office.act(office.cases()[0].id, "doen", VISITOR, {"bezoek.verslag": "goed"}), Step)


def test_a_second_sweep_of_the_same_day_does_nothing(office: Office) -> None:
    office.put_clock("2026-08-18")
    assert do_planned(office.runtime).done == 0, "what came up before anybody swept was not planned"
    office.put_clock("2026-09-21")
    assert [do_planned(office.runtime).done for _ in range(3)] == [3, 0, 0]


def test_what_came_up_while_nobody_swept_is_done_once_late_for_its_own_day(office: Office) -> None:
    office.pass_time("2026-08-18")
    office.put_clock("2027-01-27")  # 21 September, 2 November, 7 December and 25 January went by
    do_planned(office.runtime)
    assert done_days(office, "01AA00") == ["2026-08-17", "2027-01-25"]
    fates = [(str(one.planned_for), one.fate) for one in occasions(office) if one.number == "01AA00"]
    assert fates[1:4] == [(day, Fate.PASSED_OVER) for day in ("2026-09-21", "2026-11-02", "2026-12-07")]
    case = next(one for one in office.cases() if str(one.facts["bezoek.voor"].value) == "2027-01-25")
    assert case.opened_at.date().isoformat() == "2027-01-27", "opened now, for the day that went by"


@pytest.mark.parametrize(
    ("missed", "expected"),
    [("each", ["2026-08-17", "2026-09-21", "2026-11-02"]), ("skip", ["2026-08-17"])],
)
def test_the_content_says_what_becomes_of_what_was_missed(
    tmp_path: Path, own: Path, missed: str, expected: list[str]
) -> None:
    change(
        own, "rules/dorp/rondgang/2026-08-01.yaml", "    for: schools\n", f"    for: schools\n    missed: {missed}\n"
    )
    office = rounds_office(tmp_path / "kantoor", "2026-08-10 09:00", own, [VISITS])
    office.pass_time("2026-08-18")
    office.put_clock("2026-11-04")
    do_planned(office.runtime)
    assert done_days(office, "01AA00") == expected


def test_what_is_passed_over_stands_in_the_journal(office: Office) -> None:
    office.pass_time("2026-08-18")
    office.put_clock("2026-11-04")
    do_planned(office.runtime)
    with office.runtime.reading() as readings:
        rows = readings.rows("SELECT case_id, details FROM journal WHERE organisation = :organisation"
                             " AND kind = 'planned' ORDER BY seq")  # fmt: skip
    assert ["passed_over" in row["details"] for row in rows if row["case_id"] is None] == [True] * 2


def test_work_that_fails_for_one_school_is_done_for_the_others_and_tried_again(tmp_path: Path, own: Path) -> None:
    flow, guard = "workflows/dorp/rondgang/2026-08-01.yaml", "    when: {bezoek.soorten: {contains: bo}}\n"
    change(own, flow, "    state: te_doen\n", f"    state: te_doen\n{guard}")
    office = rounds_office(tmp_path / "kantoor", "2026-08-10 09:00", own, [VISITS])
    failed = dict(office.pass_time("2026-08-18").failed)
    assert list(failed) == [f"{VISITS}/2026-2027/1/02BB00"]
    assert "Voor De Beuk is geen zaak geopend." in failed[f"{VISITS}/2026-2027/1/02BB00"]
    assert done_days(office, "01AA00") == ["2026-08-17"]
    change(own, flow, guard, "")
    publish(office)
    assert office.pass_time("2026-08-19").failed == ()
    assert done_days(office, "02BB00") == ["2026-08-17"]
    assert done_days(office, "01AA00") == ["2026-08-17"]


def test_a_parameter_of_nothing_lets_the_work_rest_and_nothing_is_missed_then(tmp_path: Path, own: Path) -> None:
    file = "rules/dorp/organisation.yaml"
    change(own, file, "om_de_zoveel: {value: 5", "om_de_zoveel: {value: 0")
    office = rounds_office(tmp_path / "kantoor", "2026-08-10 09:00", own, [VISITS])
    assert office.pass_time("2026-10-01").planned == 0
    change(own, file, "om_de_zoveel: {value: 0", "om_de_zoveel: {value: 5")
    publish(office)
    assert office.pass_time("2026-11-03").planned == 2
    assert done_days(office, "01AA00") == ["2026-11-02"]


def test_the_number_of_weeks_that_changes_halfway_leaves_what_was_done(tmp_path: Path, own: Path) -> None:
    office = rounds_office(tmp_path / "kantoor", "2026-08-10 09:00", own, [VISITS])
    office.pass_time("2026-09-22")
    change(own, "rules/dorp/organisation.yaml", "om_de_zoveel: {value: 5", "om_de_zoveel: {value: 6")
    publish(office)
    office.pass_time("2026-11-10")
    # Of every six weeks the second time is in week 7, of 28 September: that round was done. The third is in week 13.
    assert done_days(office, "01AA00") == ["2026-08-17", "2026-09-21"]
    office.pass_time("2026-11-17")
    assert done_days(office, "01AA00")[2:] == ["2026-11-16"]


def test_a_vacation_that_moves_does_not_do_again_what_was_done(tmp_path: Path, own: Path) -> None:
    office = rounds_office(tmp_path / "kantoor", "2026-08-10 09:00", own, [VISITS])
    office.pass_time("2026-09-22")
    calendar = "rules/dorp/calendar/2020-01-01.yaml"
    change(own, calendar, "last_day: 2026-08-16", "last_day: 2026-08-23")
    publish(office)
    office.pass_time("2026-11-10")
    assert done_days(office, "01AA00") == ["2026-08-17", "2026-09-21", "2026-11-09"]


def test_without_the_vacations_of_the_year_it_is_told_and_nothing_is_guessed(tmp_path: Path, own: Path) -> None:
    change(own, "rules/dorp/calendar/2020-01-01.yaml", "school_year: 2025-2026", "school_year: 2024-2025")
    office = rounds_office(tmp_path / "kantoor", "2026-08-10 09:00", own, [VISITS])
    office.put_clock("2026-08-17")
    (failed,) = do_planned(office.runtime).failed
    assert "De schoolvakanties van 2025-2026 zijn niet bekend." in failed.why
    assert occasions(office) == []


def test_one_cause_is_told_once_however_much_work_waits_for_it(tmp_path: Path, own: Path) -> None:
    change(own, "rules/dorp/calendar/2020-01-01.yaml", "school_year: 2025-2026", "school_year: 2024-2025")
    text = (own / RULES).read_text(encoding="utf-8")
    block = text[text.index("  langs_de_scholen:") :].partition("\n\n")[0]
    assert block.startswith("  langs_de_scholen:\n    label:")
    (own / RULES).write_text(
        text.replace(block, f"{block}\n{block.replace('langs_de_scholen', 'nog_eens')}", 1), encoding="utf-8"
    )
    office = rounds_office(tmp_path / "kantoor", "2026-08-10 09:00", own, [VISITS, "rondgang.nog_eens"])
    office.put_clock("2026-08-17")
    (failed,) = do_planned(office.runtime).failed
    assert "en nog 1 andere" in failed.why
    assert occasions(office) == []


@pytest.mark.slow
@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(1, 210), max_size=12))
def test_however_often_and_whenever_is_swept_the_schedule_is_the_same(
    tmp_path: Path, own: Path, days: set[int]
) -> None:
    if "missed" not in (own / RULES).read_text(encoding="utf-8"):
        change(own, RULES, "    for: schools\n", "    for: schools\n    missed: each\n")
    office = rounds_office(tmp_path / uuid4().hex, "2026-08-10 09:00", own, [VISITS])
    do_planned(office.runtime)
    for later in (*sorted(days), 211):
        office.put_clock(f"{date(2026, 8, 10) + timedelta(days=later)} 09:00")
        do_planned(office.runtime)
    assert {number: done_days(office, number) for number in EVERY_FIVE_WEEKS} == EVERY_FIVE_WEEKS
    assert len({(one.slot, one.number) for one in occasions(office)}) == len(occasions(office)) == 18
    office.close()
