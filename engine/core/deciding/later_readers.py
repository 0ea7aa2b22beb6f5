"""Who comes to read a letter while it waits: a parent who is added, parents who part, a reader who was not known.

He gets a letter of his own, beside the one that waits: the law counts his term from the day it is sent to him, and who
typed the parent an hour too late would otherwise have to know which letters lay there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.core.content.ordered import orders_together
from engine.core.deciding.case import OWNER, LetterMark
from engine.core.deciding.draft import Draft
from engine.core.deciding.messages import tell_bodies
from engine.core.deciding.outgoing import LetterChange, OutgoingLetter
from engine.core.deciding.question import WaitingLetter
from engine.core.deciding.readers import LetterReader, readers_of
from engine.core.deciding.remaking import remake, same_reader
from engine.core.deciding.situation import Situation
from engine.core.language.conditions import ALWAYS
from engine.core.quick_class import replace


def write_to_later_readers(draft: Draft) -> None:
    """Order what waits for each reader who was not there when it was ordered; it is held where the other is held.

    What has left for one of several readers counts as told to him. Of one that cannot be made the owner hears.
    """
    for waiting in _by_order(draft):
        order = _order_of(waiting[0].letter.key)
        marks = [mark for mark in draft.case.letters if _order_of(mark.key) == order]
        situation = draft.look()
        for reader in (*_joined(draft, situation, marks), *_become_known(situation, marks)):
            same = [one for one in waiting if _addressee_of(one.letter) == reader.key.partition(".")[0]]
            _write(draft, (same or waiting)[0], reader)


def _by_order(draft: Draft) -> Sequence[Sequence[WaitingLetter]]:
    """The letters that wait, those that were ordered together side by side."""
    waits = {mark.key for mark in draft.case.letters if mark.is_waiting}
    found = dict[tuple[str, str], list[WaitingLetter]]()
    for one in draft.question.waiting:
        if one.letter.key in waits:
            found.setdefault(_order_of(one.letter.key), []).append(one)
    return tuple(found.values())


def _order_of(key: str) -> tuple[str, str]:
    """What letters that were ordered together share: the letter, and the how many-th of the case it is."""
    _, letter, _, number = key.rsplit("/", 3)
    return letter, number


def _addressee_of(one: LetterMark | OutgoingLetter) -> str:
    return one.addressee.partition(".")[0]


def _joined(draft: Draft, situation: Situation, marks: Sequence[LetterMark]) -> Iterator[LetterReader]:
    """Who reads it now as one of several, and for whom nothing of this order was meant."""
    names = {one.letter.key: one.letter.addressee_name for one in draft.question.waiting}
    for addressee in dict.fromkeys(_addressee_of(mark) for mark in marks if mark.is_waiting):
        if addressee not in situation.content.rules.addressees:
            continue
        readers = readers_of(situation, addressee)
        of_it = [mark for mark in marks if _addressee_of(mark) == addressee]
        meant = [same_reader(readers, mark.addressee, names.get(mark.key, "")) for mark in of_it]
        yield from (one for one in readers if one not in meant)


def _become_known(situation: Situation, marks: Sequence[LetterMark]) -> Iterator[LetterReader]:
    """Who is written to under a condition that holds by now. What does not surely go with this order is left out.

    A case does not keep which act ordered a letter. It is among those that order this letter to all who have it; only
    what each of them orders is surely part of it.
    """
    letter, had = marks[0].letter, {_addressee_of(mark) for mark in marks}
    content, found = situation.content, list[set[str]]()
    for orders in orders_together(content.workflow, content.rules):
        of_letter = [order for order in orders if order.letter == letter]
        if had <= {addressee for order in of_letter for addressee in order.to}:
            by_now = (order for order in of_letter if order.when != ALWAYS and situation.holds(order.when))
            found.append({addressee for order in by_now for addressee in order.to if addressee not in had})
    for addressee in sorted(set.intersection(*found)) if found else ():
        yield from readers_of(situation, addressee)


def _write(draft: Draft, beside: WaitingLetter, reader: LetterReader) -> None:
    letter = beside.letter
    _, number = _order_of(letter.key)
    mark = next(mark for mark in draft.case.letters if mark.key == letter.key)
    own = replace(
        letter,
        key=f"{draft.case.id}/{letter.letter}/{reader.key}/{number}",
        addressee=reader.key,
        addressee_name=reader.name,
        addressee_address=reader.address,
    )
    made = remake(draft.look(), own)
    if isinstance(made, OutgoingLetter):
        draft.post((made,), beside=mark)
        if beside.status == "held":
            draft.letter_changes.append(LetterChange(key=made.key, was="waiting", status="held"))
        return
    for blocker in made:
        tell_bodies(draft, (OWNER,), "letter_not_made", {"letter": blocker.subject, "field": blocker.detail})
