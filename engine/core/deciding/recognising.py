"""Is this somebody we know already? Names without case and signs on letters, numbers that differ by a slip.

A number that was typed wrongly makes a second child of one. So before somebody new is made, who looks alike is shown.
"""

from __future__ import annotations

import unicodedata
from datetime import date

from engine.core.content.subjects import SubjectKind
from engine.core.deciding.subject import Subject


def plain_name(text: str) -> str:
    """A text as names are compared: small letters, no signs on letters, single spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())


def sought_in(subject: Subject) -> str:
    """Everything a person may look for, as names are compared, a line for each: the number and every text."""
    texts = [subject.number, *(known.value for known in subject.facts.values() if isinstance(known.value, str))]
    return "\n".join(dict.fromkeys(plain_name(text) for text in texts))


def birth_day_of(kind: SubjectKind, subject: Subject) -> date | None:
    """The birth day, when the content has one and it is known."""
    known = subject.facts.get(kind.fact(kind.birth_day)) if kind.birth_day else None
    return known.value if known is not None and isinstance(known.value, date) else None
