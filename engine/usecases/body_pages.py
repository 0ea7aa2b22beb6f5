"""What lies with a body, or with all of them, gathered for pages: late, before long, stuck, the ladder, letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from engine.core.content.organisation import EVERYTHING_LIES_THERE, Organisation
from engine.core.deciding.case import ENGINE
from engine.core.deciding.situation import look
from engine.core.deciding.step import EntryKind
from engine.core.deciding.waiting import waits_for
from engine.core.deciding.why import possibilities
from engine.core.errors import DefinitionError, UsageError
from engine.core.evaluation.prepared import Content
from engine.core.moment import LOCAL_ZONE, last_day_before, local_day
from engine.line.plan import ask_about
from engine.pages.overview import Climbed, LetterAtRest, Overview, OverviewRow
from engine.reports.ladder_counts import count_rungs
from engine.runtime import Runtime
from engine.store.figures import journal_entries, open_cases_of
from engine.store.inbox import Looking
from engine.store.readings import Readings
from engine.store.records import CaseRow, InboxRow
from engine.usecases.list_work import before_long, letters_to_mend
from engine.words.forms import LETTER_STATUS
from engine.words.of_waiting import say_bodies, say_what

MOST = 200
"""So many cases a list on a page tells; who has more of them needs no longer page but more hands."""
_COUNTED = (EntryKind.OPENED, EntryKind.MOVED)


def gather_overview(runtime: Runtime, body: str, through: date) -> Overview:
    """What lies with this body (empty: with all), as it is now; nothing is looked ahead at yet.

    Raises UsageError when the organisation has no such body.
    """
    now = runtime.now()
    organisation = runtime.catalogue.organisation(runtime.settings.organisation)
    if body and body not in organisation.bodies:
        known = ", ".join(sorted(organisation.bodies))
        raise UsageError(f"Het orgaan '{body}' bestaat niet.", next_step=f"Kies uit: {known}.")
    rule = organisation.inbox or EVERYTHING_LIES_THERE
    with runtime.reading() as readings:
        gatherer = _Gatherer(runtime, readings, organisation, now)
        inbox = readings.inbox(organisation.id, now, Looking(owner=body, ahead=before_long(rule, now)))
        late = [row for row in inbox.rows if row.is_late]
        soon = [row for row in inbox.rows if not row.is_late and row.is_soon and row.act_by and not row.is_closed]
        return Overview(
            organisation=organisation.title,
            body=organisation.bodies[body].label if body else "",
            made_at=now.astimezone(LOCAL_ZONE),
            open_cases=inbox.total + inbox.later,
            late_cases=len(late),
            soon_cases=len(soon),
            late=tuple(map(gatherer.late, late[:MOST])),
            soon=tuple(map(gatherer.soon, soon[:MOST])),
            stuck=tuple(map(gatherer.stuck, gatherer.on_a_ladder(body))),
            ladders=tuple(gatherer.ladders()),
            letters=tuple(_at_rest(runtime, body)),
            through=through,
        )


def cases_of(runtime: Runtime, body: str) -> frozenset[str]:
    """The open cases that this body has now."""
    with runtime.reading() as readings:
        inbox = readings.inbox(runtime.settings.organisation, runtime.now(), Looking(owner=body))
    return frozenset(row.case_id for row in inbox.rows if row.owner == body)


def _at_rest(runtime: Runtime, body: str) -> Iterable[LetterAtRest]:
    for row in letters_to_mend(runtime, body):
        letter = row.letter
        yield LetterAtRest(
            key=letter.key,
            title=letter.title,
            to=letter.addressee_name,
            status=LETTER_STATUS[row.status],
            error=row.error,
        )


class _Gatherer:
    """Says of cases what stands on a page, in the words of their content as it is today."""

    def __init__(self, runtime: Runtime, readings: Readings, organisation: Organisation, now: datetime) -> None:
        from engine.line.people import names_here

        self._runtime, self._readings, self._organisation, self._now = runtime, readings, organisation, now
        self._names = names_here(readings, organisation)
        self._contents: Mapping[str, Content] = dict(self._readable())

    def _readable(self) -> Iterable[tuple[str, Content]]:
        today = local_day(self._now)
        for name in self._runtime.catalogue.workflows(self._organisation.id):
            try:
                yield name, self._runtime.content(name, today)
            except DefinitionError:  # its cases are told by their ids; `rules check` says what is wrong
                continue

    def late(self, row: InboxRow) -> OverviewRow:
        """A case somebody is late with: the term that is late longest, and on whom it waits."""
        first = min(row.overdue, key=lambda term: term.due_at)
        day = first.last_day or last_day_before(first.due_at)
        terms = [term.term for term in row.overdue]
        return self._row(row, term=first.term, day=day, why=self._why(row.case_id, terms))

    def soon(self, row: InboxRow) -> OverviewRow:
        """A case in which somebody must act before long."""
        assert row.act_by is not None  # asked by who calls
        return self._row(row, term=row.first.term if row.first else "", day=last_day_before(row.act_by))

    def stuck(self, row: CaseRow) -> OverviewRow:
        """A case on a ladder, with what it waits for."""
        day = last_day_before(row.next_due_at) if row.next_due_at else None
        return self._row(row, term="", day=day, why=self._why(row.case_id))

    def on_a_ladder(self, body: str) -> tuple[CaseRow, ...]:
        """The open cases of every procedure with a ladder, who waits longest first."""
        found = open_cases_of(self._readings, self._organisation.id, [one for one, _ in self._with_ladder()], body)
        return found[:MOST]

    def ladders(self) -> Iterable[Climbed]:
        """What came of each rung, for all bodies: a rung is no matter of one of them."""
        for name, content in self._with_ladder():
            entries = journal_entries(self._readings, self._organisation.id, _COUNTED, workflow=name)
            journals = [
                [entry for *_, entry in one] for _, one in groupby(entries, key=lambda entry: entry[1])
            ]  # each case its own
            yield Climbed(procedure=content.workflow.title, rungs=count_rungs(content, journals, self._now))

    def _with_ladder(self) -> list[tuple[str, Content]]:
        return [(name, content) for name, content in self._contents.items() if content.workflow.ladder]

    def _row(self, row: InboxRow | CaseRow, *, term: str, day: date | None, why: str = "") -> OverviewRow:
        content = self._contents.get(row.workflow)
        known = content.workflow if content else None
        found = content.find_term(term) if content and term else None
        body = self._organisation.bodies.get(row.owner)
        return OverviewRow(
            case_id=row.case_id,
            about=self._about(content, row.subject),
            procedure=known.title if known else row.workflow,
            state=known.state(row.state).label if known and known.has_state(row.state) else row.state,
            owner=body.label if body else row.owner or "niemand",
            handler=self._names.get(row.handler, row.handler),
            what=found.label if found else term,
            day=day,
            since=local_day(row.entered_at),
            why=why,
        )

    def _about(self, content: Content | None, subject: str) -> str:
        kind = self._organisation.subject_with_key(content.workflow.subject_key) if content else None
        return f"{kind.label.lower()} {subject}" if kind and subject else subject

    def _why(self, case_id: str, terms: Sequence[str] = ()) -> str:
        """On whom a case waits (for these terms) and for what; empty where its content cannot be read."""
        try:
            question = ask_about(self._runtime, self._readings, self._readings.load_case(case_id), ENGINE, self._now)
        except DefinitionError:
            return ""
        situation = look(question)
        known = [term for term in terms if situation.content.find_term(term)]
        waits = waits_for(situation, possibilities(situation), known)
        return f"wacht op {say_bodies(situation.content, waits)}: {say_what(situation.content, waits)}"
