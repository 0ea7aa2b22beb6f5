"""What the store costs, and its ratio to bare sqlite3 writing the same rows. In one run, in turns.

python bench/store.py [--cases 100000] [--rounds 7] [--postgresql URL]
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from engine.core.deciding.case import Actor, Case, Clock, LetterMark
from engine.core.deciding.step import Deadline, DeadlineKind, Entry, EntryKind, Notice, OutgoingLetter, Step
from engine.core.language.facts import KnownFact
from engine.core.legal_clock.ledger import Started
from engine.store.database import Store
from engine.store.snapshot import encode_snapshot, moment_text
from engine.store.upgrading import create_or_upgrade

START = datetime(2026, 8, 3, 7, 0, tzinfo=UTC)
CLERK = Actor(role="loket", name="Sjoukje Proefstra")
PER_ROUND = 200
LINES = 3


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cases", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--postgresql", default="")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure_advance(Path(folder), given.rounds)
        measure_sweep(f"sqlite:///{folder}/sweep.db", given.cases)
        measure_cold_start(f"sqlite:///{folder}/sweep.db", given.rounds)
    if given.postgresql:
        measure_sweep(given.postgresql, given.cases)


def measure_advance(folder: Path, rounds: int) -> None:
    """One step in one transaction: load, check, snapshot, deadlines, letter, notice, three lines of journal."""
    store = create_or_upgrade(f"sqlite:///{folder}/core.db")
    create_or_upgrade(f"sqlite:///{folder}/bare.db").close()
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        bare.execute(f"PRAGMA {pragma}")
    cases = [make_case(number) for number in range(PER_ROUND)]
    with store.transaction() as tx:
        tx.append_many([opening(case) for case in cases])
    fill_bare(bare, folder / "core.db")
    ways: dict[str, Callable[[int, int], None]] = {
        "bare sqlite3": lambda turn, number: advance_bare(bare, number, turn),
        "the store": lambda turn, number: advance(store, number, turn),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds):
        for name, way in ways.items():
            started = perf_counter()
            for number in range(PER_ROUND):
                way(turn, number)
            seconds[name].append((perf_counter() - started) / PER_ROUND)
    base = seconds["bare sqlite3"]
    for name, measured in seconds.items():
        ratio = statistics.median(one / other for one, other in zip(measured, base, strict=True))
        print(f"advance, {name:<14} {statistics.median(measured) * 1e6:8.0f} us   {ratio:.2f}x")
    bare.close()
    store.close()


def advance(store: Store, number: int, turn: int) -> None:
    """One step by the store."""
    with store.transaction() as tx:
        step = moving(tx.load_case(case_id(number)), turn)
        tx.append(step, owner="loket")
        tx.mark_fired(step.after.id, f"p{turn}", START)


def advance_bare(bare: sqlite3.Connection, number: int, turn: int) -> None:
    """The same rows by hand, with the encoding of the snapshot and the hashes, which any way must make."""
    bare.execute("BEGIN IMMEDIATE")
    this = case_id(number)
    version, _ = bare.execute("SELECT version, snapshot FROM cases WHERE id = ?", (this,)).fetchone()
    step = moving(make_case(number, version=version), turn)
    now, due = moment_text(START), moment_text(step.deadlines[0].due_at)
    bare.execute(
        "UPDATE cases SET state = ?, owner = ?, version = ?, entered_at = ?, next_due_at = ?, snapshot = ? "
        "WHERE id = ? AND version = ?",
        (step.after.state, "loket", version + 1, now, due, encode_snapshot(step.after), this, version),
    )
    rows = [(this, one.key, "beslissen", "beslissen", one.kind, 0, due, "2026-10-01") for one in step.deadlines]
    bare.executemany("INSERT INTO deadlines VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', NULL)", rows)
    bare.execute("UPDATE deadlines SET status = 'cancelled' WHERE case_id = ? AND key = ?", (this, f"w{turn}"))
    bare.execute(
        "UPDATE deadlines SET status = 'fired', fired_at = ? WHERE case_id = ? AND key = ?", (now, this, f"p{turn}")
    )
    bare.execute(
        f"INSERT INTO letters VALUES ({', '.join('?' * 30)})",
        (this, step.letters[0].key, *[""] * 14, "waiting", now, None, None, None, 0, *[""] * 8),
    )
    bare.execute(
        "INSERT INTO notices (organisation, case_id, to_body, kind, text, term, ask, at, done_by) "
        "VALUES ('dorp', ?, 'bestuur', 'x', 'y', 'z', '[]', ?, '')",
        (this, now),
    )
    seq, previous = bare.execute("SELECT seq, hash FROM chains WHERE organisation = 'dorp'").fetchone()
    for _ in range(LINES):
        seq, previous = seq + 1, sha256(f"{previous}{seq}".encode()).hexdigest()
        bare.execute(
            "INSERT INTO journal VALUES ('dorp', ?, ?, ?, ?, 'loket', 'x', 'moved', '{}', 'c0ffee', '', ?)",
            (seq, this, version + 1, now, previous),
        )
    bare.execute("UPDATE chains SET seq = ?, hash = ? WHERE organisation = 'dorp'", (seq, previous))
    bare.execute("COMMIT")


def measure_sweep(url: str, count: int) -> None:
    """Many open cases of which one in a hundred has something due."""
    store = create_or_upgrade(url, organisation="dorp")
    started = perf_counter()
    for batch in batches(count, 1000):
        with store.transaction() as tx:
            tx.append_many([opening(make_case(number), is_due=number % 100 == 0) for number in batch])
    opened = perf_counter() - started
    print(f"open {count} cases, 1000 a transaction: {opened / count * 1e6:.0f} us each")
    measure_idle(store)
    started, handled = perf_counter(), 0
    while True:
        with store.transaction() as tx:
            found = tx.due(START, 20)
            for due in found:
                tx.append(moving(tx.load_case(due.case_id), 0), owner="loket")
                tx.mark_fired(due.case_id, due.deadline.key, START)
        handled += len(found)
        if not found:
            break
    seconds = perf_counter() - started
    print(f"sweep {handled} due of {count}: {seconds:.2f} s, {seconds / max(handled, 1) * 1e6:.0f} us each")
    store.close()


def measure_idle(store: Store) -> None:
    """The questions of a tick when nothing is due."""
    nothing_due = START - timedelta(days=1)
    started = perf_counter()
    for _ in range(200):
        with store.reading() as readings:
            readings.next_due_at()
    asked = perf_counter()
    for _ in range(200):
        with store.transaction() as tx:
            tx.due(nothing_due, 20)
    claimed = perf_counter()
    print(f"idle: next_due_at {(asked - started) / 200 * 1e6:.0f} us, due {(claimed - asked) / 200 * 1e6:.0f} us")


def measure_cold_start(url: str, rounds: int) -> None:
    """A new process that reads one case, against an empty one."""
    read = (
        "import sys; from engine.store.quick import open_readings\n"
        f"with open_readings({url!r}) as readings: readings.load_case({case_id(7)!r})"
    )
    programs = {"empty interpreter": "pass", "read one case": read, "the same by SQLAlchemy": read_slowly(url)}
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, program in programs.items():
            started = perf_counter()
            subprocess.run([sys.executable, "-c", program], check=True)
            seconds[name].append(perf_counter() - started)
    for name, measured in seconds.items():
        print(f"cold start, {name:<24} {statistics.median(measured) * 1e3:6.0f} ms")


def read_slowly(url: str) -> str:
    """The same question through the store that writes."""
    return (
        f"from engine.store.database import Store\nstore = Store({url!r})\n"
        f"with store.reading() as readings: readings.load_case({case_id(7)!r})"
    )


def batches(count: int, size: int) -> Iterator[range]:
    """The numbers up to `count`, `size` at a time."""
    yield from (range(start, min(start + size, count)) for start in range(0, count, size))


def fill_bare(bare: sqlite3.Connection, source: Path) -> None:
    """The same cases to begin with."""
    bare.execute("ATTACH ? AS source", (str(source),))
    for table in ("meta", "cases", "chains", "journal", "deadlines"):
        bare.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM source.{table}")
    bare.execute("DETACH source")


def case_id(number: int) -> str:
    """The number of a case."""
    return f"VOG-2026-{number:06d}"


def make_case(number: int, *, version: int = 1) -> Case:
    """A case with twenty facts and two clocks."""
    started = Started(recorded_at=START, by="loket", day=date(2026, 8, 3))
    return Case(
        id=case_id(number),
        organisation="dorp",
        workflow="vogelverschrikker",
        workflow_version=date(2026, 1, 1),
        rules_version=date(2026, 1, 1),
        state="ingediend",
        version=version,
        subject=f"akker-{number}",
        opened_at=START,
        entered_at=START,
        facts={f"feit_{index}": KnownFact(value=f"waarde {index}", by="boer", at=START) for index in range(20)},
        clocks=(Clock(term="beslissen", ledger=(started,)), Clock(term="bezwaar", ledger=(started,))),
    )


def opening(case: Case, *, is_due: bool = False) -> Step:
    """The step that opens a case, with a warning and a term that may be due already."""
    due_at = START - timedelta(hours=1) if is_due else START + timedelta(days=30)
    deadlines = (deadline("p0", due_at), deadline("w0", START + timedelta(days=40)))
    entry = Entry(kind=EntryKind.OPENED, at=START, actor=CLERK, details={"state": case.state})
    return Step(before=None, after=case, entries=(entry,), deadlines=deadlines, content_digest="c0ffee")


def moving(before: Case, turn: int) -> Step:
    """A step with everything a step can have."""
    mark = LetterMark(key=f"{before.id}/b{turn}", letter="besluit", addressee="boer")
    after = replace(
        before, state=f"ronde {turn}", version=before.version + 1, entered_at=START, letters=(*before.letters, mark)
    )
    entry = Entry(kind=EntryKind.MOVED, at=START, actor=CLERK, details={"to": after.state, "reason": "compleet"})
    deadlines = (deadline(f"p{turn + 1}", START + timedelta(days=50)), deadline(f"w{turn + 1}", START + timedelta(40)))
    return Step(
        before=before,
        after=after,
        entries=(entry,) * LINES,
        deadlines=deadlines,
        letters=(letter(mark),),
        notices=(Notice(to="bestuur", kind="term_warning", text="Nog een week"),),
        content_digest="c0ffee",
    )


def deadline(key: str, due_at: datetime) -> Deadline:
    """A deadline of the one term there is."""
    return Deadline(
        key=key,
        clock="beslissen",
        term="beslissen",
        kind=DeadlineKind.PASSED,
        number=0,
        due_at=due_at,
        last_day=date(2026, 10, 1),
    )


def letter(mark: LetterMark) -> OutgoingLetter:
    """A letter with eight fields."""
    return OutgoingLetter(
        key=mark.key,
        letter=mark.letter,
        organisation="dorp",
        template_version=date(2026, 1, 1),
        template_digest="ab" * 32,
        title="Uw vogelverschrikker",
        addressee=mark.addressee,
        addressee_name="Ferre de Proef",
        addressee_address="Zandpad 1",
        level="B1",
        clause="objection",
        signature="Het dorpsbestuur",
        on_behalf_of="",
        fields={f"veld_{index}": f"waarde {index}" for index in range(8)},
    )


if __name__ == "__main__":
    main()
