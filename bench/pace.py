"""How fast this machine runs what is measured: two pieces of work that never change, of which nothing is ours.

A second of CPU on one machine is not a second on another, and an interpreter may be slow where SQLite is not. The bars
were set on one machine; `REFERENCE` is what both pieces took there. What is measured elsewhere is told as it would have
been on that machine, with the figure as it was beside it.
"""

from __future__ import annotations

import ast
import calendar
import configparser
import copy
import difflib
import email
import fractions
import html.parser
import io
import json
import pprint
import shlex
import sqlite3
import statistics
import textwrap
import time
import tokenize
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median


@dataclass(frozen=True, slots=True)
class Pace:
    """How many times as long each piece of work takes as on the machine of the bars; or seconds, for that machine."""

    python: float
    sqlite: float


# Found by way of one version (772cb71) that was measured on both machines: see `bench/README.md`.
REFERENCE = Pace(python=0.0192, sqlite=0.0466)


def pace_now() -> Pace:
    """The pace of this machine as it is busy at this moment; a tenth of a second of CPU."""
    return Pace(python=_taken(_in_python) / REFERENCE.python, sqlite=_taken(_in_sqlite) / REFERENCE.sqlite)


def pace_of(paces: Sequence[Pace]) -> Pace:
    """The pace while something was measured: the median of those that were taken around it."""
    return Pace(python=median(one.python for one in paces), sqlite=median(one.sqlite for one in paces))


def _taken(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


_TEXT = (
    "A machine is as fast as what it is asked: one loop that stays in its cache says little of a program that walks"
    " through much code once. So each of these is asked a little, in turns, and none of them twice in a row. "
)
_CONFIG = "\n".join(
    f"[part {number}]\nname = value {number}\nother = %(name)s and {number * 7}" for number in range(12)
)
_MAIL = "From: one@example.org\nTo: two@example.org\nSubject: a few words\nX-Other: 1;\n b=2\n\n" + _TEXT * 2
_PAGE = "<ul>" + "".join(f'<li class="a{number}">item &amp; <b>{number}</b></li>' for number in range(25)) + "</ul>"
_SOURCE = "\n".join(
    f"def f{number}(a, b=({number}, 'x')):\n    return [a + c for c in b if c != a]" for number in range(8)
)


@dataclass(frozen=True, slots=True)
class _Thing:
    number: int
    name: str
    day: date
    marks: frozenset[str]

    def is_due(self, today: date) -> bool:
        return self.day <= today and "open" in self.marks


def _in_python() -> int:
    """Much of the standard library that is written in Python, a little of each in turns."""
    return sum(turn(number) for number in range(8) for turn in _TURNS)


def _things(turn: int) -> int:
    first = date(2026, 1, 1) + timedelta(days=turn)
    marks = [frozenset(name for name in ("open", "late", "asked") if (len(name) + at) % 3) for at in range(7)]
    things = {
        f"thing-{at:04d}": _Thing(at, f"name {at % 17}", first + timedelta(at % 40), marks[at % 7]) for at in range(90)
    }
    due = [key for key, thing in things.items() if thing.is_due(first + timedelta(20))]
    moved = {key: replace(things[key], day=first) for key in due}
    told = json.loads(
        json.dumps({key: [one.name, one.day.isoformat(), sorted(one.marks)] for key, one in moved.items()})
    )
    return len(told) + len(copy.deepcopy(told))


def _settings(turn: int) -> int:
    found = configparser.ConfigParser()
    found.read_string(_CONFIG)
    return sum(len(found.get(part, "other")) for part in found.sections()) + turn


def _letter(turn: int) -> int:
    message = email.message_from_string(_MAIL.replace("words", f"words {turn}"))
    return len(message.as_string()) + len(textwrap.fill(message.get_payload(), width=50 + turn))


def _page(turn: int) -> int:
    seen: list[str] = []
    reader = html.parser.HTMLParser()
    reader.handle_starttag = lambda tag, attrs: seen.append(tag)  # type: ignore[method-assign]
    reader.feed(_PAGE)
    return len(seen) + len(pprint.pformat({one: list(range(turn + 9)) for one in seen[:9]}, width=30))


def _program(turn: int) -> int:
    tokens = tokenize.generate_tokens(io.StringIO(_SOURCE).readline)
    tree = ast.parse(_SOURCE)
    return sum(1 for _ in tokens) + sum(1 for _ in ast.walk(tree)) + len(ast.unparse(tree)) + turn


def _numbers(turn: int) -> int:
    whole = sum((fractions.Fraction(at + turn, at + 1) for at in range(1, 25)), fractions.Fraction(0))
    close = difflib.get_close_matches(f"thing-{turn}", [f"think-{at}" for at in range(12)])
    words = shlex.split("one 'two three' --four=5 " * 3)
    month = calendar.TextCalendar().formatmonth(2026, turn % 12 + 1)
    return int(statistics.mean(map(len, [*words, *close, month, str(whole)])))


_TURNS = (_things, _settings, _letter, _page, _program, _numbers)


def _in_sqlite() -> int:
    """Rows put in, found, changed and taken out one by one, in memory: statements as an act has them."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as kept:
        kept.execute("CREATE TABLE things (id TEXT PRIMARY KEY, owner TEXT, at TEXT, body TEXT) WITHOUT ROWID")
        kept.execute("CREATE INDEX by_owner ON things (owner, at)")
        body = json.dumps({"facts": list(range(300))})
        found = 0
        for number in range(1500):
            values = (f"thing-{number:04d}", f"owner {number % 7}", f"2026-01-{number % 28 + 1:02d}", body)
            kept.execute("INSERT INTO things VALUES (?, ?, ?, ?)", values)
            found += len(
                kept.execute("SELECT id FROM things WHERE owner = ? ORDER BY at LIMIT 3", values[1:2]).fetchall()
            )
            kept.execute("UPDATE things SET at = ?, body = ? WHERE id = ?", ("2026-02-01", body[:-9], values[0]))
        return found
