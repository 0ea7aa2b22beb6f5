"""What one letter costs, beside the table: each part in turns, another letter each time (Typst remembers)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from statistics import median

from bench.sheet import Sheet
from bench.timing import Spent, in_turns, ratio, spent_on
from engine.letters.language import names_used
from engine.letters.look import find_look
from engine.letters.pdf import write_pdf
from engine.letters.rendering import RenderedLetter, compose, render, write_html
from engine.letters.sheet import Sheet as LetterSheet
from tests.letters.samples import CASE_ID, CONTENT_ROOT, DECISION, DECISION_LETTER, LATE_VALUES, SENT_ON, organisation

ROUNDS, A_ROUND = 9, 20


def whole_letter(name: str) -> RenderedLetter:
    """The letter of a decision, to somebody of this name."""
    return render(
        replace(DECISION_LETTER, addressee_name=name),
        DECISION,
        organisation(),
        sent_on=SENT_ON,
        case_id=CASE_ID,
        late_values=LATE_VALUES,
        content_root=CONTENT_ROOT,
    )


def measure(sheet: Sheet) -> None:
    """Milliseconds of CPU for each part, and its share of the whole letter."""
    look, who = find_look(CONTENT_ROOT, organisation()), organisation()

    def composed(name: str) -> LetterSheet:
        letter = replace(DECISION_LETTER, addressee_name=name)
        return compose(letter, DECISION, who, sent_on=SENT_ON, case_id=CASE_ID, late_values=LATE_VALUES)

    parts: dict[str, Callable[[str], object]] = {
        "whole letter": whole_letter,
        "names of the text, read each time": lambda _: names_used(DECISION),
        "compose": composed,
        "page": lambda name: write_html(composed(name), look),
        "PDF": lambda name: write_pdf(composed(name), look),
    }

    def timed(label: str, part: Callable[[str], object]) -> Callable[[int], Spent]:
        names = lambda turn: [f"Familie {label} {turn} {number}" for number in range(A_ROUND)]  # noqa: E731
        return lambda turn: spent_on(lambda: [part(name) for name in names(turn)])

    taken = in_turns({label: timed(label, part) for label, part in parts.items()}, ROUNDS)
    whole = [one.cpu for one in taken["whole letter"]]
    for label, spent in taken.items():
        cpu = [one.cpu for one in spent]
        sheet.told(f"{label:<36} {median(cpu) / A_ROUND * 1e3:6.2f} ms CPU  {ratio(cpu, whole):5.2f} of the letter")
