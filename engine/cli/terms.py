"""`trede term explain`: a term told, of a case or calculated freely."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import JSON_OPTION
from engine.cli.output import print_json, print_lines
from engine.core.errors import DefinitionError, UsageError
from engine.core.fact_words import read_day, read_moment
from engine.core.period import Period, Unit, parse_period
from engine.core.terms import TermSpec
from engine.runtime import open_runtime
from engine.settings import load_settings

if TYPE_CHECKING:
    from engine.usecases.explain_term import ToldTerm

KIND = click.Choice(["statutory", "agreed", "target"])


@click.group()
def term() -> None:
    """Een termijn uitgelegd, dag voor dag."""


@term.command()
@click.argument("case_id", metavar="[ZAAK]", default="")
@click.argument("clock", metavar="[TERMIJN]", default="")
@click.option("--from", "start", default="", metavar="DATUM", help="Dag 0: de dag van de gebeurtenis.")
@click.option("--length", default="", metavar="LENGTE", help='Bijvoorbeeld "6 weeks", "48 uur" of "5 werkdagen".')
@click.option("--until", default="", metavar="DATUM", help="Een vaste laatste dag, in plaats van een lengte.")
@click.option("--back", is_flag=True, help="Tel terug vanaf --from.")
@click.option("--termijnenwet", is_flag=True, help="De Algemene termijnenwet geldt.")
@click.option(
    "--kind", type=KIND, default="statutory", show_default=True, help="Wettelijk, afgesproken of streeftermijn."
)
@click.option("--region", default="", metavar="REGIO", help="Vakantieregio, voor schooldagen en schoolweken.")
@click.option("--organisation", default="", metavar="ORGANISATIE", help="Wiens kalender; zonder: de enige.")
@click.option("--as-of", default="", metavar="TIJDSTIP", help="Zoals het toen bekend was (alleen bij een zaak).")
@click.option("--days", "with_days", is_flag=True, help="Toon elke dag.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Schrijf een kalenderplaat als SVG.")
@JSON_OPTION
def explain(
    case_id: str,
    clock: str,
    start: str,
    length: str,
    until: str,
    back: bool,
    termijnenwet: bool,
    kind: str,
    region: str,
    organisation: str,
    as_of: str,
    with_days: bool,
    svg: Path | None,
    as_json: bool,
) -> None:
    """Leg uit hoe een laatste dag tot stand komt.

    Van een zaak: trede term explain TLV-2026-0001 beslistermijn.
    Vrij: trede term explain --from 2026-03-24 --length "6 weeks" --termijnenwet.
    """
    from engine.usecases.explain_term import explain_case_term, explain_free_term

    if case_id:
        moment = read_moment(as_of, "--as-of") if as_of else None
        with open_runtime(Path.cwd(), os.environ) as runtime:
            told = explain_case_term(runtime, case_id, clock, as_of=moment)
    else:
        spec = _free_spec(length, until, back=back, termijnenwet=termijnenwet, kind=kind, region=region)
        root = load_settings(Path.cwd(), os.environ).content_root
        told = explain_free_term(root, spec, _free_start(start, spec), organisation)
    if svg:
        from engine.reports.term_picture import draw_term

        svg.write_text(draw_term(told.days, told.title), encoding="utf-8")
    _show(told, with_days=with_days, as_json=as_json)
    if svg and not as_json:
        click.echo(f"Plaat: {svg}")


def _free_spec(length: str, until: str, *, back: bool, termijnenwet: bool, kind: str, region: str) -> TermSpec:
    if bool(length) is bool(until):
        raise UsageError(
            "Geef een ZAAK met een TERMIJN, of --from met --length of --until.",
            next_step='Bijvoorbeeld: trede term explain --from 2026-03-24 --length "6 weeks" --termijnenwet.',
        )
    return TermSpec(
        period=_read_length(length) if length else None,
        until=read_day(until, "--until") if until else None,
        counted_back=back,
        termijnenwet=termijnenwet,
        kind=kind,  # type: ignore[arg-type]  # Click offers only these three
        region=region,
    )


def _read_length(text: str) -> Period:
    """The length a person typed; the same words as in content, but a mistake in them is a matter of typing."""
    try:
        return parse_period(text, "--length")
    except DefinitionError as error:
        raise UsageError(error.what, where=error.where, why=error.why, next_step=error.next_step) from None


def _free_start(start: str, spec: TermSpec) -> date | datetime:
    if not start:
        raise UsageError("Geef met --from de dag waarop het begint.", next_step="Bijvoorbeeld --from 2026-03-24.")
    in_hours = spec.period is not None and spec.period.unit is Unit.HOURS
    return read_moment(start, "--from") if in_hours else read_day(start, "--from")


def _show(told: ToldTerm, *, with_days: bool, as_json: bool) -> None:
    from engine.core.explain import explain_lines, explain_plain

    if as_json:
        answer = {"title": told.title, "basis": told.basis, **explain_plain(told.projection)}
        print_json(answer | ({"days": told.days} if with_days else {}))
        return
    print_lines([told.title + (f" ({told.basis})" if told.basis else ""), *_indented(explain_lines(told.projection))])
    if with_days:
        from engine.core.dutch import write_day

        for day in told.days:
            number = f"dag {day.number}" if day.number else ""
            click.echo(f"  {write_day(day.day):<28} {_TONES[day.tone.value]:<18} {number:<8} {day.reason}".rstrip())


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
