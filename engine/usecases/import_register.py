"""Take over a register: one case for each row of a file, through an entry point that names its columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from engine.core.content.workflow import EntryPoint
from engine.core.deciding.advance import renew
from engine.core.deciding.case import Actor, Case
from engine.core.deciding.opening import Opening, new_case, open_case
from engine.core.deciding.question import Question, ask
from engine.core.deciding.step import Refusal, Step
from engine.core.deciding.subject import Subject
from engine.core.dutch import join_words
from engine.core.errors import OvertakenError
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import Value
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.exchange.columns import Fitted, fit_columns, heads
from engine.exchange.tables import TableRow, read_table
from engine.line.case_line import Line, open_line
from engine.line.opening_cases import way_to_open
from engine.line.plan import dossier_of, series_of
from engine.runtime import Runtime
from engine.store.numbering import next_numbers
from engine.store.people import read_people
from engine.store.readings import Readings
from engine.usecases.refused_rows import refused_cells, taken_cell
from engine.usecases.register_rows import BadCell, Key, KnownRows, Registered, entry_with_columns, read_cells

BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRow:
    """A row that is known and says something else than its case: what it says, and what was known before."""

    line: int
    case_id: str
    facts: Mapping[str, Value]
    old: Mapping[str, Value | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """How many cases were opened, how many rows were known already, which say something else, and what is wrong.

    `updated` are those of the changed rows that were taken over. `encoding` is what the text of the file was written
    in; empty for a workbook.
    """

    opened: int
    known: int
    bad: tuple[BadCell, ...]
    content: Content
    changed: tuple[ChangedRow, ...] = ()
    updated: int = 0
    encoding: str = ""


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
    update: bool = False,
    dry_run: bool = False,
    ignored: Collection[str] = (),
    on_row: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Open a case for every row. With a bad row nothing is imported, unless `skip_bad`: then the good rows are.

    A row is known by what its entry says (`known_by`: else by all it says), so a second import does nothing double.
    One that is known and says something else is told as changed, and taken over with `update`. A dry run only looks.
    Written by the handful, each wholly or not at all: when the program is stopped halfway, the same import goes on
    where it was, and meanwhile nobody waits long. Columns named in `ignored` are passed over. Raises UsageError for a
    file that cannot be read or lacks a column.
    """
    moment = runtime.now()
    content = runtime.content_to_open(workflow, local_day(moment))
    entry = entry_with_columns(content, entry_id)
    table = read_table(path, lambda cells: heads(entry, cells))
    fitted = fit_columns(entry, table, path, ignored)
    with runtime.reading() as readings:
        survey = _Survey(content, entry, fitted, actor, moment, readings)
        survey.way = lambda opening: way_to_open(runtime, content, opening, local_day(moment))
        for number, row in enumerate(table.rows, 1):
            survey.look_at(row)
            if on_row:
                on_row(number, len(table.rows))
    bad, changed = (*survey.bad, *survey.doubles), tuple(survey.changed)
    seen = ImportReport(
        opened=len(survey.new),
        known=survey.known,
        bad=bad,
        content=content,
        changed=changed,
        encoding=table.encoding,
    )
    if bad and not skip_bad:
        return replace(seen, opened=0, known=0)
    if dry_run:
        return seen
    for start in range(0, len(survey.new), BATCH):
        with open_line(runtime) as line:
            _open_all(line, survey.new[start : start + BATCH])
    return replace(seen, updated=_renew_all(runtime, entry, actor, changed) if update else 0)


class _Survey:
    """Looks at every row once: what is wrong with it, or the step that opens its case.

    Nothing may be written before the last row was seen, so the numbers are those that come next as long as nobody
    else takes one. A number may stand in what is decided (in a letter, in a fact), so it is there from the start;
    a row that opens nothing uses none.
    """

    def __init__(
        self, content: Content, entry: EntryPoint, fitted: Fitted, actor: Actor, moment: datetime, readings: Readings
    ) -> None:
        self._content, self._entry, self._actor, self._moment = content, entry, actor, moment
        self._fitted, self._readings = fitted, readings
        self._numbers = next_numbers(readings, series_of(content, moment))
        self._number = next(self._numbers)
        self._people = read_people(readings, content.organisation.id) if content.person_facts else ()
        self._register = KnownRows(readings, content, entry)
        self._first_line: dict[Key, int] = {}
        self._by_subject: dict[str, list[Case]] = {}
        self._subjects: dict[str, Subject] = {}
        self.way: Callable[[Opening], tuple[Content, Opening]] = lambda opening: (content, opening)
        """Under what a row opens: its sector may stay on an older version."""
        self.bad: list[BadCell] = []
        self.doubles: list[BadCell] = []
        self.new: list[_Decided] = []
        self.changed: list[ChangedRow] = []
        self.known = 0

    def look_at(self, row: TableRow) -> None:
        """Take one row into account."""
        facts, wrong = read_cells(self._content, self._entry, self._fitted, row, self._people)
        if wrong:
            self.bad.extend((*wrong, *self._refused(row, facts)))
            return
        key = self._register.key_of(facts)
        if key in self._first_line:
            self.doubles.append(BadCell(line=row.line, column="", text=self._double(self._first_line[key])))
            return
        there = self._register.find(key)
        other = self._register.other_subject(facts)
        if there is None and other:
            fact, number = other
            self.bad.append(BadCell(line=row.line, column=self._column(fact), text=f"hoort al bij nummer {number}"))
            return
        decided = self._decide(Opening(case_id="" if there else self._number, entry=self._entry.id, facts=facts))
        if isinstance(decided, Refusal):
            self.bad.extend(self._refused(row, facts, decided))
            return
        taken = taken_cell(self._readings, self._content, decided.step, facts, self._fitted, row.line)
        if taken is not None and there is None:
            self.bad.append(taken)
            return
        self._first_line[key] = row.line
        if there is not None:
            self._compare(row, there, facts)
            return
        self._register.add(decided.step.after.id, decided.step.after.subject, facts)
        self.new.append(decided)
        self._number = next(self._numbers)
        self._by_subject.setdefault(decided.step.after.subject, []).append(decided.step.after)
        if decided.step.subject is not None:
            self._subjects[decided.step.after.subject] = decided.step.subject.after

    def _compare(self, row: TableRow, there: Registered, facts: Mapping[str, Value]) -> None:
        differing = {fact: value for fact, value in facts.items() if there.facts.get(fact) != value}
        if differing and not there.is_closed:
            old = {fact: there.facts.get(fact) for fact in differing}
            self.changed.append(ChangedRow(line=row.line, case_id=there.case_id, facts=differing, old=old))
        else:
            self.known += 1

    def _double(self, first: int) -> str:
        if not self._entry.known_by:
            return f"is gelijk aan regel {first}"
        columns = [self._column(fact) for fact in self._entry.known_by]
        return f"heeft hetzelfde als regel {first} in {join_words(columns)}"

    def _column(self, fact: str) -> str:
        return self._fitted.by_fact.get(fact, "")

    def _refused(self, row: TableRow, facts: dict[str, Value], decided: Refusal | None = None) -> tuple[BadCell, ...]:
        opening = Opening(case_id=self._number, entry=self._entry.id, facts=facts)
        return tuple(refused_cells(*self._ask(opening), self._fitted, row.line, decided))

    def _decide(self, opening: Opening) -> _Decided | Refusal:
        question, opening = self._ask(opening)
        step = open_case(question, opening)
        return step if isinstance(step, Refusal) else _Decided(opening=opening, question=question, step=step)

    def _ask(self, opening: Opening) -> tuple[Question, Opening]:
        content, opening = self.way(opening)
        case = new_case(content, opening, self._moment)
        registered, stored = dossier_of(self._readings, content, case)
        others = (*stored, *self._by_subject.get(case.subject, ()))
        subject = self._subjects.get(case.subject) or registered
        return ask(content, case, self._actor, self._moment, others, subject), opening


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


def _renew_all(runtime: Runtime, entry: EntryPoint, actor: Actor, changed: Sequence[ChangedRow]) -> int:
    """How many of these rows were taken over; one that the rules refuse is left, and stays told as changed."""
    taken = 0
    for start in range(0, len(changed), BATCH):
        with open_line(runtime) as line:
            taken += sum(
                line.add(renew(line.about(one.case_id, actor), entry, one.facts))
                for one in changed[start : start + BATCH]
            )
            line.write()
    return taken
