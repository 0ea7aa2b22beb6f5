"""Invented cases and steps to write: a village that handles permits for scarecrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from engine.core.deciding.case import Actor, Case, Clock, LetterMark
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.deciding.step import Deadline, DeadlineKind, Entry, EntryKind, Notice, RunningTerm, Step
from engine.core.language.facts import KnownFact, Value
from engine.core.legal_clock.ledger import Started
from engine.store.codec import read_row
from engine.store.readings import Readings
from engine.store.records import CaseRow

START = datetime(2026, 8, 3, 7, 0, tzinfo=UTC)
CLERK = Actor(role="loket", name="Sjoukje Proefstra")


def days(number: int) -> datetime:
    """The moment this many days after the start."""
    return START + timedelta(days=number)


def make_case(case_id: str = "VOG-2026-0001", *, organisation: str = "dorp", **changes: object) -> Case:
    """A case as it is just opened."""
    case = Case(
        id=case_id,
        organisation=organisation,
        workflow="vogelverschrikker",
        workflow_version=date(2026, 1, 1),
        rules_version=date(2026, 2, 1),
        state="ingediend",
        version=1,
        subject="akker-7",
        opened_at=START,
        entered_at=START,
        facts={"hoogte": KnownFact(value=2.5, by="boer", at=START)},
        clocks=(Clock(term="beslissen", ledger=(Started(recorded_at=START, by="loket", day=date(2026, 8, 3)),)),),
    )
    return replace(case, **changes)  # type: ignore[arg-type]


def entry(kind: EntryKind = EntryKind.OPENED, at: datetime = START, **details: object) -> Entry:
    """A line of the journal."""
    return Entry(kind=kind, at=at, actor=CLERK, details=details)


def deadline(
    key: str, due_at: datetime, *, clock: str = "beslissen", kind: DeadlineKind = DeadlineKind.PASSED
) -> Deadline:
    """A deadline of the one term there is."""
    return Deadline(
        key=key,
        clock=clock,
        term=clock.partition("/")[0],
        kind=kind,
        number=0 if kind is DeadlineKind.PASSED else 1,
        due_at=due_at,
        last_day=due_at.date(),
    )


def running(due_at: datetime, *, clock: str = "beslissen") -> RunningTerm:
    """The one term there is, running, and late from this moment on."""
    return RunningTerm(clock=clock, term=clock.partition("/")[0], due_at=due_at, last_day=due_at.date(), act_by=due_at)


def letter(key: str, *, fields: Mapping[str, Value] | None = None) -> OutgoingLetter:
    """A letter to be sent."""
    return OutgoingLetter(
        key=key,
        letter="besluit",
        organisation="dorp",
        template_version=date(2026, 1, 1),
        template_digest="ab" * 32,
        title="Uw vogelverschrikker",
        addressee="boer",
        addressee_name="Ferre de Proef",
        addressee_address="Zandpad 1\n9999 XX Nergenshuizen",
        level="B1",
        clause="objection",
        signature="Het dorpsbestuur",
        on_behalf_of="",
        fields=fields or {"hoogte": 2.5, "dag": date(2026, 9, 1), "kleuren": ("rood", "grijs")},
        late_fields={"laatste_dag": "bezwaar"},
    )


def opening(
    case: Case | None = None,
    *,
    deadlines: Sequence[Deadline] = (),
    running: Sequence[RunningTerm] = (),
    letters: Sequence[OutgoingLetter] = (),
    notices: Sequence[Notice] = (),
) -> Step:
    """The step that opens a case."""
    opened = case or make_case()
    return Step(
        before=None,
        after=opened,
        entries=(entry(state=opened.state),),
        deadlines=tuple(deadlines),
        running=tuple(running),
        letters=tuple(letters),
        notices=tuple(notices),
        content_digest="c0ffee",
    )


def moving(
    before: Case,
    state: str = "getoetst",
    *,
    at: datetime | None = None,
    is_closed: bool = False,
    deadlines: Sequence[Deadline] = (),
    running: Sequence[RunningTerm] = (),
    letters: Sequence[OutgoingLetter] = (),
    notices: Sequence[Notice] = (),
    actor: Actor = CLERK,
) -> Step:
    """The step that moves a case to another state."""
    moment = at or days(1)
    marks = tuple(LetterMark(key=one.key, letter=one.letter, addressee=one.addressee) for one in letters)
    after = replace(
        before,
        state=state,
        version=before.version + 1,
        entered_at=moment,
        is_closed=is_closed,
        letters=(*before.letters, *marks),
    )
    return Step(
        before=before,
        after=after,
        entries=(Entry(kind=EntryKind.MOVED, at=moment, actor=actor, details={"to": state}),),
        deadlines=tuple(deadlines),
        running=tuple(running),
        letters=tuple(letters),
        notices=tuple(notices),
        content_digest="c0ffee",
    )


def case_row(readings: Readings, case_id: str) -> CaseRow:
    """Where a case stands, without what is known of it."""
    (row,) = readings.rows("SELECT * FROM cases WHERE id = :id", id=case_id)
    return read_row(CaseRow, {**row, "case_id": row["id"]})
