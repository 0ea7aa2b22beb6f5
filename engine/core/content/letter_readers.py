"""Who reads a letter, as far as its words go: how somebody is addressed, and what may be told."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.core.language.conditions import ALWAYS, Condition
from engine.core.language.facts import Declared
from engine.core.quick_class import dataclass

READER, SALUTATION, SIGNER = "lezer", "aanhef", "ondertekend_door"
"""Fields that every letter has, named as an author writes them: the kind of reader, how it is addressed, who signs."""
NAME_MARK, FIRST_NAME_MARK = "{name}", "{first_name}"
_INITIAL = re.compile(r"(?:\w|(?:\w+\.)+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterReaderKind(Declared):
    """A kind of reader that a letter speaks to in its own words.

    `salutation` holds NAME_MARK, FIRST_NAME_MARK or neither. `first_name` and `full_name` are facts: the first is
    what somebody is called, the second gives it when the first is unknown. While `when` holds, this kind reads what
    is written for `instead_of`. A letter may tell this kind the facts of `sees_only` and no others; without: any.
    """

    id: str
    label: str
    salutation: str
    first_name: str = ""
    full_name: str = ""
    instead_of: str = ""
    when: Condition = ALWAYS
    sees_only: tuple[str, ...] = ()


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
    if not forms:
        return name
    written = "|".join(re.escape(one) for one in sorted(forms, key=len, reverse=True))
    begins = re.compile(rf"(^|, | en )({written})(?=\s)", re.IGNORECASE)
    return begins.sub(lambda found: found[1] + forms[found[2].lower()], name)
