"""Is this somebody we know already? Names without case and signs on letters, numbers that differ by a slip.

A number that was typed wrongly makes a second child of one. So before somebody new is made, who looks alike is shown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

from engine.core.content.subjects import SubjectKind
from engine.core.deciding.subject import Subject

_DIGITS = "0123456789"


def plain_name(text: str) -> str:
    """A text as names are compared: small letters, no signs on letters, single spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())


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
