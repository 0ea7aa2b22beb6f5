"""`trede term`: a term told, of a case or calculated freely; its ledger; the school year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.cli.arguments import JSON_OPTION, open_workplace, settings_here
from engine.cli.commands.free_terms import TypedTerm, read_free_term
from engine.cli.commands.school_years import schoolyear
from engine.cli.commands.term_ledgers import correct, ledger
from engine.cli.output import print_json, print_lines, tell
from engine.core.language.values import read_moment

if TYPE_CHECKING:
    from engine.usecases.explain_term import ToldTerm

KIND = click.Choice(["statutory", "agreed", "target"])


@click.group()
def term() -> None:
    """Een termijn uitgelegd, dag voor dag; haar klokboek; het schooljaar."""


@term.command()
@click.argument("case_id", metavar="[ZAAK]", default="")
@click.argument("clock", metavar="[TERMIJN]", default="")
@click.option("--from", "start", default="", metavar="DATUM", help="Dag 0: de dag van de gebeurtenis.")
@click.option("--length", default="", metavar="LENGTE", help='Bijvoorbeeld "6 weeks", "48 uur" of "5 werkdagen".')
@click.option("--until", default="", metavar="DATUM", help="Een vaste laatste dag, in plaats van een lengte.")
@click.option("--back", is_flag=True, help="Tel terug vanaf --from.")
@click.option(
    "--anchor-end",
    default="",
    metavar="LENGTE",
    help="Begin na de laatste dag van een eerdere termijn van deze lengte vanaf --from.",
)
@click.option("--termijnenwet", is_flag=True, help="De Algemene termijnenwet geldt.")
@click.option("--decree", is_flag=True, help="De termijn staat in een algemene maatregel van bestuur.")
@click.option(
    "--kind", type=KIND, default="statutory", show_default=True, help="Wettelijk, afgesproken of streeftermijn."
)
@click.option(
    "--suspended",
    multiple=True,
    metavar="VAN..TOT",
    help="Opgeschort: VAN is de dag van de handeling, op TOT telt de klok weer. Mag vaker.",
)
@click.option(
    "--extended",
    multiple=True,
    metavar="LENGTE[@DATUM]",
    help="Verlengd, op DATUM (zonder: op de eerste dag). Mag vaker.",
)
@click.option("--region", default="", metavar="REGIO", help="Vakantieregio, voor schooldagen en schoolweken.")
@click.option("--school", default="", metavar="SCHOOL", help="School met eigen vakanties; gaat voor de regio.")
@click.option("--organisation", default="", metavar="ORGANISATIE", help="Wiens kalender; zonder: de enige.")
@click.option("--as-of", default="", metavar="TIJDSTIP", help="Zoals het toen bekend was (alleen bij een zaak).")
@click.option("--days", "with_days", is_flag=True, help="Toon elke dag.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Schrijf een kalenderplaat als SVG.")
@JSON_OPTION
def explain(
    case_id: str,
    clock: str,
    organisation: str,
    as_of: str,
    with_days: bool,
    svg: Path | None,
    as_json: bool,
    **typed: Any,
) -> None:
    """Leg uit hoe een laatste dag tot stand komt.

    Van een zaak: trede term explain TLV-2026-0001 beslistermijn.
    Vrij: trede term explain --from 2026-03-24 --length "6 weeks" --termijnenwet.
    """
    told = _told_of_case(case_id, clock, as_of) if case_id else _told_freely(TypedTerm(**typed), as_of, organisation)
    if svg:
        from engine.letters.term_picture import draw_term

        svg.write_text(draw_term(told.days, told.title), encoding="utf-8")
    _show(told, with_days=with_days, as_json=as_json)
    if svg and not as_json:
        tell(f"Plaat: {svg}")


def _told_of_case(case_id: str, clock: str, as_of: str) -> ToldTerm:
    from engine.usecases.explain_term import explain_case_term

    moment = read_moment(as_of, "--as-of") if as_of else None
    with open_workplace() as runtime:
        return explain_case_term(runtime, case_id, clock, as_of=moment)


def _told_freely(typed: TypedTerm, as_of: str, organisation: str) -> ToldTerm:
    from engine.core.errors import UsageError
    from engine.usecases.explain_term import explain_free_term

    if as_of:
        raise UsageError(
            "--as-of gaat over een zaak.",
            why="Een vrije berekening heeft geen geschiedenis.",
            next_step="Noem de ZAAK en de TERMIJN, of laat --as-of weg.",
        )
    root = settings_here().content_root
    return explain_free_term(root, read_free_term(typed), organisation)


def _show(told: ToldTerm, *, with_days: bool, as_json: bool) -> None:
    from engine.words.forms import say_day_reason
    from engine.words.of_terms import explain_lines, explain_plain

    days = tuple(replace(day, reason=say_day_reason(day.reason)) for day in told.days)

    if as_json:
        answer = {"title": told.title, "basis": told.basis, **explain_plain(told.projection), "moved": told.moved}
        answer["anchor"] = explain_plain(told.anchor) if told.anchor else None
        print_json(answer | ({"days": days} if with_days else {}))
        return
    print_lines([told.title + (f" ({told.basis})" if told.basis else "")])
    if told.anchor:
        print_lines([*_indented(explain_lines(told.anchor)), "Daarna:"])
    print_lines(_indented(explain_lines(told.projection)))
    if told.moved:
        print_lines(["Sindsdien gewijzigd:", *_indented(told.moved)])
    if with_days:
        from engine.core.dutch import write_day

        for day in days:
            number = f"dag {day.number}" if day.number else ""
            tell(f"  {write_day(day.day):<28} {_TONES[day.tone.value]:<18} {number:<8} {day.reason}".rstrip())


def _indented(lines: tuple[str, ...]) -> list[str]:
    return [f"  {line}" for line in lines]


_TONES = {
    "start": "begin",
    "counts": "telt mee",
    "still": "staat stil",
    "skipped": "telt niet mee",
    "passed_over": "schuift door",
    "last": "laatste dag",
}

for _command in (ledger, correct, schoolyear):
    term.add_command(_command)
