"""Records as an act writes and changes them, on a draft; each with its line in the journal."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.content.records import NUMBER, RecordKind
from engine.core.content.workflow import EntryPoint, Transition
from engine.core.deciding.added import Reach
from engine.core.deciding.at_hand import (
    case_about,
    facts_of,
    open_of_case,
    open_records,
    owner_of,
    record_of_clock,
    the_one_named,
    the_open_one,
    within_reach,
)
from engine.core.deciding.case import Record
from engine.core.deciding.checks import check_days
from engine.core.deciding.draft import Draft, plain_facts, refuse_any
from engine.core.deciding.situation import look
from engine.core.deciding.step import EntryKind
from engine.core.language.facts import KnownFact
from engine.core.language.orders import Changing, Writing
from engine.core.quick_class import replace


def write_records(draft: Draft, act: Transition | EntryPoint, writings: tuple[Writing, ...]) -> None:
    """Write what the act said as records, and change the lives it changes; what is at hand stays among the facts."""
    kinds = draft.content.rules.records
    written = {one.kind for one in writings}
    if isinstance(act, Transition):
        for change in act.closes:
            # What the act says is of the new record, when it writes one of the kind that it closes.
            said = {} if change.kind in written else _said(draft, kinds[change.kind])
            for former in within_reach(kinds[change.kind], draft.case, act):
                _change(draft, kinds[change.kind], former, change, said)
    # Parents first: what belongs to a record of the same act bears the number that one just got.
    for one in sorted(writings, key=lambda one: bool(kinds[one.kind].belongs_to)):
        for value in one.values or ("",):
            if one.each:
                _say_each(draft, kinds[one.kind].fact_of(one.each), value)
            _write(draft, kinds[one.kind], act)
    if isinstance(act, Transition):
        for change in act.changes:
            record = the_open_one(kinds[change.kind], draft.case, act)
            assert record is not None  # `record_blockers` saw to it
            _change(draft, kinds[change.kind], record, change, _said(draft, kinds[change.kind]))


def add_to_record(draft: Draft, kind: RecordKind, reach: Reach = open_of_case) -> None:
    """Say what came in of the record of this kind that is meant; its life stays."""
    record = the_one_named(reach(kind, draft.case), kind, draft.case.facts)
    assert record is not None  # `not_to_be_added` saw to it
    _change(draft, kind, record, Changing(kind=kind.id, to=record.life), _said(draft, kind))


def _write(draft: Draft, kind: RecordKind, act: Transition | EntryPoint) -> None:
    for former in open_records(kind, draft.case) if kind.is_single else ():
        _replace(draft, kind, former)
    number = max((record.number for record in draft.case.records_of(kind.id)), default=0) + 1
    record = Record(
        kind=kind.id,
        number=number,
        fields={name: known for name, known in _said(draft, kind).items() if name not in kind.replaced_with.values()},
        at=draft.moment,
        by=draft.actor.role,
        life=_first_life(kind, act),
        belongs_to=_number_of_owner(draft, kind, act),
        case=draft.case.id if kind.subject else "",
    )
    draft.case = replace(draft.case, facts={**draft.case.facts, **facts_of(kind, record)})
    draft.keep_record(record)
    note_record(draft, record, record.fields)


def _say_each(draft: Draft, fact: str, value: str) -> None:
    said = KnownFact(value=value, by=draft.actor.role, at=draft.moment)
    draft.case = replace(draft.case, facts={**draft.case.facts, fact: said})


def _first_life(kind: RecordKind, act: Transition | EntryPoint) -> str:
    begins = act.begins if isinstance(act, Transition) else ()
    return next((change.to for change in begins if change.kind == kind.id), kind.first_life)


def _replace(draft: Draft, kind: RecordKind, former: Record) -> None:
    """Let the record end because a new one comes, with what the act says of it where it does not say so yet.

    Raises Refused when that lies beyond its limits: it would end before it began.
    """
    facts = draft.case.facts
    told = {
        name: facts[kind.fact_of(by)]
        for name, by in kind.replaced_with.items()
        if name not in former.fields and kind.fact_of(by) in facts
    }
    if told:
        about = case_about(draft.content, draft.case, replace(former, fields={**former.fields, **told}))
        refuse_any(check_days(look(draft.question.about(about)), [kind.fact_of(name) for name in told]))
    _change(draft, kind, former, Changing(kind=kind.id, to=kind.replaced_as), told)


def _number_of_owner(draft: Draft, kind: RecordKind, act: Transition | EntryPoint) -> int:
    if not kind.belongs_to:
        return 0
    parent = draft.content.rules.records[kind.belongs_to]
    if parent.id in act.kinds_at_hand:
        known = draft.case.facts.get(parent.fact_of(NUMBER))
        return int(str(known.value)) if known else 0
    record = owner_of(kind, parent, draft.case)
    return record.number if record else 0


def _change(draft: Draft, kind: RecordKind, record: Record, change: Changing, said: Mapping[str, KnownFact]) -> None:
    fresh = {name: known for name, known in said.items() if record.fields.get(name) != known}
    changed = replace(record, life=change.to, fields={**record.fields, **fresh})
    draft.keep_record(changed)
    note_record(draft, changed, fresh)


def _said(draft: Draft, kind: RecordKind) -> dict[str, KnownFact]:
    facts = draft.case.facts
    return {name: facts[rule.id] for name, rule in kind.fields.items() if rule.id in facts}


def note_record(draft: Draft, record: Record, fields: Mapping[str, KnownFact]) -> None:
    """A line of the journal: a record was written, or got another life; with the fields that are new.

    A record of the subject is told in the line of what the step changes in the register.
    """
    if draft.content.rules.records[record.kind].subject:
        return
    draft.note(
        EntryKind.RECORD,
        record=record.kind,
        number=record.number,
        life=record.life,
        belongs_to=record.belongs_to,
        fields=plain_facts({name: known.value for name, known in fields.items()}),
    )


def about_record(draft: Draft, clock: str) -> dict[str, object]:
    """What a message says of the record of this clock: its key, and the fields it needs; nothing for other clocks."""
    record = record_of_clock(draft.case, clock)
    if record is None:
        return {}
    kind = draft.content.rules.records[record.kind]
    people = draft.question.people
    said = {
        name: people.shown_in(kind.fields[name].type, record.fields[name].value)
        for name in kind.needs
        if name in record.fields
    }
    return {"record": record.key, "fields": plain_facts(said)}
