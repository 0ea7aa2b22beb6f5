"""A letter that waits, made anew as it would be ordered now: to whom it goes, and what it says."""

from __future__ import annotations

from collections.abc import Sequence

from engine.core.content.letter_readers import SIGNER
from engine.core.deciding.correspondence import fill_fields, late_term, of_template
from engine.core.deciding.outgoing import OutgoingLetter
from engine.core.deciding.readers import (
    LetterReader,
    addressed_as,
    readers_of,
    unfit_addresses,
    unprintable_fields,
    unprintable_frame,
)
from engine.core.deciding.situation import Situation
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.quick_class import replace


def remake(situation: Situation, letter: OutgoingLetter) -> OutgoingLetter | tuple[Blocker, ...]:
    """A letter that waits as it would be ordered now, under the same key; or what stands in the way.

    What is only known while an act is taken (of the record that it writes) stays as it was said then. Who signs stays
    too: it was signed by whoever took the decision.
    """
    template = situation.content.letters.get(letter.letter)
    if template is None:
        return (Blocker(kind=BlockerKind.NO_LETTER, subject=letter.letter),)
    late = {field.name: term for field in template.fields if (term := late_term(situation.content, template, field))}
    found, missing = fill_fields(situation, template, late)
    kept = {one.detail: letter.fields[one.detail] for one in missing if one.detail in letter.fields}
    reader = readdressed(situation, letter)
    signed = {SIGNER: letter.fields[SIGNER]} if SIGNER in letter.fields else {}
    fields = {**found, **kept, **signed, **addressed_as(situation, reader)}
    blockers = (
        *(one for one in missing if one.detail not in kept),
        *unprintable_frame(situation, template),
        *unprintable_fields(template, fields),
        *unfit_addresses(template, (reader,)),
    )
    if blockers:
        return blockers
    return replace(
        letter,
        addressee_name=reader.name,
        addressee_address=reader.address,
        fields=fields,
        late_fields=late,
        **of_template(template),
    )


def readdressed(situation: Situation, letter: OutgoingLetter) -> LetterReader:
    """The reader of a letter that leaves now; as it was ordered when its reader is not there any more."""
    found = _reader_now(situation, letter)
    if found is not None:
        return replace(found, key=letter.addressee)
    return LetterReader(key=letter.addressee, name=letter.addressee_name, address=letter.addressee_address)


def has_lost_reader(situation: Situation, letter: OutgoingLetter) -> bool:
    """Whether who this letter is for, one of a list of the subject, does not stand on that list any more.

    Of a reader whom facts name that is not known: they may have been those of the record that an act had at hand.
    """
    addressee = situation.content.rules.addressees.get(letter.addressee.partition(".")[0])
    return addressee is not None and addressee.each is not None and _reader_now(situation, letter) is None


def _reader_now(situation: Situation, letter: OutgoingLetter) -> LetterReader | None:
    addressee_id = letter.addressee.partition(".")[0]
    known = addressee_id in situation.content.rules.addressees
    readers = readers_of(situation, addressee_id) if known else ()
    return same_reader(readers, letter.addressee, letter.addressee_name)


def same_reader(readers: Sequence[LetterReader], key: str, name: str = "") -> LetterReader | None:
    """Which of these readers a letter under this key is for; None when he is not among them any more.

    When there became more of them, or fewer, the key is another: then the number of his record tells who was meant, or
    else the name. Who was alone is the first of those who are there now: parents who parted shared a letter.
    """
    same = [one for one in readers if one.key == key]
    _, _, number = key.partition(".")
    if not same and number.isdecimal():
        same = [one for one in readers if int(number) in one.records]
    same = same or [one for one in readers if one.name == name] or ([] if number else [*readers])
    return same[0] if same else None
