from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core.deciding.sampling import seed_of
from engine.store.planned import DrawRow, draw_of
from engine.usecases.do_planned import do_planned
from engine.usecases.show_draw import show_draw
from tests.store.conftest import POSTGRES_URL, new_postgres_database
from tests.usecases.rounds import DRAW, VISITS, add_children, occasions, rounds_office
from tests.usecases.workplace import Office

pytestmark = pytest.mark.long

SLOT = "2026-11-01"  # a Sunday: the draw itself is done on the Monday after it


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        yield ""
        return
    if not POSTGRES_URL:
        pytest.skip("TREDE_TEST_POSTGRES_URL is not set: no PostgreSQL to test on")
    with new_postgres_database() as fresh:
        yield fresh


@pytest.fixture
def office(tmp_path: Path, url: str) -> Office:
    """Thirty children in the lower groups, ten in the upper ones, and five who are in no special place."""
    made = rounds_office(tmp_path / "kantoor", "2026-10-26 09:00", planned=[DRAW], url=url)
    add_children(made, 30)
    add_children(made, 10, first=30, group="boven")
    add_children(made, 5, first=40, special=False)
    return made


def drawn(office: Office) -> DrawRow:
    with office.runtime.reading() as readings:
        row = draw_of(readings, DRAW, SLOT)
    assert row is not None
    return row


def test_a_share_of_each_group_is_drawn_once_and_gets_a_case(office: Office) -> None:
    assert office.pass_time("2026-11-20").failed == ()
    row = drawn(office)
    assert (len(row.population), str(row.planned_for)) == (40, "2026-11-02")
    assert [one.group for one in row.drawn] == ["boven", "onder", "onder"]  # 5 % of 10 and of 30, upwards
    assert row.seed == seed_of("dorp", DRAW, SLOT)
    assert sorted(case.subject for case in office.cases()) == sorted(one.number for one in row.drawn)
    assert [one.case_id for one in occasions(office, DRAW)] == [case.id for case in sorted(
        office.cases(), key=lambda case: case.subject)]  # fmt: skip


def test_a_draw_that_was_done_stays_as_it_was_done(office: Office) -> None:
    office.pass_time("2026-11-03")
    before = drawn(office)
    add_children(office, 60, first=100)
    assert office.pass_time("2026-12-01").failed == ()
    assert drawn(office) == before
    assert len(office.cases()) == 3


def test_who_draws_again_gets_the_same_list_and_is_told_who_came_and_went(office: Office) -> None:
    office.pass_time("2026-11-03")
    shown = show_draw(office.runtime, DRAW, SLOT)
    assert (shown.is_same, shown.joined, shown.left, shown.other_group) == (True, (), (), ())
    add_children(office, 2, first=100)
    later = show_draw(office.runtime, DRAW, SLOT)
    assert (later.is_same, later.joined, later.left) == (True, ("k0100", "k0101"), ())
    assert later.row == shown.row


def test_a_list_that_was_changed_by_hand_is_found_out(office: Office) -> None:
    office.pass_time("2026-11-03")
    with office.runtime.store.transaction() as tx:
        tx._link.change(_draws(), ({"drawn": '[["k0001", "onder"]]'}, {"organisation": "dorp", "work": DRAW}))
    assert show_draw(office.runtime, DRAW, SLOT).is_same is False


def test_of_whom_nobody_said_whether_they_belong_is_not_drawn_and_is_named(office: Office) -> None:
    add_unknown(office)
    office.pass_time("2026-11-03")
    row = drawn(office)
    assert row.unknown == ("k0900",)
    assert "k0900" not in {one.number for one in row.population}


def test_a_draw_that_was_missed_for_two_years_is_done_once_for_the_last_of_them(office: Office) -> None:
    do_planned(office.runtime)
    office.put_clock("2027-11-03")
    do_planned(office.runtime)
    assert [(one.slot, one.number, one.fate) for one in occasions(office, DRAW) if one.slot == SLOT] == [
        (SLOT, "", "passed_over")
    ]
    assert {one.slot for one in occasions(office, DRAW) if one.fate == "done"} == {"2027-11-01"}
    assert len(office.cases()) == 3


def test_two_workers_at_once_draw_once_and_open_each_case_once(tmp_path: Path, url: str) -> None:
    first = rounds_office(tmp_path / "een", "2026-10-26 09:00", planned=None, url=url)
    add_children(first, 30)
    do_planned(first.runtime)
    first.put_clock("2026-11-09 09:00")  # the draw, and the visits of two schools and of the third one
    workers = [first, Office(first.folder), Office(first.folder)]
    together, wrong = threading.Barrier(len(workers)), list[BaseException]()

    def work(one: Office) -> None:
        try:
            together.wait(timeout=20)
            assert do_planned(one.runtime).failed == ()
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(one,)) for one in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    done = [(one.work, one.number) for name in (DRAW, VISITS) for one in occasions(first, name)]
    assert len(done) == len(set(done)) == 2 + 3
    assert len(first.cases()) == 5
    assert first.is_sound()


def _draws() -> object:
    from engine.store.tables_beside import draws

    return draws


def add_unknown(office: Office) -> None:
    """A child of whom the register does not say whether its place is a special one."""
    from tests.usecases.rounds import put_in_register

    put_in_register(office, "k0900", {"kind.naam": "Kind 900", "kind.klas": "onder"})
