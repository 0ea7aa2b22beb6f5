"""The same acts on a private PostgreSQL (fsync on, on loopback), against the same rows through psycopg by hand."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bench.advance import Pair, counting_statements, mean_ratio, tell
from bench.pace import Pace, pace_now
from bench.rows import TABLES, Rows, Statement, Writer
from bench.sheet import Sheet
from bench.timing import Spent, spent_on
from bench.world import CONTENT, COURSE, DurableRuntime, open_application, take_act, workplace

ROUNDS = 12
WARM = 2
COPIED = "bare"


def measure(sheet: Sheet) -> None:
    """Says aloud when there is no PostgreSQL here; nothing is measured then."""
    try:
        import psycopg  # noqa: F401
    except ModuleNotFoundError:
        sheet.absent("advance_pg.mean", "the package psycopg is not installed")
        return
    started = subprocess.run(
        [CONTENT / ".ci" / "postgres", "start"], capture_output=True, encoding="utf-8", check=False
    )
    if started.returncode:
        sheet.absent("advance_pg.mean", started.stderr.strip() or "PostgreSQL did not start")
        return
    url, folder = started.stdout.split()
    try:
        _measure(sheet, url)
    finally:
        subprocess.run([CONTENT / ".ci" / "postgres", "stop", folder], check=True)


def _measure(sheet: Sheet, url: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("ALTER SYSTEM SET fsync = on")  # the tests do without; a figure does not
        owner.execute("SELECT pg_reload_conf()")
    with workplace(url) as runtime, psycopg.connect(url, autocommit=True) as ours:
        cases = [open_application(runtime, number) for number in range(ROUNDS + WARM)]
        writer = Writer({table: _columns(ours, table) for table in TABLES}, "%s")
        with _copied(ours, url) as bare:
            with counting_statements() as counted:
                for case_id in cases[:WARM]:
                    _course(runtime, ours, bare, writer, case_id, counted)
            taken, paces = [], list[Pace]()
            for case_id in cases[WARM:]:
                taken.append(_course(runtime, ours, bare, writer, case_id, []))
                paces.append(pace_now())
    tell(sheet, taken, counted, "psycopg")
    sheet.told(f"at the pace of this machine it is {mean_ratio(taken):.2f}x")
    pace = sheet.pace(paces[1:])
    sheet.figure(
        "advance_pg.mean",
        mean_ratio([[(_at(one, pace), _at(by_hand, pace)) for one, by_hand in course] for course in taken]),
    )


def _at(spent: Spent, pace: Pace) -> Spent:
    """The same at the pace of the machine of the bars: Python on both sides; what the server takes stays as it was."""
    cpu = spent.cpu / pace.python
    return Spent(wall=spent.wall - spent.cpu + cpu, cpu=cpu)


@contextmanager
def _copied(ours: Any, url: str) -> Iterator[Any]:
    """A connection to a second set of the same tables, keys and indexes, with the same rows."""
    import psycopg

    ours.execute(f"CREATE SCHEMA {COPIED}")
    for table in (*TABLES, "chains"):
        ours.execute(f"CREATE TABLE {COPIED}.{table} (LIKE public.{table} INCLUDING ALL)")
        ours.execute(f"INSERT INTO {COPIED}.{table} SELECT * FROM public.{table}")
    for table, (_, owner) in TABLES.items():
        if owner != "id":
            ours.execute(
                f"ALTER TABLE {COPIED}.{table} ADD FOREIGN KEY (organisation, {owner}) "
                f"REFERENCES {COPIED}.cases (organisation, id)"
            )
    with psycopg.connect(url, options=f"-c search_path={COPIED}") as bare:
        yield bare


def _columns(ours: Any, table: str) -> list[str]:
    sql = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'"
    return [row[0] for row in ours.execute(f"{sql} ORDER BY ordinal_position", (table,))]


def _course(
    runtime: DurableRuntime, ours: Any, bare: Any, writer: Writer, case_id: str, counted: list[int]
) -> list[Pair]:
    def execute(sql: str, values: Sequence[Any]) -> Sequence[Any]:
        return ours.execute(sql, values).fetchall()

    pairs = []
    before: dict[str, Rows] = writer.rows_of(execute, case_id)
    for number in range(len(COURSE)):
        counted.append(0)
        engine = spent_on(lambda number=number: take_act(runtime, case_id, number))
        after = writer.rows_of(execute, case_id)
        written = writer.statements(case_id, before, after)
        pairs.append((engine, spent_on(lambda written=written: _write(bare, written))))
        before = after
    return pairs


def _write(bare: Any, written: Sequence[Statement]) -> None:
    for one in written:
        found = bare.execute(one.sql, one.values)
        if one.sql.startswith("SELECT"):
            found.fetchall()
    bare.commit()
