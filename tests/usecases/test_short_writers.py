"""Whoever decides holds up nobody: while a sweep, an import or the second look works, an act gets through at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from engine.core.deciding.step import Step
from engine.crosscheck.partner import Agreement
from engine.usecases import import_register as importing
from engine.usecases import look_at_changed as looking
from engine.usecases import reproject_cases, run_due, send_letters
from tests.core.decisions.garden import BOARD, COMMITTEE, KEEPER, MEMBER
from tests.usecases.test_together import Partner, with_partner
from tests.usecases.workplace import Office, ask_gardens, free_day, make_office

REGELS = "rules/tuindorp/tuin/2026-01-01.yaml"


class Witness:
    """Tries, in the middle of the work of another, to become the one who writes; without waiting for it."""

    def __init__(self, office: Office) -> None:
        self.database, self.tried, self.waited = office.folder / "trede.db", 0, 0

    def try_it(self) -> None:
        """One try; counted when somebody else holds the right to write."""
        self.tried += 1
        with closing(sqlite3.connect(self.database, timeout=0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                self.waited += 1

    def beside(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, with a try in the middle of it."""

        def tried(*arguments: Any, **more: Any) -> Any:
            self.try_it()
            return work(*arguments, **more)

        return tried


def test_a_witness_sees_who_holds_the_right_to_write(office: Office) -> None:
    witness = Witness(office)
    with office.runtime.store.transaction():
        witness.try_it()
    assert (witness.tried, witness.waited) == (1, 1)


def test_nobody_waits_while_a_sweep_decides(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_gardens(office, 5)
    office.put_clock("2026-05-04 09:00")
    witness = Witness(office)
    monkeypatch.setattr(run_due, "fall_due", witness.beside(run_due.fall_due))
    assert run_due.run_due(office.runtime).failed == ()
    assert witness.tried >= 20
    assert witness.waited == 0


def test_nobody_waits_while_letters_are_made(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    (case_id,) = ask_gardens(office, 1)
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)
    witness = Witness(office)
    room = office.runtime.drawing_room
    monkeypatch.setattr(room, "draw", witness.beside(room.draw))
    assert send_letters.send_letters(office.runtime).done == 2
    assert (witness.tried, witness.waited) == (2, 0)


def test_nobody_waits_while_a_register_is_decided_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    register = office.folder / "kasboek.csv"
    register.write_text("lid,naam,veld,pacht\n" + "".join(f"{n},Ans {n},noord,2026-12-31\n" for n in range(120)))
    witness = Witness(office)
    monkeypatch.setattr(importing, "open_case", witness.beside(importing.open_case))
    assert importing.import_register(office.runtime, "tuin", register, KEEPER).opened == 120
    assert witness.tried >= 120
    assert witness.waited == 0


def test_nobody_waits_while_the_second_evaluator_looks(office: Office) -> None:
    ask_gardens(office, 3)
    witness = Witness(office)
    partner = with_partner(office, "alarm", Agreement(compared=1, left_out={}))
    partner.compare = witness.beside(partner.compare)  # type: ignore[method-assign]
    assert looking.look_at_changed(office.runtime).done == 3
    assert (witness.tried, witness.waited) == (3, 0)


def test_nobody_waits_while_terms_are_computed_again(
    tmp_path: Path, own_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office(tmp_path / "kantoor", "2026-03-02", own_world)
    reproject_cases.reproject_changed(office.runtime)
    ask_gardens(office, 3)
    free_day(own_world, "2026-04-13")
    witness = Witness(office)
    monkeypatch.setattr(reproject_cases, "reproject", witness.beside(reproject_cases.reproject))
    assert reproject_cases.reproject_changed(office.runtime).done == 3
    assert (witness.tried, witness.waited) == (3, 0)
    office.close()


def test_an_act_in_the_middle_of_a_sweep_is_done_and_the_sweep_does_the_rest(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = ask_gardens(office, 4)
    office.put_clock("2026-04-20 09:00")
    consultant = Office(office.folder)
    decide, acts = run_due.fall_due, iter([first])

    def meanwhile(*arguments: Any) -> Any:
        if case_id := next(acts, ""):
            assert isinstance(consultant.act(case_id, "intrekken", MEMBER), Step)
        return decide(*arguments)

    monkeypatch.setattr(run_due, "fall_due", meanwhile)
    assert run_due.run_due(office.runtime).failed == ()
    assert office.case(first).state == "ingetrokken"
    assert all(office.case(case_id).facts["te_laat"].value is True for case_id in others)
    assert office.is_sound()
    consultant.close()


def test_what_others_say_of_the_same_person_may_not_change_under_a_decision(office: Office) -> None:
    case_id = office.open("tuin", {**_lid(), "veld": "noord"}, KEEPER, entry="overname")
    quarrel = office.open("ruzie", _lid(), COMMITTEE)
    consultant = Office(office.folder)
    from engine.core.deciding.advance import Act, act
    from engine.core.errors import OvertakenError
    from engine.line.case_line import open_line

    with open_line(office.runtime) as line:
        decided = act(line.about(case_id, COMMITTEE), Act(transition="inspecteren"))
        assert isinstance(consultant.record(quarrel, {"bemiddelaar": "mw. Hark"}, COMMITTEE), Step)
        with pytest.raises(OvertakenError, match="another_case_changed"):
            line.keep(decided)
    consultant.close()


def test_two_who_open_at_the_same_moment_both_get_a_number(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.usecases import open_case as opening

    other = Office(office.folder)
    decide, first = opening.core.open_case, iter([True])

    def meanwhile(*arguments: Any) -> Any:
        if next(first, False):
            ask_gardens(other, 1)
        return decide(*arguments)

    monkeypatch.setattr(opening.core, "open_case", meanwhile)
    assert ask_gardens(office, 1) == ["TUIN-2026-0002"]
    assert [case.id for case in office.cases()] == ["TUIN-2026-0001", "TUIN-2026-0002"]
    assert office.is_sound()
    other.close()


def test_a_second_look_that_is_stopped_goes_on_where_it_was(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_gardens(office, 6)
    monkeypatch.setattr(looking, "BATCH", 2)

    class Struck(Partner):
        def compare(self, *arguments: Any) -> Any:
            if self.asked == 3:
                raise KeyboardInterrupt
            return super().compare(*arguments)

    struck = Struck(Agreement(compared=1, left_out={}))
    with_partner(office, "alarm", Agreement(compared=1, left_out={}))
    office.runtime.partner = struck  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        looking.look_at_changed(office.runtime)
    again = with_partner(office, "alarm", Agreement(compared=1, left_out={}))
    looking.look_at_changed(office.runtime)
    seen = [known["case.id"] for known in (*struck.seen, *again.seen)]
    assert {f"TUIN-2026-{number:04d}" for number in range(1, 7)} <= set(seen)
    assert "TUIN-2026-0001" not in {known["case.id"] for known in again.seen}


def _lid() -> dict[str, Any]:
    return {"tuinder.nummer": "lid-1", "tuinder.naam": "Tuinder 1"}
