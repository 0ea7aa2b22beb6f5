"""Two organisations in one database are apart, also when their cases have the same number (F-60)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Table, delete, update

from engine.core.errors import CaseError, StoreError
from engine.store.columns import Statement
from engine.store.database import Store
from engine.store.records import Alarm
from engine.store.schema import SCHEMA, whole_schema
from engine.store.tables import deadlines, letters
from tests.store.samples import days, deadline, letter, make_case, moving, opening

CASE = "VOG-2026-0001"


@pytest.fixture
def both(store: Store, town: Store) -> tuple[Store, Store]:
    """The village and the town, each with a case of the same number, with work that waits."""
    for one, subject in ((store, "akker-7"), (town, "plein-1")):
        with one.transaction() as tx:
            case = make_case(organisation=one.organisation, subject=subject)
            tx.append(opening(case, deadlines=[deadline("p", days(2))], letters=[letter("b1")]), owner="loket")
            tx.set_meta("projected_with", subject)
            tx.record_alarm(
                Alarm(
                    id=0, at=days(1), organisation=one.organisation, rule_set="r", case_id=CASE, rule=subject,
                    facts={}, truth="1", other="2", seen_at=None,
                )
            )  # fmt: skip
    return store, town


def test_the_same_number_is_another_case_for_another_organisation(both: tuple[Store, Store]) -> None:
    for one, subject in zip(both, ("akker-7", "plein-1"), strict=True):
        with one.reading() as readings:
            assert readings.load_case(CASE).subject == subject
            assert [case.subject for case in readings.each_case(one.organisation)] == [subject]
            assert [row.subject for row in readings.inbox(one.organisation, days(3)).rows] == [subject]
            assert [alarm.rule for alarm in readings.alarms()] == [subject]
            assert readings.meta("projected_with") == subject
            assert (len(readings.deadlines(CASE)), len(readings.letters()), len(readings.journal(CASE))) == (1, 1, 1)


def test_what_one_does_is_not_done_to_the_other(both: tuple[Store, Store]) -> None:
    village, town = both
    with town.transaction() as tx:
        (due,) = tx.due(days(9), 9)
        (claimed,) = tx.claim_letters(days(9), 9)
        tx.append(moving(tx.load_case(CASE), "klaar", is_closed=True))
        assert tx.mark_fired(CASE, due.deadline.key, days(9))
        assert tx.mark_letter_sent(claimed, sent_on=days(9).date(), sent_at=days(9))
        tx.mark_alarms_seen(days(9))
        tx.finish_messages(CASE, days(9), "loket")
    with village.reading() as readings:
        assert not readings.load_case(CASE).is_closed
        assert readings.next_due_at() == days(2)
        assert readings.outgoing_letters() == 1
        assert len(readings.alarms()) == 1


def test_what_happened_in_the_case_of_another_hides_nothing_from_the_second_look(both: tuple[Store, Store]) -> None:
    village, town = both
    with town.transaction() as tx:
        tx.append(moving(tx.load_case(CASE), "klaar", is_closed=True))
    with village.reading() as readings:
        last = readings.journal(CASE)[-1].seq
        assert readings.cases_changed_since(village.organisation, 0, 9) == ((last, CASE),)


def test_a_case_of_another_organisation_is_not_there(store: Store, town: Store) -> None:
    with store.transaction() as tx:
        tx.append(opening())
    with town.reading() as readings, pytest.raises(CaseError, match="nog geen zaken"):
        readings.load_case(CASE)


def test_a_step_of_another_organisation_is_not_written(store: Store) -> None:
    with pytest.raises(StoreError, match="is van stad"), store.transaction() as tx:
        tx.append(opening(make_case(organisation="stad")))


@pytest.fixture
def plain_url(url: str) -> Iterator[str]:
    """The same database for a role that is no superuser, as an installation should have it."""
    if not url.startswith("postgresql"):
        pytest.skip("the second fence is that of a server")
    import psycopg

    role = f"trede_test_{uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'proef' NOSUPERUSER")
        connection.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        connection.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
        server = url.partition("@")[2]
        yield f"postgresql://{role}:proef@{server}"
        connection.execute(f"DROP OWNED BY {role}")
        connection.execute(f"DROP ROLE {role}")


def test_the_server_itself_shows_the_rows_of_no_other(both: tuple[Store, Store], plain_url: str) -> None:
    town = Store(plain_url, "stad")
    with town.transaction() as tx:
        for table in ("cases", "journal", "deadlines", "letters", "alarms", "meta", "chains"):
            found = tx.rows(f"SELECT DISTINCT organisation FROM {table}")
            assert [row["organisation"] for row in found] == ["stad"], table
        assert tx._link.run(Statement(delete(deadlines)), {}) == 1
    with pytest.raises(StoreError), town.transaction() as tx:
        tx._link.run(Statement(update(letters).values(organisation="dorp")), {})
    town.close()
    import psycopg

    with psycopg.connect(plain_url) as connection:
        assert connection.execute("SELECT * FROM cases").fetchall() == [], "who does not say for whom sees nothing"


# Their rows are numbered by the database itself; the number means nothing to anybody.
NUMBERED = {"alarms", "notices"}
# The same text is the same text for everybody.
SHARED = {"template_texts"}


@pytest.mark.parametrize("table", SCHEMA.sorted_tables, ids=lambda table: table.name)
def test_organisation_stands_first_in_every_key(table: Table) -> None:
    """A table that is added later is apart too, or this says so."""
    if table.name in SHARED:
        assert "organisation" not in table.columns
        return
    keys = [] if table.name in NUMBERED else [list(table.primary_key.columns)]
    whole_schema()
    keys += [list(index.columns) for index in table.indexes]
    keys += [list(key.columns) for key in table.foreign_key_constraints]
    assert {columns[0].name for columns in keys} <= {"organisation"}
    assert "organisation" in table.columns


def test_the_server_fences_every_table_that_has_an_organisation(store: Store) -> None:
    if not store.url.startswith("postgresql"):
        pytest.skip("a file has no second fence")
    sql = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND relforcerowsecurity"
    with store.reading() as readings:
        fenced = {row["relname"] for row in readings.rows(sql)}
    assert fenced == {table.name for table in SCHEMA.sorted_tables if "organisation" in table.columns}
