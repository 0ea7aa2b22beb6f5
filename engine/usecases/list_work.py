"""Lists of what lies there: the inbox of a body, the late ones first; letters, of a case or of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from engine.core.errors import DefinitionError
from engine.core.legal_clock.period import whole_days
from engine.core.moment import end_of_day, local_day, start_of_day
from engine.core.quick_class import dataclass
from engine.runtime import Runtime

if TYPE_CHECKING:
    from engine.core.content.organisation import InboxRule, Organisation
    from engine.views.lists import InboxView, LetterView, Looking, OwedLetter


def list_inbox(runtime: Runtime, moment: datetime, looking: Looking | None = None) -> InboxView:
    """What must be done, and the messages; late ones first. Without `looking`: every open case of all bodies."""
    with runtime.reading() as readings:
        return readings.inbox(runtime.settings.organisation, moment, looking)


def before_long(rule: InboxRule, moment: datetime) -> datetime | None:
    """Up to which moment (UTC) an inbox looks ahead, by the rule of its organisation; None: it shows all."""
    return None if rule.ahead is None else end_of_day(local_day(moment) + whole_days(rule.ahead))


def organisation_of_cases(runtime: Runtime, moment: datetime) -> Organisation | None:
    """The organisation, by the content of a case that is there: that is kept compiled, its own file is not.

    None where there is no case, or where that content cannot be read.
    """
    with runtime.reading() as readings:
        workflow = readings.workflow_in_use(runtime.settings.organisation)
    try:
        return runtime.content(workflow, local_day(moment)).organisation if workflow else None
    except DefinitionError:
        return None


def names_of_handlers(runtime: Runtime, organisation: Organisation | None, inbox: InboxView) -> Mapping[str, str]:
    """The names of who has these cases in hand, by number."""
    if organisation is None or not any(row.handler for row in inbox.rows):
        return {}
    from engine.line.people import names_here  # most organisations give few cases in hand

    with runtime.reading() as readings:
        return names_here(readings, organisation)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFilter:
    """Which letters: of a case, in a status, to an addressee, of a template, ordered `since` a local day; "" is all."""

    case_id: str = ""
    status: str = ""
    to: str = ""
    letter: str = ""
    since: date | None = None

    def takes(self, row: LetterView) -> bool:
        """Whether this letter is asked for; one of several parents (`ouders.2`) is one of the parents."""
        letter = row.letter
        is_to = not self.to or self.to in (letter.addressee, letter.addressee.partition(".")[0])
        is_late_enough = self.since is None or local_day(row.ordered_at) >= self.since
        return is_to and is_late_enough and self.letter in ("", letter.letter)


ALL_LETTERS = LetterFilter()


def list_letters(runtime: Runtime, wanted: LetterFilter = ALL_LETTERS) -> tuple[LetterView, ...]:
    """Letters in the order they were ordered. Raises CaseError when a case is named that is not there."""
    with runtime.reading() as readings:
        if wanted.case_id:
            readings.load_case(wanted.case_id)
        rows = readings.letters(wanted.case_id, status=wanted.status)
        return tuple(_placed(runtime, row) for row in rows if wanted.takes(row))


def letters_to_mend(runtime: Runtime, owner: str = "") -> tuple[LetterView, ...]:
    """The letters that need somebody of this body (or, empty, of any): failed, held, or waiting since yesterday.

    For the inbox of who owns the case: until here a letter that did not leave was on nobody's list (F-23).
    """
    from engine.store.inbox import stuck_letters

    with runtime.reading() as readings:
        today = start_of_day(local_day(runtime.moment_by(readings)))
        return tuple(
            _placed(runtime, row) for row in stuck_letters(readings, runtime.settings.organisation, today, owner)
        )


def letters_owed(runtime: Runtime, owner: str = "", case_id: str = "") -> tuple[OwedLetter, ...]:
    """The letters that could not be ordered when they should, of one owner or case, or (empty) of all (F-86)."""
    from engine.store.inbox import cases_that_owe
    from engine.views.lists import OwedLetter as Owed

    with runtime.reading() as readings:
        owing = cases_that_owe(readings, runtime.settings.organisation, owner)
        return tuple(
            Owed(case_id=one, letter=letter, addressee=addressee)
            for one in owing
            if case_id in ("", one)
            for letter, addressee, _ in readings.load_case(one).owed
        )


def _placed(runtime: Runtime, row: LetterView) -> LetterView:
    """A letter with the places of its files as they are now, seen from the workplace.

    What is kept of a place is seen from the outbox: that can be another folder tomorrow, as the workplace can.
    """
    settings = runtime.settings
    html, pdf = (settings.place(settings.outbox / path) if path else "" for path in (row.html_path, row.pdf_path))
    return replace(row, html_path=html, pdf_path=pdf)
