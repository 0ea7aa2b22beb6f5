from __future__ import annotations

from pathlib import Path

from engine.core.deciding.step import EntryKind, Step
from engine.usecases.run_due import run_due
from engine.usecases.send_letters import send_letters
from tests.core.decisions.garden import BOARD, COMMITTEE, KEEPER, MEMBER
from tests.usecases.workplace import Office, ask_gardens, change, day, make_office, member


def fired(office: Office, case_id: str) -> list[str]:
    """What the journal says was fired, in order: the clock and the moment it was due."""
    kinds = (EntryKind.TERM_PASSED, EntryKind.TERM_REMINDED)
    return [f"{e.details['clock']} {e.details['due_at']}" for e in office.journal(case_id) if e.kind in kinds]


def test_a_scheduler_that_was_down_for_weeks_does_everything_once_and_in_order(office: Office) -> None:
    cases = ask_gardens(office, 5)
    office.put_clock("2026-05-04 09:00")
    report = run_due(office.runtime)
    assert report.failed == ()
    for case_id in cases:
        clocks = [line.split()[0] for line in fired(office, case_id)]
        assert clocks == ["beslissen", "streven", "beslissen", "beslissen"]
        assert {row.status for row in office.deadlines(case_id)} == {"fired"}
        assert office.case(case_id).facts["te_laat"].value is True
    children = [case for case in office.cases() if case.workflow == "ruzie"]
    assert sorted(case.parent for case in children) == cases
    assert run_due(office.runtime).done == 0
    assert office.is_sound()


def test_the_late_order_is_the_order_in_time(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    office.put_clock("2026-05-04 09:00")
    run_due(office.runtime)
    moments = [line.split()[1] for line in fired(office, case_id)]
    assert moments == sorted(moments)


def test_a_child_that_opens_during_a_late_sweep_gets_its_own_terms_from_then(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    office.put_clock("2026-05-04 09:00")
    run_due(office.runtime)
    child = next(case for case in office.cases() if case.parent == case_id)
    assert child.state == "hek"
    due = [row.deadline.due_at.date() for row in office.deadlines(child.id)]
    assert due == [day("2026-05-06"), day("2026-05-11")]


def test_a_child_is_opened_once_and_its_solution_comes_back(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    office.pass_time("2026-04-15")
    child = next(case for case in office.cases() if case.parent == case_id)
    assert isinstance(office.act(child.id, "oplossen", KEEPER, {"oplossing": "samen schoffelen"}), Step)
    assert office.case(case_id).facts["afloop"].value == "samen schoffelen"
    assert [entry.kind for entry in office.journal(case_id)].count(EntryKind.TOLD) == 1


def test_no_second_child_while_the_first_is_open(office: Office) -> None:
    case_id = office.open("tuin", member(1), KEEPER, entry="overname")
    for _ in range(2):
        assert isinstance(office.act(case_id, "ruzie_melden", MEMBER), Step)
    assert len([case for case in office.cases() if case.parent == case_id]) == 1
    child = next(case for case in office.cases() if case.parent == case_id)
    assert isinstance(office.act(child.id, "beginnen", COMMITTEE), Step)
    assert isinstance(office.act(child.id, "oplossen", KEEPER, {"oplossing": "heg gesnoeid"}), Step)
    assert isinstance(office.act(case_id, "ruzie_melden", MEMBER), Step)
    assert len([case for case in office.cases() if case.parent == case_id]) == 2


def test_each_order_that_is_another_matter_opens_its_own_child(tmp_path: Path, own_world: Path) -> None:
    change(own_world, TUIN, "entry: melding, with:", "entry: melding, several: true, with:")
    office = make_office(tmp_path / "kantoor", "2026-03-02", own_world)
    case_id = office.open("tuin", member(1), KEEPER, entry="overname")
    for _ in range(3):
        assert isinstance(office.act(case_id, "ruzie_melden", MEMBER), Step)
    assert len([case for case in office.cases() if case.parent == case_id and not case.is_closed]) == 3


TUIN = "workflows/tuindorp/tuin/2026-01-01.yaml"
REGELS = "rules/tuindorp/tuin/2026-01-01.yaml"


def test_one_case_that_fails_does_not_stop_the_others_and_the_sweep_ends(tmp_path: Path, own_world: Path) -> None:
    turning = (
        "  - {id: heen, label: Heen, from: [wacht], to: aangevraagd, automatic: true, when: {te_laat: true}}\n"
        "  - {id: weer, label: Weer, from: [aangevraagd], to: wacht, automatic: true,"
        " when: {te_laat: true, plan: mol}}\n"
        "  - {id: intrekken,"
    )
    change(own_world, TUIN, "  - {id: intrekken,", turning)
    office = make_office(tmp_path / "kantoor", "2026-03-02", own_world)
    cases = [*ask_gardens(office, 3), *ask_gardens(office, 1, {"plan": "mol"}), *ask_gardens(office, 2)]
    bad = cases[3]
    office.put_clock("2026-04-20 09:00")
    for _ in range(2):  # a second sweep meets the same one again, and ends too
        report = run_due(office.runtime)
        assert [one.case_id for one in report.failed] == [bad]
        assert "kring" in report.failed[0].why
    good = [case_id for case_id in cases if case_id != bad]
    assert all(office.case(case_id).facts["te_laat"].value is True for case_id in good)
    assert "te_laat" not in office.case(bad).facts
    assert [row.status for row in office.deadlines(bad)].count("open") == 1
    assert office.is_sound()
    office.close()


def test_a_deadline_that_is_refused_is_reported_and_the_sweep_ends(tmp_path: Path, own_world: Path) -> None:
    change(own_world, TUIN, "{id: verlengen, label: Verlengen, from: [aangevraagd], by: [beheerder]}",
           "{id: verlengen, label: Verlengen, from: [aangevraagd], on_term: streven}")  # fmt: skip
    change(own_world, REGELS, "length: 4 weeks\n    roll: none", "length: 8 weeks\n    roll: none")
    change(own_world, REGELS, "ask: [toewijzen, verlengen]", "ask: [toewijzen]")
    office = make_office(tmp_path / "kantoor", "2026-03-02", own_world)
    first, second = ask_gardens(office, 2)
    office.put_clock("2026-05-04 09:00")
    report = run_due(office.runtime)
    assert {one.case_id for one in report.failed} == {first, second}
    assert all("kan niet meer worden verlengd" in one.why and "trede case why" in one.why for one in report.failed)
    assert office.case(first).facts["te_laat"].value is True
    office.close()


def test_a_state_that_was_taken_out_of_a_file_is_still_there_for_its_cases(tmp_path: Path, own_world: Path) -> None:
    office = make_office(tmp_path / "kantoor", "2026-03-02", own_world)
    stays, gone = ask_gardens(office, 2)
    assert isinstance(office.act(gone, "vragen", KEEPER, reason="plan"), Step)
    workflow = own_world / TUIN
    workflow.write_text(workflow.read_text().replace("wacht", "hangt"))
    rules = own_world / REGELS
    rules.write_text(rules.read_text().replace("[wacht]", "[hangt]"))
    later = Office(office.folder)
    later.put_clock("2026-03-31 09:00")
    report = run_due(later.runtime)
    assert report.failed == ()
    assert fired(later, stays) != []
    assert later.case(gone).state == "vervallen", "its term of that state passed"
    ask_gardens(later, 1)
    published = later.runtime.catalogue.files.read(TUIN)[0]
    assert "hangt" in published
    assert "wacht" not in published
    later.close()
    office.close()


def test_letters_and_deadlines_of_a_whole_year_are_each_dealt_with_once(office: Office) -> None:
    for number in range(6):
        case_id = office.open("tuin", {**member(number), "pacht_tot": day("2026-10-31")}, KEEPER, entry="overname")
        if number % 2:
            assert isinstance(office.act(case_id, "inspecteren", COMMITTEE), Step)
    asked = ask_gardens(office, 4)
    assert isinstance(office.act(asked[0], "toewijzen", BOARD), Step)
    office.pass_time("2027-03-01")
    for case in office.cases():
        lines = fired(office, case.id)
        keys = [key for clock in case.clocks for key in clock.fired]
        assert len(set(keys)) == len(keys) == len(lines)
        rows = office.deadlines(case.id)
        assert {row.status for row in rows} <= {"fired", "cancelled"} or not case.is_closed
        assert sum(row.status == "fired" for row in rows) == len(lines)
        assert all(row.status == "sent" for row in office.letters(case.id))
    assert send_letters(office.runtime).done == 0
    assert office.is_sound()


def test_a_reminder_that_stays_knows_the_new_last_day_after_an_extension(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    assert isinstance(office.act(case_id, "verlengen", KEEPER), Step)
    rows = [row for row in office.deadlines(case_id) if row.deadline.clock == "beslissen" and row.status == "open"]
    assert len(rows) == 3
    assert {row.deadline.last_day for row in rows} == {day("2026-04-28")}
