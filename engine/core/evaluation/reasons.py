"""Reasons: why a condition, a rule or a table came out as it did, down to the facts that were looked at.

The evaluator writes a trace, in plain tuples: a case that is explained in full has hundreds of them, and a class would
cost four times as much. Who reads, reads a `Reason`, which gives the parts of the trace their names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from engine.core.language.facts import Value


class Asked(NamedTuple):
    """The part of a reason that is the same in every situation; see `Reason` for what each means."""

    kind: str
    where: str = ""
    fact: str = ""
    operator: str = ""
    subject: str = ""
    expected: Value | None = None


Trace = tuple[bool | None, Asked, Value | None, tuple["Trace", ...], tuple[str, ...]]
"""Truth, what was asked, what was found, the traces of the parts, the facts that are missing."""


class Reason(NamedTuple):
    """Why a condition is true, false or unknown (None).

    `kind` is all, any, not, test, rule, table, view, record (of a view: `truth` is whether it counts), stretch (of a
    record that fits the view, but not in time), or sum. For a test: the fact, operator, what was found (`actual`) and
    what was expected (None: unknown). `missing` are the facts whose absence makes this part unknown. `subject` is a
    rule's or table's id, the key of a record, or a sum with its numbers, `where` file:line:column of what was judged.
    """

    trace: Trace

    @property
    def truth(self) -> bool | None:
        return self.trace[0]

    @property
    def kind(self) -> str:
        return self.trace[1].kind

    @property
    def fact(self) -> str:
        return self.trace[1].fact

    @property
    def operator(self) -> str:
        return self.trace[1].operator

    @property
    def actual(self) -> Value | None:
        return self.trace[2]

    @property
    def expected(self) -> Value | None:
        return self.trace[1].expected

    @property
    def parts(self) -> tuple[Reason, ...]:
        return tuple(map(Reason, self.trace[3]))

    @property
    def missing(self) -> tuple[str, ...]:
        return self.trace[4]

    @property
    def subject(self) -> str:
        return self.trace[1].subject

    @property
    def where(self) -> str:
        return self.trace[1].where

    def with_parts(self, parts: tuple[Reason, ...]) -> Reason:
        """The same reason with other parts."""
        truth, asked, actual, _, missing = self.trace
        return Reason((truth, asked, actual, tuple(part.trace for part in parts), missing))

    def missing_facts(self) -> tuple[str, ...]:
        """All facts to ask for, in the order met, without doubles; none when the truth is known."""
        return tuple(dict.fromkeys(_missing_in(self.trace)))

    def told(self) -> Mapping[str, object]:
        """Everything by name, for programs."""
        names = "truth kind fact operator actual expected parts missing subject where"
        return {name: getattr(self, name) for name in names.split()}


def _missing_in(trace: Trace) -> list[str]:
    if trace[0] is not None:
        return []
    return [*trace[4], *(fact for part in trace[3] for fact in _missing_in(part))]
