"""What comes in outside an act that writes: it is said of records that are open, and of the one that is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.content.records import NUMBER, RecordKind
from engine.core.deciding.at_hand import facts_of, not_at_hand, open_records, the_open_one, which_record
from engine.core.deciding.case import Case
from engine.core.deciding.step import Blocker
from engine.core.evaluation.prepared import Content
from engine.core.language.facts import KnownFact, Value


def kinds_added_to(content: Content, case: Case, facts: Iterable[str]) -> tuple[RecordKind, ...]:
    """The kinds of which these facts say something of a record that is open."""
    known = content.rules.facts
    named = dict.fromkeys(known[fact].record for fact in facts if fact in known and known[fact].record)
    kinds = (content.rules.records[name] for name in named)
    # What the register holds is put right in the register, where every case about the subject follows.
    return tuple(kind for kind in kinds if not kind.subject and open_records(kind, case))


def not_to_be_added(content: Content, case: Case, facts: Mapping[str, Value]) -> tuple[Blocker, ...]:
    """What keeps these facts from being added to open records: none is open, or more than one and none is named."""
    kinds = {kind.id: kind for kind in kinds_added_to(content, case, facts)}
    known = _as_known(case, facts)
    unclear = (
        which_record(kind, open_records(kind, case), kind.fact_of(NUMBER), case)
        for kind in kinds.values()
        if the_open_one(kind, case, known) is None
    )
    return (*(one for one in not_at_hand(content, facts) if one.detail not in kinds), *unclear)


def said_of_records(content: Content, case: Case, facts: Mapping[str, Value]) -> dict[str, KnownFact]:
    """What is known already of the open records that these facts speak of."""
    given = _as_known(case, facts)
    found: dict[str, KnownFact] = {}
    for kind in kinds_added_to(content, case, facts):
        record = the_open_one(kind, case, given)
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
