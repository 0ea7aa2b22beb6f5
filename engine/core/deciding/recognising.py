"""Is this somebody we know already? Names without case and signs on letters, numbers that differ by a slip.

A number that was typed wrongly makes a second child of one. So before somebody new is made, who looks alike is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from engine.core.content.subjects import SubjectKind
from engine.core.deciding.step import Blocker, BlockerKind
from engine.core.deciding.subject import Subject
from engine.core.language.facts import Value
from engine.core.language.names import plain_name
from engine.core.message import Message

_DIGITS = "0123456789"


def sought_in(subject: Subject) -> str:
    """Everything a person may look for, as names are compared, a line for each: the number and every text."""
    fields = [subject.facts, *(record.fields for record in subject.records)]
    known = (one.value for facts in fields for one in facts.values())
    texts = [subject.number, *(value for value in known if isinstance(value, str))]
    return "\n".join(dict.fromkeys(plain_name(text) for text in texts))


def birth_day_of(kind: SubjectKind, subject: Subject) -> date | None:
    """The birth day, when the content has one and it is known."""
    known = subject.facts.get(kind.fact(kind.birth_day)) if kind.birth_day else None
    return known.value if known is not None and isinstance(known.value, date) else None


def name_of(kind: SubjectKind, subject: Subject) -> str:
    """The name by which people know this subject; empty when it is unknown."""
    known = subject.facts.get(kind.fact(kind.name)) if kind.name else None
    return "" if known is None else str(known.value)


def numbers_like(number: str) -> frozenset[str]:
    """The numbers that are one slip away: zeros in front lost, a digit off, lost or too many, two changed over."""
    found = {number.lstrip("0"), "00" + number}
    found.update(number[:place] + digit + number[place:] for place in range(len(number) + 1) for digit in _DIGITS)
    found.update(number[:place] + number[place + 1 :] for place in range(len(number)))
    for place, sign in enumerate(number):
        if sign in _DIGITS:
            found.update(number[:place] + other + number[place + 1 :] for other in _DIGITS)
    found.update(_changed_over(number))
    return frozenset(found - {number, ""})


def _changed_over(number: str) -> Iterator[str]:
    for place in range(len(number) - 1):
        yield number[:place] + number[place + 1] + number[place] + number[place + 2 :]


def looks_like_known(kind: SubjectKind, number: str, alike: Iterable[Subject]) -> Blocker:
    """A number that is new, and looks like somebody who has a dossier."""
    names = tuple(f"{one.number} ({name_of(kind, one)})" for one in alike)
    said = Message("looks_like_known", {"number": number, "known": names})
    return Blocker(kind=BlockerKind.SUBJECT_RULE, subject=kind.key_fact, said=said)


def known_as_other(kind: SubjectKind, known: Subject, facts: Mapping[str, Value]) -> tuple[Blocker, ...]:
    """A number that is known, under another name or with another birth day than these facts say."""
    held = ((fact, known.facts[fact].value) for fact in kind.identifying if fact in known.facts and fact in facts)
    return tuple(
        Blocker(kind=BlockerKind.SUBJECT_RULE, subject=fact, said=_other(kind, known, fact, value, facts[fact]))
        for fact, value in held
        if plain_name(str(value)) != plain_name(str(facts[fact]))
    )


def _other(kind: SubjectKind, known: Subject, fact: str, held: Value, given: Value) -> Message:
    told = {"number": known.number, "label": kind.facts[fact].label, "held": held, "given": given}
    return Message("known_as_other", told)


def runs_already(number: str, running: tuple[str, ...]) -> Blocker:
    """A case of the same kind about the same subject runs, and nobody said why there should be a second."""
    said = Message("runs_already", {"number": number, "known": running})
    return Blocker(kind=BlockerKind.ALREADY_OPEN, subject=running[0], said=said)
