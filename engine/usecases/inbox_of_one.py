"""The inbox of one of the many that a body stands for: of one school, and not of all schools together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from engine.core.content.organisation import Body
from engine.core.deciding.case import ENGINE
from engine.core.errors import DefinitionError, UsageError
from engine.core.language.names import plain_name
from engine.core.moment import end_of_day, local_day
from engine.line.plan import ask_about
from engine.runtime import Runtime
from engine.store.inbox import EVERYTHING, Looking
from engine.store.readings import Readings
from engine.store.records import Inbox, InboxRow


def inbox_of_one(runtime: Runtime, moment: datetime, looking: Looking, name: str) -> Inbox:
    """What lies there for one of them: whose name or number holds this text, capitals and accents meaning nothing.

    Raises UsageError when there is only one of this body, so that a case does not say which.
    """
    organisation = runtime.catalogue.organisation(runtime.settings.organisation)
    body = organisation.bodies.get(looking.owner)
    if body is None or not body.named_by:
        many = ", ".join(sorted(one.id for one in organisation.bodies.values() if one.named_by))
        raise UsageError(
            f"Van '{looking.owner or 'alle organen'}' is niet te zeggen welke het is.",
            why="Alleen van een orgaan waarvan er veel zijn, zegt een zaak welke zij bedoelt.",
            next_step=f"Kies er een met --owner: {many or 'geen'}.",
        )
    sought = plain_name(name)

    def is_theirs(row: InboxRow) -> bool:
        number, shown = which_one(runtime, readings, body, row.case_id, moment)
        return plain_name(number) == sought or sought in plain_name(shown)

    with runtime.reading() as readings:
        whole = readings.inbox(organisation.id, moment, replace(looking, limit=EVERYTHING))
        return _counted(filter(is_theirs, whole.rows), filter(is_theirs, whole.news), looking, moment)


def which_one(runtime: Runtime, readings: Readings, body: Body, case_id: str, moment: datetime) -> tuple[str, str]:
    """Which of the many that this body stands for a case means: number and name, or twice what it says itself.

    Empty where it does not say so, or where its content cannot be read.
    """
    try:
        question = ask_about(runtime, readings, readings.load_case(case_id), ENGINE, moment)
    except DefinitionError:
        return "", ""
    given, content = question.given, question.content
    fact = next((one for one in body.named_by if given(one) is not None), None)
    if fact is None:
        return "", ""
    number, register = str(given(fact)), content.rules.facts[fact].choices_from
    return number, content.organisation.name_in(register, number) if register else number


def _counted(rows: Iterable[InboxRow], news: Iterable[InboxRow], looking: Looking, moment: datetime) -> Inbox:
    theirs, tonight = tuple(rows), end_of_day(local_day(moment))
    late = [row for row in theirs if row.is_late]
    today = [row for row in theirs if not row.is_late and row.act_by is not None and row.act_by <= tonight]
    return Inbox(rows=theirs[: looking.limit], news=tuple(news), total=len(theirs), late=len(late), today=len(today))
