"""The questions about the whole house, on both databases, and for one organisation only."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, update

from engine.store import audit
from engine.store.columns import Statement
from engine.store.database import Store
from engine.store.tables import cases, deadlines
from tests.store.samples import days, deadline, letter, make_case, moving, opening, running

CASE = "VOG-2026-0001"


@pytest.fixture
def sound(store: Store, town: Store) -> Store:
    """A house in order; the town beside it has only one case, without anything."""
    case = make_case()
    with store.transaction() as tx:
        tx.append(opening(case, deadlines=[deadline("p", days(2))], letters=[letter("b1")], running=[running(days(2))]))
        tx.append(opening(make_case("VOG-2026-0002")))
        tx.append(moving(case, deadlines=[deadline("p", days(2))], running=[running(days(2))]))
    with town.transaction() as tx:
        tx.append(opening(make_case("VOG-2026-0009", organisation="stad")))
    return store


def test_of_a_house_in_order_nothing_is_told_and_of_another_nothing_is_seen(sound: Store) -> None:
    with sound.reading() as readings:
        assert audit.cases_behind_their_journal(readings) == ()
        assert audit.cases_without_their_deadline(readings) == ()
        assert audit.all_cases(readings) == (CASE, "VOG-2026-0002")
        assert audit.recent_cases(readings, 1) == (CASE,)
        assert [version for version, _ in audit.lines_of_case(readings, CASE)] == [1, 2]
        assert audit.lines_of_case(readings, "VOG-2026-0009") == ()
        assert [term.due_at for term in audit.running_terms(readings, CASE)] == [days(2)]
        assert audit.last_moment(readings) == days(1)
        assert audit.sent_files(readings) == frozenset()


def test_lost_lines_and_lost_deadlines_are_named_by_case(sound: Store) -> None:
    with sound.transaction() as tx:
        tx._link.run(Statement(delete(deadlines)), {})
        tx._link.run(Statement(update(cases).where(cases.c.id == "VOG-2026-0002").values(version=7)), {})
    with sound.reading() as readings:
        assert audit.cases_behind_their_journal(readings) == ("VOG-2026-0002",)
        assert audit.cases_without_their_deadline(readings) == (CASE,)
