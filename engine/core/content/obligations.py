"""What the law asks of an act that decides: what must be so, who must have been heard, who is told, who may not."""

from __future__ import annotations

from datetime import date

from engine.core.language.conditions import Condition
from engine.core.language.facts import Declared
from engine.core.language.orders import Changing
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionKind(Declared):
    """A decision in the sense of the law (Awb 1:3), and by what an act is known to take it.

    An act that makes a new record of one of `writes`, begins a record as one of `begins`, orders one of `letters`,
    brings the case to an end with one of the outcomes `ends_as`, or gives one of the terms `prolongs` a later last day
    must say that it decides, and what: whoever leaves that out, or calls it another decision, would step round what
    binds it.
    """

    id: str
    label: str
    writes: tuple[str, ...] = ()
    begins: tuple[Changing, ...] = ()
    letters: tuple[str, ...] = ()
    ends_as: tuple[str, ...] = ()
    prolongs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation(Declared):
    """What binds every act that decides one of `decides`, in the workflow of whatever organisation.

    `must_be_true` and `must_be_known` are facts, at the moment of the act. Each of `must_have_heard` must, on every
    way to the act since an earlier decision, have been sent one of `asked_with`. `sends_to` are those to whom the act
    itself orders a letter, with this `clause` in it (`""`: whatever clause). `not_by` are bodies that may not take it.
    `unless`: where this surely holds, it does not bind. With `running_cases` it binds cases of before this law too,
    from its first day on.
    """

    id: str
    label: str
    decides: tuple[str, ...]
    must_be_true: tuple[str, ...] = ()
    must_be_known: tuple[str, ...] = ()
    must_have_heard: tuple[str, ...] = ()
    asked_with: tuple[str, ...] = ()
    sends_to: tuple[str, ...] = ()
    clause: str = ""
    not_by: tuple[str, ...] = ()
    unless: Condition | None = None
    running_cases: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterObligation:
    """What a law of after the rules of a case asks, from its first day `since` on, that those rules did not know of.

    `decisions` are those that it speaks of, and by what an act is known to take them.
    """

    since: date
    obligation: Obligation
    decisions: tuple[DecisionKind, ...] = ()
