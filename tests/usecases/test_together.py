"""Two people, two processes, two evaluators: one wins, the other is told."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from engine.core.deciding.advance import Act, act
from engine.core.deciding.step import BlockerKind, Refusal, Step
from engine.core.errors import CaseError, DefinitionError, OvertakenError
from engine.core.evaluation.conclusions import Conclusions
from engine.crosscheck.partner import Agreement, Difference, Failure, Verdict
from engine.line.case_line import open_line
from engine.runtime import Runtime
from engine.settings import load_settings
from engine.usecases.advance_case import advance_case
from engine.usecases.look_at_changed import look_at_changed
from engine.usecases.run_due import run_due
from tests.core.decisions.garden import BOARD, COMMITTEE, FITS, KEEPER, MEMBER
from tests.usecases.workplace import REAL, Office, ask_gardens, member

pytestmark = pytest.mark.long


def test_of_two_who_decided_on_the_same_case_one_wins_and_the_other_is_told_by_whom(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    with open_line(office.runtime) as line:
        mine = act(line.about(case_id, KEEPER), Act(transition="verlengen"))
        assert isinstance(office.act(case_id, "intrekken", MEMBER), Step)
        with pytest.raises(OvertakenError) as caught:
            line.keep(mine)
    assert caught.value.exit_code == 4
    assert MEMBER.name in caught.value.text()
    assert case_id in caught.value.text()
    assert office.case(case_id).state == "ingetrokken"
    assert office.is_sound()


def test_many_at_once_on_one_case_leave_one_winner_and_clear_answers_for_the_rest(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    people = 6
    ready = Barrier(people)

    def try_it(_: int) -> Step | Refusal | CaseError:
        runtime = Runtime(load_settings(office.folder, {}))
        ready.wait()
        try:
            with open_line(runtime) as line:
                return advance_case(line, case_id, Act(transition="toewijzen"), BOARD)
        except CaseError as error:
            return error
        finally:
            runtime.close()

    with ThreadPoolExecutor(people) as pool:
        outcomes = list(pool.map(try_it, range(people)))
    assert sum(isinstance(one, Step) for one in outcomes) == 1
    for one in outcomes:
        if isinstance(one, Refusal):
            assert one.blockers[0].kind is BlockerKind.NOT_FROM_HERE
    assert office.case(case_id).version == 2
    assert len(office.letters(case_id)) == 2
    assert office.is_sound()


@pytest.mark.slow
def test_two_sweeps_in_two_processes_do_everything_once(office: Office) -> None:
    cases = ask_gardens(office, 60)
    office.put_clock("2026-05-04 09:00")
    command = [sys.executable, "-m", "tests.scenarios.sweep_worker", str(office.folder), "due"]
    workers = [subprocess.Popen(command, cwd=REAL, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [worker.wait() for worker in workers] == [0, 0]
    assert run_due(office.runtime).done == 0
    for case_id in cases:
        fired = [row for row in office.deadlines(case_id) if row.status == "fired"]
        assert len(fired) == len(office.case(case_id).clocks[0].fired) + 1 == 4
        assert len(office.letters(case_id)) == 1  # of a term that has passed no reminder is sent
    assert office.is_sound()


class Partner:
    """A second evaluator that says what it is told to say."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict, self.seen = verdict, list[Conclusions]()

    @property
    def asked(self) -> int:
        """How often it was asked."""
        return len(self.seen)

    def compare(self, known: Conclusions, _: object) -> Verdict:
        """The same answer to everything."""
        self.seen.append(known)
        return self.verdict

    def close(self) -> None:
        """Nothing to close."""


LIE = Difference(rule="past", facts={"klein": True}, truth=True, other=False)


def with_partner(office: Office, setting: str, verdict: Verdict) -> Partner:
    partner = Partner(verdict)
    office.runtime.settings = replace(office.runtime.settings, second_evaluator=setting)  # type: ignore[arg-type]
    office.runtime.partner = partner  # type: ignore[assignment]
    return partner


def alarms(office: Office) -> list[tuple[str, str, str]]:
    with office.runtime.reading() as readings:
        return [(alarm.case_id, alarm.rule, alarm.other) for alarm in readings.alarms()]


@pytest.mark.parametrize(
    ("verdict", "rule", "other"),
    [(LIE, "past", "niet waar"), (Failure(reason="het kind is omgevallen"), "", "het kind is omgevallen")],
)
def test_a_second_evaluator_that_differs_or_falls_is_an_alarm_and_the_case_goes_on(
    office: Office, verdict: Verdict, rule: str, other: str
) -> None:
    (case_id,) = ask_gardens(office, 1)
    partner = with_partner(office, "alarm", verdict)
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)
    assert partner.asked >= 1
    assert (case_id, rule, other) in alarms(office)
    assert office.case(case_id).state == "toegewezen"


@pytest.mark.parametrize("verdict", [LIE, Failure(reason="het kind is omgevallen")])
def test_with_stop_a_difference_stops_the_step_and_nothing_is_written(office: Office, verdict: Verdict) -> None:
    (case_id,) = ask_gardens(office, 1)
    before = office.case(case_id)
    with_partner(office, "stop", verdict)
    with pytest.raises(DefinitionError) as caught:
        office.act(case_id, "toewijzen", BOARD)
    assert "niet eens" in caught.value.text()
    assert caught.value.next_step
    assert office.case(case_id) == before
    assert office.letters(case_id) == ()
    with pytest.raises(DefinitionError):
        office.open("tuin", {**member(9), **FITS}, KEEPER)
    assert len(office.cases()) == 1


def test_a_second_evaluator_that_agrees_leaves_no_trace(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    with_partner(office, "stop", Agreement(compared=2, left_out={}))
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)
    assert alarms(office) == []


def test_the_wrong_role_and_a_dry_run_write_nothing(office: Office) -> None:
    (case_id,) = ask_gardens(office, 1)
    before = office.case(case_id)
    assert isinstance(office.act(case_id, "toewijzen", COMMITTEE), Refusal)
    with open_line(office.runtime) as line:
        dry = advance_case(line, case_id, Act(transition="toewijzen"), BOARD, dry_run=True)
    assert isinstance(dry, Step)
    assert office.case(case_id) == before
    assert len(office.journal(case_id)) == _lines_of_opening(office, case_id)
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)
    assert office.case(case_id) == replace(dry.after, id=case_id)


def _lines_of_opening(office: Office, case_id: str) -> int:
    return sum(entry.case_version == 1 for entry in office.journal(case_id))


def test_what_others_recorded_about_the_same_person_is_gathered(office: Office) -> None:
    case_id = office.open("tuin", member(1), KEEPER, entry="overname")
    quarrel = office.open("ruzie", {"tuinder.nummer": "lid-1", "tuinder.naam": "Tuinder 1"}, COMMITTEE)
    assert isinstance(office.record(quarrel, {"bemiddelaar": "mw. Hark"}, COMMITTEE), Step)
    with open_line(office.runtime) as line:
        assert line.about(case_id).gathered == {"eerdere_bemiddelaars": ("mw. Hark",)}


def test_the_second_look_judges_the_situation_that_was_decided_on(office: Office) -> None:
    case_id = office.open("tuin", member(1), KEEPER, entry="overname")
    quarrel = office.open("ruzie", {"tuinder.nummer": "lid-1", "tuinder.naam": "Tuinder 1"}, COMMITTEE)
    assert isinstance(office.record(quarrel, {"bemiddelaar": "mw. Hark"}, COMMITTEE), Step)
    partner = with_partner(office, "alarm", Agreement(compared=1, left_out={}))
    assert isinstance(office.act(case_id, "inspecteren", COMMITTEE), Step)
    look_at_changed(office.runtime)
    seen = [known["eerdere_bemiddelaars"] for known in partner.seen if known["case.id"] == case_id]
    assert len(seen) >= 2  # with the step itself, and afterwards
    assert set(seen) == {("mw. Hark",)}


def test_a_case_that_is_not_there_is_an_error_with_exit_code_four(office: Office) -> None:
    with pytest.raises(CaseError) as caught:
        office.act("TUIN-2026-9999", "toewijzen", BOARD)
    assert caught.value.exit_code == 4


def test_a_refused_opening_uses_no_number(office: Office) -> None:
    from engine.usecases.open_case import open_case

    with open_line(office.runtime) as line:
        assert isinstance(open_case(line, "tuin", {"veld": "noord"}, KEEPER), Refusal)
        assert isinstance(open_case(line, "tuin", member(1), KEEPER, dry_run=True), Step)
    assert office.open("tuin", member(1), KEEPER) == "TUIN-2026-0001"
    assert Path(office.folder / "trede.db").exists()
