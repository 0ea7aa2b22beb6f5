"""Take over a register: one case for each row of a file, through an entry point that names its columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from engine.core.content.workflow import EntryPoint
from engine.core.deciding.case import Actor
from engine.core.deciding.opening import Opening, new_case, open_case
from engine.core.deciding.question import ask
from engine.core.deciding.step import Refusal
from engine.core.errors import UsageError
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.language.values import read_value
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.exchange.tables import FileTable, TableRow, read_table
from engine.line.case_line import Line, open_line
from engine.runtime import Runtime

BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCell:
    """Something wrong in the file: line (the header is 1), column, and why; `refusal` when the rules said no."""

    line: int
    column: str
    text: str
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """How many cases were opened, how many rows were known already, and everything wrong with the others."""

    opened: int
    known: int
    bad: tuple[BadCell, ...]
    content: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    line: int
    facts: dict[str, Value]


def import_register(
    runtime: Runtime,
    workflow: str,
    path: Path,
    actor: Actor,
    *,
    entry_id: str = "",
    skip_bad: bool = False,
    on_row: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Open a case for every row. With a bad row nothing is imported, unless `skip_bad`: then the good rows are.

    A row whose case is there already (same subject, same facts) is counted as known, so a second import does
    nothing double. Written by the handful, each wholly or not at all: when the program is stopped halfway, the same
    import goes on where it was, and meanwhile nobody waits long. Raises UsageError for a file that cannot be read or
    lacks a column.
    """
    moment = runtime.now()
    content = runtime.content(workflow, local_day(moment))
    entry = _entry_with_columns(content, entry_id)
    table = read_table(path)
    _check_columns(entry, table, path)
    bad: list[BadCell] = []
    good: list[_Reading] = []
    for number, row in enumerate(table.rows, 1):
        reading = _read_row(content, entry, row, actor, moment, bad)
        if reading is not None:
            good.append(reading)
        if on_row:
            on_row(number, len(table.rows))
    _find_doubles(good, bad)
    if bad and not skip_bad:
        return ImportReport(opened=0, known=0, bad=tuple(bad), content=content)
    wrong_lines = {cell.line for cell in bad}
    opened, known = _write(runtime, content, [one for one in good if one.line not in wrong_lines], entry, actor)
    return ImportReport(opened=opened, known=known, bad=tuple(bad), content=content)


def _entry_with_columns(content: Content, entry_id: str) -> EntryPoint:
    entries = tuple(entry for entry in content.workflow.entries if entry.columns)
    found = next((entry for entry in entries if entry.id == entry_id or not entry_id), None)
    if found is None:
        known = ", ".join(entry.id for entry in entries) or "geen"
        raise UsageError(
            f"De procedure '{content.workflow.id}' heeft geen ingang '{entry_id}' om een register over te nemen.",
            next_step=f"Ingangen met kolommen: {known}.",
        )
    return found


def _check_columns(entry: EntryPoint, table: FileTable, path: Path) -> None:
    columns = {column for _, column in entry.columns}
    required = {column for fact, column in entry.columns if fact in entry.requires}
    absent = sorted(required - set(table.columns))
    unknown = [column for column in table.columns if column not in columns]
    if absent or unknown:
        parts = [f"ontbreekt: {', '.join(absent)}"] if absent else []
        parts += [f"onbekend: {', '.join(unknown)}"] if unknown else []
        raise UsageError(
            f"De kolommen kloppen niet ({'; '.join(parts)}).",
            where=f"{path}:1",
            next_step=f"Verwacht wordt: {', '.join(column for _, column in entry.columns)}.",
        )


def _read_row(
    content: Content, entry: EntryPoint, row: TableRow, actor: Actor, moment: datetime, bad: list[BadCell]
) -> _Reading | None:
    facts, wrong = _read_cells(content, entry, row)
    bad.extend(wrong)
    if wrong:
        return None
    opening = Opening(entry=entry.id, facts=facts)
    outcome = open_case(ask(content, new_case(content, opening, moment), actor, moment, ()), opening)
    if isinstance(outcome, Refusal):
        bad.append(BadCell(line=row.line, column="", text="geweigerd", refusal=outcome))
        return None
    return _Reading(line=row.line, facts=facts)


def _read_cells(content: Content, entry: EntryPoint, row: TableRow) -> tuple[dict[str, Value], list[BadCell]]:
    facts: dict[str, Value] = {}
    wrong: list[BadCell] = []
    for fact, column in entry.columns:
        text = row.cells.get(column, "")
        if not text:
            if fact in entry.requires:
                wrong.append(BadCell(line=row.line, column=column, text="is leeg, maar verplicht"))
            continue
        try:
            facts[fact] = read_value(content.rules.facts[fact], text)
        except UsageError as error:
            wrong.append(BadCell(line=row.line, column=column, text=f"{error.what} {error.next_step}"))
    return facts, wrong


def _find_doubles(good: list[_Reading], bad: list[BadCell]) -> None:
    first_line: dict[str, int] = {}
    for one in good:
        key = repr(sorted(one.facts.items(), key=lambda item: item[0]))
        if key in first_line:
            bad.append(BadCell(line=one.line, column="", text=f"is gelijk aan regel {first_line[key]}"))
        first_line.setdefault(key, one.line)


def _write(
    runtime: Runtime, content: Content, good: list[_Reading], entry: EntryPoint, actor: Actor
) -> tuple[int, int]:
    with runtime.reading() as readings:
        there = {
            (case.subject, name, repr(fact.value))
            for case in readings.each_case(content.organisation.id, workflow=content.workflow.id)
            for name, fact in case.facts.items()
        }
    openings = [Opening(entry=entry.id, facts=one.facts) for one in good if not _is_known(content, one.facts, there)]
    for start in range(0, len(openings), BATCH):
        with open_line(runtime) as line:
            _open_all(line, content, openings[start : start + BATCH], actor)
    return len(openings), len(good) - len(openings)


def _open_all(line: Line, content: Content, openings: list[Opening], actor: Actor) -> None:
    # Another may get one of the numbers.
    line.settle(lambda: [line.add(open_case(line.about_new(content, one, actor), one)) for one in openings])


def _is_known(content: Content, facts: dict[str, Value], there: set[tuple[str, str, str]]) -> bool:
    subject = str(facts.get(content.workflow.subject_key, ""))
    return all((subject, name, repr(value)) in there for name, value in facts.items())
