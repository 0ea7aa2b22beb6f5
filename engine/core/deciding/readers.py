"""Who reads a letter: one, or each of a list of the subject, with name and address as they are at that moment."""

from __future__ import annotations

from engine.core.content.ruleset import EachReader
from engine.core.deciding.case import Record
from engine.core.deciding.situation import Situation
from engine.core.deciding.step import OutgoingLetter
from engine.core.deciding.subject_lists import records_in
from engine.core.dutch import join_words
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterReader:
    """One who gets a letter. `key` is the addressee of the content, with the number of the record when there are more.

    The key goes with the letter and with the terms that its sending starts, so each reader has a term of his own
    (Awb 3:41, 6:8: the term runs from the day the decision is made known to him).
    """

    key: str
    name: str
    address: str


def readers_of(situation: Situation, addressee_id: str) -> tuple[LetterReader, ...]:
    """Who this addressee stands for now; nobody while the name is unknown."""
    addressee = situation.content.rules.addressees[addressee_id]
    each = addressee.each
    if each is not None and situation.holds(each.when):
        groups = _groups(each, _records(situation, each))
        if len(groups) > 1:  # who is alone keeps the plain key: most terms and letters there are bear it
            return tuple(_reader_of(each, addressee_id, group) for group in groups)
    name = situation.worded(addressee.name)
    if name is None:
        return ()
    address = None if addressee.address is None else situation.value_of(addressee.address)
    return (LetterReader(key=addressee_id, name=str(name), address="" if address is None else str(address)),)


def readdressed(situation: Situation, letter: OutgoingLetter) -> tuple[str, str]:
    """Name and address for a letter that leaves now; as it was ordered when its reader is not there any more."""
    addressee_id = letter.addressee.partition(".")[0]
    known = addressee_id in situation.content.rules.addressees
    readers = readers_of(situation, addressee_id) if known else ()
    same = [one for one in readers if one.key == letter.addressee]
    # When there became more of them, or fewer, the key is another: then the name tells who was meant.
    found = same or [one for one in readers if one.name == letter.addressee_name]
    return (found[0].name, found[0].address) if found else (letter.addressee_name, letter.addressee_address)


def _records(situation: Situation, each: EachReader) -> tuple[Record, ...]:
    kind = situation.content.subject_kind
    if kind is None or each.of not in kind.lists:
        return ()
    found = records_in(kind.lists[each.of], situation.question.subject)
    return tuple(record for record in found if each.name in record.fields)


def _groups(each: EachReader, records: tuple[Record, ...]) -> list[list[Record]]:
    groups: dict[str, list[Record]] = {}
    for record in records:
        # Without an address nobody lives together with another.
        shared = _field(record, each.address) if each.together else ""
        groups.setdefault(shared or record.key, []).append(record)
    return list(groups.values())


def _reader_of(each: EachReader, addressee_id: str, group: list[Record]) -> LetterReader:
    names = [_field(record, each.name) for record in group]
    first = group[0]
    return LetterReader(
        key=f"{addressee_id}.{first.number}", name=join_words(names), address=_field(first, each.address)
    )


def _field(record: Record, name: str) -> str:
    known = record.fields.get(name)
    return "" if known is None else str(known.value)
