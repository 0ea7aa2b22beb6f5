"""Who reads a letter: one, or each of a list of the subject, with name and address as they are at that moment.

And whether it fits on paper, looked at while the step is decided, so that no letter fails afterwards. The letter itself
is not drawn here: that takes a hundred times as long as deciding. What varies in it are its fields, and which signs a
letter can print, and what fits in the window of an envelope, is known without drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from engine.core.content.letter_readers import (
    FIRST_NAME_MARK,
    NAME_MARK,
    READER,
    SALUTATION,
    EachReader,
    LetterReaderKind,
)
from engine.core.content.template import LetterTemplate
from engine.core.deciding.case import Record
from engine.core.deciding.situation import Situation
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.deciding.subject_lists import records_in
from engine.core.dutch import join_words
from engine.core.language.conditions import FactRef
from engine.core.language.facts import Value
from engine.core.language.signs import hidden_sign, name_of_sign, unprintable_sign
from engine.core.message import Message
from engine.core.quick_class import dataclass

_INITIAL = re.compile(r"(?:\w|(?:\w+\.)+)")
WINDOW_LINES = 6
"""Name and address together, in the window of an envelope."""
WINDOW_WIDTH = 48
"""Signs on one line of the window: estimated from the width of the letterhead, not measured letter by letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterReader:
    """One who gets a letter. `key` is the addressee of the content, with the number of the record when there are more.

    `called` is how somebody is addressed, where that is known; `records` are the numbers of who read it together.
    The key goes with the letter and with the terms that its sending starts, so each reader has a term of his own
    (Awb 3:41, 6:8: the term runs from the day the decision is made known to him).
    """

    key: str
    name: str
    address: str
    called: str = ""
    records: tuple[int, ...] = ()


def readers_of(situation: Situation, addressee_id: str) -> tuple[LetterReader, ...]:
    """Who this addressee stands for now; nobody while the name is unknown."""
    addressee = situation.content.rules.addressees[addressee_id]
    each, called, together = addressee.each, "", tuple[int, ...]()
    if each is not None and situation.holds(each.when):
        groups = _groups(each, _records(situation, each))
        if len(groups) > 1:  # who is alone keeps the plain key: most terms and letters there are bear it
            return tuple(_reader_of(each, addressee_id, group) for group in groups)
        called = _called(each, groups[0]) if groups else ""
        together = tuple(record.number for record in groups[0]) if groups else ()
    name = situation.worded(addressee.name)
    if name is None:
        return ()
    address = None if addressee.address is None else situation.value_of(addressee.address)
    where = "" if address is None else str(address)
    return (LetterReader(key=addressee_id, name=str(name), address=where, called=called, records=together),)


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
        key=f"{addressee_id}.{first.number}",
        name=join_words(names),
        address=_field(first, each.address),
        called=_called(each, group),
        records=tuple(record.number for record in group),
    )


def _called(each: EachReader, group: list[Record]) -> str:
    """How they are addressed together; empty when that is not known of each of them."""
    found = [_field(record, each.called) if each.called else "" for record in group]
    return join_words(found) if all(found) else ""


def _field(record: Record, name: str) -> str:
    known = record.fields.get(name)
    return "" if known is None else str(known.value)


def addressed_as(situation: Situation, reader: LetterReader) -> Mapping[str, Value]:
    """The fields with the kind of this reader and the salutation; none where the content names no kind."""
    addressee = situation.content.rules.addressees.get(reader.key.partition(".")[0])
    kinds = situation.content.organisation.letter_readers
    if addressee is None or addressee.reader not in kinds:
        return {}
    kind = kind_now(situation, addressee.reader)
    return {READER: kind.id, SALUTATION: _salutation(situation, kind, reader)}


def kind_now(situation: Situation, reader: str) -> LetterReaderKind:
    """Who reads what is written for this kind of reader, as the case stands: itself, or who reads instead of it."""
    kinds = kinds_for(situation.content.organisation.letter_readers, reader)
    return next(one for one in kinds if one.id == reader or situation.holds(one.when))


def _salutation(situation: Situation, kind: LetterReaderKind, reader: LetterReader) -> str:
    forms = situation.content.organisation.spoken_names
    said = kind.salutation
    if FIRST_NAME_MARK in said:
        said = said.replace(FIRST_NAME_MARK, first_name(situation, kind, reader.name))
    return said.replace(NAME_MARK, spoken(reader.called or reader.name, forms))


def first_name(situation: Situation, kind: LetterReaderKind, full_name: str) -> str:
    """What somebody of this kind is called; without a fact that says so the first part of the (known) full name."""
    return _known(situation, kind.first_name) or given_name(_known(situation, kind.full_name) or full_name)


def _known(situation: Situation, fact: str) -> str:
    value = situation.lookup(fact) if fact else None
    return value if isinstance(value, str) else ""


def kinds_for(kinds: Mapping[str, LetterReaderKind], reader: str) -> tuple[LetterReaderKind, ...]:
    """Every kind that may come to read what is written for this one, itself last."""
    others = (kind for kind in kinds.values() if kind.instead_of == reader)
    return (*others, *((kinds[reader],) if reader in kinds else ()))


def given_name(full_name: str) -> str:
    """The first name in a full name; the whole name where that begins with an initial."""
    first = full_name.partition(" ")[0]
    return full_name if _INITIAL.fullmatch(first) or "," in first else first


def spoken(name: str, forms: Mapping[str, str]) -> str:
    """A name as it is said after "Beste": each of `forms` that a name begins with is replaced by what is said.

    "De heer Bos en mw. Vos" becomes "heer Bos en mevrouw Vos". The longest form goes first.
    """
    said = name.lower()
    if not any(one in said for one in forms):  # most names: to read the forms as a pattern takes far longer
        return name
    written = "|".join(re.escape(one) for one in sorted(forms, key=len, reverse=True))
    begins = re.compile(rf"(^|, | en )({written})(?=\s)", re.IGNORECASE)
    return begins.sub(lambda found: found[1] + forms[found[2].lower()], name)


def unprintable_fields(template: LetterTemplate, fields: Mapping[str, Value]) -> tuple[Blocker, ...]:
    """A blocker for each field with a sign that no letter can print; it names the fact that must be put right."""
    facts = {one.name: one.value.fact for one in template.fields if isinstance(one.value, FactRef)}
    return tuple(
        _blocker(template, facts.get(name, name), fault) for name, value in fields.items() for fault in _faults(value)
    )


def unprintable_frame(situation: Situation, template: LetterTemplate) -> tuple[Blocker, ...]:
    """A blocker for each line of the letterhead, and word around the text, with a sign that no letter can print."""
    organisation = situation.content.organisation
    texts = (*organisation.letterhead.values(), *organisation.letter_labels.values())
    if next(_faults("\n".join(texts)), None) is None:  # as always, but for a mistake in the content
        return ()
    frame = {
        **{f"letterhead.{name}": text for name, text in organisation.letterhead.items()},
        **{f"letter_labels.{name}": text for name, text in organisation.letter_labels.items()},
    }
    return tuple(_blocker(template, name, fault) for name, text in frame.items() for fault in _faults(text))


def unfit_addresses(template: LetterTemplate, readers: Iterable[LetterReader]) -> tuple[Blocker, ...]:
    """A blocker for each reader whose name and address do not fit in the window of an envelope."""
    return tuple(_blocker(template, reader.key, fault) for reader in readers if (fault := _address_fault(reader)))


def address_lines(address: str) -> tuple[str, ...]:
    """The lines of an address: as written, or, on a single line, split at its commas."""
    parts = address.splitlines() if "\n" in address.strip() else address.split(",")
    return tuple(part.strip() for part in parts if part.strip())


def lines_in_window(name: str, address: tuple[str, ...]) -> int:
    """How many lines name and address take, where a line that is too long goes on below."""
    return sum(-(-len(line) // WINDOW_WIDTH) for line in (name, *address))


def _window_fault(name: str, address: tuple[str, ...]) -> Message | None:
    # A line only goes on below where a word ends.
    long = next((word for line in (name, *address) for word in line.split() if len(word) > WINDOW_WIDTH), "")
    if long:
        return Message("word_too_wide", {"word": long[:WINDOW_WIDTH], "given": len(long), "most": WINDOW_WIDTH})
    lines = lines_in_window(name, address)
    if lines > WINDOW_LINES:
        return Message("address_too_long", {"given": lines, "most": WINDOW_LINES})
    return None


def _address_fault(reader: LetterReader) -> Message | None:
    fault = next(_faults((reader.name, reader.address)), None)
    return fault or _window_fault(reader.name, address_lines(reader.address))


def _faults(value: Value) -> Iterator[Message]:
    texts = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    for text in texts:
        # A line break is no sign: it begins a new line of the letter.
        if sign := unprintable_sign(text) or hidden_sign(text):
            yield Message("sign_not_printed", {"sign": name_of_sign(sign)})


def _blocker(template: LetterTemplate, field: str, said: Message) -> Blocker:
    return Blocker(kind=BlockerKind.LETTER_PRINT, subject=template.id, detail=field, said=said)
