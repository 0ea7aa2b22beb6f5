"""Work by the calendar in words: what comes up, what became of it, a draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from engine.core.dutch import count_words, join_words, write_day
from engine.core.moment import local_day

if TYPE_CHECKING:
    from engine.core.legal_clock.rounds import Round
    from engine.usecases.show_calendar import Ahead, DoneRow, PlannedAhead
    from engine.usecases.show_draw import ShownDraw

_FATES = {
    "done": "gedaan",
    "passed_over": "overgeslagen",
    "unknown": "overgeslagen: niet bekend of het hier nodig is",
}
_ROUNDING = {"up": "naar boven afgerond", "half_up": "een half naar boven", "down": "naar beneden afgerond"}


def plan_lines(found: PlannedAhead) -> list[str]:
    """What comes up, day by day, and why then."""
    lines = [f"Van {write_day(found.first)} tot en met {write_day(found.last)}:"]
    for _, those in groupby(found.ahead, key=lambda one: one.round.day):
        lines += _day_lines(list(those))
    if not found.ahead:
        lines.append("  Er komt niets aan de beurt.")
    for one in found.resting:
        why = f"de schoolvakanties van {one.year} zijn niet bekend" if one.year else "de organisatie zet het op 0"
        lines.append(f"Rust: {one.label} ({why}).")
    return lines


def _day_lines(those: Sequence[Ahead]) -> Iterator[str]:
    yield f"{write_day(those[0].round.day)}"
    for label, group in groupby(those, key=lambda one: (one.label, one.work)):
        same = list(group)
        yield f"  {label[0]} [{label[1]}] ({_why(same[0].round)})"
        for one in same:
            if one.number:
                yield f"    {one.name} ({one.number})"
            elif one.draws:
                yield f"    loting onder wie dan in aanmerking komt; er zijn nu {one.many} dossiers"
            else:
                yield f"    {count_words(one.many, 'dossier', 'dossiers')}"


def _why(at: Round) -> str:
    if at.week:
        return f"keer {at.number} van {at.school_year}, schoolweek {at.week}"
    moved = f", verschoven van {write_day(at.written)}" if at.written != at.day else ""
    return f"keer {at.number} van {at.school_year}{moved}"


def done_lines(found: Sequence[DoneRow]) -> list[str]:
    """What became of each time, by day."""
    lines = [_done_line(one) for one in found]
    return lines or ["Er is nog niets aan de beurt gekomen."]


def _done_line(one: DoneRow) -> str:
    row = one.row
    whom = f" voor {one.name or row.number} ({row.number})" if row.number else ""
    case = f", zaak {row.case_id}" if row.case_id else ""
    late = f" op {write_day(local_day(row.at))}" if local_day(row.at) != row.planned_for else ""
    return f"{write_day(row.planned_for)}  {one.label}{whom}: {_FATES[row.fate]}{late}{case}"


def draw_lines(shown: ShownDraw) -> list[str]:
    """A draw with how it was done, who came out, and what is otherwise now."""
    row, how = shown.row, shown.row.sampling
    share = f"{float(Fraction(how.share) * 100):g}".replace(".", ",")
    least = f", ten minste {how.at_least}" if how.at_least else ""
    lines = [
        f"{shown.label} [{row.work}], voor {write_day(row.planned_for)} (keer {row.slot})",
        f"Geloot op {write_day(local_day(row.at))}: {share} procent, {_ROUNDING[how.rounding]}{least}.",
        f"Zaad: {row.seed}",
    ]
    for group, many, out in shown.groups:
        of = f"{how.per} {group or 'onbekend'}" if how.per else "Allen"
        lines.append(f"  {of}: {out} van {many}")
    cases = {one.number: one.case_id for one in shown.done}
    lines.append(f"Geloot: {count_words(len(row.drawn), 'dossier', 'dossiers')}.")
    lines += [f"  {one.number}" + (f"  {cases[one.number]}" if cases.get(one.number) else "") for one in row.drawn]
    if row.unknown:
        lines.append(f"Niet meegeloot, want niet bekend of zij in aanmerking komen: {join_words(list(row.unknown))}.")
    if shown.is_same:
        lines.append("Opnieuw loten uit dezelfde dossiers met hetzelfde zaad geeft dezelfde lijst.")
    else:
        lines.append("LET OP: opnieuw loten geeft een ANDERE lijst. De bewaarde lijst is gewijzigd.")
    return [*lines, *_difference(shown)]


def _difference(shown: ShownDraw) -> Iterator[str]:
    told = (
        ("Sindsdien erbij", shown.joined),
        ("Sindsdien weg", shown.left),
        ("Sindsdien in een andere groep", shown.other_group),
    )
    yield from (f"{what}: {join_words(list(numbers))}." for what, numbers in told if numbers)
    if not any(numbers for _, numbers in told):
        yield "Wie nu in aanmerking komt, is wie toen in aanmerking kwam."
