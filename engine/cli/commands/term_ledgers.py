"""`trede term ledger` and `trede term correct`: what happened to a clock, and putting a line of it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from engine.cli.arguments import JSON_OPTION, Acting, acting_options, open_workplace, reason_option
from engine.cli.output import print_json, print_lines
from engine.cli.pages.case_pages import show_outcome
from engine.core.dutch import write_day, write_moment
from engine.core.language.values import read_day, read_moment
from engine.core.legal_clock.ledger import KINDS, Deferred, Extended, Started, ledger_to_plain
from engine.core.legal_clock.period import in_dutch
from engine.line.case_line import open_line
from engine.words.of_journal import say_cause

if TYPE_CHECKING:
    from engine.core.legal_clock.ledger_lines import LedgerLine

CASE_ARGUMENT = click.argument("case_id", metavar="ZAAK")
CLOCK_ARGUMENT = click.argument("clock", metavar="TERMIJN")


@click.command()
@CASE_ARGUMENT
@CLOCK_ARGUMENT
@JSON_OPTION
def ledger(case_id: str, clock: str, as_json: bool) -> None:
    """Toon het klokboek van een termijn: elke regel met zijn nummer, ook wat niet meer telt."""
    from engine.usecases.correct_term import read_term_ledger
    from engine.words.of_terms import describe_end, explain_plain

    with open_workplace() as runtime:
        told = read_term_ledger(runtime, case_id, clock)
    if as_json:
        lines = [line_plain(line) for line in told.lines]
        print_json({"title": told.title, "lines": lines, **explain_plain(told.projection)})
    else:
        print_lines([told.title, *(f"  {_line_words(line)}" for line in told.lines), describe_end(told.projection)])


@click.command()
@CASE_ARGUMENT
@CLOCK_ARGUMENT
@click.argument("number", metavar="REGEL", type=int)
@reason_option("Waarom de regel niet klopt.")
@click.option("--day", default="", metavar="DATUM", help="De goede dag; zonder vervalt de regel.")
@click.option("--at", "at", default="", metavar="TIJDSTIP", help="Het goede tijdstip, bij een termijn in uren.")
@acting_options
def correct(case_id: str, clock: str, number: int, reason: str, day: str, at: str, acting: Acting) -> None:
    """Neem een REGEL van het klokboek terug, of zet hem op de goede dag. Er wordt nooit iets gewist.

    De nummers staan in `trede term ledger`. Bijvoorbeeld:
    trede term correct TLV-2026-0001 beslistermijn 2 --day 2026-01-22 --reason "brief ging een dag eerder weg"
    """
    from engine.core.deciding.correcting import Correction
    from engine.usecases.correct_term import correct_term, find_clock

    command = Correction(
        clock=clock,
        number=number,
        reason=reason,
        day=read_day(day, "--day") if day else None,
        at=read_moment(at, "--at") if at else None,
    )
    with open_workplace() as runtime, open_line(runtime) as line:
        content = line.about(case_id).content
        find_clock(line.about(case_id).case, clock)
        actor = acting.actor(runtime, content)
        show_outcome(content, correct_term(line, case_id, command, actor, dry_run=acting.dry_run), acting, line.names)


def line_plain(line: LedgerLine) -> dict[str, object]:
    """A line for a program: its number, what it says, and whether it counts; numbers of lines from 1."""
    entry = {name: value for name, value in ledger_to_plain((line.entry,))[0].items() if name != "cancels"}
    return {
        "number": line.number,
        "counts": line.counts,
        "cancels": line.cancels,
        "cancelled_by": line.cancelled_by,
        "act_day": line.entry.act_day,
        **entry,
    }


def _line_words(line: LedgerLine) -> str:
    entry = line.entry
    about = f"regel {line.cancels} vervalt" if line.cancels else _what_words(line)
    basis = f" ({entry.basis})" if entry.basis else ""
    said = say_cause(entry.cause, entry.reason)
    reason = f"; {said}" if said else ""
    fate = f"  TELT NIET: teruggenomen door regel {line.cancelled_by}" if line.cancelled_by else ""
    fate = fate or ("" if line.counts else "  TELT NIET: de klok begon daarna opnieuw")
    written = f"opgeschreven {write_moment(entry.recorded_at)} door {entry.by}"
    return f"{line.number:>2}  {about}{basis}{reason} [{written}]{fate}"


def _what_words(line: LedgerLine) -> str:
    entry = line.entry
    words = f"{_WORDS[KINDS[type(entry)]]} op {write_day(entry.act_day)}"
    if isinstance(entry, Extended):
        return f"{words} met {in_dutch(entry.period)}"
    if isinstance(entry, Deferred):
        return f"{words} tot en met {write_day(entry.until)}"
    if isinstance(entry, Started) and entry.until:
        return f"{words}, tot en met {write_day(entry.until)}"
    return words


_WORDS = {
    "started": "begint",
    "restarted": "begint opnieuw",
    "suspended": "opgeschort",
    "resumed": "hervat",
    "extended": "verlengd",
    "deferred": "uitgesteld",
    "stopped": "klaar",
}
