"""Setting back what happened by itself because nobody knew yet: a term passed, while what it waited for was there.

Post that came in on the last day of a term and is typed two days later finds the case beyond that term. By law it came
in time (Awb 4:15, 4:5): so what the passing did is undone first, as of the day of receipt, and the act follows on the
case as it stood. All of it are new lines; the ones of the passing stay readable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from engine.core.deciding.case import ENGINE_ROLE, Case, Clock, Record
from engine.core.deciding.clocks import ClockChange
from engine.core.deciding.question import Question
from engine.core.deciding.replay import rebuild
from engine.core.deciding.step import Blocker, BlockerKind, Entry, EntryKind
from engine.core.errors import UsageError
from engine.core.language.facts import KnownFact
from engine.core.legal_clock.ledger import Corrected, LedgerEntry, ledger_to_plain
from engine.core.legal_clock.recording import record
from engine.core.message import Message
from engine.core.quick_class import dataclass, replace

_CAME = (EntryKind.OPENED, EntryKind.REOPENED, EntryKind.UNDONE, EntryKind.SET_BACK)
# What left the house, or another case was told, cannot be as if it had not been.
_OUTSIDE = frozenset({EntryKind.LETTER_ORDERED, EntryKind.LETTER_SENT, EntryKind.CASE_ORDERED, EntryKind.SUBJECT})
_DONE = frozenset({EntryKind.MOVED, EntryKind.RECORD, *_OUTSIDE})


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAtOnce:
    """Lines that were written at one moment (UTC); `first` is the index of the first of them in the journal."""

    lines: tuple[Entry, ...]
    written: datetime
    first: int

    @property
    def is_passing(self) -> bool:
        """Whether a term passed here, and nothing else."""
        kinds = {one.kind for one in self.lines}
        return EntryKind.TERM_PASSED in kinds and not any(one.actor.is_person for one in self.lines)

    @property
    def at(self) -> datetime:
        """When it happened (UTC): of a term that passed the moment it fell due, however late it was noted."""
        key = "due_at" if self.is_passing else "happened_at"
        told = (one.details.get(key) for one in self.lines)
        return next((datetime.fromisoformat(str(at)) for at in told if at), self.written)

    @property
    def has_moved(self) -> bool:
        """Whether the case came into a state."""
        return any(
            one.kind in _CAME or (one.kind is EntryKind.MOVED and one.details["origin"] != one.details["target"])
            for one in self.lines
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBack:
    """The case before terms passed, and the lines that tell so; the case itself when nothing was to be set back."""

    case: Case
    entries: tuple[Entry, ...] = ()


def stands_since(question: Question, lines: Sequence[Entry]) -> datetime:
    """When the case came where it stands (UTC), other than by a term that passed."""
    came = (one.at for one in _in_steps(lines) if one.has_moved and not one.is_passing)
    return max(came, default=question.case.opened_at)


def set_back(question: Question, lines: Sequence[Entry]) -> SetBack | Blocker:
    """The case as it stood at the moment of the question, when only terms have moved it since.

    A blocker when what a passing brought about cannot be undone: a letter, another case, what another case was told.
    """
    passed = [one for one in _in_steps(lines) if one.is_passing and one.at > question.moment and _did(question, one)]
    if not passed:
        return SetBack(case=question.case)
    if any(_reached_outside(question, one) for one in passed):
        said = Message("happened_before_the_last", {"at": question.moment, "last": passed[-1].at})
        return Blocker(kind=BlockerKind.WHEN, said=said)
    try:
        return _set_back(question, lines, passed)
    except UsageError as error:
        return Blocker(kind=BlockerKind.TERM_RULE, subject=question.case.id, said=error.said)


def _set_back(question: Question, lines: Sequence[Entry], passed: Sequence[WrittenAtOnce]) -> SetBack:
    case, written = question.case, {one.written for one in passed}
    gone = {fact for fact, known in case.facts.items() if known.by == ENGINE_ROLE and known.at in written}
    facts = {fact: known for fact, known in case.facts.items() if fact not in gone}
    moves = [line for one in passed for line in one.lines if line.kind is EntryKind.MOVED]
    state = next((str(line.details["origin"]) for line in moves), case.state)
    taken = {line.details["transition"] for line in moves}
    # A letter that could not be made then is not to be made once it can: what asked for it never was.
    unmade = {_letter_missed(line) for one in passed for line in one.lines}
    clocks, changes = _clocks_back(question, lines, passed)
    records = tuple(_records_back(case, lines[: passed[0].first], written))
    told = Entry(
        kind=EntryKind.SET_BACK,
        at=question.moment,
        actor=question.actor,
        details={
            "origin": case.state,
            "target": state,
            "terms": [key for one in passed for key in _passed_in(one)],
            "facts": dict.fromkeys(sorted(gone)),
        },
    )
    back = replace(
        case,
        state=state,
        entered_at=case.entered_at if state == case.state else stands_since(question, lines),
        is_closed=question.content.workflow.state(state).is_end,
        facts=facts,
        fixed={fact: act for fact, act in case.fixed.items() if act not in taken},
        clocks=clocks,
        records=records,
        owed=tuple(one for one in case.owed if one[0] not in unmade),
    )
    restored = (_of_record(question, one) for one, now in zip(records, case.records, strict=True) if one != now)
    return SetBack(case=back, entries=(told, *restored, *(_of_clock(question, *change) for change in changes)))


def _in_steps(lines: Sequence[Entry]) -> Iterator[WrittenAtOnce]:
    first = 0
    for written, group in groupby(lines, key=lambda line: line.at):
        together = tuple(group)
        yield WrittenAtOnce(lines=together, written=written, first=first)
        first += len(together)


def _did(question: Question, passing: WrittenAtOnce) -> bool:
    """Whether the passing did anything but say so: what only speaks need not be unsaid."""
    wrote = any(
        line.kind in _DONE or (line.kind is EntryKind.CLOCK and "entry" in line.details) for line in passing.lines
    )
    facts = question.case.facts.values()
    return wrote or any(known.by == ENGINE_ROLE and known.at == passing.written for known in facts)


def _reached_outside(question: Question, passing: WrittenAtOnce) -> bool:
    acts = {line.details["transition"] for line in passing.lines if line.kind is EntryKind.MOVED}
    told = bool(question.case.parent) and any(
        one.tells_parent for one in question.content.workflow.transitions if one.id in acts
    )
    return told or any(line.kind in _OUTSIDE for line in passing.lines)


def _passed_in(one: WrittenAtOnce) -> list[str]:
    return [str(line.details["clock"]) for line in one.lines if line.kind is EntryKind.TERM_PASSED]


def _letter_missed(line: Entry) -> str:
    told = line.details.get("parameters")
    return str(told["letter"]) if isinstance(told, Mapping) and line.details.get("about") == "letter_not_made" else ""


def _clocks_back(
    question: Question, lines: Sequence[Entry], passed: Sequence[WrittenAtOnce]
) -> tuple[tuple[Clock, ...], tuple[ClockChange, ...]]:
    """The clocks with the lines of the passings cancelled, the last first; what fell due may fall due again.

    Raises UsageError when the law of the ledger forbids it, because a later line leans on one of them.
    """
    ours, numbers, fell_due = {id(line) for one in passed for line in one.lines}, dict[str, list[int]](), set[str]()
    counted: dict[str, int] = {}
    for line in lines:
        key = str(line.details.get("clock", ""))
        if line.kind is EntryKind.CLOCK and "entry" in line.details:
            number = counted[key] = counted.get(key, -1) + 1
            if id(line) in ours:
                numbers.setdefault(key, []).append(number)
        elif line.kind is EntryKind.TERM_PASSED and id(line) in ours:
            fell_due.add(key)
    clocks: list[Clock] = []
    changes: list[ClockChange] = []
    for clock in question.case.clocks:
        term = question.content.find_term(clock.term)
        counters = tuple(
            Corrected(recorded_at=question.moment, by=question.actor.role, cancels=number, cause="was_in_time")
            for number in reversed(numbers.get(clock.key, []))
        )
        if counters and term is not None:
            clock = replace(clock, ledger=record(term, clock.ledger, question.content.calendar, *counters))
            changes += [(clock.key, counter) for counter in counters]
        if clock.key in fell_due:
            fired = tuple(key for key in clock.fired if not key.startswith(f"{clock.key}|passed|"))
            clock = replace(clock, fired=fired)
        clocks.append(clock)
    return tuple(clocks), tuple(changes)


def _records_back(case: Case, before: Sequence[Entry], written: set[datetime]) -> Iterator[Record]:
    """The records without what the passings changed in them; their lives are those that the lines before tell."""
    told = rebuild((number, line) for number, line in enumerate(before)).records
    for one in case.records:
        fields: Mapping[str, KnownFact] = {
            name: known for name, known in one.fields.items() if not (known.by == ENGINE_ROLE and known.at in written)
        }
        life = told[one.key].life if one.key in told else one.life
        same = fields == one.fields and life == one.life
        yield one if same else replace(one, fields=fields, life=life)


def _of_record(question: Question, one: Record) -> Entry:
    details = {
        "record": one.kind, "number": one.number, "life": one.life, "belongs_to": one.belongs_to, "fields": {},
    }  # fmt: skip
    return Entry(kind=EntryKind.RECORD, at=question.moment, actor=question.actor, details=details)


def _of_clock(question: Question, key: str, entry: LedgerEntry) -> Entry:
    details = {"clock": key, "entry": ledger_to_plain((entry,))[0]}
    return Entry(kind=EntryKind.CLOCK, at=question.moment, actor=question.actor, details=details)
