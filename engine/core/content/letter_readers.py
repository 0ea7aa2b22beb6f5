"""Who reads a letter: where name and address come from, how somebody is addressed, and what may be told."""

from __future__ import annotations

from engine.core.language.conditions import ALWAYS, Condition, Expression
from engine.core.language.facts import Declared
from engine.core.quick_class import dataclass

READER, SALUTATION, SIGNER = "lezer", "aanhef", "ondertekend_door"
"""Fields that every letter has, named as an author writes them: the kind of reader, how it is addressed, who signs."""
NAME_MARK, FIRST_NAME_MARK = "{name}", "{first_name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterReaderKind(Declared):
    """A kind of reader that a letter speaks to in its own words.

    `salutation` holds NAME_MARK, FIRST_NAME_MARK or neither. `first_name` and `full_name` are facts: the first is
    what somebody is called, the second gives it when the first is unknown. While `when` holds, this kind reads what
    is written for `instead_of`. A letter may tell this kind the facts of `sees_only` and no others; without: any.
    For who `is_lay` what somebody types for a letter is looked at for hard words.
    """

    id: str
    label: str
    salutation: str
    first_name: str = ""
    full_name: str = ""
    instead_of: str = ""
    when: Condition = ALWAYS
    sees_only: tuple[str, ...] = ()
    is_lay: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EachReader:
    """A reader that stands for a list of the subject: while `when` holds every record gets a letter of its own.

    `name`, `address` and `called` (how somebody is addressed, if known) are fields of the records. Records that are
    `together` at one address share a letter.
    """

    of: str
    name: str
    address: str
    called: str = ""
    together: bool = False
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Where the name and address of a reader of letters come from; with `each` they are those of the only one.

    `reader` is the kind of reader that the organisation describes; empty: letters speak to everybody alike.
    """

    id: str
    label: str
    name: Expression
    address: Expression | None = None
    each: EachReader | None = None
    reader: str = ""
    where: str = ""
