"""The record at hand: what the bare fields of a kind mean while an act writes or changes a record of it.

What an act says of a record stands among the facts of the case for as long as the act lasts, and only then: so
conditions, letters and clocks read it as any fact. When the act is done it is put down as a record, and no later act
finds it among its facts. What an earlier meeting said can therefore never satisfy the guard of the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.core.content.records import NUMBER, RecordKind
from engine.core.content.workflow import EntryPoint, Transition
from engine.core.deciding.case import Case, Record
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import LIFE, OF_CASE, WRITTEN_ON, KnownFact, Value
from engine.core.language.orders import Writing
from engine.core.moment import local_day
from engine.core.quick_class import replace


def not_at_hand(
    content: Content, facts: Iterable[str], acts: Iterable[Transition | EntryPoint] = ()
) -> tuple[Blocker, ...]:
    """A blocker for each field of a record that none of these acts writes or changes."""
    known, at_hand = content.rules.facts, {kind for act in acts for kind in act.kinds_at_hand}
    kinds = {fact: known[fact].record for fact in facts if fact in known and known[fact].record}
    writing = content.workflow.writers_of
    return tuple(
        Blocker(kind=BlockerKind.NOT_AT_HAND, subject=fact, detail=kind, supplied_by=writing(kind))
        for fact, kind in kinds.items()
        if kind not in at_hand
    )


def is_about_others(content: Content, act: Transition, said: Iterable[str]) -> bool:
    """Whether what was said is of records, and of none that this act must write.

    Then another transition of the same name is meant, and what this one misses would only confuse.
    """
    facts, known = frozenset(said), content.rules.facts
    kinds = {known[fact].record for fact in facts if fact in known} - {""}
    return bool(kinds) and any(not one.is_optional and one.kind not in kinds for one in act.writes)


def with_changed_at_hand(content: Content, case: Case, act: Transition) -> Case:
    """The case with the fields of the records that this act changes among its facts; what the act says goes before."""
    facts = dict(case.facts)
    for change in act.changes:
        kind = content.rules.records[change.kind]
        record = the_open_one(kind, case, act)
        if record is not None:
            facts = {**facts_of(kind, record), **facts}
            facts[kind.fact_of(NUMBER)] = _own(record, record.number)
    return case if facts == case.facts else replace(case, facts=facts)


def the_open_one(kind: RecordKind, case: Case, act: Transition) -> Record | None:
    """The record that the act changes: the only open one it reaches, or the open one with the number that was given."""
    return the_one_named(within_reach(kind, case, act), kind, case.facts)


def the_one_named(found: tuple[Record, ...], kind: RecordKind, facts: Mapping[str, KnownFact]) -> Record | None:
    """The only one of these records, or the one with the number that was given; None when that is not to be said."""
    given, told = facts.get(kind.fact_of(NUMBER)), facts.get(kind.fact_of(kind.told_apart_by))
    if given is not None:
        found = tuple(record for record in found if record.number == given.value)
    elif kind.told_apart_by and told is not None:
        found = tuple(record for record in found if _says(record, kind.told_apart_by, told.value))
    return found[0] if len(found) == 1 else None


def _says(record: Record, field: str, value: Value) -> bool:
    known = record.fields.get(field)
    return known is not None and known.value == value


def correctable_records(kind: RecordKind, case: Case) -> tuple[Record, ...]:
    """The records of the case of which what was said can be put right.

    One that has no life never ends, so nothing closes it for a correction: a meeting, an application.
    """
    return open_records(kind, case) if kind.life else case.records_of(kind.id)


def current_record(content: Content, case: Case, writing: tuple[str, ...], kind: RecordKind) -> Record | None:
    """The record that the bare fields mean outside an act, of a kind of which one counts: None when none does.

    It is open, and so is what it belongs to. Of a kind that is being `written` they mean nothing but what the act says;
    so do those of what belongs to it.
    """
    if kind.id in writing or kind.belongs_to in writing:
        return None
    records = case.records_by_kind()
    last = next((one for one in reversed(records.get(kind.id, ())) if kind.is_open(one.life)), None)
    if last is None or not kind.belongs_to:
        return last
    parent = content.rules.records[kind.belongs_to]
    owners = (one for one in records.get(parent.id, ()) if one.number == last.belongs_to)
    return last if any(not parent.life or parent.is_open(one.life) for one in owners) else None


def open_records(kind: RecordKind, case: Case) -> tuple[Record, ...]:
    """The records of this kind to which something can still happen."""
    return tuple(record for record in case.records_of(kind.id) if kind.is_open(record.life))


def open_of_case(kind: RecordKind, case: Case) -> tuple[Record, ...]:
    """The open records that an act of this case can change: of its subject only what it wrote itself.

    Another case may have given the same pupil a declaration that still counts: that one is not this case's to end.
    """
    return tuple(one for one in open_records(kind, case) if not kind.subject or one.case == case.id)


def within_reach(kind: RecordKind, case: Case, act: Transition) -> tuple[Record, ...]:
    """The open records of this kind that the act can change: those of its case, or of any case about the subject."""
    return open_records(kind, case) if kind.id in act.of_any_case else open_of_case(kind, case)


def facts_of(kind: RecordKind, record: Record) -> dict[str, KnownFact]:
    """Everything that can be said of a record, by the facts of its kind."""
    facts = {kind.fact_of(name): known for name, known in record.fields.items()}
    return facts | own_facts(kind, record)


def own_facts(kind: RecordKind, record: Record) -> dict[str, KnownFact]:
    """What can be said of a record besides its fields, by the facts of its kind."""
    return {fact: _own(record, value) for fact, value in besides_fields(kind, record)}


def besides_fields(kind: RecordKind, record: Record) -> Iterator[tuple[str, Value]]:
    """What every record of a kind says besides its fields."""
    yield kind.fact_of(NUMBER), record.number
    yield kind.fact_of(WRITTEN_ON), local_day(record.at)
    if record.life:
        yield kind.fact_of(LIFE), record.life
    if kind.subject:
        yield kind.fact_of(OF_CASE), record.case
    if record.belongs_to:
        yield kind.fact_of(kind.belongs_to), record.belongs_to


def _own(record: Record, value: Value) -> KnownFact:
    return KnownFact(value=value, by=record.by, at=record.at)


def written_by(content: Content, act: Transition | EntryPoint, facts: Iterable[str]) -> tuple[Writing, ...]:
    """The records that this act writes, given what it says."""
    said, speaking = frozenset(facts), content.fields_by_kind
    return tuple(one for one in act.writes if not one.is_optional or not speaking[one.kind].isdisjoint(said))


def says_nothing(content: Content, act: Transition | EntryPoint, facts: Iterable[str]) -> bool:
    """Whether the act only writes records that are optional, and says something of none of them."""
    return bool(act.writes) and not written_by(content, act, facts)


def needed_fields(content: Content, act: Transition | EntryPoint, facts: Iterable[str]) -> tuple[str, ...]:
    """The fields that the act must be given, so that the records it writes hold what they need."""
    set_here, kinds = {said.fact for said in act.sets}, content.rules.records
    written = written_by(content, act, facts)
    needed = (kinds[one.kind].fact_of(name) for one in written for name in kinds[one.kind].needs if name != one.each)
    return tuple(fact for fact in needed if fact not in set_here)


def record_blockers(content: Content, case: Case, act: Transition | EntryPoint) -> tuple[Blocker, ...]:
    """What is unclear about which records this act changes, or to which the new ones belong."""
    kinds, found = content.rules.records, list[Blocker]()
    if says_nothing(content, act, case.facts):
        labels = tuple(kinds[one.kind].label for one in act.writes)
        found.append(Blocker(kind=BlockerKind.NOTHING_WRITTEN, subject=act.id, supplied_by=labels, where=act.where))
    for change in act.changes if isinstance(act, Transition) else ():
        kind = kinds[change.kind]
        assert isinstance(act, Transition)  # an entry changes nothing
        if the_open_one(kind, case, act) is None:
            found.append(which_record(kind, within_reach(kind, case, act), case))
    for one in written_by(content, act, case.facts):
        kind = kinds[one.kind]
        if kind.belongs_to and kind.belongs_to not in act.kinds_at_hand:
            parent = kinds[kind.belongs_to]
            if owner_of(kind, parent, case) is None:
                found.append(which_record(kind, _owners(parent, case), case, by=kind.belongs_to))
    return tuple(found)


def which_record(kind: RecordKind, possible: tuple[Record, ...], case: Case, by: str = "") -> Blocker:
    """The blocker of who did not say which of these possible records is meant, or when there is none.

    Said `by` that field of the kind; without, by the one that tells them apart, or else by the number.
    """
    fact, apart = kind.fact_of(by or kind.told_apart_by or NUMBER), "" if by else kind.told_apart_by
    numbers = tuple(str(record.fields[apart].value if apart else record.number) for record in possible)
    given = case.facts.get(fact)
    told = str(given.value) if given else ""
    return Blocker(kind=BlockerKind.WHICH_RECORD, subject=fact, detail=told, supplied_by=numbers, where=kind.where)


def owner_of(kind: RecordKind, parent: RecordKind, case: Case) -> Record | None:
    """The record to which a new one of this kind belongs: the one named, or the only one there is to belong to."""
    found, given = _owners(parent, case), case.facts.get(kind.fact_of(kind.belongs_to))
    if given is not None:
        found = tuple(record for record in found if record.number == given.value)
    return found[0] if len(found) == 1 else None


def _owners(parent: RecordKind, case: Case) -> tuple[Record, ...]:
    return open_records(parent, case) if parent.life else case.records_of(parent.id)


def record_of_clock(case: Case, key: str) -> Record | None:
    """The record of which this is a clock; None for a clock of the case, or of a reader."""
    _, _, name = key.partition("/")
    return next((record for record in case.records if record.key == name), None) if name else None


def case_about(content: Content, case: Case, record: Record) -> Case:
    """The case with this record at hand, and what it belongs to; nothing of any other record."""
    kinds = content.rules.records
    kind = kinds[record.kind]
    parent = kinds.get(kind.belongs_to)
    above = parent and next((one for one in case.records_of(parent.id) if one.number == record.belongs_to), None)
    around = facts_of(parent, above) if parent and above else {}
    bare = put_down(content, case)
    return replace(bare, facts={**bare.facts, **around, **facts_of(kind, record)})


def is_at_hand(kind: RecordKind, case: Case, record: Record) -> bool:
    """Whether the act that is going on writes or changes this record."""
    number = case.facts.get(kind.fact_of(NUMBER))
    return number is not None and number.value == record.number


def put_down(content: Content, case: Case) -> Case:
    """The case without fields among its facts: the act is done."""
    bare = content.fields_of_records.intersection(case.facts)
    if not bare:
        return case
    return replace(case, facts={fact: known for fact, known in case.facts.items() if fact not in bare})
