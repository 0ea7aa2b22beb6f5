"""A term told step by step: of a case, or calculated freely; all through the one legal clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from engine.core.deciding.situation import project_clock
from engine.core.dutch import write_moment
from engine.core.language.values import write_value
from engine.core.legal_clock.calendar import Calendar
from engine.core.legal_clock.explain import free_ledger, project_free
from engine.core.legal_clock.ledger import LedgerEntry
from engine.core.legal_clock.period import Period, in_dutch
from engine.core.legal_clock.projection import Projection
from engine.core.legal_clock.term_days import TermDay, tell_term_days
from engine.core.legal_clock.terms import TermSpec, project
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.definitions.catalogue import Catalogue
from engine.definitions.files.footprint import Footprint
from engine.runtime import Runtime
from engine.usecases.chosen_organisation import choose_organisation
from engine.usecases.correct_term import clock_label, find_clock
from engine.words.of_terms import explain_move


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTerm:
    """A term with its title, its projection, its basis in law, and every day of it.

    `moved` says, for a term as it was known at an earlier moment, why its end is not the same now; `anchor` is
    the term after whose end a free calculation begins.
    """

    title: str
    basis: str
    projection: Projection
    days: tuple[TermDay, ...]
    moved: tuple[str, ...] = ()
    anchor: Projection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTerm:
    """A calculation without a case: the term, its day 0 (or moment, for hours), and what happens to its clock.

    A term without a length ends on `until`.
    With `anchor_length` the start is that of an earlier term of this length under the same rules, and day 0
    is the last day of that one.
    """

    spec: TermSpec
    start: date | datetime
    until: date | None = None
    acts: tuple[LedgerEntry, ...] = ()
    anchor_length: Period | None = None


def explain_case_term(runtime: Runtime, case_id: str, clock_key: str, *, as_of: datetime | None = None) -> ToldTerm:
    """The term of a case, as it is known now or (`as_of`) as it was known at a moment.

    Raises CaseError when the case is not there, UsageError when it has no such clock.
    """
    with runtime.reading() as readings:
        case = readings.load_case(case_id)
    content = runtime.content_of(case, local_day(runtime.now()))
    clock = find_clock(case, clock_key)
    term = content.term(clock.term)
    now = project_clock(content, clock)
    then = now if as_of is None else project(term, clock.ledger, content.calendar, as_of=as_of)
    known = f", zoals bekend op {write_moment(as_of)}" if as_of else ""
    return ToldTerm(
        title=f"{clock_label(content, clock)} — {case_id}{known}",
        basis=term.cited,
        projection=then,
        days=tell_term_days(
            term, clock.ledger, content.calendar, as_of=as_of, through=local_day(as_of or runtime.now())
        ),
        moved=explain_move(then, now),
    )


def explain_free_term(root: Path, free: FreeTerm, organisation: str = "") -> ToldTerm:
    """A term with the calendar of an organisation, without any case.

    Raises UsageError for an act that the law of the clock does not allow.
    """
    catalogue = Catalogue(root)
    calendar = catalogue.loader.organisations.calendar(choose_organisation(catalogue, organisation), Footprint())
    anchor = _project_anchor(free, calendar)
    start = anchor.last_day if anchor and anchor.last_day else free.start
    ledger = free_ledger(free.spec, start, calendar, *free.acts, until=free.until)
    after = f"de laatste dag van {in_dutch(free.anchor_length)} vanaf " if anchor and free.anchor_length else ""
    what = in_dutch(free.spec.period) if free.spec.period else "Een vaste datum"
    return ToldTerm(
        title=f"{what} vanaf {after}{write_value(free.start)}",
        basis="",
        projection=project(free.spec, ledger, calendar),
        days=tell_term_days(free.spec, ledger, calendar),
        anchor=anchor,
    )


def _project_anchor(free: FreeTerm, calendar: Calendar) -> Projection | None:
    if free.anchor_length is None:
        return None
    spec = replace(free.spec, period=free.anchor_length, counted_back=False, extension=None)
    return project_free(spec, free.start, calendar)
