"""Take over a register: one case for each row of a file, through an entry point that names its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from engine.core.content.workflow import EntryPoint
from engine.core.deciding.case import Actor, Case
from engine.core.deciding.opening import Opening, new_case, open_case
from engine.core.deciding.question import Question, ask
from engine.core.deciding.step import Blocker, BlockerKind, Refusal, Step
from engine.core.deciding.subject import Subject
from engine.core.deciding.subject_lists import known_of
from engine.core.errors import OvertakenError, UsageError
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.language.signs import is_blank
from engine.core.language.values import read_value
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.exchange.tables import FileTable, TableRow, read_table
from engine.line.case_line import Line, open_line
from engine.line.plan import cases_beside, series_of, subject_of
from engine.runtime import Runtime
from engine.store.numbering import next_numbers
from engine.store.readings import Readings
from engine.words.of_errors import say

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
class _Decided:
    """A new case as it will be opened, under the number it was decided for."""

    opening: Opening
    question: Question
    step: Step


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
    with runtime.reading() as readings:
        survey = _Survey(content, entry, actor, moment, readings)
        for number, row in enumerate(table.rows, 1):
            survey.look_at(row)
            if on_row:
                on_row(number, len(table.rows))
    bad = (*survey.bad, *survey.doubles)
    if bad and not skip_bad:
        return ImportReport(opened=0, known=0, bad=bad, content=content)
    for start in range(0, len(survey.new), BATCH):
        with open_line(runtime) as line:
            _open_all(line, survey.new[start : start + BATCH])
    return ImportReport(opened=len(survey.new), known=survey.known, bad=bad, content=content)


class _Survey:
    """Looks at every row once: what is wrong with it, or the step that opens its case.

    Nothing may be written before the last row was seen, so the numbers are those that come next as long as nobody
    else takes one. A number may stand in what is decided (in a letter, in a fact), so it is there from the start;
    a row that opens nothing uses none.
    """

    def __init__(self, content: Content, entry: EntryPoint, actor: Actor, moment: datetime, readings: Readings) -> None:
        self._content, self._entry, self._actor, self._moment = content, entry, actor, moment
        self._readings = readings
        self._numbers = next_numbers(readings, series_of(content, moment))
        self._number = next(self._numbers)
        self._there = _facts_there(readings, content)
        self._first_line: dict[str, int] = {}
        self._by_subject: dict[str, list[Case]] = {}
        self._subjects: dict[str, Subject] = {}
        self.bad: list[BadCell] = []
        self.doubles: list[BadCell] = []
        self.new: list[_Decided] = []
        self.known = 0

    def look_at(self, row: TableRow) -> None:
        """Take one row into account."""
        facts, wrong = _read_cells(self._content, self._entry, row)
        self.bad.extend(wrong)
        if wrong:
            return
        key = repr(sorted(facts.items(), key=lambda item: item[0]))
        if key in self._first_line:
            self.doubles.append(BadCell(line=row.line, column="", text=f"is gelijk aan regel {self._first_line[key]}"))
            return
        is_known = _is_known(self._content, facts, self._there)
        decided = self._decide(Opening(case_id="" if is_known else self._number, entry=self._entry.id, facts=facts))
        if isinstance(decided, Refusal):
            self.bad.extend(_refused_cells(self._entry, row, decided))
            return
        self._first_line[key] = row.line
        if is_known:
            self.known += 1
            return
        self.new.append(decided)
        self._number = next(self._numbers)
        self._by_subject.setdefault(decided.step.after.subject, []).append(decided.step.after)
        if decided.step.subject is not None:
            self._subjects[decided.step.after.subject] = decided.step.subject.after

    def _decide(self, opening: Opening) -> _Decided | Refusal:
        case = new_case(self._content, opening, self._moment)
        others = (*cases_beside(self._readings, self._content, case), *self._by_subject.get(case.subject, ()))
        subject = self._subjects.get(case.subject) or subject_of(self._readings, self._content, case)
        question = ask(self._content, case, self._actor, self._moment, others, subject)
        step = open_case(question, opening)
        return step if isinstance(step, Refusal) else _Decided(opening=opening, question=question, step=step)


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


def _read_cells(content: Content, entry: EntryPoint, row: TableRow) -> tuple[dict[str, Value], list[BadCell]]:
    facts: dict[str, Value] = {}
    wrong: list[BadCell] = []
    for fact, column in entry.columns:
        text = row.cells.get(column, "")
        if is_blank(text):
            if fact in entry.requires:
                wrong.append(BadCell(line=row.line, column=column, text="is leeg, maar verplicht"))
            continue
        try:
            facts[fact] = read_value(content.rules.facts[fact], text)
        except UsageError as error:
            said = say(error)
            wrong.append(BadCell(line=row.line, column=column, text=f"{said.what} {said.next_step}"))
    return facts, wrong


def _refused_cells(entry: EntryPoint, row: TableRow, refusal: Refusal) -> Iterator[BadCell]:
    """What the rules have against a row: at the column where the value stands, else at the row."""
    columns = dict(entry.columns)
    by_column: dict[str, list[Blocker]] = {}
    for blocker in refusal.blockers:
        column = columns.get(blocker.subject, "") if blocker.kind is BlockerKind.WRONG_VALUE else ""
        by_column.setdefault(column, []).append(blocker)
    for column, blockers in by_column.items():
        here = replace(refusal, blockers=tuple(blockers))
        yield BadCell(line=row.line, column=column, text="geweigerd", refusal=here)


def _facts_there(readings: Readings, content: Content) -> set[tuple[str, str, str]]:
    there = {
        (case.subject, name, repr(fact.value))
        for case in readings.each_case(content.organisation.id, workflow=content.workflow.id)
        for name, fact in case.facts.items()
    }
    kind = content.subject_kind
    registered = readings.each_subject(content.organisation.id, kind.id) if kind else ()
    # Only of who has a case here: being in the register for another procedure makes no row known.
    having = {subject for subject, _, _ in there}
    of_subjects = ((one.number, known_of(kind, one)) for one in registered if one.number in having)
    return there | {(number, name, repr(fact.value)) for number, facts in of_subjects for name, fact in facts.items()}


def _is_known(content: Content, facts: dict[str, Value], there: set[tuple[str, str, str]]) -> bool:
    subject = str(facts.get(content.workflow.subject_key, ""))
    return all((subject, name, repr(value)) in there for name, value in facts.items())


def _open_all(line: Line, batch: Sequence[_Decided]) -> None:
    for one in batch:
        line.add_answer(one.question, one.step)
    try:
        line.write()
    except OvertakenError:  # another got one of the numbers, or changed a case beside these: decide again
        with line.work.writing():
            for one in batch:
                line.add(open_case(line.about_new(one.question.content, one.opening, one.question.actor), one.opening))
            line.write()
