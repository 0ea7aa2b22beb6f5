from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from engine.core.errors import StoreError
from engine.store.database import Store
from engine.store.letters import LEASE
from engine.store.records import ClaimedLetter, FrozenLetter
from tests.store.samples import days, letter, make_case, moving, opening

OpenStore = Callable[[], Store]
CASE = "VOG-2026-0001"
FROZEN = FrozenLetter(fields={"hoogte": 2.5, "laatste_dag": date(2026, 9, 15)}, sent_on=date(2026, 8, 4), hash="f" * 64)


@pytest.fixture
def claimed(store: Store) -> ClaimedLetter:
    """The one letter of a case, claimed on day 1."""
    with store.transaction() as tx:
        tx.append(opening(letters=[letter("b1")]))
        (one,) = tx.claim_letters(days(1), 10)
    return one


def test_an_ordered_letter_waits_and_comes_back_whole(store: Store) -> None:
    ordered = letter("b1")
    with store.transaction() as tx:
        tx.append(opening(letters=[ordered]))
        (row,) = tx.letters(CASE)
        assert tx.outgoing_letters() == 1
    assert (row.letter, row.status, row.attempts, row.frozen) == (ordered, "waiting", 0, None)


def test_a_claimed_letter_is_not_given_to_another_worker(store: Store, claimed: ClaimedLetter) -> None:
    with store.transaction() as tx:
        assert tx.claim_letters(days(1), 10) == ()
        assert tx.letters(status="claimed")[0].attempts == 1
    assert (claimed.case_id, claimed.letter.key, claimed.attempt, claimed.frozen) == (CASE, "b1", 1, None)


def test_a_letter_is_frozen_handed_over_and_sent_once(store: Store, claimed: ClaimedLetter) -> None:
    with store.transaction() as tx:
        assert tx.freeze_letter(claimed, FROZEN, claimed.letter)
    with store.transaction() as tx:
        sent_on = FROZEN.sent_on
        assert tx.mark_letter_sent(claimed, sent_on=sent_on, sent_at=days(1), html_path="b.html", pdf_path="b.pdf")
        assert not tx.mark_letter_sent(claimed, sent_on=sent_on, sent_at=days(2)), "the second time is nothing"
        (row,) = tx.letters(CASE, status="sent")
        assert tx.outgoing_letters() == 0
    assert (row.frozen, row.sent_on, row.sent_at) == (FROZEN, FROZEN.sent_on, days(1))
    assert (row.html_path, row.pdf_path) == ("b.html", "b.pdf")
    assert row.letter.fields == letter("b1").fields, "what was ordered stays as it was ordered"


def test_the_letter_of_a_dead_worker_can_be_claimed_after_its_lease_with_what_was_frozen(
    store: Store, claimed: ClaimedLetter
) -> None:
    with store.transaction() as tx:
        tx.freeze_letter(claimed, FROZEN, claimed.letter)
        assert tx.claim_letters(days(1) + LEASE - timedelta(seconds=1), 10) == ()
        (again,) = tx.claim_letters(days(1) + LEASE, 10)
        assert (again.attempt, again.frozen) == (2, FROZEN)
        assert not tx.mark_letter_sent(claimed, sent_on=FROZEN.sent_on, sent_at=days(1)), "the first claim was lost"
        assert not tx.freeze_letter(claimed, FROZEN, claimed.letter)
        assert not tx.fail_letter(claimed, "te laat")
        assert tx.mark_letter_sent(again, sent_on=FROZEN.sent_on, sent_at=days(1))


def test_a_letter_that_did_not_work_out_waits_until_its_next_attempt(store: Store, claimed: ClaimedLetter) -> None:
    with store.transaction() as tx:
        assert tx.retry_letter(claimed, "de map is vol", days(3))
        (row,) = tx.letters(CASE)
        assert (row.status, row.error) == ("waiting", "de map is vol")
        assert tx.claim_letters(days(2), 10) == ()
        assert [one.attempt for one in tx.claim_letters(days(3), 10)] == [2]


def test_a_failed_letter_waits_for_a_person(store: Store, claimed: ClaimedLetter) -> None:
    with store.transaction() as tx:
        assert not tx.put_back_letter(CASE, "b1"), "it has not failed yet"
        assert tx.fail_letter(claimed, "geen teken voor U+1F33E")
        assert tx.claim_letters(days(99), 10) == ()
        assert tx.letters(status="failed")[0].error == "geen teken voor U+1F33E"
        assert tx.put_back_letter(CASE, "b1")
        assert len(tx.claim_letters(days(1), 10)) == 1


def test_letters_are_claimed_in_the_order_they_were_ordered(store: Store) -> None:
    first, second = make_case("VOG-2026-0002"), make_case(CASE)
    with store.transaction() as tx:
        tx.append(opening(first, letters=[letter("b1")]))
        tx.append(opening(second))
        tx.append(moving(second, letters=[letter("b2"), letter("b3")]))
        assert [one.letter.key for one in tx.claim_letters(days(2), 2)] == ["b1", "b2"]
        assert [one.letter.key for one in tx.claim_letters(days(2), 2)] == ["b3"]


def test_a_second_letter_under_the_same_key_stops_the_whole_step(store: Store) -> None:
    case = make_case()
    with store.transaction() as tx:
        tx.append(opening(case, letters=[letter("b1")]))
    with pytest.raises(StoreError, match="sleutel die al gebruikt is: b1"), store.transaction() as tx:
        tx.append(moving(case, letters=[letter("b1")]))
    with store.reading() as readings:
        assert readings.load_case(CASE).version == 1


def test_two_workers_never_take_the_same_letter(open_store: OpenStore) -> None:
    with open_store().transaction() as tx:
        tx.append(opening(letters=[letter(f"b{number:03d}") for number in range(60)]))
    taken: list[str] = []
    stores = [open_store() for _ in range(3)]

    def work(store: Store) -> None:
        while True:
            with store.transaction() as tx:
                found = tx.claim_letters(days(1), 5)
            if not found:
                return
            taken.extend(one.letter.key for one in found)

    threads = [threading.Thread(target=work, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [f"b{number:03d}" for number in range(60)]


def test_the_text_of_a_template_is_kept_once_under_its_digest(store: Store) -> None:
    with store.transaction() as tx:
        tx.keep_template("d1", {"body": "Beste {{ naam }}", "partials": {"slot": "Groet"}})
        tx.keep_template("d1", {"body": "iets anders"})
    with store.reading() as readings:
        assert readings.template_text("d1") == {"body": "Beste {{ naam }}", "partials": {"slot": "Groet"}}
        assert readings.template_text("d2") == {}
