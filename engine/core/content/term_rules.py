"""What a rule set says of a term: its length and clocks, whom it protects, reminders, what its passing brings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field, replace
from enum import StrEnum

from engine.core.content.lengths import LengthOf
from engine.core.language.conditions import ALWAYS, Condition, Expression
from engine.core.language.facts import Declared
from engine.core.language.orders import CaseOrder, Conclusion, LetterOrder
from engine.core.legal_clock.calendar import OfficeHours
from engine.core.legal_clock.period import Period, Unit
from engine.core.legal_clock.termspec import TermSpec
from engine.core.quick_class import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A reminder before a term passes. Exactly one of `after`, `share`, `before_end` is given.

    `after` counts from the start of the clock and shifts with its suspensions; `share` is a part (0..1) of the term;
    `before_end` counts back from the last day. `ask` names the transitions the reader must choose from. It is not sent
    when `when` surely does not hold.
    """

    to: tuple[str, ...]
    after: Period | None = None
    share: float | None = None
    before_end: Period | None = None
    ask: tuple[str, ...] = ()
    when: Condition = ALWAYS
    letters: tuple[LetterOrder, ...] = ()
    label: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """What happens when a term passes: facts set, letters made, bodies told, cases opened."""

    sets: tuple[Conclusion, ...] = ()
    letters: tuple[LetterOrder, ...] = ()
    tells: tuple[str, ...] = ()
    opens: tuple[CaseOrder, ...] = ()


class Protects(StrEnum):
    """Whose time a term of the law is. It decides what a layer above it may do to its length."""

    CITIZEN = "citizen"
    """A citizen may use all of it (a period to mend, to answer): shorter is looser."""
    BODY = "body"
    """A body must be done in it (a decision): longer is looser."""
    BOTH = "both"
    """It is of public order, and a judge applies it as it stands (objection, appeal): any other length misleads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor(Declared):
    """The least time that a term must give which the law leaves to the body: it gives no length itself."""

    term: str
    at_least: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class TermAddition(Declared):
    """What an organisation adds to a term of the law: signals before, and what else happens when it passes.

    The clock is the law's: nothing here can touch it, but for a stricter length.
    """

    term: str
    period: Period | None = None
    reminders: tuple[Reminder, ...] = ()
    passing: Passing = Passing()


SUSPENDED_WHILE = "suspended_while"
WITHOUT_END = 1_000_000
"""As often as it takes: the clock begins anew until something stops it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What `of` (a state, transition or SUSPENDED_WHILE) does counts once this letter left `to` them (none: all)."""

    of: str
    letter: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferring:
    """A deferral (Awb 4:14): by which transition, to which last day, how often, and by how much `at_most`."""

    by: str
    until: Expression
    times: int
    at_most: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRule(TermSpec):
    """A term of the content: what its clock counts, and what starts, stops and moves that clock.

    Exactly one form: `period` forward from the anchor; `period` counted back from `before`; `until` a date, which is
    the last day; or `on_day` a date, on which the term acts: its last day is the day before.
    Instead of `period` there may be `length_of`: so long as the case says when the clock starts. `school_of` is the
    school whose days count. `repeats` is how often the clock begins anew when it passes and nothing stopped it.
    `anchor` is the expression for day 0 (a date or, for hours, a moment); without it the day or moment of the
    start. `starts_in`/`stops_in`/`suspended_in` are states, `starts_on`/`stops_on` transitions; a term that
    stands still apart from the state does so from `suspends_on` until `resumes_on`, both transitions, or as long as
    `suspended_while` surely holds: several grounds may then lie over one another. Without any
    `stops_in`/`stops_on` the clock stops when the case leaves `starts_in` and `suspended_in`. With
    `sending_of` there is one clock for each addressee of these letters, from the day of sending.
    With `for_each` there is one clock for each record of that kind: it runs while the record is open, and in its
    expressions the bare fields mean that record.
    `follows` names a term whose suspensions this one shares. `target_share` is the part (0..1) of cases that
    should make a target. `protects` says whose time it is, and so which length is looser; `running_cases` that its
    length holds for cases of before this law too, also where it is looser. `grounds` says by name
    what `ground` says of all; `from_sending` what counts by a letter.
    """

    before: Expression | None = None
    until: Expression | None = None
    on_day: Expression | None = None
    length_of: LengthOf | None = None
    school_of: Expression | None = None
    repeats: int = 0
    anchor: Expression | None = None
    starts_in: tuple[str, ...] = ()
    starts_on: tuple[str, ...] = ()
    sending_of: tuple[str, ...] = ()
    for_each: str = ""
    stops_in: tuple[str, ...] = ()
    stops_on: tuple[str, ...] = ()
    suspended_in: tuple[str, ...] = ()
    suspended_while: Condition | None = None
    suspends_on: tuple[str, ...] = ()
    resumes_on: tuple[str, ...] = ()
    ground: str = ""
    grounds: Mapping[str, Expression] = field(default_factory=dict)
    follows: str = ""
    from_sending: Mapping[str, Sending] = field(default_factory=dict)
    deferral: Deferring | None = None
    reminders: tuple[Reminder, ...] = ()
    passing: Passing = Passing()
    target_share: float | None = None
    protects: Protects | None = None
    running_cases: bool = False
    source: tuple[str, ...] = ()
    status: str = ""
    # The clock knows no expressions: these follow from what is written.
    counted_back: bool = field(default=False, init=False)
    deferrals: int = field(default=0, init=False)
    longest_deferral: Period | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        # Not yet the checks of the clock: whether school weeks can be counted is known once there is a region.
        object.__setattr__(self, "counted_back", self.before is not None)
        object.__setattr__(self, "deferrals", self.deferral.times if self.deferral else 0)
        object.__setattr__(self, "longest_deferral", self.deferral.at_most if self.deferral else None)

    @property
    def unit(self) -> Unit | None:
        """What its length counts, also while the case has still to say how long it is."""
        if self.period is not None:
            return self.period.unit
        return self.length_of.unit if self.length_of is not None else None

    @property
    def dates(self) -> tuple[Expression, ...]:
        """What day 0, the end, the length and the school follow from."""
        of_length = self.length_of.amount if self.length_of is not None else None
        every = (self.anchor, self.before, self.until, self.on_day, of_length, self.school_of)
        return tuple(one for one in every if one is not None)

    @property
    def prolonged_by(self) -> tuple[str, ...]:
        """The transitions that bring the term a later last day."""
        return tuple(one.by for one in (self.extension, self.deferral) if one is not None)

    def letters_counted_from(self, of: Collection[str] | None = None) -> tuple[str, ...]:
        """The letters whose sending does something to the clock; of `from_sending` only these names, when given."""
        return (*self.sending_of, *(one.letter for one in self.from_sending.values() if of is None or one.of in of))

    def with_added(self, addition: TermAddition) -> TermRule:
        """The term with more signals and more that happens when it passes, and the stricter length, if any."""
        more, passing = addition.passing, self.passing
        return replace(
            self,
            period=addition.period or self.period,
            length_of=None if addition.period else self.length_of,
            reminders=(*self.reminders, *addition.reminders),
            passing=Passing(
                sets=(*passing.sets, *more.sets),
                letters=(*passing.letters, *more.letters),
                tells=tuple(dict.fromkeys((*passing.tells, *more.tells))),
                opens=(*passing.opens, *more.opens),
            ),
            source=tuple(dict.fromkeys((*self.source, *addition.source))),
        )

    def placed_in(self, region: str, office: OfficeHours | None) -> TermRule:
        """The term in a region, with hours of an organisation. Raises DefinitionError when its parts contradict."""
        placed = replace(self, region=region, office=office if self.hours == "office" else None)
        TermSpec.__post_init__(placed)
        return placed
