"""An act that is written down later than it happened: decided as of then, and both times kept.

What the law ties to the act counts from when it happened (a receipt on Friday that is typed on Monday); that it was
typed on Monday stays to be seen. Somebody says when (`--at`), or the act itself asks on which day something came in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, cast

from engine.core.content.workflow import HappenedOn
from engine.core.deciding.advance import Act, act
from engine.core.deciding.checks import missing_fact
from engine.core.deciding.question import Question
from engine.core.deciding.setting_back import set_back, stands_since
from engine.core.deciding.situation import look
from engine.core.deciding.step import Blocker, BlockerKind, Entry, EntryKind, Refusal, Step
from engine.core.legal_clock.ledger import Deferred, Extended, LedgerEntry, ledger_from_plain, ledger_to_plain
from engine.core.message import Message
from engine.core.moment import from_local, local_day

When = datetime | date
"""A moment (UTC), or a local day of which nobody knows the hour."""
Lines = Callable[[], Sequence[Entry]]
"""Gives those of the journal of the case, oldest first; what happened today is decided without."""


def act_as_of(question: Question, command: Act, when: When | None, lines: Lines) -> Step | Refusal:
    """Take a transition that happened earlier: `when`, or on the day that something came in.

    Where both are said they must be the same day. Where neither is, who sends it in by this act does so now; of anybody
    else it is asked.
    """
    happened_on = question.content.workflow.day_asked_by(command.transition)
    if happened_on is not None:
        said = command.facts.get(happened_on.fact)
        if said is None and when is None and question.actor.role not in happened_on.now_for:
            return _asking_the_day(question, command, happened_on)
        if said is None:
            said = _day_of(question.moment if when is None else when)
            command = replace(command, facts={**command.facts, happened_on.fact: said})
        if isinstance(said, date):  # else the act itself is refused for it
            if when is not None and _day_of(when) != said:
                return _refused(question, command, _contradiction(question, happened_on.fact, said, _day_of(when)))
            when = said if when is None else when
    if when is None:
        return act(question, command)
    return decide_as_of(question, when, lines, command.transition, lambda asked: act(asked, command))


def decide_as_of(
    question: Question, when: When, lines: Lines, attempted: str, decide: Callable[[Question], Step | Refusal]
) -> Step | Refusal:
    """Decide as of `when`, and write it down now.

    Refused when that is still to come, or lies before the case came where it stands: what followed was decided without
    it. Unless it only came there because a term passed: that was set in motion by not knowing, and is set back first.
    """
    if when == local_day(question.moment):  # what came in today, as mostly, came in now
        return decide(question)
    known = lines()
    since = stands_since(question, known)
    at, now = _moment_of(when, since), question.moment
    blocker = _wrong_moment(when, at, now, since)
    if blocker is not None:
        return Refusal(case_id=question.case.id, attempted=attempted, blockers=(blocker,))
    if at == now:
        return decide(question)
    back = set_back(replace(question, moment=at), known)
    if isinstance(back, Blocker):
        return Refusal(case_id=question.case.id, attempted=attempted, blockers=(back,))
    outcome = decide(replace(question.about(back.case), moment=at))
    if isinstance(outcome, Refusal):
        return outcome
    # What is written is held against the case as it stood, and not against how it was before it was set back.
    whole = replace(outcome, before=question.case, entries=(*back.entries, *outcome.entries))
    return _written_later(whole, at, now)


def passed_as_of(question: Question, due_at: datetime, decide: Callable[[Question], Step | Refusal]) -> Step | Refusal:
    """Let a term pass as of the moment it did, where the sweep comes on a later day, and write it down now.

    What the law ties to the end of a term counts from that end, and not from when somebody's machine was on again (the
    decision term runs on from the day the time to complete was over, Awb 4:15): a late sweep gives nobody days. Not
    before what a person did since, nor before the case came where it stands. Where it cannot be decided as of then,
    it is decided now: better late than not.
    """
    now, case = question.moment, question.case
    acted = case.last_act.at if case.last_act is not None else case.entered_at
    at = max(due_at, case.entered_at, acted, *(known.at for known in case.facts.values()))
    if local_day(at) >= local_day(now):
        return decide(question)
    outcome = decide(replace(question, moment=at))
    if isinstance(outcome, Refusal):
        return decide(question)
    later = _written_later(outcome, at, now)
    # Nobody acted: what passes next in the same sweep is not held up by this, and a person's act keeps its moment.
    return replace(later, after=replace(later.after, last_act=outcome.after.last_act))


def _asking_the_day(question: Question, command: Act, happened_on: HappenedOn) -> Refusal:
    """The refusal that asks on which day it came in, after everything else that stands in the way."""
    outcome = act(question, command)
    before = outcome.blockers if isinstance(outcome, Refusal) else ()
    asked = missing_fact(look(question), happened_on.fact)
    others = tuple(one for one in before if (one.kind, one.subject) != (asked.kind, asked.subject))
    return _refused(question, command, *others, replace(asked, supplied_by=(question.actor.role,)))


def _contradiction(question: Question, fact: str, said: date, when: date) -> Blocker:
    label = question.content.rules.facts[fact].label
    message = Message("happened_otherwise", {"fact": label, "id": fact, "day": said, "at": when})
    return Blocker(kind=BlockerKind.WHEN, subject=fact, said=message)


def _refused(question: Question, command: Act, *blockers: Blocker) -> Refusal:
    return Refusal(case_id=question.case.id, attempted=command.transition, blockers=blockers)


def _moment_of(when: When, since: datetime) -> datetime:
    """The moment that is meant. A day is noon: nobody knows the hour of yesterday's post.

    On the day `since` which the case stands where it does, something that answers that came in after it.
    """
    if isinstance(when, datetime):
        return when
    noon = from_local(datetime.combine(when, time(12)))
    return max(noon, since) if local_day(since) == when else noon


def _wrong_moment(when: When, at: datetime, now: datetime, since: datetime) -> Blocker | None:
    if at <= now and at >= since:
        return None
    told = {"at": when, "last": since}
    if isinstance(when, datetime):
        said = Message("happens_in_future", {"at": when}) if at > now else Message("happened_before_the_last", told)
    else:
        said = Message("day_to_come", {"at": when}) if at > now else Message("day_before_the_last", told)
    return Blocker(kind=BlockerKind.WHEN, said=said)


def _day_of(when: When) -> date:
    return local_day(when) if isinstance(when, datetime) else when


def _written_later(step: Step, happened: datetime, now: datetime) -> Step:
    """The step as it is written down now: what was known at a moment between the two must not know of it."""
    entries = (_line_written(entry, happened, now) for entry in step.entries)
    known = {clock.key: len(clock.ledger) for clock in step.before.clocks} if step.before else {}
    clocks = (
        replace(clock, ledger=(*clock.ledger[:old], *(_noted(one, happened, now) for one in clock.ledger[old:])))
        for clock in step.after.clocks
        for old in (known.get(clock.key, 0),)
    )
    last = step.after.last_act
    after = replace(step.after, clocks=tuple(clocks), last_act=last and replace(last, at=now))
    return replace(step, entries=tuple(entries), after=after)


def _line_written(line: Entry, happened: datetime, now: datetime) -> Entry:
    details = {**line.details, "happened_at": happened.isoformat()}
    if line.kind is EntryKind.CLOCK and "entry" in details:
        (entry,) = ledger_from_plain((cast(Mapping[str, Any], details["entry"]),))
        details["entry"] = ledger_to_plain((_noted(entry, happened, now),))[0]
    return replace(line, at=now, details=details)


def _noted(entry: LedgerEntry, happened: datetime, now: datetime) -> LedgerEntry:
    # What has no day of its own was decided on the day of recording: that day stays.
    if isinstance(entry, Extended | Deferred) and entry.on_day is None:
        return replace(entry, recorded_at=now, on_day=local_day(happened))
    return replace(entry, recorded_at=now)
