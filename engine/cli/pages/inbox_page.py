"""An inbox on the screen: what is late, what must be done today or before long, and what was told."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from engine.cli.output import answer
from engine.cli.pages.wording import ContentWords
from engine.core.deciding.case import Case
from engine.core.deciding.lateness import clocks_at
from engine.core.deciding.step import Refusal, RunningTerm, Step
from engine.core.dutch import count_words, join_words, write_day
from engine.core.evaluation.prepared import Content
from engine.core.moment import end_of_day, last_day_before, local_day, start_of_day
from engine.words.forms import LETTER_STATUS
from engine.words.of_journal import say_notice

if TYPE_CHECKING:
    from engine.cli.arguments import Acting
    from engine.views.lists import InboxRowView, InboxView, LetterView, NoticeView
    from engine.views.news import News

Contents = Mapping[str, Content]


def inbox_page(inbox: InboxView, contents: Contents, names: Mapping[str, str], moment: datetime) -> list[str]:
    """Everything in it under its heading, the most urgent first; `names` are those of handlers, by number."""
    lines = [_head(inbox)]
    heading = ""
    for row in inbox.rows:
        found = _heading(row, moment)
        if found != heading:
            lines += ["", found]
            heading = found
        lines += _row_lines(row, contents.get(row.workflow), names, moment)
    if inbox.total > len(inbox.rows):
        lines += ["", f"En nog {inbox.total - len(inbox.rows)}; zie --limit of --owner."]
    return lines


def news_part(news: Sequence[News], contents: Contents, moment: datetime) -> list[str]:
    """What there is only to read, each thing once, with how to see of whom it is and how to be done with it."""
    lines = ["", "Nieuws (er hoeft niets; het gaat vanzelf weg)"] if news else []
    for one in news:
        about, content = f"{len(one.messages)} zaken", contents.get(one.workflow)
        said = say_notice(one.kind, one.parameters, term=one.term, text=one.text, content=content)
        if len(one.messages) == 1:
            ((row, notice),) = one.messages
            about, said = (
                row.case_id,
                say_notice(notice.kind, notice.parameters, term=notice.term, text=notice.text, content=content),
            )
        procedure = content.workflow.title if content else one.workflow
        to = _body(content, one.to)
        lines.append(f"{about}  {procedure}: {said.rstrip('.')}; {_since(one, moment)} (bericht {one.number} aan {to})")
    return [*lines, "    zien: trede inbox news NUMMER; gelezen: trede inbox read NUMMER"] if news else []


def news_page(news: News, content: Content | None) -> list[str]:
    """Every case that this news is about, where it stands and who is at move, what was told last first."""
    said = say_notice(news.kind, news.parameters, term=news.term, text=news.text, content=content)
    lines = [f"{said} — {count_words(len(news.messages), 'zaak', 'zaken')}"]
    for row, notice in news.messages:
        where = "gesloten" if row.is_closed else _body(content, row.owner)
        lines.append(
            f"{row.case_id}  {row.subject}  {_state(row, content)} — {where}; {write_day(local_day(notice.at))}"
        )
    return lines


def _since(news: News, moment: datetime) -> str:
    days = sorted(local_day(notice.at) for _, notice in news.messages)
    last = "vandaag" if days[-1] == local_day(moment) else write_day(days[-1])
    return last if days[0] == days[-1] else f"{write_day(days[0])} t/m {last}"


def _state(row: InboxRowView, content: Content | None) -> str:
    known = content.workflow if content else None
    return known.state(row.state).label if known and known.has_state(row.state) else row.state


def letter_part(letters: Sequence[LetterView]) -> list[str]:
    """The letters that did not leave, each with why and what can be done."""
    lines = ["", "Brieven die niet weg zijn"] if letters else []
    for row in letters:
        letter = row.letter
        lines.append(f"{letter.key}  {letter.title} — aan {letter.addressee_name}: {LETTER_STATUS[row.status]}")
        lines += [f"    {row.error}"] if row.error else []
        lines.append(f"    {_WHAT_HELPS[row.status].format(key=letter.key)}")
    return lines


_WHAT_HELPS = {
    "waiting": "verstuur: trede letters send",
    "failed": "na herstel: trede letters send --retry {key}; anders: trede letters redo | sent | withdraw {key}",
    "held": "laat gaan: trede letters release {key}",
}


def _head(inbox: InboxView) -> str:
    later = f" {count_words(inbox.later, 'andere open zaak', 'andere open zaken')}: zie --all." if inbox.later else ""
    if not inbox.total:
        return f"Er ligt niets{' dan nieuws' if inbox.news else ''}.{later}"
    return f"{count_words(inbox.total, 'zaak', 'zaken')}; {inbox.late} te laat; {inbox.today} voor vandaag.{later}"


def _heading(row: InboxRowView, moment: datetime) -> str:
    if row.is_late:
        return "TE LAAT"
    if row.act_by is None or row.is_closed or not row.is_soon:
        return "Bericht" if row.notices else "Zonder termijn"
    return "Vandaag" if row.act_by <= end_of_day(local_day(moment)) else "Binnenkort"


def _row_lines(row: InboxRowView, content: Content | None, names: Mapping[str, str], moment: datetime) -> Iterator[str]:
    """The lines of a case; by ids alone when its content cannot be read."""
    state = _state(row, content)
    labels = {term.id: term.label for term in content.terms()} if content else {}
    handler = f"; in handen van {names.get(row.handler, row.handler)}" if row.handler else ""
    where = "gesloten" if row.is_closed else _body(content, row.owner)
    yield f"{row.case_id}  {state} — {where}{handler}"
    told = {notice.term: notice for notice in row.notices if notice.kind == "term_passed" and not notice.ask}
    for passed in row.overdue:
        last = f", laatste dag was {write_day(passed.last_day)}" if passed.last_day else ""
        number = f" (bericht {notice.id})" if (notice := told.pop(passed.term, None)) else ""
        yield f"    TE LAAT: {labels.get(passed.term, passed.term)}{last}{number}"
    if row.first is not None and not row.is_late:
        yield f"    {_act_by(row.first, labels, moment)}"
    for notice in row.notices:
        if notice.kind != "term_passed" or notice.ask or notice.term in told:
            yield f"    {_notice_line(row, notice, content)}"


def _act_by(first: RunningTerm, labels: Mapping[str, str], moment: datetime) -> str:
    """By when somebody must act, and for which term; that it is tight when later steps no longer fit."""
    label, day = labels.get(first.term, first.term), last_day_before(first.act_by)
    last = f", laatste dag {write_day(first.last_day)}" if first.last_day and first.last_day != day else ""
    if first.act_by <= moment:
        return f"KRAP: moest uiterlijk {write_day(day)} verder: {label}{last}"
    return f"uiterlijk {write_day(day)}: {label}{last}"


def _notice_line(row: InboxRowView, notice: NoticeView, content: Content | None) -> str:
    said = say_notice(notice.kind, notice.parameters, term=notice.term, text=notice.text, content=content)
    if notice.kind == "task":
        number = notice.parameters["number"]
        done = f"klaar? trede case task {row.case_id} --done {number}"
        return f"taak {number} voor {_body(content, notice.to)}: {said} ({done})"
    ask = f" Kies: {' of '.join(notice.ask)}." if notice.ask else ""
    return f"bericht {notice.id} aan {_body(content, notice.to)}: {said}.{ask}".replace("..", ".")


def _body(content: Content | None, body_id: str) -> str:
    body = content.organisation.bodies.get(body_id) if content else None
    return body.label if body else body_id or "niemand"


def show_read(news: News, content: Content | None, refused: Refusal | None, acting: Acting) -> None:
    """Print that news was read; a refusal ends the command with exit code 1."""
    if refused is not None:
        assert content is not None  # else nothing could be decided on its cases
        answer(acting.as_json, lambda: {"refused": refused}, lambda: ContentWords(content).refusal(refused))
        sys.exit(1)
    messages = [notice.id for _, notice in news.messages]
    verb = "zou gelezen zijn" if acting.dry_run else "is gelezen"
    said = say_notice(news.kind, news.parameters, term=news.term, text=news.text, content=content).rstrip(".")
    answer(
        acting.as_json,
        lambda: {"dry_run": acting.dry_run, "messages": messages},
        lambda: [f"Nieuws over {count_words(len(messages), 'zaak', 'zaken')} {verb}: {said}."],
    )


def passed_before(content: Content, case: Case, day: date) -> tuple[str, ...]:
    """The terms that somebody is late with before a local day begins, in words."""
    ends = start_of_day(day)
    late = (one for one in clocks_at(content, case, ends) if one.is_late and content.find_term(one.clock.term))
    return tuple(
        f"{content.term(one.clock.term).label}"
        + (f" (laatste dag {write_day(one.projection.last_day)})" if one.projection.last_day else "")
        for one in late
    )


def show_settled(
    content: Content,
    chosen: Sequence[NoticeView],
    outcome: Step | Refusal,
    acting: Acting,
    done: str,
    warned: Sequence[str] = (),
) -> None:
    """Print what became of messages; a refusal ends the command with exit code 1."""
    if isinstance(outcome, Refusal):
        answer(acting.as_json, lambda: {"refused": outcome}, lambda: ContentWords(content).refusal(outcome))
        sys.exit(1)
    plain = {"dry_run": acting.dry_run, "messages": [one.id for one in chosen], "late_by_then": warned}
    answer(acting.as_json, lambda: plain, lambda: list(_settled(content, chosen, acting, done, warned)))


def _settled(
    content: Content, chosen: Iterable[NoticeView], acting: Acting, done: str, warned: Sequence[str]
) -> Iterator[str]:
    verb = "zou worden" if acting.dry_run else "is"
    for one in chosen:
        said = say_notice(one.kind, one.parameters, term=one.term, text=one.text, content=content)
        yield f"Bericht {one.id} {verb} {done}: {said}"
    if warned:
        yield f"Let op: voor die dag verloopt {join_words(list(warned))}. De termijn loopt door."
    if acting.dry_run:
        yield "Er is niets gedaan (--dry-run)."
