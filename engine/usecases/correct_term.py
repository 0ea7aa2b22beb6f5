"""The ledger of one term of a case: read it, and put a line of it right."""

from __future__ import annotations

from engine.core.deciding.case import Actor, Case, Clock
from engine.core.deciding.correcting import Correction, correct_clock
from engine.core.deciding.situation import project_clock
from engine.core.deciding.step import Refusal, Step
from engine.core.errors import UsageError
from engine.core.evaluation.prepared import Content
from engine.core.legal_clock.ledger_lines import LedgerLine, tell_ledger
from engine.core.legal_clock.projection import Projection
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.line.case_line import Line
from engine.line.waiting_letters import with_waiting
from engine.runtime import Runtime


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLedger:
    """The ledger of one clock, line by line, and what it comes to now."""

    title: str
    lines: tuple[LedgerLine, ...]
    projection: Projection


def read_term_ledger(runtime: Runtime, case_id: str, clock_key: str) -> TermLedger:
    """The ledger of a term. Raises CaseError when the case is not there, UsageError when it has no such clock."""
    with runtime.reading() as readings:
        case = readings.load_case(case_id)
    content = runtime.content_of(case, local_day(runtime.now()))
    clock = find_clock(case, clock_key)
    return TermLedger(
        title=f"{clock_label(content, clock)} — {case_id}",
        lines=tell_ledger(clock.ledger),
        projection=project_clock(content, clock),
    )


def correct_term(
    line: Line, case_id: str, command: Correction, actor: Actor, *, dry_run: bool = False
) -> Step | Refusal:
    """Put a line of a ledger right by a counter-entry; a dry run decides and writes nothing."""
    return line.keep(correct_clock(with_waiting(line, line.about(case_id, actor)), command), dry_run=dry_run)


def find_clock(case: Case, key: str) -> Clock:
    """The clock of a case. Raises UsageError, naming the clocks there are."""
    clock = case.clock(key)
    if clock is None:
        known = ", ".join(clock.key for clock in case.clocks) or "geen"
        raise UsageError(f"Zaak {case.id} heeft geen termijn '{key}'.", next_step=f"Er is: {known}.")
    return clock


def clock_label(content: Content, clock: Clock) -> str:
    """The label of the term of a clock, with the addressee where it has one."""
    term = content.find_term(clock.term)
    label = term.label if term else clock.term
    return f"{label} ({clock.addressee})" if clock.addressee else label
