"""What content can order: a fact to be set, a letter to be made, a case to be opened, a record to be written."""

from __future__ import annotations

from engine.core.language.conditions import ALWAYS, Condition, Expression
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What a rule says when its condition holds: this fact has this value."""

    fact: str
    value: Expression
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOrder:
    """A letter to be made: which, to whom (addressee ids), and under what condition."""

    letter: str
    to: tuple[str, ...]
    when: Condition = ALWAYS
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOrder:
    """Another case to be opened: workflow, entry, facts to hand over.

    Nothing is opened while the same case already has an open one of that workflow, so that what comes round again (a
    rung, a reminder) does not pile up; unless `several` says that each order is another matter (an application).
    """

    workflow: str
    entry: str = ""
    when: Condition = ALWAYS
    facts: tuple[Conclusion, ...] = ()
    several: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A new record of this kind; an optional one is only written when the act says something of it.

    With `each` there is one for each of these `values` of that field: three notices at once, each with its own life.
    """

    kind: str
    is_optional: bool = False
    each: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changing:
    """A record of this kind that is open gets another life."""

    kind: str
    to: str
    where: str = ""
