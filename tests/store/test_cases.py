from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import islice

import pytest

from engine.core.deciding.case import Actor
from engine.core.deciding.step import EntryKind, Notice
from engine.core.errors import CaseError, StoreError, UsageError
from engine.core.language.facts import KnownFact
from engine.store.database import Store
from engine.store.numbering import next_numbers
from tests.store.samples import START, case_row, days, deadline, entry, letter, make_case, moving, opening

OpenStore = Callable[[], Store]


def test_a_case_comes_back_as_it_was_written(store: Store) -> None:
    case = make_case()
    with store.transaction() as tx:
        tx.append(opening(case), owner="loket")
    with store.reading() as readings:
        assert readings.load_case(case.id) == case
        assert case_row(readings, case.id).owner == "loket"


def test_a_step_moves_the_case_and_leaves_a_line_in_the_journal(store: Store) -> None:
    step = moving(make_case(), letters=[letter("VOG/besluit/boer/1")])
    with store.transaction() as tx:
        tx.append(opening(), owner="loket")
        tx.append(step)
        assert [one.kind for one in tx.journal(step.after.id)] == [EntryKind.OPENED, EntryKind.MOVED]
    with store.reading() as readings:
        assert readings.load_case(step.after.id) == step.after
        assert case_row(readings, step.after.id).owner == "loket", "an empty owner leaves the owner as it was"
        moved = readings.journal(step.after.id)[-1]
    assert (moved.details, moved.case_version, moved.content_digest) == ({"to": "getoetst"}, 2, "c0ffee")
    assert (moved.actor, moved.at) == (step.entries[0].actor, days(1))


def test_nothing_of_a_transaction_that_fails_is_stored(store: Store) -> None:
    def fail_halfway() -> None:
        with store.transaction() as tx:
            tx.append(opening(deadlines=[deadline("d1", days(7))], letters=[letter("b1")]))
            tx.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    with store.reading() as readings:
        for table in ("cases", "journal", "deadlines", "letters", "notices", "chains"):
            assert readings.rows(f"SELECT * FROM {table}") == [], table


def test_of_two_writers_on_one_case_the_first_wins_and_the_second_is_told_who_and_when(open_store: OpenStore) -> None:
    first, second = open_store(), open_store()
    with first.transaction() as tx:
        tx.append(opening())
    with second.reading() as readings:
        stale = readings.load_case("VOG-2026-0001")
    with first.transaction() as tx:
        tx.append(moving(stale, actor=Actor(role="bestuur", name="Wobbe Verzonnen")))
    with pytest.raises(CaseError) as caught, second.transaction() as tx:
        tx.append(moving(stale, "geweigerd"))
    assert "intussen gewijzigd" in caught.value.what
    assert "Wobbe Verzonnen maakte er om 09:00 op 04-08-2026 versie 2 van" in caught.value.why
    assert caught.value.exit_code == 4
    with first.reading() as readings:
        assert readings.load_case(stale.id).state == "getoetst"


def test_no_update_is_lost_when_many_writers_count_on_the_same_case(open_store: OpenStore) -> None:
    writers, rounds = 4, 6
    with open_store().transaction() as tx:
        tx.append(opening(make_case(facts={"telling": KnownFact(value=0, by="boer", at=START)})))
    stores = [open_store() for _ in range(writers)]

    def count(store: Store) -> None:
        done = 0
        while done < rounds:
            try:
                with store.transaction() as tx:
                    case = tx.load_case("VOG-2026-0001")
                    counted = int(str(case.facts["telling"].value)) + 1
                    step = moving(case)
                    facts = {"telling": KnownFact(value=counted, by="boer", at=START)}
                    tx.append(replace(step, after=replace(step.after, facts=facts)))
                done += 1
            except CaseError:
                continue

    threads = [threading.Thread(target=count, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with stores[0].reading() as readings:
        case = readings.load_case("VOG-2026-0001")
        assert case.facts["telling"].value == writers * rounds
        assert case.version == writers * rounds + 1
        assert len(readings.journal(case.id)) == writers * rounds + 1


def test_a_case_that_does_not_exist_names_the_nearest_that_do(store: Store) -> None:
    with store.transaction() as tx:
        for number in (1, 2, 30):
            tx.append(opening(make_case(f"VOG-2026-{number:04d}")))
    nearest = {"VOG-2026-0003": "VOG-2026-0030", "0002": "VOG-2026-0002", "VOG-2062-0001": "VOG-2026-0001"}
    for wrong, right in nearest.items():
        with pytest.raises(CaseError) as caught, store.reading() as readings:
            readings.load_case(wrong)
        assert right in caught.value.next_step
        assert caught.value.exit_code == 4


def test_in_an_empty_store_a_case_that_does_not_exist_has_no_neighbours(store: Store) -> None:
    with pytest.raises(CaseError, match="Er zijn nog geen zaken"), store.reading() as readings:
        readings.load_case("VOG-2026-0001")


def test_a_step_on_a_case_that_is_not_stored_is_refused(store: Store) -> None:
    with pytest.raises(CaseError, match="bestaat niet"), store.transaction() as tx:
        tx.append(moving(make_case()))


def test_a_new_case_with_a_taken_number_is_refused(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(opening())
    with pytest.raises(CaseError, match="bestaat al"), store.transaction() as tx:
        tx.append(opening())


def test_a_case_under_a_parent_that_does_not_exist_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="past niet bij wat al is opgeslagen"), store.transaction() as tx:
        tx.append(opening(make_case(parent="VOG-1900-0001")))


def test_a_naive_moment_is_refused_and_nothing_is_stored(store: Store) -> None:
    naive = datetime(2026, 8, 3, 9, 0)  # noqa: DTZ001 - the mistake under test
    for step in (
        opening(make_case(opened_at=naive)),
        opening(deadlines=[deadline("d1", naive)]),
        replace(opening(), entries=(entry(at=naive),)),
    ):
        with pytest.raises(UsageError, match="moment_without_zone"), store.transaction() as tx:
            tx.append(step)
    with store.reading() as readings:
        assert readings.rows("SELECT * FROM cases") == []


def test_case_numbers_count_per_organisation_prefix_and_year_without_gaps(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.new_case_numbers(("dorp", "VOG", 2026), 1) == ("VOG-2026-0001",)
        assert tx.new_case_numbers(("dorp", "VOG", 2026), 1) == ("VOG-2026-0002",)
        assert tx.new_case_numbers(("dorp", "VOG", 2027), 1) == ("VOG-2027-0001",)
        assert tx.new_case_numbers(("dorp", "HEK", 2026), 1) == ("HEK-2026-0001",)
        assert tx.new_case_numbers(("stad", "VOG", 2026), 1) == ("VOG-2026-0001",)

    def fail_with_a_number() -> None:
        with store.transaction() as tx:
            tx.new_case_numbers(("dorp", "VOG", 2026), 1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_with_a_number()
    with store.transaction() as tx:
        assert tx.new_case_numbers(("dorp", "VOG", 2026), 1) == ("VOG-2026-0003",)


def test_a_number_that_was_taken_over_from_elsewhere_is_passed_over(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(opening(make_case("VOG-2026-0001")))
        tx.append(opening(make_case("VOG-2026-0002")))
        assert tx.new_case_numbers(("dorp", "VOG", 2026), 1) == ("VOG-2026-0003",)


def test_a_block_of_numbers_passes_over_those_in_use_and_leaves_no_other_gap(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(opening(make_case("VOG-2026-0002")))
        assert list(islice(next_numbers(tx, ("dorp", "VOG", 2026)), 2)) == ["VOG-2026-0001", "VOG-2026-0003"]
        assert tx.new_case_numbers(("dorp", "VOG", 2026), 2) == ("VOG-2026-0001", "VOG-2026-0003")
        assert next(next_numbers(tx, ("dorp", "VOG", 2026))) == "VOG-2026-0004"
        assert tx.new_case_numbers(("dorp", "VOG", 2026), 3)[-1] == "VOG-2026-0006"


def test_children_and_other_cases_of_the_same_subject_are_found(store: Store) -> None:
    parent = make_case()
    child = make_case("HEK-2026-0001", workflow="hek", parent=parent.id, opened_at=days(1))
    stranger = make_case("VOG-2026-0009", subject="akker-9")
    with store.transaction() as tx:
        for case in (parent, child, stranger):
            tx.append(opening(case))
        assert tx.has_open_child(parent.id, "hek")
        assert not tx.has_open_child(parent.id, "vogelverschrikker")
        new = make_case("VOG-2026-0010")
        _, found = tx.dossier(None, new, with_cases=True)
        assert [case.id for case in found] == [parent.id, child.id]
        elsewhere = tx.dossier(None, replace(new, organisation="stad"), with_cases=True)
        assert elsewhere == (None, ()), "another organisation is not asked from here"
        tx.append(moving(child, "klaar", is_closed=True))
        assert not tx.has_open_child(parent.id, "hek")
        assert [row.case_id for row in tx.children(parent.id)] == [child.id]


def test_many_steps_are_written_in_the_order_given(store: Store) -> None:
    cases = [make_case(f"VOG-2026-{number:04d}") for number in range(1, 21)]
    steps = [opening(case, deadlines=[deadline("d1", days(9))], letters=[letter("b1")]) for case in cases]
    steps += [moving(case, deadlines=[deadline("d1", days(9))]) for case in cases[:5]]
    steps.append(opening(make_case("VOG-2026-0099", parent=cases[0].id)))
    with store.transaction() as tx:
        tx.append_many(steps, owner_of=lambda step: "loket" if step.before is None else "bestuur")
    with store.reading() as readings:
        assert [readings.load_case(case.id).version for case in cases] == [2] * 5 + [1] * 15
        assert [case_row(readings, case.id).owner for case in cases] == ["bestuur"] * 5 + ["loket"] * 15
        assert len(readings.letters()) == 20
        assert case_row(readings, cases[7].id).next_due_at == days(9)
        assert [row["seq"] for row in readings.rows("SELECT seq FROM journal ORDER BY seq")] == list(range(1, 27))


def test_one_wrong_step_among_many_stores_none_of_them(store: Store) -> None:
    with store.transaction() as tx:
        tx.append(opening(make_case("VOG-2026-0003")))
    steps = [opening(make_case(f"VOG-2026-{number:04d}")) for number in range(1, 6)]
    with pytest.raises(CaseError, match="VOG-2026-0003 bestaat al"), store.transaction() as tx:
        tx.append_many(steps)
    with store.reading() as readings:
        assert readings.open_case_ids("dorp", "", 9) == ("VOG-2026-0003",)


def test_messages_are_kept_until_somebody_deals_with_them(store: Store) -> None:
    notice = Notice(to="bestuur", kind="term_warning", parameters={"number": 1}, term="beslissen", ask=("ja", "nee"))
    with store.transaction() as tx:
        tx.append(opening(notices=[notice, replace(notice, to="loket")]))
    with store.transaction() as tx:
        first, _ = tx.notices("VOG-2026-0001")
        assert (first.to, first.text, first.parameters, first.ask, first.done_at) == (
            "bestuur",
            "",
            {"number": 1},
            notice.ask,
            None,
        )
        assert tx.finish_notices("VOG-2026-0001", days(2), "bestuur", ids=[first.id]) == 1
        tx.finish_messages("VOG-2026-0001", days(3), "loket")
        assert [(one.done_at, one.done_by) for one in tx.notices("VOG-2026-0001")] == [
            (days(2), "bestuur"),
            (days(3), "loket"),
        ]
