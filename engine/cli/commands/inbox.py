"""`trede inbox`: what lies there, the late ones first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import click

from engine.cli.arguments import JSON_OPTION, MINE_OPTION, NAME_OPTION, open_workplace
from engine.cli.output import print_json, print_lines
from engine.core.dutch import count_words, write_day
from engine.core.errors import DefinitionError
from engine.core.evaluation.prepared import Content
from engine.core.moment import local_day
from engine.usecases.list_work import list_inbox
from engine.words.of_errors import say_whole
from engine.words.of_journal import say_notice

if TYPE_CHECKING:
    from engine.runtime import Runtime
    from engine.views.lists import InboxRowView, InboxView


@click.command()
@click.option("--owner", default="", metavar="ORGAAN", help="Alleen wat bij dit orgaan ligt.")
@MINE_OPTION
@NAME_OPTION
@click.option("--limit", default=40, show_default=True, metavar="AANTAL", help="Hoeveel zaken er getoond worden.")
@JSON_OPTION
def inbox(owner: str, mine: bool, name: str, limit: int, as_json: bool) -> None:
    """Wat er ligt: te laat, vandaag, en wat de volgende termijn is."""
    with open_workplace() as runtime:
        moment = runtime.now()
        handlers = _hands(runtime, name, moment) if mine else None
        if as_json:
            print_json(list_inbox(runtime, moment, owner, handlers=handlers).rows)
            return
        found = list_inbox(runtime, moment, owner, limit, handlers)
        contents: dict[str, Content] = {}
        unreadable: list[str] = []
        for name in dict.fromkeys(row.workflow for row in found.rows):
            try:
                contents[name] = runtime.content(name, local_day(moment))
            except DefinitionError as error:  # the cases of this procedure still lie here, and those of others too
                unreadable += ["", f"LET OP: de inhoud van '{name}' is niet te lezen. {say_whole(error)}"]
        print_lines([*_page(found, contents), *unreadable])


def _hands(runtime: Runtime, name: str, moment: datetime) -> tuple[str, ...]:
    from engine.usecases.keep_people import organisation_with_people
    from engine.usecases.who_acts import hands_of

    return hands_of(runtime, organisation_with_people(runtime), name, moment)


def _page(inbox: InboxView, contents: Mapping[str, Content]) -> list[str]:
    if not inbox.total:
        return ["Er ligt niets."]
    lines = [f"{count_words(inbox.total, 'zaak', 'zaken')}; {inbox.late} te laat; {inbox.today} vandaag aan de beurt."]
    for row in inbox.rows:
        lines += ["", *_row_lines(row, contents.get(row.workflow))]
    if inbox.total > len(inbox.rows):
        lines += ["", f"En nog {inbox.total - len(inbox.rows)}; zie --limit of --owner."]
    return lines


def _row_lines(row: InboxRowView, content: Content | None) -> list[str]:
    """The lines of a case; by ids alone when its content cannot be read."""
    state = content.workflow.state(row.state).label if content and content.workflow.has_state(row.state) else row.state
    due = f"; eerstvolgend moment {write_day(local_day(row.next_due_at))}" if row.next_due_at else ""
    lines = [f"{row.case_id}  {state} — {_body(content, row.owner)}{due}"]
    labels = {term.id: term.label for term in content.terms()} if content else {}
    for passed in row.overdue:
        last = f", laatste dag was {write_day(passed.last_day)}" if passed.last_day else ""
        lines.append(f"    TE LAAT: {labels.get(passed.term, passed.term)}{last}")
    for notice in row.notices:
        ask = f" Kies: {' of '.join(notice.ask)}." if notice.ask else ""
        said = say_notice(notice.kind, notice.parameters, term=notice.term, text=notice.text, content=content)
        text = f"{said}.{ask}".replace("..", ".")
        if notice.kind == "task":
            number = notice.parameters["number"]
            done = f"klaar? trede case task {row.case_id} --done {number}"
            lines.append(f"    taak {number} voor {_body(content, notice.to)}: {said} ({done})")
            continue
        lines.append(f"    bericht aan {_body(content, notice.to)}: {text}")
    return lines


def _body(content: Content | None, body_id: str) -> str:
    body = content.organisation.bodies.get(body_id) if content else None
    return body.label if body else body_id or "niemand"
