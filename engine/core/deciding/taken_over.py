"""What a case of the first edition held as facts and clocks, as the records they are now.

That edition had one slot for what comes more than once, so there is one record of each kind. Nothing is stored until an
act is done: until then the case is only looked at so.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.deciding.case import Case, Clock, Record
from engine.core.evaluation.prepared import Content
from engine.core.quick_class import replace


def with_loose_fields_as_records(content: Content, case: Case, bare: Case) -> Case:
    """The case with what the first edition held as facts, and is a record now, as the first record of its kind.

    `bare` is the case without those facts.

    Of a kind that has records already nothing is taken over: a case that is dealt with anew never has such facts.
    """
    found = list(case.records)
    for kind in sorted(content.rules.records.values(), key=lambda kind: bool(kind.belongs_to)):
        loose = {name: case.facts[rule.id] for name, rule in kind.fields.items() if rule.id in case.facts}
        if loose and not kind.subject and not case.records_of(kind.id):
            first = min(loose.values(), key=lambda known: known.at)
            owner = any(record.kind == kind.belongs_to for record in found)
            found.append(
                Record(
                    kind=kind.id, number=1, fields=loose, at=first.at, by=first.by,
                    life=next((life for name, life in kind.taken_over.items() if name in loose), kind.first_life),
                    belongs_to=int(owner),
                )
            )  # fmt: skip
    fresh = {record.key.rpartition(".")[0]: record for record in found if record not in case.records}
    return replace(bare, records=tuple(found), clocks=tuple(_of_record(content, one, fresh) for one in bare.clocks))


def _of_record(content: Content, clock: Clock, fresh: Mapping[str, Record]) -> Clock:
    """A clock of the case, as that of the record for which the term counts now; what was dealt with stays so."""
    term = content.find_term(clock.term)
    record = fresh.get(term.for_each) if term is not None else None
    if record is None or clock.addressee:
        return clock
    named = replace(clock, addressee=record.key)
    return replace(named, fired=tuple(f"{named.key}{key.removeprefix(clock.key)}" for key in clock.fired))
