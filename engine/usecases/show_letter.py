"""Look at one letter: as it was sent, or as it would be sent today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.core.deciding.case import ENGINE
from engine.core.deciding.leaving_day import fill_late_fields
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.deciding.question import Question
from engine.core.deciding.readers import addressed_as
from engine.core.deciding.remaking import readdressed
from engine.core.deciding.situation import look
from engine.core.errors import LetterError
from engine.core.moment import local_day
from engine.core.quick_class import dataclass
from engine.letters.rendering import RenderedLetter, render
from engine.letters.words_only import words_of
from engine.line.kept_templates import template_of
from engine.line.plan import ask_about
from engine.runtime import Runtime
from engine.store.readings import Readings
from engine.store.records import FrozenLetter, LetterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLetter:
    """A letter with its row in the store and its text. `is_draft`: not sent yet."""

    row: LetterRow
    rendered: RenderedLetter
    text: str
    is_draft: bool


def show_letter(runtime: Runtime, key: str) -> ShownLetter:
    """Print a letter again from what was frozen. Raises LetterError when no letter has this key."""
    today = local_day(runtime.now())
    with runtime.reading() as readings:
        row = find_letter(readings, key)
        case = readings.load_case(row.case_id)
        template = template_of(readings, row.letter.template_digest)
        question = ask_about(runtime, readings, case, ENGINE, runtime.moment_by(readings))
    content = question.content
    frozen = row.frozen
    sent_on = frozen.sent_on if frozen else today
    rendered = render(
        letter_on(sent_on, question, row.letter, frozen),
        template,
        content.organisation,
        sent_on=sent_on,
        case_id=row.case_id,
        content_root=runtime.look_root,
        is_draft=frozen is None,
    )
    return ShownLetter(row=row, rendered=rendered, text=words_of(rendered.html), is_draft=frozen is None)


def letter_on(day: date, question: Question, ordered: OutgoingLetter, frozen: FrozenLetter | None) -> OutgoingLetter:
    """What a letter says: as it was frozen, else as it is when it goes out on this local day.

    Who moved since the letter was ordered gets it at the new address.
    """
    if frozen is not None:
        return replace(ordered, fields=frozen.fields, late_fields={})
    situation = look(question)
    reader = readdressed(situation, ordered)
    fields = {**ordered.fields, **addressed_as(situation, reader)}
    addressed = replace(ordered, addressee_name=reader.name, addressee_address=reader.address, fields=fields)
    return fill_late_fields(situation, addressed, day)


def find_letter(readings: Readings, key: str) -> LetterRow:
    """The letter with this key. Raises LetterError naming letters of the same case when there is none."""
    rows = readings.letters(key.partition("/")[0])
    found = next((row for row in rows if row.letter.key == key), None)
    if found is None:
        known = ", ".join(row.letter.key for row in rows) or "geen"
        raise LetterError(f"De brief '{key}' bestaat niet.", next_step=f"Van deze zaak is er: {known}.")
    return found
