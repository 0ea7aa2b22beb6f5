"""One row that goes wrong, however wildly, stops no other; it is named, and remembered until it goes well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine import scheduler
from engine.core.deciding.step import Step
from engine.core.errors import DefinitionError, StoreError
from engine.crosscheck.partner import Agreement
from engine.letters.drawing import DrawingOrder
from engine.letters.rendering import RenderedLetter
from engine.line.fence import Fence
from engine.usecases import reproject_cases, run_due, send_letters
from engine.usecases.diagnose import Check, diagnose
from engine.usecases.list_work import list_inbox
from engine.usecases.look_at_changed import look_at_changed
from tests.core.decisions.garden import BOARD, COMMITTEE, KEEPER
from tests.usecases.test_together import Partner, with_partner
from tests.usecases.workplace import Office, ask_gardens, free_day, make_office, member

RUZIE = "workflows/tuindorp/ruzie/2026-01-01.yaml"
REGELS = "rules/tuindorp/tuin/2026-01-01.yaml"


def backlog(office: Office) -> Check:
    return next(check for check in diagnose(office.runtime) if check.name == "achterstand")


def stumble_over(case_id: str, work: Any) -> Any:
    """The same work, with a mistake of the program in one case."""

    def wild(question: Any, *rest: Any) -> Any:
        if question.case.id == case_id:
            raise RuntimeError("gestruikeld")
        return work(question, *rest)

    return wild


def test_a_wild_exception_in_one_case_stops_no_other_deadline(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    first, bad, last = ask_gardens(office, 3)
    office.put_clock("2026-05-04 09:00")
    with monkeypatch.context() as patch:
        patch.setattr(run_due, "fall_due", stumble_over(bad, run_due.fall_due))
        report = run_due.run_due(office.runtime)
    assert {one.case_id for one in report.failed} == {bad}
    assert all("RuntimeError: gestruikeld" in one.why for one in report.failed)
    assert all(office.case(case_id).facts["te_laat"].value is True for case_id in (first, last))
    named = backlog(office)
    assert not named.is_sound
    assert bad in named.text
    assert run_due.run_due(office.runtime).failed == ()
    assert backlog(office).is_sound
    assert office.is_sound()


def test_a_wild_exception_in_one_letter_stops_no_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = ask_gardens(office, 2)
    for case_id in (first, second):
        assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)
    draw = office.runtime.drawing_room.draw

    def wild(order: DrawingOrder) -> RenderedLetter:
        if order.case_id == first:
            raise RuntimeError("inkt op")
        return draw(order)

    monkeypatch.setattr(office.runtime.drawing_room, "draw", wild)
    report = send_letters.send_letters(office.runtime)
    assert report.done == 2
    assert {one.case_id for one in report.failed} == {first}
    assert {row.status for row in office.letters(second)} == {"sent"}
    assert {(row.status, "inkt op" in row.error) for row in office.letters(first)} == {("waiting", True)}
    told = backlog(office)
    assert "trede letters send" in told.next_step
    assert f"{first} {first}" not in told.text
    assert first in backlog(office).text


def test_a_wild_exception_in_one_case_stops_no_other_from_being_computed_again(
    tmp_path: Path, own_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office(tmp_path / "kantoor", "2026-03-02", own_world)
    reproject_cases.reproject_changed(office.runtime)
    _, bad, _ = ask_gardens(office, 3)
    free_day(own_world, "2026-04-13")
    monkeypatch.setattr(reproject_cases, "reproject", stumble_over(bad, reproject_cases.reproject))
    report = reproject_cases.reproject_changed(office.runtime)
    assert (report.done, [one.case_id for one in report.failed]) == (2, [bad])
    assert bad in backlog(office).text
    office.close()


def test_a_case_the_second_look_stumbles_over_is_named_and_the_others_are_looked_at(office: Office) -> None:
    _, bad, _ = ask_gardens(office, 3)

    class Stumbling(Partner):
        def compare(self, known: Any, truths: object) -> Any:
            if known["case.id"] == bad:
                raise RuntimeError("gestruikeld")
            return super().compare(known, truths)

    with_partner(office, "alarm", Agreement(compared=1, left_out={}))
    office.runtime.partner = Stumbling(Agreement(compared=1, left_out={}))  # type: ignore[assignment]
    report = look_at_changed(office.runtime)
    assert (report.done, [one.case_id for one in report.failed]) == (2, [bad])
    # It is not looked at again before it changes, so it stays named until somebody has seen it.
    assert look_at_changed(office.runtime).failed == ()
    alarms = next(check for check in diagnose(office.runtime) if check.name == "alarmen")
    assert bad in alarms.text
    assert "gestruikeld" in alarms.text


def test_a_file_that_broke_after_it_was_published_stops_no_case(tmp_path: Path, own_world: Path) -> None:
    office = make_office(tmp_path / "kantoor", "2026-03-02", own_world)
    reproject_cases.reproject_changed(office.runtime)
    asked = ask_gardens(office, 2)
    assert isinstance(office.act(asked[1], "toewijzen", BOARD), Step)
    broken = office.open("ruzie", {"tuinder.nummer": "lid-9", "tuinder.naam": "Tuinder 9"}, COMMITTEE)
    assert isinstance(office.act(broken, "beginnen", COMMITTEE), Step)
    office.put_clock("2026-04-20 09:00")
    path = own_world / RUZIE
    path.write_text("id: [ruzie\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    later = Office(office.folder)
    beat = scheduler.beat(later.runtime)
    assert beat.failed == ()
    assert later.case(asked[0]).facts["te_laat"].value is True
    assert {row.status for row in later.letters(asked[1])} == {"sent"}
    found = list_inbox(later.runtime, later.runtime.now())
    assert {row.case_id for row in found.rows} >= {asked[0], broken}
    with pytest.raises(DefinitionError, match="ruzie"):
        later.open("ruzie", {"tuinder.nummer": "lid-8", "tuinder.naam": "Tuinder 8"}, COMMITTEE)
    later.close()
    office.close()


def test_the_heart_beats_on_when_a_whole_part_fails_or_the_database_is_away(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    (case_id,) = ask_gardens(office, 1)
    assert isinstance(office.act(case_id, "toewijzen", BOARD), Step)

    def wild(_: object) -> None:
        raise RuntimeError("alles kwijt")

    with monkeypatch.context() as patch:
        (name, _, waits), *others = scheduler._PARTS
        patch.setattr(scheduler, "_PARTS", ((name, wild, waits), *others))  # the first beat must look at the content
        beat = scheduler.beat(office.runtime)
    assert beat.done == ("2 brieven",)
    assert [name for name, _ in beat.failed] == ["zaken opnieuw berekend"]

    def away(*_: object, **__: object) -> None:
        raise StoreError("De database is niet bereikbaar of niet leesbaar.")

    monkeypatch.setattr(office.runtime, "reading", away)
    monkeypatch.setattr(office.runtime.store, "work", away)
    monkeypatch.setattr(office.runtime.store, "transaction", away)
    beat = scheduler.beat(office.runtime)
    assert beat.done == ()
    assert len(beat.failed) >= 3


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_a_fence_lets_through_what_stops_the_program(stop: type[BaseException]) -> None:
    with pytest.raises(stop), Fence("proef").around("Z-1"):
        raise stop


def test_a_case_that_cannot_be_written_does_not_take_its_batch_along(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, bad, last = ask_gardens(office, 3)
    office.open("tuin", member(9), KEEPER, entry="overname")
    office.put_clock("2026-05-04 09:00")
    from engine.store.transaction import Transaction

    append = Transaction.append

    def refuse(self: Transaction, step: Step, **more: Any) -> None:
        if step.after.id == bad:
            raise RuntimeError("schijf stuk")
        append(self, step, **more)

    monkeypatch.setattr(Transaction, "append", refuse)
    report = run_due.run_due(office.runtime)
    assert {one.case_id for one in report.failed} == {bad}
    assert all(office.case(case_id).facts["te_laat"].value is True for case_id in (first, last))
