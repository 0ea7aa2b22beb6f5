"""What the lines of one step of the journal say in a chronicle: who moved what, who gets what, and until when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from engine.core.deciding.step import EntryKind, Refusal
from engine.definitions.script import ScriptedAct
from engine.rehearsal.chronicle_sending import (
    tell_clocks,
    tell_letters,
    tell_notices,
    tell_passing,
    tell_reminder,
    tell_sent,
)
from engine.rehearsal.expectations import blamed
from engine.rehearsal.told_step import Entries, StoryCase, ToldStep, between, mapping_of, said_of, who_did
from engine.store.records import JournalEntry
from engine.words.of_chronicles import BY_ITSELF, say_line


def tell_step(one: StoryCase, step: ToldStep) -> Iterator[str]:
    """A line for everything; who gets the same thing stands together."""
    for kind, entries in groupby(step.entries, key=lambda entry: entry.kind):
        gathered = _GATHERED.get(kind)
        if gathered is not None:
            yield from gathered(one, step, tuple(entries))
        else:
            for entry in entries:
                yield from _LINES.get(kind, _other)(one, step, entry)


def tell_refusal(act: ScriptedAct, refusal: Refusal) -> str:
    """Why an act could not be done."""
    said: dict[str, dict[str, None]] = {}
    for blocker in refusal.blockers:
        names = (blocker.subject or blocker.detail, *blamed(blocker.reason))
        said.setdefault(blocker.kind.value, {}).update(dict.fromkeys(name for name in names if name))
    reasons = "; ".join(f"{kind} ({', '.join(names)})" if names else kind for kind, names in said.items())
    return say_line("refused", who=act.role or BY_ITSELF, attempted=act.name or refusal.attempted, reasons=reasons)


def _opened(one: StoryCase, step: ToldStep, entry: JournalEntry) -> Iterator[str]:
    said = entry.details
    via = f" ({said['entry']})" if said.get("entry") else ""
    told = {"entry": via, "state": said["state"], "owner": _owner(one, str(said["state"]))}
    if one.parent is None:
        yield say_line("opened", who=who_did(entry), **told)
    else:
        yield say_line("opened_by", parent=one.parent.name, **told)
    yield from _facts_said("with", one, step, entry)


def _moved(one: StoryCase, _: ToldStep, entry: JournalEntry) -> Iterator[str]:
    said = entry.details
    transition, origin, target = (str(said.get(name, "")) for name in ("transition", "origin", "target"))
    by_itself = any(way.id == transition and way.is_automatic for way in one.content.workflow.transitions)
    behalf = f", namens {said['on_behalf_of']}" if said.get("on_behalf_of") else ""
    yield say_line(
        "stayed" if origin == target else "moved",
        who=BY_ITSELF if by_itself else who_did(entry),
        transition=transition,
        more=behalf,
        origin=origin,
        target=target,
        owner=_owner(one, target),
    )


def _recorded(one: StoryCase, step: ToldStep, entry: JournalEntry) -> Iterator[str]:
    yield from _facts_said(entry.kind.value, one, step, entry)


def _facts_said(code: str, one: StoryCase, step: ToldStep, entry: JournalEntry) -> Iterator[str]:
    facts = entry.details.get("facts")
    told = {name: value for name, value in mapping_of(facts).items() if name not in step.given}
    if told:
        yield say_line(code, who=who_did(entry), facts=said_of(told, one.parent.case if one.parent else None))


def _ordered(_: StoryCase, __: ToldStep, entry: JournalEntry) -> Iterator[str]:
    said = entry.details
    yield say_line("ordered", workflow=said["workflow"], entry=f" ({said['entry']})" if said.get("entry") else "")


def _told(_: StoryCase, step: ToldStep, entry: JournalEntry) -> Iterator[str]:
    number = str(entry.details.get("case", ""))
    facts = mapping_of(entry.details.get("facts"))
    yield say_line("told", case=step.names.get(number, number), facts=said_of(facts))


def _records(_: StoryCase, step: ToldStep, entries: Entries) -> Iterator[str]:
    told: dict[str, list[str]] = {}
    for said in (entry.details for entry in entries):
        fields = mapping_of(said.get("fields"))
        own = {name: value for name, value in fields.items() if f"{said['record']}.{name}" not in step.given}
        told.setdefault(_of_record(str(said.get("life") or ""), own), []).append(f"{said['record']}.{said['number']}")
    yield from (say_line("record", record=", ".join(keys), facts=said) for said, keys in told.items())


def _subject(_: StoryCase, step: ToldStep, entry: JournalEntry) -> Iterator[str]:
    """What changes in the register, record by record."""
    facts: dict[str, object] = {}
    records: dict[str, dict[str, object]] = {}
    for name, change in mapping_of(entry.details.get("facts")).items():
        value = change[1] if isinstance(change, list | tuple) and len(change) == 2 else change  # before, after
        kind, number, of = (*name.split(".", 2), "", "")[:3]
        is_said = {name, f"{kind}.{of}"} & step.given or (isinstance(value, str) and value in step.given)
        told = records.setdefault(f"{kind}.{number}", {}) if number.isdigit() else facts
        told.update({} if is_said else {of if number.isdigit() else name: value})
    if facts:
        yield say_line("subject", record="", facts=f": {said_of(facts)}")
    told_of: dict[str, list[str]] = {}
    for key, fields in records.items():
        life = str(fields.pop("life", "") or "")
        told_of.setdefault(_of_record(life, fields), []).append(key)
    yield from (say_line("subject", record=f" {', '.join(keys)}", facts=said) for said, keys in told_of.items())


def _of_record(life: str, fields: Mapping[str, object]) -> str:
    return (f" {life}" if life else "") + (f": {said_of(fields)}" if fields else "")


def _other(_: StoryCase, step: ToldStep, entry: JournalEntry) -> Iterator[str]:
    """A kind that hardly ever occurs: all that it says, with cases by their name."""
    told = {name: step.names.get(str(value), value) for name, value in entry.details.items() if name not in _UNTOLD}
    yield say_line("other", kind=entry.kind.value, facts=between(told))


_UNTOLD = frozenset(("key", "where", "recorded_at"))
_LINES: Mapping[EntryKind, Callable[[StoryCase, ToldStep, JournalEntry], Iterator[str]]] = {
    EntryKind.OPENED: _opened,
    EntryKind.MOVED: _moved,
    EntryKind.RECORDED: _recorded,
    EntryKind.CORRECTED: _recorded,
    EntryKind.TERM_REMINDED: tell_reminder,
    EntryKind.TERM_PASSED: tell_passing,
    EntryKind.CASE_ORDERED: _ordered,
    EntryKind.TOLD: _told,
    EntryKind.SUBJECT: _subject,
}
_GATHERED: Mapping[EntryKind, Callable[[StoryCase, ToldStep, Entries], Iterator[str]]] = {
    EntryKind.RECORD: _records,
    EntryKind.CLOCK: tell_clocks,
    EntryKind.NOTICE: tell_notices,
    EntryKind.LETTER_ORDERED: tell_letters,
    EntryKind.LETTER_SENT: tell_sent,
}


def _owner(one: StoryCase, state: str) -> str:
    workflow = one.content.workflow
    owner = workflow.state(state).owner if workflow.has_state(state) else ""
    return f" ({owner})" if owner else ""
