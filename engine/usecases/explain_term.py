"""A term told step by step: of a case, or calculated freely; all through the one legal clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from engine.core.errors import UsageError
from engine.core.explain import free_start
from engine.core.fact_words import write_value
from engine.core.moment import local_day
from engine.core.projection import Projection
from engine.core.situation import project_clock
from engine.core.term_days import TermDay, tell_term_days
from engine.core.term_rules import spec_of
from engine.core.terms import TermSpec, project
from engine.definitions.catalogue import Catalogue
from engine.definitions.footprint import Footprint
from engine.runtime import Runtime
from engine.usecases.chosen_organisation import choose_organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTerm:
    """A term with its title, its projection, its basis in law, and every day of it."""

    title: str
    basis: str
    projection: Projection
    days: tuple[TermDay, ...]


def explain_case_term(runtime: Runtime, case_id: str, clock_key: str, *, as_of: datetime | None = None) -> ToldTerm:
    """The term of a case, as it is known now or (`as_of`) as it was known at a moment.

    Raises CaseError when the case is not there, UsageError when it has no such clock.
    """
    with runtime.reading() as readings:
        case = readings.load_case(case_id)
    content = runtime.content_of(case, local_day(runtime.now()))
    clock = case.clock(clock_key)
    if clock is None:
        known = ", ".join(clock.key for clock in case.clocks) or "geen"
        raise UsageError(f"Zaak {case_id} heeft geen termijn '{clock_key}'.", next_step=f"Er is: {known}.")
    term = content.term(clock.term)
    spec = spec_of(content, term)
    if as_of is None:
        projection = project_clock(content, clock)
    else:
        projection = project(spec, clock.ledger, content.calendar, as_of=as_of)
    return ToldTerm(
        title=f"{term.label} — {case_id}",
        basis=", ".join(term.basis),
        projection=projection,
        days=tell_term_days(spec, clock.ledger, content.calendar, as_of=as_of, through=local_day(runtime.now())),
    )


def explain_free_term(root: Path, spec: TermSpec, start: date | datetime, organisation: str = "") -> ToldTerm:
    """A term from a day 0 (or a moment, for hours) with the calendar of an organisation, without any case."""
    catalogue = Catalogue(root)
    calendar = catalogue.loader.organisations.calendar(choose_organisation(catalogue, organisation), Footprint())
    ledger = (free_start(start),)
    projection = project(spec, ledger, calendar)
    return ToldTerm(
        title=f"{spec.period or 'vaste datum'} vanaf {write_value(start)}",
        basis="",
        projection=projection,
        days=tell_term_days(spec, ledger, calendar),
    )
