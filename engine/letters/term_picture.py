"""A calendar picture of a term as SVG: which days count, stand still or are passed over.

The picture stands alone: no script, no font file, nothing fetched. Tone is shown by colour and by a mark, so
that it also reads in grey; every day carries its reason as a title.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from engine.core.dutch import MONTHS, write_day
from engine.core.legal_clock.term_days import DayTone, TermDay
from engine.words.forms import say_day_reason

_CELL = 26
_MONTH_WIDTH = 7 * _CELL + 22
_MONTHS_ABREAST = 3
_TOP = 40
_WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
# Fill, text colour and mark of each tone; text on fill has a contrast of at least 4.5.
_LOOKS: Mapping[DayTone, tuple[str, str, str, str]] = {
    DayTone.START: ("#1f3d5c", "#ffffff", "0", "dag 0"),
    DayTone.COUNTS: ("#cfe3f5", "#12283d", "", "telt mee"),
    DayTone.STILL: ("#f3d9a4", "#4a3204", "=", "klok staat stil"),
    DayTone.SKIPPED: ("#ececec", "#4d4d4d", "-", "telt niet mee"),
    DayTone.PASSED_OVER: ("#e3d3ee", "#3d1f52", "&gt;", "einde schuift hierover"),
    DayTone.LAST: ("#8c1c13", "#ffffff", "!", "laatste dag"),
}


_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def draw_term(days: Sequence[TermDay], title: str) -> str:
    """The picture as SVG text, months side by side, with a legend of the tones that occur; whole weeks, as many
    as the term needs.

    `title` is what a screen reader says first. The same days give the same bytes. No days give an empty picture
    with a sentence that the clock has not started.
    """
    by_day = {term_day.day: term_day for term_day in days}
    weeks_by_month = _weeks_by_month(days)
    tall = (max((len(weeks) for weeks in weeks_by_month.values()), default=0) + 2) * _CELL + 14
    rows = (len(weeks_by_month) + _MONTHS_ABREAST - 1) // _MONTHS_ABREAST
    width = max(min(len(weeks_by_month), _MONTHS_ABREAST), 2) * _MONTH_WIDTH + 20
    height = _TOP + rows * tall + 34
    blocks = [
        _draw_month(first, weeks, by_day, _TOP + number // _MONTHS_ABREAST * tall, number % _MONTHS_ABREAST)
        for number, (first, weeks) in enumerate(weeks_by_month.items())
    ]
    body = (
        "\n".join([*blocks, _draw_legend(days, height - 24)])
        if days
        else _text(10, _TOP + 12, "De klok loopt nog niet.")
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" font-family="Source Sans Pro, Source Sans 3, sans-serif" font-size="12">\n'
        f"<title>{_escape(title)}</title>\n<desc>{_escape(_describe(days))}</desc>\n"
        f"{_text(10, 22, _escape(title), weight='bold', size=14)}\n{body}\n</svg>\n"
    )


def describe_term(days: Sequence[TermDay], title: str) -> str:
    """The same in words, for who cannot see the picture."""
    return f"{title}. {_describe(days)}"


def _weeks_by_month(days: Sequence[TermDay]) -> dict[date, range]:
    """The first day of each month of the term, with the weeks of it to be drawn, counted from 0."""
    found: dict[date, list[int]] = {}
    for term_day in days:
        found.setdefault(term_day.day.replace(day=1), []).append(_week_of(term_day.day))
    return {first: range(min(found[first]), max(found[first]) + 1) for first in sorted(found)}


def _week_of(day: date) -> int:
    return (day.day - 1 + day.replace(day=1).weekday()) // 7


def _draw_month(first: date, weeks: range, by_day: Mapping[date, TermDay], top: int, column: int) -> str:
    left = 10 + column * _MONTH_WIDTH
    head = _text(left, top + 14, f"{MONTHS[first.month - 1]} {first.year}", weight="bold")
    names = [_text(left + n * _CELL + 13, top + 34, name, anchor="middle") for n, name in enumerate(_WEEKDAYS)]
    drawn = (day for day in _days_of_month(first) if _week_of(day) in weeks)
    cells = [_draw_day(day, by_day.get(day), left, top + 42 - weeks.start * _CELL) for day in drawn]
    return "\n".join([f"<g>{head}", *names, *cells, "</g>"])


def _days_of_month(first: date) -> list[date]:
    days = [first]
    while (following := days[-1] + timedelta(days=1)).month == first.month:
        days.append(following)
    return days


def _draw_day(day: date, term_day: TermDay | None, left: int, top: int) -> str:
    x, y = left + day.weekday() * _CELL, top + _week_of(day) * _CELL
    if term_day is None:
        return _text(x + 13, y + 17, str(day.day), anchor="middle", colour="#767676")
    fill, colour, mark, meaning = _LOOKS[term_day.tone]
    reason = f" ({say_day_reason(term_day.reason)})" if term_day.reason else ""
    counted = f", dag {term_day.number}" if term_day.number is not None else ""
    words = _escape(f"{write_day(day)}: {meaning}{counted}{reason}")
    return (
        f'<g class="{term_day.tone.value}"><title>{words}</title>'
        f'<rect x="{x + 1}" y="{y + 1}" width="{_CELL - 2}" height="{_CELL - 2}" rx="3" fill="{fill}"/>'
        f"{_text(x + 13, y + 17, str(day.day), anchor='middle', colour=colour)}"
        f"{_text(x + 23, y + 10, mark, anchor='end', colour=colour, size=8) if mark else ''}</g>"
    )


def _draw_legend(days: Sequence[TermDay], top: int) -> str:
    shown = [tone for tone in DayTone if any(term_day.tone is tone for term_day in days)]
    parts, left = [], 10
    for tone in shown:
        fill, colour, mark, meaning = _LOOKS[tone]
        parts.append(f'<rect x="{left}" y="{top}" width="16" height="16" rx="3" fill="{fill}"/>')
        parts.append(_text(left + 8, top + 12, mark, anchor="middle", colour=colour, size=9))
        parts.append(_text(left + 20, top + 12, meaning, size=10))
        left += 30 + 6 * len(meaning)
    return "\n".join(parts)


def _describe(days: Sequence[TermDay]) -> str:
    last = [term_day.day for term_day in days if term_day.tone is DayTone.LAST]
    counted = sum(term_day.tone in (DayTone.COUNTS, DayTone.LAST) for term_day in days)
    still = sum(term_day.tone is DayTone.STILL for term_day in days)
    end = f"Laatste dag: {write_day(last[0])}." if last else "Er is nog geen laatste dag."
    stood = f" Dagen die stilstaan: {still}." if still else ""
    return f"{end} Dagen die meetellen: {counted}.{stood}"


def _text(
    x: int, y: int, words: str, *, anchor: str = "start", colour: str = "#222222", size: int = 0, weight: str = ""
) -> str:
    extra = (f' font-size="{size}"' if size else "") + (f' font-weight="{weight}"' if weight else "")
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}"{extra}>{words}</text>'


def _escape(words: str) -> str:
    """Text as it may stand between the tags of the picture."""
    return words.translate(_ESCAPES)
