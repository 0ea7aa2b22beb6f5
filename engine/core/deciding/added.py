"""What comes in outside an act that writes: it is said of records that are open, and of the one that is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from engine.core.content.records import NUMBER, RecordKind
from engine.core.deciding.at_hand import facts_of, not_at_hand, open_records, the_one_named, which_record
from engine.core.deciding.case import Case, Record
from engine.core.deciding.step import Blocker
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import KnownFact, Value

Reach = Callable[[RecordKind, Case], tuple[Record, ...]]
"""The records of a kind that can be meant: those that are open, or those that can be put right."""


def kinds_added_to(
    content: Content, case: Case, facts: Iterable[str], reach: Reach = open_records
) -> tuple[RecordKind, ...]:
    """The kinds of which these facts say something of a record within reach."""
    known = content.rules.facts
    named = dict.fromkeys(known[fact].record for fact in facts if fact in known and known[fact].record)
    kinds = (content.rules.records[name] for name in named)
    # What the register holds is put right in the register, where every case about the subject follows.
    return tuple(kind for kind in kinds if not kind.subject and reach(kind, case))


def not_to_be_added(
    content: Content, case: Case, facts: Mapping[str, Value], reach: Reach = open_records
) -> tuple[Blocker, ...]:
    """What keeps these facts from being said of records: none is within reach, or more than one and none is named."""
    kinds = {kind.id: kind for kind in kinds_added_to(content, case, facts, reach)}
    known = _as_known(case, facts)
    unclear = (
        which_record(kind, reach(kind, case), case)
        for kind in kinds.values()
        if the_one_named(reach(kind, case), kind, known) is None
    )
    return (*(one for one in not_at_hand(content, facts) if one.detail not in kinds), *unclear)


def said_of_records(
    content: Content, case: Case, facts: Mapping[str, Value], reach: Reach = open_records
) -> dict[str, KnownFact]:
    """What is known already of the records within reach that these facts speak of."""
    given = _as_known(case, facts)
    found: dict[str, KnownFact] = {}
    for kind in kinds_added_to(content, case, facts, reach):
        record = the_one_named(reach(kind, case), kind, given)
        found |= facts_of(kind, record) if record is not None else {}
    return found


def without_numbers(content: Content, facts: Mapping[str, Value]) -> dict[str, Value]:
    """The facts without those that only say which record is meant."""
    known = content.rules.facts
    which = {
        content.rules.records[rule.record].fact_of(NUMBER) for rule in map(known.get, facts) if rule and rule.record
    }
    return {fact: value for fact, value in facts.items() if fact not in which}


def _as_known(case: Case, facts: Mapping[str, Value]) -> dict[str, KnownFact]:
    return {fact: KnownFact(value=value, by="", at=case.opened_at) for fact, value in facts.items()}
